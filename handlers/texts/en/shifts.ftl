# Shifts.

shift-how-to-begin =
    You are not on shift yet.

    Scan the code on the station's sign; or, when you are there, press “📍 I am at the station” below.
shift-begun =
    ✅ On shift: { $station }, { TIME($began) }
    It ends by itself at { TIME($until) }.

    When a household comes, scan its card with the phone's camera; or send the number, the address (3-1-502) or a photo of the code.
    A scan counts as “right”. If it was not, use the keys below.
shift-others = Also on shift here: { $number }. Work together, or press “🤝 Take over” to relieve them.
shift-goes-on =
    On shift: { $station }, since { TIME($began) }; it ends by itself at { TIME($until) }.
    { $recorded } households so far. { $hours } hours on shift in the last 30 days.
shift-ended =
    👋 Your shift is over: { $station }, { TIME($began) }–{ TIME($ended) }
    { $recorded } households recorded. Thank you!
shift-taken-over = 🤝 You have taken over at { $station }; relieved: { $number }.
shift-alone = You are the only one on shift at { $station }.
shift-not-volunteer = Shifts are for the stations' volunteers. To become one, ask the community's staff.
shift-placeholder = Number, address, item
shift-key-here = 📍 I am at the station
shift-key-take-over = 🤝 Take over
shift-key-end = 🏁 End shift
station-shown =
    📍 { $station }
    Open today: { $hours }
station-window = { TIME($begins) }–{ TIME($ends) }
station-shut-today = not open today

wish-shift = shift|begin shift|start shift|on duty
wish-shift-end = end shift|off duty

notice-shift-taken-over = 🤝 Somebody took over from you at { $station } at { TIME($at) }; your shift is over. Thank you!
notice-shift-closed = 🏁 Your shift at { $station } ended by itself ({ TIME($began) }–{ TIME($ended) }); { $recorded } households recorded. Thank you!

refusal-not-on-shift = You are not on shift, so nothing was recorded. Scan the code on the station's sign first, then record again.
refusal-too-far = You are more than { $metres } m from the station, so the shift has not begun. Go there and press again, or scan the code on its sign.
refusal-no-such-station = There is no such station. Scan the code on its sign, or ask the community's staff.
