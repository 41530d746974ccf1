# Staff book bulky pickups for households without a phone.

assist =
    🛋 { $address }: { $number ->
        [0] nothing is booked.
       *[other] { $number } booked.
    }
assist-line = 📅 { DAY($day) }: { $things }
assist-for = For { $address }:
assist-cancel-sure = Cancel this household's pickup of { DAY($day) }?
assist-cancelled = ❌ The pickup of { DAY($day) } is cancelled. Who has a phone there is told.
button-book-for = 🛋 Bulky pickups
button-assist-new = ➕ Book for them
button-assist-change = ✏️ Change { DAY($day) }
button-assist-cancel = ❌ Cancel { DAY($day) }
button-assist-cancel-sure = Yes, cancel it
