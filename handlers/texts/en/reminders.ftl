# Reminders: of what, when, and not any more.

reminders-title = ⏰ Reminders: { $place }
reminders-none = No reminders of stations and collections yet. Choose below what to be reminded of, and when.
reminders-on = You are reminded of what has a ✅. All of a day comes in one message.
reminders-paused = ⏸ Paused; there are reminders again from { DAY($day) }.
reminders-night = From 21:30 to 07:30 they come without a sound, unless you want one.
reminders-pickups = 🛋 Bulky pickups you have booked: three days before, the evening before and that morning; during a pause, too.
reminders-toggle =
    { $on ->
        [yes] ✅
       *[no] ⬜
    } { $want ->
        [window] The station opens
        [hazardous] Hazardous waste is taken
        [recyclable] Recyclables are taken
        [pickups] Bulky pickups you have booked
        [evening] On the evening before
        [morning] In the morning
       *[quiet] No sound at night
    }
reminders-before =
    { $minutes ->
        [0] ⬜ Some minutes before
       *[other] ✅ { $minutes } minutes before
    }
reminders-pause-week = ⏸ None for a week
reminders-pause-month = ⏸ None for a month
reminders-go-on = ▶ Go on now

reminder-headline =
    ⏰ { $which ->
        [today] Today,
        [tomorrow] Tomorrow,
       *[other] {""}
    } { DAY($day) }, { $place }
reminder-changed-headline =
    ⚠️ The hours have changed: { $which ->
        [today] today,
        [tomorrow] tomorrow,
       *[other] {""}
    } { DAY($day) }, { $place }
reminder-event =
    { $topic ->
        [window] • The station opens: { $hours }
        [hazardous] • Hazardous waste is taken: { $hours }
       *[recyclable] • Recyclables are taken: { $hours }
    }{ $state ->
        [now] {" "}(now)
        [over] {" "}(over)
       *[later] {""}
    }
reminder-unknown =
    { $topic ->
        [window] • When the station opens depends on the holidays, which are not published yet
        [hazardous] • Whether hazardous waste is taken depends on the holidays, which are not published yet
       *[recyclable] • Whether recyclables are taken depends on the holidays, which are not published yet
    }
reminder-nothing = Nothing is open or taken on that day after all. Sorry: what you were told before does not hold. What holds now: /when
button-reminder-done = ✅ Done
button-reminder-later = 🕧 In 30 minutes
button-reminder-stop = 🔕 Stop these
reminder-done = ✅ All right, no more about { DAY($day) }.
reminder-later = 🕧 All right, once more at { TIME($at) }.
reminder-over = By then it is over, so not again. The next one: /when
reminder-stopped = 🔕 All right, no more of these. To have them again: /reminders

notice-reminders-late =
    ⚠️ The reminders of { DAY($day) } will be late.
    { $number } messages, { $rate } a second: the last leaves at { TIME($ends) } and should by { TIME($by) }.
    GREENBIN_RATE can be raised (Telegram allows about 30).

command-reminders = Remind me
wish-reminders = remind me|reminders|my reminders|stop reminders
