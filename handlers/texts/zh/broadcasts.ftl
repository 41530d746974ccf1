# 群发：写、看、发。

cast-everywhere = 所有地方
cast-where = 📣 群发给哪里？选好地方，下面的小区也都收到。
cast-no-place = 还没有任何区域。先在服务器上用 greenbin import 导入。
cast-ask-text =
    发给{ $area }。请把要发的内容发给我：一段文字，或者一张配文字的照片。

    加粗、链接这些格式会原样保留。发出前你能先看一遍。不写了，发 /cancel。
cast-ask-button =
    按钮上写什么、打开哪个网址？写在一起发给我，例如：
    看详情 https://example.com/notice

    不要按钮，发“不要”。
cast-ask-time =
    什么时候发？例如：
    18:30
    明天 9:00
    周五下午3点
cast-night =
    🌙 { DAY($begins) } { TIME($begins) }开始的话，会发进夜里，要到{ DAY($ends) } { TIME($ends) }才发完。

    夜里（21:30 到 7:30）会吵醒人。夜里停的话，{ DAY($rested) } { TIME($rested) }发完。
button-cast-here = ✅ 就发给{ $area }
button-cast-top = ← 返回
button-cast-under-way = 📊 群发 { $id } 发得怎么样
button-cast-hold = 🌙 夜里停，早上接着发
button-cast-through = 夜里也发
button-cast-back = ← 返回

draft-head = 📣 群发 { $id }，还没有发。发给：{ $area }
draft-to-whom =
    { $audience } · { $language }：{ $people } 人{ $groups ->
        [0] { "" }
       *[other] ，{ $groups } 个群和频道
    }
draft-language =
    { $language ->
        [zh] 说中文的
        [en] 说英文的
       *[all] 不分语言
    }
draft-says =
    { $kind ->
        [photo] 照片：{ $text }
       *[text] 内容：{ $text }
    }
draft-button = 按钮：{ $label } → { $url }
draft-timing =
    { $number ->
        [0] 一个人也收不到。请换一换发给谁。
       *[other] { $later ->
            [yes] { DAY($begins) } { TIME($begins) }开始
           *[no] 现在开始
        }，大约 { $minutes } 分钟，{ DAY($ends) } { TIME($ends) }发完。
    }
draft-dropped = 好的，不发了。
audience =
    { $to ->
        [residents] 住户
        [volunteers] 志愿者
        [everybody] 所有人
       *[nobody] 只发群和频道
    }
button-cast-test = 🧪 先发给我自己看
button-cast-later = ⏰ 定个时间发
button-cast-other-time = ⏰ 换个时间
button-cast-now = ⏱ 不定时，马上发
button-cast-to =
    👥 改为发给{ $what ->
        [residents] 住户
        [volunteers] 志愿者
        [everybody] 所有人
       *[nobody] 群和频道，不发个人
    }
button-cast-language =
    🌐 改为{ $what ->
        [zh] 只发说中文的
        [en] 只发说英文的
       *[all] 不分语言
    }
button-cast-groups = 💬 也发到群和频道
button-cast-no-groups = 💬 不发群和频道
button-cast-text = ✏️ 改内容
button-cast-link = 🔗 加按钮或改按钮
button-cast-send = ▶️ 发出
button-cast-drop = 🗑 不发了

cast-head = 📣 群发 { $id }：{ $area }
cast-ready-at = ⏰ { DAY($starts) } { TIME($starts) }开始发。
cast-state =
    { $state ->
        [asked] 🙋 人多，要另一位工作人员同意才发。已经通知他们了。
        [ready] 马上开始。
        [planning] 正在排名单。
        [sending] { $bar } { $percent }%
        [paused] ⏸ 停住了。{ $bar } { $percent }%
        [done] ✅ 发完了。
        [refused] 没有同意，不发了。
       *[cancelled] ⏹ 取消了。
    }
cast-counts =
    一共 { $planned }：送到 { $sent }，不收消息 { $blocked }，发不出 { $failed }，不确定 { $unknown }{ $cancelled ->
        [0] { "" }
       *[other] ，取消 { $cancelled }
    }。
button-cast-move =
    { $move ->
        [pause] ⏸ 停一停
        [resume] ▶️ 接着发
       *[cancel] ⏹ 取消
    }
button-cast-look = 🔄 现在怎么样
button-cast-sample = 👀 看看发出去的样子
cast-cancel-sure =
    取消群发 { $id } 吗？已经收到的收不回来，没收到的不再发。取消了不能再接着发。
button-cast-cancel-sure = ⏹ 是，取消
cast-second-said =
    { $yes ->
        [yes] ✅ { $name }同意了群发 { $id }。
       *[no] 🚫 { $name }没有同意群发 { $id }，不发了。
    }
button-second-yes = ✅ 同意发
button-second-no = 🚫 不同意

notice-broadcast-asked =
    🙋 { $name }想发群发 { $id }，给{ $area }的{ $people } 人（{ $audience }）。人多，要你也同意。
    先看看内容，再决定。
notice-broadcast-answered =
    { $yes ->
        [yes] ✅ { $name }同意了群发 { $id }。
       *[no] 🚫 { $name }没有同意群发 { $id }，不发了。
    }

refusal-broadcast-too-long =
    太长了：{ $length } 个字符，Telegram 最多收 { $most } 个（配照片的文字最多 1024 个）。请缩短，再发给我。
refusal-broadcast-empty = 还没有内容。请先发文字或照片给我。
refusal-broadcast-gone = 这条群发已经不是那样了：有人发了、停了、取消了，或者答复过了。发 /broadcast 看现在的样子。
refusal-bad-button = 没有看懂。请写按钮上的字和一个 http 开头的网址，例如：看详情 https://example.com（字最多 { $most } 个）
refusal-no-such-moment = 没有看懂这个时间。请这样写：18:30，或者 明天 9:00，或者 周五下午3点
refusal-moment-over = 这个时间已经过了。请写一个以后的时间。
refusal-moment-too-far = 太远了，最多定 { $days } 天以内的时间。
refusal-nobody-to-hear = 这样一个人也收不到。请换一换发给谁。
refusal-nobody-else = 超过 { $above } 人的群发，要另一位工作人员同意。这里还没有第二位，请管理员先请一位（/invite）。
refusal-own-broadcast = 这是你自己发起的，要请另一位工作人员来看。
