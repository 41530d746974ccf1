# Bulky pickups: how we say no, and what people are told.

notice-pickup =
    { $act ->
        [book] 🛋 Your household has a bulky pickup: { DAY($day) }, { $items } in all.
        [change] ✏️ The bulky pickup was changed: { DAY($day) }, { $items } in all.
        [move] 📅 The bulky pickup of { DAY($day_before) } is on { DAY($day) } now. { $note }
        [cancel] ❌ The bulky pickup of { DAY($day) } was cancelled. { $note }
        [collect] ✅ Your bulky things of { DAY($day) } were collected. Still there? Tell me before { DAY($until) }.
        [find_nothing] 🔍 The crew came on { DAY($day) } and found nothing. It was out? Tell me before { DAY($until) }.
        [decline] ⚠️ Your bulky things of { DAY($day) } were not taken: { $why ->
                [hazardous] hazardous waste was among them; it goes elsewhere.
                [rubble] renovation waste was among them; it goes to its own place.
                [household] everyday rubbish was among them; it goes into the bins.
                [more] they are not what was booked; please book again.
                [blocked] they could not be reached; please put them elsewhere.
                [too_heavy] they are too heavy; please ask the community office.
                [not_taken_apart] they were not taken apart; please do, and book again.
               *[other] please ask the community office.
            } { $why_words }
        [reopen] ↩️ That was a mistake: your bulky things of { DAY($day) } are still to be collected.
        [dispute] 📣 The community office knows that it is still there. You will hear from us.
        [collect_again] 📅 The crew comes again on { DAY($day) }.
       *[uphold] 📋 The community office has checked: your bulky things of { DAY($day) } were collected. { $note }
    }

notice-pickup-reminder =
    { $days ->
        [3] 🛋 In three days ({ DAY($day) }) your bulky things are collected, { $items } in all.
        [1] 🛋 Tomorrow ({ DAY($day) }) your bulky things are collected, { $items } in all.
       *[0] 🛋 Today your bulky things are collected, { $items } in all. Put them here: { $place ->
                [none] downstairs, out of the way
               *[other] { $place }
            }
    }

notice-pickup-disputed = 📣 { $area } { $address } says that the bulky things of { DAY($day) } are still there. { $note }

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
refusal-draft-over = This booking is over. To book, begin again with /bulky.
refusal-draft-changed = It has changed, and this button is old. Please use the newest message.
refusal-draft-not-ready =
    { $missing ->
        [things] There is nothing to collect yet.
       *[day] No day is chosen yet.
    }
refusal-too-many-items = A booking takes { $most } items at most. Please book another day for the rest.
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
