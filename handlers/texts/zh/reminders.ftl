# 提醒：提醒什么、什么时候、怎么停。

reminders-title = ⏰ 提醒：{ $place }
reminders-none = 还没有投放和收运的提醒。按下面的按钮，选要提醒什么、什么时候。
reminders-on = 打了 ✅ 的会提醒你。一天的事合在一条里说。
reminders-paused = ⏸ 暂停中，从 { DAY($day) } 起再提醒。
reminders-night = 夜里 21:30–07:30 发来的不响铃，除非你要它响。
reminders-pickups = 🛋 约好的大件：三天前、前一天傍晚和当天早上提醒；暂停的时候也提醒。
reminders-toggle =
    { $on ->
        [yes] ✅
       *[no] ⬜
    } { $want ->
        [window] 投放点开门
        [hazardous] 有害垃圾收运日
        [recyclable] 可回收物收运日
        [pickups] 约好的大件
        [evening] 前一天傍晚
        [morning] 当天早上
       *[quiet] 夜里不响铃
    }
reminders-before =
    { $minutes ->
        [0] ⬜ 开始前几分钟
       *[other] ✅ 开始前 { $minutes } 分钟
    }
reminders-pause-week = ⏸ 一周内不提醒
reminders-pause-month = ⏸ 一个月内不提醒
reminders-go-on = ▶ 现在就继续提醒

reminder-headline =
    ⏰ { $which ->
        [today] 今天
        [tomorrow] 明天
       *[other] {""}
    } { DAY($day) }，{ $place }
reminder-changed-headline =
    ⚠️ 时间改了：{ $which ->
        [today] 今天
        [tomorrow] 明天
       *[other] {""}
    } { DAY($day) }，{ $place }
reminder-event =
    { $topic ->
        [window] • 投放点开门：{ $hours }
        [hazardous] • 收有害垃圾：{ $hours }
       *[recyclable] • 收可回收物：{ $hours }
    }{ $state ->
        [now] 　现在开着
        [over] 　已经结束
       *[later] {""}
    }
reminder-unknown =
    { $topic ->
        [window] • 投放点几点开，要等放假安排公布
        [hazardous] • 收不收有害垃圾，要等放假安排公布
       *[recyclable] • 收不收可回收物，要等放假安排公布
    }
reminder-nothing = 这天不开、也不收了。对不起，前面的提醒不算数。看改到什么时候：/when
button-reminder-done = ✅ 办好了
button-reminder-later = 🕧 30 分钟后再说
button-reminder-stop = 🔕 不要再提醒这些
reminder-done = ✅ 好的，{ DAY($day) } 的事不再提醒。
reminder-later = 🕧 好的，{ TIME($at) } 再提醒一次。
reminder-over = 到那时已经结束了，不再提醒。下一次：/when
reminder-stopped = 🔕 好的，这些不再提醒。想再打开：/reminders

notice-reminders-late =
    ⚠️ { DAY($day) } 的提醒发不完。
    { $number } 条，按每秒 { $rate } 条，最后一条 { TIME($ends) } 才发出，本该在 { TIME($by) } 前发完。
    可以调大 GREENBIN_RATE（Telegram 允许约 30）。

command-reminders = 到时候提醒我
wish-reminders = 提醒|提醒我|设置提醒|我的提醒|到时候提醒我|开提醒|关提醒|别提醒了|不要提醒|取消提醒
