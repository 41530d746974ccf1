# Staff: days of bulky pickups, their places, days off, moving, files.

plan-which = Bulky pickups of which area?
plan-nowhere =
    { $called ->
        [none] No area of yours plans bulky pickups itself; the area around it does.
       *[other] “{ $called }” was not found, or its bulky pickups are not yours to plan.
    }
plan-days =
    📅 { $area }: bulky pickups
    Households and items of each day. Press one to see or change it.
plan-close-which =
    🚫 { $area }: which day is off?
    What is booked is moved to another day in the next step.
button-plan-day =
    { $closed ->
        [no] { DAY($day) } · { $homes }/{ $of } homes · { $items }/{ $most } items
       *[other] 🚫 { DAY($day) } · closed · { $homes } homes
    }
button-later-week = The week after ↓
button-sooner-week = The week before ↑
button-plans = 📅 The days
plan-day =
    📅 { DAY($day) } · { $area }
    { $closed ->
        [no] Places: { $homes } homes, { $items } items
        [unsaid] 🚫 Closed
       *[yes] 🚫 Closed: { $reason }
    }
    Booked: { $booked } homes, { $booked_items } items
    Held, not confirmed yet: { $held } homes, { $held_items } items
    Left: { $left } homes, { $left_items } items
button-places =
    { $what ->
        [homes] { $homes } homes
       *[items] { $items } items
    }
button-write-places = ✍️ Write the numbers
button-close-day = 🚫 Close this day
button-open-day = ✅ Open it again
button-move-day = ➡️ Move all { $homes } homes
button-day-file = 📊 This day as a file (Excel)
plan-write =
    How many on { DAY($day) }? Write homes and items, like: { $homes } homes { $items } items
    To leave it, send /cancel.
plan-write-again = That was not understood, nothing changed. Like this: 25 homes 80 items ({ $most } at most). To leave it, send /cancel.
plan-where-to = { $homes } homes and { $items } items are booked on { DAY($day) }. Move them to which day?
plan-no-room = { $homes } homes and { $items } items are booked on { DAY($day) }; no day of the next two months has room for all. Make another day larger first.
plan-sure-alone =
    { DAY($day) } is off; nobody has booked it yet.
    Why? Choose, or write it. Who wants to book will see it.
plan-sure =
    { $homes } homes and { $items } items of { DAY($day) } are moved to { DAY($to) }{ $closing ->
        [yes] , and the day is off
       *[no] {""}
    }. Every household is told once.
    Why? Choose, or write it, and it is done. Households will see it.
plan-reason =
    { $why ->
        [weather] 🌀 The weather
        [truck] 🚚 The truck is out of order
        [people] 👷 Not enough people
        [holiday] 🎉 A holiday
       *[unsaid] Without a reason
    }
plan-reason-said =
    { $why ->
        [weather] The weather is bad
        [truck] The truck is out of order
        [people] Not enough people
       *[holiday] A holiday
    }
plan-reason-again = That was not understood. Write the reason in a sentence, or press a button above. To leave it, send /cancel.
plan-carried =
    { $closing ->
        [yes] ✅ Closed. { $homes ->
            [0] There was nothing to move.
           *[other] { $homes } homes moved to { DAY($to) }; all were told.
        }
       *[no] { $homes ->
            [0] There was nothing to move.
           *[other] ✅ { $homes } homes moved to { DAY($to) }; all were told.
        }
    }
plan-columns = Number|Area|Address|Things|Items|Floor|Lift|Where|Notes|Price (yuan)|Result|Why not taken
plan-lift =
    { $has ->
        [yes] yes
        [no] no
       *[unknown] {""}
    }
plan-state =
    { $state ->
        [booked] to be collected
        [done] collected
        [nothing_out] nothing out
        [not_accepted] not taken
        [disputed] said to be there still
       *[settled] collected, by decision
    }
plan-file = bulky-{ $day }.xlsx
plan-file-caption = { DAY($day) }: { $homes } homes

wish-capacity = bulky plan|bulky days|capacity
