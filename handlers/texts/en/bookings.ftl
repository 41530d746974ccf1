# Booking a bulky pickup: things, place, day, a look at it all, done; changing it.

menu-bulky = 🛋 Bulky pickup
wish-bulky = bulky pickup|book a pickup|book a bulky pickup|i want to book a pickup
command-bulky = Book a bulky pickup

bulky-thing =
    { $count ->
        [1] { $name }
       *[other] { $name } ×{ $count }
    }
bulky-things = 🛋 { $things }
bulky-day = 📅 { DAY($day) }
bulky-home = 🏠 { $address }
bulky-where =
    📍 { $floor ->
        [0] {""}
       *[other] floor { $floor }{ $lift ->
            [yes] , with a lift
            [no] , no lift
           *[unknown] {""}
        };{" "}
    }put out: { $place }
bulky-place = 📍 put out: { $place }
bulky-notes = 📝 { $notes }
bulky-photos = 📷 photos: { $number }
bulky-price =
    { $fen ->
        [0] 💰 free of charge
       *[other] 💰 { $yuan } yuan, paid to the crew when it is collected{ $free ->
            [0] {""}
           *[other] {" "}(free of charge: { $free })
        }
    }

booking-things =
    🛋 Which bulky things shall we collect?
    Tap below, or write it to me, for example: a bed, 2 chairs

    At most { $most } at once. { $fen ->
        [0] It is free of charge.
       *[other] { $free ->
            [0] Each costs { $yuan } yuan, paid when it is collected.
           *[other] Free for a household each year: { $free }. Each further one costs { $yuan } yuan, paid when it is collected.
        }
    }
booking-chosen =
    To collect: { $things }
    Anything else? Tap or write it. If that is all, tap “That is all”.
booking-same =
    { $kept ->
        [last] Last time it was like this:
       *[now] Now it is like this:
    }
    { $where }
    The same this time?
booking-floor = Which floor do you live on? Tap a number, or write it, for example: 18
booking-lift = Is there a lift?
booking-place = Where will you put it out on that day? Tap one, or tell the crew in your own words.
booking-days = On which day? When you have tapped a day, I keep the place for you for { $minutes } minutes.
booking-no-days = The next days are full. Please look again in a day or two, somebody may cancel; or bring it yourself.
booking-summary =
    { $kind ->
        [begun] What do you want to change? Tap below:
        [change] Change it like this?
       *[new] Please look it over; if it is right, tap “Book it”:
    }
booking-held = ⏳ The place is kept for you until { TIME($until) }; please confirm before
booking-lapsed = ⏳ The place is not kept any more. You can still confirm, if there is room
booking-notes = What should the crew know? Write it to me, at most { $longest } characters.
booking-photo =
    Please send photos, at most { $most }{ $number ->
        [0] {""}
       *[other] ; there are { $number } now
    }. Only your household, the crew and the community office see them.
booking-photo-kept = ✅ I have the photo.
booking-done =
    { $kind ->
        [change] ✅ Changed.
       *[new] ✅ It is booked. I shall remind you before the day.
    }
booking-dropped = All right, nothing is booked. When you want to, send /bulky
booking-unchanged = All right, nothing was changed.
booking-half =
    { $kind ->
        [change] You were changing a booking: { $things }
       *[new] You had begun a booking: { $things }
    }
booking-hint =
    { $page ->
        [floor] I do not understand which floor. Tap a number, or write only the number, for example: 18
        [place] I do not understand where. Tap one, or write a sentence of 60 characters at most.
        [notes] I do not understand. Write it in 200 characters at most; or tap “Back”.
        [photo] This step takes photos. Send one, or tap “Back”.
       *[things] I do not understand which things. Tap below, or write only their names, for example: sofa
    }
booking-not-bulky =
    { $taken ->
        [yes] “{ $what }” usually goes { $stream ->
            [recyclable] into the recyclables
           *[residual] into the residual waste
        }, without a booking. Too large for the bin? Then leave it here. If not, tap ➖.
       *[no] “{ $what }” { $stream ->
            [food] goes into the food waste
            [hazardous] goes into the hazardous waste
            [renovation] is renovation waste and goes elsewhere
           *[not_household] is not bulky waste
        }; I have not added it.
    }

button-fewer = ➖ { $name }
button-one-more = ➕ { $name }
button-more-things = ▶ Other things
button-go-on = ✅ That is all
button-same =
    { $kept ->
        [last] ✅ Same as last time
       *[now] ✅ Like this
    }
button-elsewhere = 📍 Somewhere else
button-floor = { $floor }
button-lift =
    { $has ->
        [yes] There is a lift
       *[no] No lift
    }
spot =
    { $spot ->
        [door] at the door of the building
        [bins] beside the bins
        [gate] at the gate
       *[home] in the flat, to be carried down
    }
button-day =
    { $own ->
        [own] ⭐ { DAY($day) } (as it is now)
       *[other] { DAY($day) }
    }
button-later-days = ▶ Later days
button-confirm =
    { $kind ->
        [change] ✅ Change it
       *[new] ✅ Book it
    }
button-edit-things = 🛋 Things
button-edit-place = 📍 Place
button-edit-day = 📅 Day
button-edit-notes = 📝 Notes
button-edit-photo = 📷 Photos
button-no-notes = Without notes
button-no-photos = Without photos
button-drop =
    { $kind ->
        [change] ✖ Leave it as it is
       *[new] ✖ Do not book
    }
button-half = ▶ Go on
button-anew = 🔄 Begin anew
button-book = 🛋 Have it collected
button-book-of = 🛋 Have it collected: { $item }
button-bring = 📍 Where to bring it

bring-to = You can bring it yourself ({ $what }):
bring-place =
    • { $name }{ $address ->
        [none] {""}
       *[other] , { $address }
    }{ $phone ->
        [none] {""}
       *[other] , phone { $phone }
    }
bring-nowhere =
    No place for { $what } is registered near you. { $phone ->
        [none] Please ask the community office.
       *[other] Please call { $phone }.
    }
