# A household says that it is still there; staff decide.

disputes =
    { $number ->
        [0] Nothing to decide: nobody says that it is still there.
       *[other] 📣 { $number } say that it is still there. Press one to see it.
    }
dispute =
    📣 { $area } { $address }
    🛋 { $things } ({ $items } in all), { DAY($day) }
    Crew at { TIME($at) }: { $went ->
        [done] collected
       *[nothing_out] nothing was out
    }{ $crew ->
        [none] {""}
       *[other] {" "}({ $crew })
    }
    Household, { DAY($said) } { TIME($said) }: it is still there{ $note ->
        [none] {""}
       *[other] {" "}({ $note })
    }
    What shall be done? The household will be told.
button-dispute-of = { $area } { $address } · { DAY($day) }
button-disputes = 📣 What is left
button-dispute = 👀 Look at it
button-collect-again = 📅 Collect it again
button-was-taken = 📋 It was collected
button-crew-photo = 📷 The crew's photo
button-dispute-day = { DAY($day) }
button-dispute-no-note = Without a word
dispute-which-day = { $address }: on which day?
dispute-no-day = { $address }: no day has room. Make one larger with /capacity first.
dispute-again = ✅ { $address }: collected again on { DAY($day) }; the household was told.
dispute-note-ask =
    { $address }: it was collected.
    What shall the household hear? Write a sentence, like: We looked at 9, and it was gone.
dispute-note-again = That was not understood. Write a sentence, or press the button above. To leave it, send /cancel.
dispute-taken = 📋 { $address }: written down as collected; the household was told.
dispute-photo = The crew's photo: { $address }
dispute-no-photo = The crew left no photo.

notice-pickup-disputed =
    📣 { $area } { $address } says that the bulky things of { DAY($day) } are still there. { $note ->
        [none] {""}
       *[other] They say: { $note }
    }
