# 收件箱：工作人员看工单、接手、回答、办结。

inbox =
    { $number ->
        [0] 📥 没有要办的工单。
       *[other] 📥 要办的工单 { $number } 个，最早的等了{ $oldest }。点一个来看。
    }
inbox-age =
    { $days ->
        [0] { $hours ->
            [0] 不到 1 小时
           *[other] { $hours } 小时
        }
       *[other] { $days } 天
    }
inbox-case =
    📥 工单 { $number }　{ $state }
    { $about }{ $area ->
        [none] {""}
       *[other] （{ $area }）
    }{ $people ->
        [1] {""}
       *[other] {" "}👥 { $people } 人报的
    }
    { $owner ->
        [none] 还没有人接手。
       *[other] { $owner }在办。
    }
button-inbox-case =
    { $number }　{ $about }{ $people ->
        [1] {""}
       *[other] {" "}👥{ $people }
    }　{ $age }{ $owner ->
        [none] {""}
       *[other] {" "}🙋{ $owner }
    }
button-inbox = 📥 要办的工单
button-inbox-open = 👀 打开
button-inbox-sort =
    { $by ->
        [stations] 📍 按投放点看问题
       *[age] ⏳ 按时间看全部
    }
button-inbox-take = 🙋 我来办
button-inbox-take-over = 🤝 换我来办
button-inbox-seen = 👀 看到了
button-inbox-answer = 💬 回答
button-inbox-solve = ✅ 解决了
button-inbox-dismiss =
    { $kind ->
        [message] 📋 结束，不用处理
       *[other] 🚫 不是问题
    }
button-inbox-file =
    { $filed ->
        [photo] 📷 照片 { $number }
       *[voice] 🎤 语音 { $number }
    }
button-inbox-no-words = 不写，直接办结
inbox-no-file = 这个文件已经不在了。
inbox-answer-ask = 工单 { $number }：请写回答，也可以发照片或语音。居民马上收到。不写了，发 /cancel。
inbox-why-ask =
    工单 { $number }：{ $act ->
        [solve] 解决了。要说一句吗？例如：已经清空了。
       *[dismiss] 不用处理。请写一句为什么，例如：今天下午才收。
    }
    报的人都会看到。
inbox-answered = ✅ 工单 { $number }：回答已经发给居民。
inbox-ended =
    工单 { $number }：{ $state ->
        [solved] ✅ 已解决
       *[dismissed] 📋 不用处理
    }，已经通知报的人。

notice-case-staff =
    { $what ->
        [opened] 📥 新工单 { $number }
        [more] 💬 工单 { $number }：居民又写了
        [settled] ✅ 工单 { $number }：居民说解决了
       *[reopened] ❗ 工单 { $number }：居民说还没好
    }
    { $about }{ $area ->
        [none] {""}
       *[other] （{ $area }）
    }
wish-inbox = 收件箱|工单|要办的工单|待办|待办工单|inbox|open cases

refusal-case-taken =
    { $who ->
        [none] 别的同事
       *[other] { $who }
    }已经接手这个工单，这一步没有记。要换你来办，打开它按“换我来办”。
refusal-case-why-not = 请写一句为什么，报的人都会看到。
