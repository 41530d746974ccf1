# 工作人员：大件清运的日子，能收多少，停收，改期，表格。

plan-which = 看哪里的大件清运？
plan-nowhere =
    { $called ->
        [none] 你这里没有自己安排的大件清运，由上一级统一安排。
       *[other] 没有找到“{ $called }”，或者那里的大件清运不归你安排。
    }
plan-days =
    📅 { $area }：大件清运
    每天已约的户数和件数。点一天来看、来改。
plan-close-which =
    🚫 { $area }：哪一天停收？
    已经约的，下一步改到别的日子。
button-plan-day =
    { $closed ->
        [no] { DAY($day) } · { $homes }/{ $of } 户 · { $items }/{ $most } 件
       *[other] 🚫 { DAY($day) } · 停收 · { $homes } 户
    }
button-later-week = 后面一周 ↓
button-sooner-week = 前面一周 ↑
button-plans = 📅 回日子
plan-day =
    📅 { DAY($day) } · { $area }
    { $closed ->
        [no] 一共能收：{ $homes } 户、{ $items } 件
        [unsaid] 🚫 停收
       *[yes] 🚫 停收：{ $reason }
    }
    已约：{ $booked } 户、{ $booked_items } 件
    正在约、还没确认：{ $held } 户、{ $held_items } 件
    还剩：{ $left } 户、{ $left_items } 件
button-places =
    { $what ->
        [homes] 改成 { $homes } 户
       *[items] 改成 { $items } 件
    }
button-write-places = ✍️ 写数字
button-close-day = 🚫 这天停收
button-open-day = ✅ 恢复收运
button-move-day = ➡️ 把 { $homes } 户都改期
button-day-file = 📊 这天的表格（Excel）
plan-write =
    { DAY($day) }能收多少？请写户数和件数，例如：{ $homes } 户 { $items } 件
    不改了，发 /cancel。
plan-write-again = 没看懂，没有改。请这样写：25 户 80 件（各不超过 { $most }）。不改了，发 /cancel。
plan-where-to = { DAY($day) }约了 { $homes } 户、{ $items } 件。改到哪一天？
plan-no-room = { DAY($day) }约了 { $homes } 户、{ $items } 件，后面两个月没有一天放得下。先把别的一天改大。
plan-sure-alone =
    { DAY($day) }停收，这天还没有人约。
    为什么？选一个，或者直接写。要约的人会看到。
plan-sure =
    { DAY($day) }的 { $homes } 户、{ $items } 件，改到 { DAY($to) }{ $closing ->
        [yes] ，这天停收
       *[no] {""}
    }。每家都会收到一次通知。
    为什么？选一个，或者直接写，马上就办。住户会看到。
plan-reason =
    { $why ->
        [weather] 🌀 天气不好
        [truck] 🚚 车坏了
        [people] 👷 人手不够
        [holiday] 🎉 放假
       *[unsaid] 不说原因，直接办
    }
plan-reason-said =
    { $why ->
        [weather] 天气不好
        [truck] 车坏了
        [people] 人手不够
       *[holiday] 放假
    }
plan-reason-again = 没看懂。请用一句话写原因，或者按上面的按钮。不改了，发 /cancel。
plan-carried =
    { $closing ->
        [yes] ✅ 停收了。{ $homes ->
            [0] 没有要改期的。
           *[other] { $homes } 户改到 { DAY($to) }，都通知了。
        }
       *[no] { $homes ->
            [0] 没有要改期的。
           *[other] ✅ { $homes } 户改到 { DAY($to) }，都通知了。
        }
    }
plan-columns = 号码|区域|地址|东西|件数|楼层|电梯|放在哪里|说明|收费（元）|结果|没收的原因
plan-lift =
    { $has ->
        [yes] 有
        [no] 没有
       *[unknown] {""}
    }
plan-state =
    { $state ->
        [booked] 还没收
        [done] 收走了
        [nothing_out] 没放出来
        [not_accepted] 没有收
        [disputed] 住户说还在
       *[settled] 核实过，收走了
    }
plan-file = 大件-{ $day }.xlsx
plan-file-caption = { DAY($day) }：{ $homes } 户

wish-capacity = 大件安排|清运安排|大件名额|名额|今天约了多少|明天约了多少
