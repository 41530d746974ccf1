# The crew: today's sheet, and how it went.

run-title =
    🚚 { DAY($day) }: { $all ->
        [0] nothing to collect.
       *[other] { $open ->
            [0] all { $all } are done. Thank you!
           *[other] { $open } of { $all } left.
        }
    }
run-line =
    { $state ->
        [booked] { $number }.
        [done] ✅ { $number }.
        [nothing_out] 🔍 { $number }.
        [not_accepted] ⚠️ { $number }.
        [disputed] 📣 { $number }.
       *[settled] 📋 { $number }.
    } { $area } { $address }
run-things = 🛋 { $things } ({ $items } in all)
run-price = 💰 Collect { $yuan } yuan
run-page = Page { $page } of { $pages }
run-how = After each, send a line: “3 done”, “5 nothing”, “7 refused too heavy”. Several lines at once, or under a photo, will do; or press the number.
run-not-yet = That day is still to come; the numbers are given on the day.
run-stop = 🚚 No. { $number }: { $area } { $address }
run-state =
    { $state ->
        [booked] ⏳ to be collected
        [done] ✅ collected
        [nothing_out] 🔍 nothing was out
        [not_accepted] ⚠️ not taken
        [disputed] 📣 they say it is still there; staff decide
       *[settled] 📋 staff decided: it was collected
    }
run-state-at = { $said } ({ TIME($at) })
run-words = 📝 { $words }
run-result =
    { $state ->
        [booked] ↩️ No. { $number } { $address }: to be collected again.
        [done] ✅ No. { $number } { $address }: collected.
        [nothing_out] 🔍 No. { $number } { $address }: nothing was out.
        [not_accepted] ⚠️ No. { $number } { $address }: not taken.
        [disputed] 📣 No. { $number } { $address }: they say it is still there; staff decide.
       *[settled] 📋 No. { $number } { $address }: staff decided that it was collected.
    }
run-already = { $said } Written down already at { TIME($at) }.
run-left =
    { $open ->
        [0] All done for today. Thank you!
       *[other] { $open } left.
    }
run-line-bad = ⚠️ “{ $line }” was not understood, nothing was written down. Like this: 3 done
run-line-refused = ⚠️ No. { $number }, nothing was written down: { $why }
run-why-ask =
    No. { $number } { $address }: why was it not taken?
    Choose, or write it. The household will see it.
run-why =
    { $why ->
        [hazardous] ☠️ Hazardous waste
        [rubble] 🧱 Renovation waste
        [household] 🗑 Everyday rubbish
        [more] ➕ Not what was booked
        [blocked] 🚧 Out of reach
        [too_heavy] 🏋️ Too heavy
       *[not_taken_apart] 🔧 Not taken apart
    }
run-photo = Photo of no. { $number }
run-no-photo = The photo is gone: it was replaced, or deleted after a while.
run-photo-how = The photo has come, but of which number? Please send it again with number and result under it, like: 3 done

button-run-number =
    { $state ->
        [booked] { $number }
        [done] ✅ { $number }
        [nothing_out] 🔍 { $number }
        [not_accepted] ⚠️ { $number }
        [disputed] 📣 { $number }
       *[settled] 📋 { $number }
    }
button-run =
    { $result ->
        [done] ✅ Collected
        [nothing_out] 🔍 Nothing out
       *[not_accepted] ⚠️ Cannot be taken
    }
button-run-unexplained = ⚠️ No. { $number }: why?
button-run-reopen = ↩️ A mistake: still to be collected
button-run-photo = 📷 Photo { $number }
button-run-next = ➡️ Next: no. { $number } { $address }
button-run-sheet = 📋 The sheet
button-run-more = More ↓
button-run-before = Before ↑
button-run-day = 📅 { DAY($day) }

wish-run = run sheet|today's run|my run|route|today's sheet

help-crew =
    Crew:
    /run: today's sheet
    “3 done”, “3 nothing”, “3 refused too heavy”: how it went
    “3 undo”: still to be collected
