# Joining a household: by card, number, address or slip; then somebody there says yes.

button-join = 🏠 Join my household
button-by-address = 📍 No card: choose the address
button-not-now = Not now
button-next = ▶ More
button-previous = ◀ Before these
button-back = ↩ Back
button-adult-agrees = ✅ I am an adult, and agree
button-child-agrees = 🧒 I am under 18, and agree
button-admit = ✅ Let { $name } in
button-turn-away = ❌ Do not let { $name } in

address = { $place } { $address }
building = Building { $building }
unit = Unit { $unit }

join-how =
    Join your household to collect points and to show its code.
    Whichever is easiest:
    • Scan the code on your door card with your phone.
    • Send me the 7-digit number on the card.
    • No card: press the button below and choose the address.
join-everywhere = Where do you live?
join-choose =
    { $where }
    { $what ->
        [place] Press the place where you live.
        [unit] Press your unit.
       *[room] Press your door.
    }
join-nothing-here =
    { $where }
    No households are known here yet. Please ask the community's staff.
join-terms = You want to join: { $address }
join-kept =
    Three things first:
    • What is kept: your Telegram name and account, your household's drop-offs and points.
    • Who sees it: the people of your household. Volunteers see only the door. Each time staff look, it is written down who and when.
    • For how long: while you live here; a year after you leave, name and account are deleted. Drop-offs and points are the household's books and carry no names.
join-agree-and-ask =
    If you agree, press a button. I ask the adults of the household; if none is registered, the community's staff.
    Under 18, an adult of the household has to agree; under 14, the adult agrees for you.
join-agree-with-slip =
    If you agree, press a button. With your joining slip you are in at once.
    Under 18, an adult has to live there already; under 14, let the adult press for you.
join-not-now = All right, not now. To join later: /join
join-asked =
    { $asked ->
        [members] I have asked the adults of { $address }. You hear from me as soon as they answer.
        [staff] No adult is registered at { $address }, so I have asked the community's staff. You hear from me as soon as they answer.
       *[nobody] No adult is registered at { $address }, and no staff of the place use Greenbin yet. Please ask at the community for a joining slip.
    }
join-done =
    🎉 You have joined { $address }
    Next: /code shows your household's code, /points its points.
join-already =
    You live at { $address } already. See /household
    To move to another household, press “Leave” there first.
join-answered =
    { $answer ->
        [yes] ✅ { $name } has joined { $address }.
       *[no] ❌ { $name } was not let into { $address }.
    }

notice-join-request =
    { $name } ({ $who ->
        [child] under 18
       *[adult] adult
    }) wants to join { $place } { $address }.
    { $asked ->
        [staff] No adult is registered there, so you are asked. Please make sure before you answer.
       *[members] Somebody of your household? Say yes only to people you know.
    }
    { $who ->
        [child] For a child under 14, your yes agrees to keeping name, account and the household's drop-offs.
       *[adult] Whoever joins sees your household's drop-offs and points.
    }
notice-join-answer =
    { $answer ->
        [yes] 🎉 You have joined { $place } { $address }. Next: /code shows your household's code, /points its points.
       *[no] { $place } { $address } did not let you in this time. If it was the wrong address, choose again with /join. If not, please speak with the household or the community's staff.
    }
notice-member-joined =
    👋 { $name } has joined your household ({ $place } { $address }).
    If you do not know them: remove them in /household and get a new code.

wish-join = join|join household|join a household|join my household|join my home

command-join = Join your household

refusal-no-such-household = This household was not found. Please look at the 7-digit number on the card again; without a card, choose the address with /join
refusal-mistyped-number = One digit of the number is not right. Please look at the card again and send me all 7 digits.
refusal-old-card = This card was replaced and does not work any more. Please use the new one: people of the household see it with /code, and staff can give you another.
refusal-household-closed = This household is closed. Please ask the community's staff for the new card of this address.
refusal-already-member = You live in a household already, see /household. To move to another, press “Leave” there first.
refusal-not-member = This person does not live in this household now. See /household
refusal-asked-too-often = That is enough for today. Please try again tomorrow, or ask the community's staff for a joining slip.
refusal-request-over =
    { $who ->
        [you] { $how ->
            [approved] You have answered already: let in.
           *[refused] You have answered already: not let in.
        }
        [member] { $how ->
            [approved] { $name } has answered already: let in.
           *[refused] { $name } has answered already: not let in.
        }
        [staff] { $how ->
            [approved] The community's staff have answered already: let in.
           *[refused] The community's staff have answered already: not let in.
        }
       *[nobody] { $how ->
            [withdrawn] This wish was taken back; no answer is needed.
           *[late] This wish is too old; no answer is needed. Whoever wants to join can send /join again
        }
    }
refusal-lives-elsewhere = This person has joined another household; no answer is needed.
refusal-needs-adult = Under 18 you join together with an adult. Please let an adult join this household first, then ask again.
refusal-slip-over = This joining slip was used already, or is too old. Please ask the community's staff for a new one.
refusal-not-our-code = I cannot make out this code; perhaps part of it is missing. Please scan it again, or send me the 7-digit number on the card.
