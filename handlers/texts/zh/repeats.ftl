# 定期提醒：写一次，到时间自动发。

repeat-list = 📆 定期提醒：到时间自动发。
repeat-list-empty =
    📆 这里还没有定期提醒。

    写一次，到时间自动发，例如每周六 9:00。点下面新建一条。
repeat-line =
    { $id } · { $area } · { $when }
    “{ $text }”
    { $state } · 给{ $audience } · { $name }写的
repeat-next = 下次 { DAY($at) } { TIME($at) }
repeat-rests =
    { $state ->
        [asked] { $changes ->
            [yes] 🙋 改的内容等另一位同意
           *[no] 🙋 等另一位同意
        }
       *[paused] { $halt ->
            [author] ⏸ 停着：写的人不再是这里的工作人员
           *[no] ⏸ 停着
        }
    }
repeat-where = 📆 定期提醒发给哪里？选好地方，下面的小区也都收到。
repeat-ask-when =
    什么时候发？点下面的按钮选，或者直接写，例如：
    每周六 9:00
    每两周周六 9:00
    每月15号 9:00
    每月最后一天 18:00
    每月第一个周五 19:30
    每周六 9:00 到2027年6月30日
repeat-ask-time =
    { $when }，几点发？

    点下面选，或者直接写，例如 18:30
repeat-ask-until =
    发到哪天为止？例如：
    12月31日
    2027-06-30

    不限日子，发“不限”。
repeat-pick-week = 每周哪几天？可以选几天。
repeat-pick-month = 每月哪几号？最多选 { $most } 天。没有这一号的月份，在最后一天发。
repeat-pick-nth = 每月第几个、周几？
repeat-picked = ✅ { $label }
repeat-nth =
    { $nth ->
        [first] 第一个
        [second] 第二个
        [third] 第三个
        [fourth] 第四个
       *[last] 最后一个
    }
repeat-day =
    { $day ->
        [last] 最后一天
       *[other] { $day }号
    }
repeat-when =
    🕘 { $kind ->
        [daily] 每天
        [weekly] { $every ->
            [1] 每{ $days }
            [2] 每两周的{ $days }
           *[other] 每 { $every } 周的{ $days }
        }
        [monthly] 每月{ $days }
       *[nth] 每月{ $nth ->
            [first] 第一个
            [second] 第二个
            [third] 第三个
            [fourth] 第四个
           *[last] 最后一个
        }{ $days }
    }{ $time ->
        [none] { "" }
       *[other] { " " }{ $time }
    }{ $first ->
        [none] { "" }
       *[other] ，从 { $first } 起
    }{ $last ->
        [none] { "" }
       *[other] ，到 { $last } 为止
    }
repeat-holidays =
    🎌 { $holidays ->
        [skip] 遇到节假日：不发
        [before] 遇到节假日：提前到前一个工作日发
       *[anyway] 遇到节假日：照发
    }
repeat-date =
    • { DAY($at) } { TIME($at) }{ $sure ->
        [no] （节假日安排还没公布，可能会变）
       *[yes] { "" }
    }
repeat-coming =
    { $comes ->
        [no] 以后不会再发了。
       *[yes] 接下来：
            { $dates }
    }
repeat-no-time = 还没有定什么时候发。请点“改时间”。
repeat-nobody = 一个人也收不到。请换一换发给谁。
repeat-draft-head =
    { $changes ->
        [yes] 📆 改定期提醒 { $id }，还没有保存。发给：{ $area }
       *[no] 📆 定期提醒 { $id }，还没有开始。发给：{ $area }
    }
repeat-head = 📆 定期提醒 { $id }：{ $area }
repeat-to =
    { $audience } · { $language }{ $groups ->
        [yes] ，也发到群和频道
       *[no] { "" }
    }
repeat-by = { $name }写的
repeat-state =
    { $state ->
        [asked] { $changes ->
            [yes] 🙋 人多，改的内容要另一位工作人员同意。已经通知他们了；同意之前照旧。
           *[no] 🙋 人多，要另一位工作人员同意才发。已经通知他们了。
        }
        [paused] { $halt ->
            [author] ⏸ 停着：写的人不再是这里的工作人员。接手以后，由你负责，从下一次起接着发。
            [alone] ⏸ 停着：人多了，要另一位工作人员同意，可是这里没有第二位。先请一位（/invite），再接着发。
           *[no] ⏸ 停着。停着的时候错过的，不补发。
        }
        [saved] ✅ 已经改好了。
        [done] ✅ 最后一次已经发了，到此为止。
        [refused] 🚫 另一位没有同意，不发了。
        [draft] 还没有写完。
       *[stopped] ⏹ 已经停用。
    }
repeat-night =
    🌙 { TIME($begins) } 是夜里（21:30 到 7:30），会吵醒人。

    真的要夜里发吗？不然请返回，改个时间。
repeat-dropped =
    { $changes ->
        [yes] 好的，不改了，照旧。
       *[no] 好的，不发了。
    }
repeat-stop-sure = 停用定期提醒 { $id } 吗？以后的都不再发，不能恢复。已经开始发的不受影响。
repeat-second-said =
    { $yes ->
        [yes] ✅ { $name }同意了定期提醒 { $id }。
       *[no] 🚫 { $name }没有同意定期提醒 { $id }。
    }

button-repeat-new = ➕ 新建
button-repeat-see = 📆 { $id }：看、改、停
button-repeat-list = ← 全部定期提醒
button-repeat-when = 🕘 改时间
button-repeat-until = 📅 发到哪天为止
button-repeat-holidays =
    🎌 节假日改为{ $holidays ->
        [skip] 不发
        [before] 提前到前一个工作日
       *[anyway] 照发
    }
button-repeat-start =
    { $changes ->
        [yes] ✅ 保存
       *[no] ▶️ 开始
    }
button-repeat-drop =
    { $changes ->
        [yes] 🗑 不改了
       *[no] 🗑 不发了
    }
button-repeat-days =
    { $by ->
        [week] 每周
        [month] 每月几号
       *[nth] 每月第几个周几
    }
button-repeat-weeks =
    🔁 改为{ $every ->
        [1] 每周
        [2] 每两周
       *[other] 每 { $every } 周
    }
button-repeat-time = ➡️ 下一步：几点
button-repeat-change = ✏️ 改
button-repeat-move =
    { $move ->
        [pause] ⏸ 停一停
        [resume] { $left ->
            [yes] 🙋 我来接手
           *[no] ▶️ 接着发
        }
       *[stop] ⏹ 停用
    }
button-repeat-look = 👀 看看这一条
button-repeat-stop-sure = ⏹ 是，停用

notice-repeat-asked =
    { $changes ->
        [yes] 🙋 { $name }想改定期提醒 { $id }：给{ $area }的{ $people } 人（{ $audience }）。人多，要你也同意；同意之前照旧。
       *[no] 🙋 { $name }想定期发提醒 { $id }，给{ $area }的{ $people } 人（{ $audience }）。人多，要你也同意。
    }
    { $when }
    先看看内容，再决定。
notice-repeat-answered =
    { $yes ->
        [yes] ✅ { $name }同意了定期提醒 { $id }。
       *[no] 🚫 { $name }没有同意定期提醒 { $id }。
    }
notice-repeat-left =
    📆 { $area }的定期提醒 { $id } 停住了：写的人（{ $name }）不再是这里的工作人员。
    { $when }

    还需要的话，请接手；不需要了，就停用。
notice-repeat-trouble =
    { $why ->
        [area] 📆 定期提醒 { $id } 停用了：它发给的地方已经没有了。
        [alone] 📆 定期提醒 { $id } 停住了：现在超过 { $number } 人，要另一位工作人员同意，可是这里没有第二位。请管理员先请一位（/invite），再接着发。
       *[missed] 📆 定期提醒 { $id } 有 { $number } 次没能发出（从{ DAY($first) } { TIME($first) }那次起）：当时机器人没在运行，或者还在等同意；过了时候就不补发了。以后的照常。
    }

refusal-repeat-gone = 这条定期提醒已经不是那样了：有人改了、停了，或者答复过了。发 /schedule 看现在的样子。
refusal-repeat-busy = 这一次正要发出去。请过一会儿再按。
refusal-repeat-never = 这样一次也不会发：日子都过去了。请换个时间，或者改“发到哪天为止”。
refusal-no-time-yet = 还没有定什么时候发。请先点“改时间”。
refusal-no-such-repetition =
    没有看懂什么时候发。请这样写：
    每周六 9:00
    每月15号 9:00
    每月第一个周五 19:30
refusal-no-such-time = 没有看懂几点。请这样写：18:30，或者 上午9点
refusal-no-such-end = 没有看懂哪一天。请这样写：12月31日，或者 2027-06-30；不限日子，发“不限”
refusal-end-before-begin = 结束的日子在开始的前面。请换一个。
