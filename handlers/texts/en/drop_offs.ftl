# Drop-offs.

drop-off-shown =
    { $quality ->
        [right] ✅ { $address } { TIME($at) } sorted right, +{ $points }
        [partly] 🟡 { $address } { TIME($at) } partly right, +{ $points }
        [wrong] ❌ { $address } { TIME($at) } mixed, +{ $points }
       *[withdrawn] ↩️ { $address } { TIME($at) } taken back, does not count
    }
drop-off-weight = ⚖️ { $stream } { $kilograms } kg
drop-off-weight-unclear = ⚖️ { $kilograms } kg not recorded yet: it is not said of what, so please send one more line, such as: { $address } food { $kilograms } kg
drop-off-mistake = Mixed in: { $item }
drop-off-mistake-in = In { $bag }: { $item }
drop-off-something = something else
drop-off-belongs = { $mistake } → { $bin }
drop-off-entered-later = 🕐 entered later
drop-off-not-open = ⏰ outside of opening hours: counted once for the day
drop-off-in-bag = in { $bag }
drop-off-lines-mend = To mend one, send its line again, such as: 3-1-601 wrong
drop-off-line-refused = ⚠️ { $line }: { $why }
drop-off-line-bad =
    ⚠️ { $line }: { $why ->
        [no_household] which household? Not recorded. Write: 3-1-502 ok
        [mistyped_number] one digit of the number is wrong. Not recorded. Look at the card again.
        [two_households] two households in one line. Not recorded. Put a semicolon between them.
        [two_qualities] right and wrong at once. Not recorded. Write only one.
        [two_times] two times. Not recorded. Write only one.
        [no_such_time] there is no such time. Not recorded. Write: 07:20
        [no_such_weight] the weight is not right. Not recorded. Write: food 1.2 kg
        [unclear_weight] the weight of what? Not recorded. Write: food 1.2 kg recyclable 3 kg
        [question] this looks like a question. Not recorded.
       *[unknown_words] words that I do not know. Not recorded. Write: 3-1-502 wrong plastic bag
    }
drop-off-shift-first = This is a household's code. Begin your shift first, then scan it to record a drop-off: scan the station's sign, or send /shift.
drop-off-photo-unreadable = I cannot read the code in this photo. Send me the number below it, such as 123-456-6
drop-off-weigh-how =
    { $shown }

    Send me the weight, such as: food 1.2 kg recyclable 3 kg
drop-off-weigh-again = I did not understand the weight. Write: food 1.2 kg recyclable 3 kg. Or send /cancel
drop-off-weigh-unclear = { $kilograms } kg of what? Please write it, such as: food { $kilograms } kg. Or send /cancel
drop-off-move-how =
    { $shown }

    Which household was it? Send its number or address, such as: 3-1-601
drop-off-move-again = I did not understand which household. Send its number or address, such as: 3-1-601. Or send /cancel
drop-off-key-right = ✅ Right
drop-off-key-partly = 🟡 Partly
drop-off-key-wrong = ❌ Mixed
drop-off-key-weigh = ⚖️ Weigh
drop-off-key-move = 🔁 Other household
drop-off-key-withdraw = ↩️ Take back

stream-food = food waste
stream-recyclable = recyclables
stream-hazardous = hazardous waste
stream-residual = residual waste
stream-bulky = bulky waste
stream-renovation = renovation waste
stream-not_household = no household waste

refusal-own-household = This is your own household; another volunteer has to record it.
refusal-other-place = { $address } is not in your area, so nothing was recorded. The household can go to the station of its own estate.
refusal-already-recorded = This household has been recorded in this window already: { TIME($at) }, { $station }. Nothing was added.
refusal-not-then = { TIME($at) } is not in this shift, so nothing was recorded. Only times of today, within the shift, can be entered later.
refusal-too-many = That is more than one may record in a day, so this was not recorded. Please ask the community's staff.
refusal-too-late = After five minutes you cannot change it yourself. Please ask the community's staff.
refusal-not-yours = You did not record this one, so you cannot change it.
refusal-nothing-to-change = You have recorded nothing in the last five minutes. Scan or send a number first, then press this key.
refusal-several-households = Several households: { $addresses }. Add the unit, such as 3-1-502
refusal-no-such-address = There is no household { $address } here, so nothing was recorded. Check the address, or send the number on the card.
