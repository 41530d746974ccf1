# Bulky pickups: my household's bookings, what people are told, how we say no.

wish-pickups = my pickups|my bookings|my bulky pickups|cancel pickup|cancel my pickup|change pickup
command-pickups = My household's bulky pickups: look, change, cancel

pickups-none = Your household has no bulky pickup now.
pickups-yours = 📋 Your household's bulky pickups; tap one:
pickup-state =
    { $state ->
        [booked] 📅 { DAY($day) }, booked
        [cancelled] ✖ { DAY($day) }, cancelled
        [done] ✅ { DAY($day) }, collected
        [nothing_out] 🔍 { DAY($day) }, the crew came and found nothing
        [not_accepted] ⚠️ { DAY($day) }, not taken
        [disputed] 📣 { DAY($day) }, the community office is looking into it
       *[settled] 📋 { DAY($day) }, the community office has checked: collected
    }
cut-off = ✏️ Can be changed or cancelled until { DAY($until) } { TIME($until) }
cut-off-over = It is planned already and cannot be changed or cancelled any more. If it is urgent, ask the community office.
still-there-until = Still there? Tell me by { DAY($until) }
still-there-sure =
    Are the things of { DAY($day) } still there?
    I tell the community office, and they look into it. You can write what is still there, or just tap below.
still-there-told = 📣 The community office knows: the things of { DAY($day) } are still there. When they have looked into it, you hear from me.
pickup-cancel-sure = Cancel the pickup of { DAY($day) }? Its place goes to somebody else, and you get back what was free of charge.
pickup-cancelled = ✖ The pickup of { DAY($day) } is cancelled.
pickup-why-not =
    { $why ->
        [hazardous] Why: hazardous waste was among them; it goes elsewhere.
        [rubble] Why: renovation waste was among them; it goes to its own place.
        [household] Why: everyday rubbish was among them; it goes into the bins.
        [more] Why: they are not what was booked; please book again.
        [blocked] Why: they could not be reached; please put them elsewhere.
        [too_heavy] Why: they are too heavy; please ask the community office.
        [not_taken_apart] Why: they were not taken apart; please do, and book again.
       *[other] Why: the crew wrote this.
    } { $words }

button-pickups = 📋 My pickups
button-pickup =
    { $state ->
        [booked] 📅
        [done] ✅
        [nothing_out] 🔍
        [not_accepted] ⚠️
        [disputed] 📣
       *[settled] 📋
    } { DAY($day) } { $things }
button-pickup-show = 📋 Show this pickup
button-pickup-change = ✏️ Change
button-pickup-cancel = ✖ Cancel the pickup
button-cancel-sure = Yes, cancel it
button-still-there = 📣 It is still here
button-still-there-sure = 📣 Still here, tell them
button-book-again = 🛋 Book a pickup

notice-pickup =
    { $act ->
        [book] { $by ->
            [member] 🛋 Somebody at home has booked a bulky pickup: { DAY($day) }
           *[staff] 🛋 The community office has booked a bulky pickup for you: { DAY($day) }
        }
        [change] { $by ->
            [member] ✏️ Somebody at home has changed the bulky pickup; now it is: { DAY($day) }
           *[staff] ✏️ The community office has changed your bulky pickup; now it is: { DAY($day) }
        }
        [move] 📅 The bulky pickup of { DAY($day_before) } is on { DAY($day) } now
        [cancel] { $by ->
            [member] ✖ Somebody at home has cancelled the bulky pickup of { DAY($day) }
           *[staff] ✖ The community office has cancelled your bulky pickup of { DAY($day) }
        }
        [collect] ✅ Your bulky things of { DAY($day) } were collected
        [find_nothing] 🔍 The crew came on { DAY($day) } and found nothing
        [decline] ⚠️ Your bulky things of { DAY($day) } were not taken
        [reopen] ↩️ That was a mistake: your bulky things of { DAY($day) } are still to be collected
        [dispute] 📣 Somebody at home says that the bulky things of { DAY($day) } are still there; the community office is looking into it
        [collect_again] 📅 The crew comes again: { DAY($day) }
       *[uphold] 📋 The community office has checked: your bulky things of { DAY($day) } were collected
    }

notice-pickup-reminder =
    { $days ->
        [3] 🔔 In three days your bulky things are collected: { DAY($day) }
        [1] 🔔 Tomorrow your bulky things are collected: { DAY($day) }
       *[0] 🔔 Today your bulky things are collected. Please put them where you said.
    }

refusal-not-your-pickup = This is another household's booking. Yours are in /pickups.
refusal-pickup-over =
    { $state ->
        [cancelled] This booking was cancelled.
        [booked] This booking has not come so far yet.
        [disputed] The community office is looking into this booking.
       *[other] This booking is over and cannot be changed.
    } See /pickups for the latest.
refusal-pickup-too-late = It is too late: changes and cancellations were possible until { DAY($at) } { TIME($at) }. If it is urgent, ask the community office.
refusal-pickup-changed = This booking was changed a moment ago. See /pickups, and change it again.
refusal-nothing-changed = It is as it was; nothing was changed.
refusal-draft-over = This page is done with. What is booked is in /pickups; to book again, send /bulky
refusal-draft-changed = This page is old, something has changed since. Please look at the newest.
refusal-draft-not-ready =
    { $missing ->
        [things] There is nothing to collect yet.
       *[day] No day is chosen yet.
    }
refusal-too-many-items = At most { $most } are collected at once, so I have not added these. Please book another day for the rest.
refusal-too-many-photos = There is room for { $most } photos; this one was not kept.
refusal-already-booked = Your household has a booking on { DAY($day) } already. You can add to it in /pickups.
refusal-price-changed = The price has changed, and nothing was booked. Please look at it and confirm again.
refusal-pickups-not-offered =
    Bulky things are not collected here. { $phone ->
        [none] Please ask the community office.
       *[other] Please call { $phone }.
    }
refusal-day-not-served = Nothing is collected on { DAY($day) }. Please choose another day.
refusal-day-closed = Nothing is collected on { DAY($day) }. { $reason } Please choose another day.
refusal-day-too-late = { DAY($day) } is planned already. Please choose a later day.
refusal-slot-full =
    { DAY($day) } has just filled up, and nothing was booked. { $number ->
        [0] The next days are full too; please look again in a few days.
       *[other] Please choose another day.
    }

refusal-not-yet-collected = The pickup is on { DAY($day) }; nothing can be noted before.
refusal-outcome-too-old = After a day it cannot be changed any more. Please ask the community office.
refusal-why-not = Why was it not taken? Please choose a reason.
refusal-no-such-number = There is no number { $number }. See /run for the sheet of today.
refusal-several-numbers = There are several with number { $number }: { $addresses }. Please use the buttons of the sheet.
refusal-dispute-over = Two working days are over, so it cannot be said here any more. Please ask the community office.

refusal-fewer-than-booked = On { DAY($day) }, { $homes } households with { $items } items are booked; it cannot be fewer.
refusal-day-has-bookings = { DAY($day) } has bookings: { $number }. First say which day they are moved to.
refusal-no-room-to-move = { DAY($day) } has room for { $homes } households and { $items } items only. Nothing was changed.
refusal-booked-on-both = { $addresses } have a booking on { DAY($day) } already. Nothing was changed; please speak with them first.
refusal-same-day = Please name another day.
