# 几点开、收什么、谁来收、运到哪里。

when-place = 📍 { $place }
when-day =
    { $which ->
        [today] 今天
        [tomorrow] 明天
       *[other] {""}
    } { DAY($day) }{ $kind ->
        [holiday] 　放假
        [makeup] 　调休上班
       *[other] {""}
    }
when-windows = • 投放：{ $hours }
when-taken = • { $stream } 收运：{ $hours }
when-line =
    { DAY($day) }{ $kind ->
        [holiday] 　放假
        [makeup] 　调休上班
       *[other] {""}
    }　{ $hours }
when-daily = 每天 { $hours } 收运
when-on = { DAY($day) } { $hours }
when-this-week = 这周 { $days } 收运
when-not-this-week = 这周不收运
when-who =
    { $who ->
        [no] 电话 { $phone }
       *[other] { $phone ->
            [no] { $who } 来收
           *[other] { $who } 来收，电话 { $phone }
        }
    }
when-goes-to = 运到 { $destination }
when-nothing-published = 这里还没有公布谁来收、运到哪里。
when-phone = 有问题找社区：{ $phone }

button-when-today = 🕖 现在和今天
button-when-tomorrow = 🌅 明天
button-when-week = 🗓 这一周
button-when-who = 🚛 谁来收、运到哪里
button-near = 🗺 附近的投放点
button-remind = ⏰ 到时候提醒我

menu-when = 🕖 几点开、收什么
command-when = 几点开、收什么、谁来收

wish-when = 几点收垃圾|几点开|几点开门|今天几点开|今天几点开门|什么时候开|什么时候收垃圾|什么时候可以扔垃圾|几点可以扔垃圾|几点扔垃圾|投放时间|开放时间|收运时间|收垃圾时间|现在开着吗|开着吗|今天收什么
wish-tomorrow = 明天收什么|明天收什么垃圾|明天几点开|明天几点开门|明天几点收垃圾|明天开吗|明天呢
wish-week = 这周|本周|这一周|这周收什么|本周收什么|这周几点开|有害垃圾哪天收|什么时候收有害垃圾|什么时候收可回收物
wish-who = 谁来收|谁来收垃圾|谁收垃圾|垃圾运到哪里|垃圾运到哪|垃圾去哪了|垃圾去哪里了|去向|收运单位|负责单位
