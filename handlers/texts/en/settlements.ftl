# The people are gone; what about the points? Staff decide.

settlement-why =
    { $why ->
        [moved] Moved away
        [merged] Two households became one
        [mistake] Written down wrongly
       *[other] Another reason
    }
settlement-close-why = Why is { $address } closed?
settlement-close-sure =
    Close { $address }?
    Its { $points } points go back to the community and its card stops at once; the address gets a new, empty household for those who come.
settlement-closed = 🔒 { $address } is closed; { $points } points went back.
settlement-to-whom = To which household do the points of { $address } go? Please send its number or address. To stop: /cancel
settlement-pass-why = { $points } points go to { $to }. Why?
settlement-pass-sure = Pass all { $points } points of { $address } on to { $to }?
settlement-passed-on = ✅ { $points } points were passed on to { $to }. Those who live there are told.

refusal-still-lived-in = People are registered there. They can move out themselves; who was written down wrongly is removed first.
refusal-same-household = This is the same household. Please send the number or address of another one.
refusal-nothing-left = There are no points to pass on; perhaps that was done just now.
