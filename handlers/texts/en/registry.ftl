# Households as staff see them.

registry-how = To see a household, send /household with its number or address, such as /household 3-1-502
registry-which = There are several. Which one?
registry-view =
    🏠 { $address }{ $state ->
        [closed] {" "}(closed)
       *[open] {""}
    }
    Number: { $number }
    Registered: { $count } ({ $names })
    Points: { $points }
    Waiting to join: { $waiting }
    That you looked is written down.
registry-slip =
    🎫 Joining slip: { $address }
    Open this link on your phone and agree, and you have joined the household:
    { $link }
    It works once, within { $days } days. Please give it only to people who live there.
registry-sure-renew =
    A new code for { $address }?
    The old code, number and door card stop at once. Then please print a new card.
registry-renewed =
    ✅ The new number of { $address }: { $number }
    The old code and card do not work any more. Please print a new card for the household.
button-slip = 🎫 A joining slip
button-renew = 🔄 A new code
button-pass-on = ⭐ Pass { $points } points on
button-close = 🔒 Close the household
button-open = 🏠 Open the household

notice-household-empty =
    🏠 { $place } { $address }: { $left ->
        [children] only children are registered now, no adult.
       *[nobody] nobody is registered any more.
    }
    Its { $points } points are kept.
    Open it to hand out a joining slip, pass the points on, or close it.
