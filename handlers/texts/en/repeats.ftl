# Repeating messages: written once, sent by themselves.

repeat-list = 📆 Repeating messages: they are sent by themselves.
repeat-list-empty =
    📆 There are no repeating messages here yet.

    Write one once, and it is sent by itself, such as every Saturday at 9:00. Begin one below.
repeat-line =
    { $id } · { $area } · { $when }
    “{ $text }”
    { $state } · to { $audience } · by { $name }
repeat-next = Next { DAY($at) } { TIME($at) }
repeat-rests =
    { $state ->
        [asked] { $changes ->
            [yes] 🙋 The change waits for a second yes
           *[no] 🙋 Waits for a second yes
        }
       *[paused] { $halt ->
            [author] ⏸ Paused: its author has left the staff here
           *[no] ⏸ Paused
        }
    }
repeat-where = 📆 A repeating message to which place? All that lies in it gets it, too.
repeat-ask-when =
    When shall it go? Choose below, or write it, such as:
    every Saturday 9:00
    every 2 weeks on Saturday 9:00
    15th of every month 9:00
    last day of every month 18:00
    first Friday of every month 19:30
    every Saturday 9:00 until 2027-06-30
repeat-ask-time =
    { $when }: at what time?

    Choose below, or write it, such as 18:30
repeat-ask-until =
    Until which day? For example:
    12/31
    2027-06-30

    For no end, send “none”.
repeat-pick-week = On which days of the week? You can choose several.
repeat-pick-month = On which days of the month? { $most } at most. A month without that day has it on its last one.
repeat-pick-nth = Which one of the month, and which weekday?
repeat-picked = ✅ { $label }
repeat-nth =
    { $nth ->
        [first] First
        [second] Second
        [third] Third
        [fourth] Fourth
       *[last] Last
    }
repeat-day =
    { $day ->
        [last] the last day
       *[other] { $day }
    }
repeat-when =
    🕘 { $kind ->
        [daily] Every day
        [weekly] { $every ->
            [1] Every { $days }
           *[other] Every { $every } weeks on { $days }
        }
        [monthly] Every month on { $days }
       *[nth] Every { $nth ->
            [first] first
            [second] second
            [third] third
            [fourth] fourth
           *[last] last
        } { $days } of the month
    }{ $time ->
        [none] { "" }
       *[other] { " " }{ $time }
    }{ $first ->
        [none] { "" }
       *[other] , from { $first }
    }{ $last ->
        [none] { "" }
       *[other] , until { $last }
    }
repeat-holidays =
    🎌 { $holidays ->
        [skip] On public holidays: not sent
        [before] On public holidays: sent on the working day before
       *[anyway] On public holidays: sent as ever
    }
repeat-date =
    • { DAY($at) } { TIME($at) }{ $sure ->
        [no] { " " }(holidays are not published yet; it may change)
       *[yes] { "" }
    }
repeat-coming =
    { $comes ->
        [no] It does not come any more.
       *[yes] Next:
            { $dates }
    }
repeat-no-time = Nobody has said when yet. Please press “Change when”.
repeat-nobody = It reaches nobody. Please choose somebody else.
repeat-draft-head =
    { $changes ->
        [yes] 📆 Changing repeating message { $id }, not saved yet. To: { $area }
       *[no] 📆 Repeating message { $id }, not begun yet. To: { $area }
    }
repeat-head = 📆 Repeating message { $id }: { $area }
repeat-to =
    { $audience } · { $language }{ $groups ->
        [yes] , and into groups and channels
       *[no] { "" }
    }
repeat-by = Written by { $name }
repeat-state =
    { $state ->
        [asked] { $changes ->
            [yes] 🙋 So many people: another member of staff has to agree to the change. They have been told; until then all is as before.
           *[no] 🙋 So many people: another member of staff has to agree. They have been told.
        }
        [paused] { $halt ->
            [author] ⏸ Paused: its author has left the staff here. If you take it over, it is yours, and goes on the next time.
            [alone] ⏸ Paused: so many people need a second member of staff, and there is none here. Invite one (/invite), then go on.
           *[no] ⏸ Paused. What is missed meanwhile is not made up for.
        }
        [saved] ✅ The change holds.
        [done] ✅ It was sent for the last time.
        [refused] 🚫 Not agreed to; it is not sent.
        [draft] Not finished yet.
       *[stopped] ⏹ Stopped.
    }
repeat-night =
    🌙 { TIME($begins) } is at night (21:30 to 7:30); it wakes people.

    Send it at night all the same? If not, go back and change the time.
repeat-dropped =
    { $changes ->
        [yes] All right, nothing is changed.
       *[no] All right, nothing is sent.
    }
repeat-stop-sure = Stop repeating message { $id }? It does not come any more, for good. What is being sent already goes on.
repeat-second-said =
    { $yes ->
        [yes] ✅ { $name } agreed to repeating message { $id }.
       *[no] 🚫 { $name } did not agree to repeating message { $id }.
    }

button-repeat-new = ➕ New
button-repeat-see = 📆 { $id }: look, change, stop
button-repeat-list = ← All repeating messages
button-repeat-when = 🕘 Change when
button-repeat-until = 📅 Until which day
button-repeat-holidays =
    🎌 On holidays instead { $holidays ->
        [skip] not at all
        [before] on the working day before
       *[anyway] as ever
    }
button-repeat-start =
    { $changes ->
        [yes] ✅ Save
       *[no] ▶️ Begin
    }
button-repeat-drop =
    { $changes ->
        [yes] 🗑 Do not change it
       *[no] 🗑 Do not send
    }
button-repeat-days =
    { $by ->
        [week] By the week
        [month] By the day of the month
       *[nth] Such as the first Friday
    }
button-repeat-weeks =
    🔁 Instead every { $every ->
        [1] week
       *[other] { $every } weeks
    }
button-repeat-time = ➡️ Next: at what time
button-repeat-change = ✏️ Change
button-repeat-move =
    { $move ->
        [pause] ⏸ Pause
        [resume] { $left ->
            [yes] 🙋 I take it over
           *[no] ▶️ Go on
        }
       *[stop] ⏹ Stop
    }
button-repeat-look = 👀 Look at it
button-repeat-stop-sure = ⏹ Yes, stop

notice-repeat-asked =
    { $changes ->
        [yes] 🙋 { $name } would like to change repeating message { $id } to { $people } people of { $area } ({ $audience }). So many need your yes, too; until then all is as before.
       *[no] 🙋 { $name } would like to send repeating message { $id } to { $people } people of { $area } ({ $audience }). So many need your yes, too.
    }
    { $when }
    Look at it first, then decide.
notice-repeat-answered =
    { $yes ->
        [yes] ✅ { $name } agreed to repeating message { $id }.
       *[no] 🚫 { $name } did not agree to repeating message { $id }.
    }
notice-repeat-left =
    📆 Repeating message { $id } of { $area } is paused: its author ({ $name }) has left the staff there.
    { $when }

    If it is still needed, take it over; if not, stop it.
notice-repeat-trouble =
    { $why ->
        [area] 📆 Repeating message { $id } was stopped: its place is no longer there.
        [alone] 📆 Repeating message { $id } is paused: it reaches more than { $number } people now, which needs a second member of staff, and there is none. An admin can invite one (/invite); then let it go on.
       *[missed] 📆 Repeating message { $id } could not be sent { $number ->
            [one] once
           *[other] { $number } times
        } (from { DAY($first) } { TIME($first) } on): the bot was not running, or it waited for a yes, and it was too late afterwards. It comes again as planned.
    }

refusal-repeat-gone = This repeating message has moved on: somebody has changed, stopped or answered it. /schedule shows how it is now.
refusal-repeat-busy = It is being sent at this moment. Please press again shortly.
refusal-repeat-never = This way it never comes: those days are over. Please choose another time, or change “Until which day”.
refusal-no-time-yet = Nobody has said when yet. Please press “Change when” first.
refusal-no-such-repetition =
    I did not understand when. Write it like:
    every Saturday 9:00
    15th of every month 9:00
    first Friday of every month 19:30
refusal-no-such-time = I did not understand the time. Write it like 18:30, or 9 am
refusal-no-such-end = I did not understand that day. Write it like 12/31 or 2027-06-30; for no end, send “none”
refusal-end-before-begin = The last day is before the first. Please choose another one.
