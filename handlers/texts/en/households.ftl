# My household: who is there, and what can be done.

home-none =
    You have not joined your household yet.
    Once you have, you see its points and can show its code.
home-view =
    🏠 { $address }
    Number: { $number }

    Who lives here:
    { $members }
home-member =
    • { $name }{ $age ->
        [child] {" "}(under 18)
       *[adult] {""}
    }{ $who ->
        [you] {" "}(you)
       *[other] {""}
    }
home-alone = You are the only one registered here.
home-remove-whom = Whom do you want to remove? They will not see the household's points and code any more.
home-sure-remove =
    Remove { $name }?
    They will not see the household's points and code any more, and I tell them. They can ask to come back.
home-removed = { $name } was removed. They may still have the old code; you can get a new one.
home-sure =
    { $what ->
        [leave] Leave { $address }?
        [code] A new code for { $address }?
       *[move] Move out of { $address }, all of you?
    }
    { $what ->
        [leave] You will not see its points and code any more. The points stay with the household. You can ask to come back.
        [code] The old code, number and door card stop at once, for everybody here. The community prints a new card.
       *[move] Everybody leaves the household, and the old code stops at once. Your { $points } points are kept: the community's staff can pass them on to your new household.
    }
home-left = You have left { $address }. To join another household: /join
home-new-code =
    ✅ The new number: { $number }
    The old code and card do not work any more. /code shows the new one.
home-moved-out =
    Your household has moved out of { $address }; the old code does not work any more.
    The points are kept. In your new home, join with /join, then ask the community's staff to pass them on.
home-new-account =
    With a new Telegram account:
    1. Open Greenbin with the new account and send it the number { $number }, to ask to join.
    2. Come back to this old account and press “Let in”.
    3. With the new account, send /household and remove the old one.
    If the old account does not open any more, another adult of the household or the community's staff can help.
home-other-card = This is not your household's code. You live at { $address }, see /household. To move to another household, press “Leave” there first.
button-want =
    { $what ->
        [remove] 👤 Remove somebody
        [code] 🔄 A new code
        [move] 📦 We move out
        [account] 📱 I have a new Telegram account
       *[leave] 🚪 Leave
    }
button-sure =
    { $what ->
        [leave] Yes, leave
        [remove] Yes, remove
        [code] Yes, a new code
        [move] Yes, we move out
        [pass] Yes, pass them on
       *[close] Yes, close it
    }
button-remove-member = 👤 Remove { $name }

notice-member-removed =
    You are not in the household { $place } { $address } any more.
    If this is a mistake, please speak with its adults, then send /join
notice-moved-out =
    Your household has moved out of { $place } { $address }; the old code does not work any more.
    The points are kept. In your new home, join with /join, then ask the community's staff to pass them on.

wish-home = household|my household|my home|family

command-household = My household: people, new code, leave
