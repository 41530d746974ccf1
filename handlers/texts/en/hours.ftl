# Staff change hours for once: closed, or at another station.

hours-where = 🕖 Change hours for once. Where?
hours-all-of = All of { $place }
hours-which-day = { $place }: on which day?
hours-day =
    { $which ->
        [today] Today,
        [tomorrow] Tomorrow,
       *[other] {""}
    } { DAY($day) }
hours-now =
    { $place }, { DAY($day) }
    As it is now: { $hours }

    Which hours?
hours-whole-day = The whole day
hours-take-back = ↩ As it was before
hours-title = { $place }, { DAY($day) } { $hours }
hours-close = 🚫 Closed
hours-move = ➡ At { $station }
hours-reach =
    { $households } households live there, { $connected } of them use the bot.
    Those who are reminded of the station ({ $reminded }) hear the new hours; { $told } of them have heard the old ones and get one correction.
    /when is right at once.
hours-sure = Yes, do that
hours-not = No, back
hours-changed = ✅ Done. /when is right already, and reminders follow within a minute. To take it back: /hours

refusal-window-over = This window is over, or there is none on that day. Please choose again: /hours
refusal-hours-taken = These hours were changed already. Take that back first with /hours, and change them then.

wish-hours = change hours|close the station
