# 我家的积分，每一分从哪里来。

points-balance = ⭐ 你家现在有 { $points } 分
points-pending = 其中 { $points } 分刚得到，5分钟后才能用
points-owed = 还欠 { $points } 分，以后得到的先还
points-frozen = 另有 { $points } 分因为没分对，先扣着
points-month = 这个月投放得了 { $points } 分
points-chart = 最近12周投放得的积分
points-chart-below = 每根柱子是一周，下面是周一的日期
button-history = 🧾 每一分从哪里来
button-older = ▶ 更早的
button-newer = ◀ 更近的
history-title = 🧾 你家的积分，最近的在前
history-empty = 还没有积分。投放时给志愿者扫你家的码，就有了：/code
history-line =
    { $points } 分　{ $reason ->
        [drop-off] 投放
        [correction] 更正
        [pays-owed] 还上欠的
        [quiz] 答题
        [passed-on] 社区转分
        [closed] 结清
       *[other] 其他
    }
history-drop-off =
    { DAY($at) } { TIME($at) } { $station }，{ $quality ->
        [right] 分得对
        [partly] 部分分对
       *[wrong] 没分对
    }
history-day = { DAY($at) } { TIME($at) }

notice-drop-off =
    { $news ->
        [withdrawn] ↩ { DAY($at) } { TIME($at) } { $station } 的那次投放取消了。
        [changed] ✏ { DAY($at) } { TIME($at) } { $station } 的那次投放更正了：{ $quality ->
            [right] 分得对，谢谢！
            [partly] 大部分分对了。
           *[wrong] 这次没分对。
        }
       *[new] { $quality ->
            [right] ✅ 分得对，谢谢！
            [partly] 🟡 谢谢来投放，大部分分对了。
           *[wrong] 🟠 谢谢来投放，这次没分对。
        }{ DAY($at) } { TIME($at) }，{ $station }。
    }
drop-off-wrong =
    { $belongs ->
        [recyclable] • { $what }：下次投可回收物。
        [hazardous] • { $what }：下次投有害垃圾。
        [food] • { $what }：下次投厨余垃圾。
        [residual] • { $what }：下次投其他垃圾。
        [bulky] • { $what }：是大件，下次单独放。
        [renovation] • { $what }：是装修垃圾，下次单独放。
       *[unknown] • { $what }：下次先问我投哪个桶，发名字就行。
    }
drop-off-points =
    { $frozen ->
        [0] 得 { $points } 分。
       *[other] 得 { $points } 分，另有 { $frozen } 分先扣着。
    }
drop-off-balance = 你家现在有 { $balance } 分。
notice-points-passed =
    ⭐ 社区工作人员给你家转来 { $points } 分，现在有 { $balance } 分。
    看明细：/history

wish-points = 积分|我的积分|我家的积分|查积分|看积分|查询积分|积分查询|多少积分|我有多少积分|有多少分|几分|points|my points|how many points|balance
wish-history = 积分明细|积分记录|明细|投放记录|我的投放|我家的投放|历史|history|my history|drop-offs

command-points = 我家的积分
command-history = 每一分从哪里来

refusal-not-enough-points = 积分不够。发 /points 看你家有多少。
