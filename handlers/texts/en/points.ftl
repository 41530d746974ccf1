# My household's points, and where each is from.

points-balance = ⭐ Your household has { $points } points
points-pending = { $points } of them are new and can be used in 5 minutes
points-owed = { $points } points are owed; what you get next pays them first
points-frozen = { $points } more are kept back, since something was not sorted right
points-month = { $points } points from drop-offs this month
points-chart = Points from drop-offs, last 12 weeks
points-chart-below = Each bar is a week; below it stands its Monday
button-history = 🧾 Where each point is from
button-older = ▶ Older
button-newer = ◀ Newer
history-title = 🧾 Your household's points, the latest first
history-empty = No points yet. Let the volunteer at the station scan your code to get some: /code
history-line =
    { $points } points, { $reason ->
        [drop-off] drop-off
        [correction] correction
        [pays-owed] pays what was owed
        [quiz] quiz
        [passed-on] passed on by staff
        [closed] closed
       *[other] other
    }
history-drop-off =
    { DAY($at) } { TIME($at) } { $station }, { $quality ->
        [right] sorted right
        [partly] partly right
       *[wrong] not right
    }
history-day = { DAY($at) } { TIME($at) }

notice-drop-off =
    { $news ->
        [withdrawn] ↩ The drop-off of { DAY($at) } { TIME($at) } at { $station } was taken back.
        [changed] ✏ The drop-off of { DAY($at) } { TIME($at) } at { $station } was corrected: { $quality ->
            [right] sorted right, thank you!
            [partly] most of it sorted right.
           *[wrong] not sorted right this time.
        }
       *[new] { $quality ->
            [right] ✅ Sorted right, thank you!
            [partly] 🟡 Thank you for coming; most of it was sorted right.
           *[wrong] 🟠 Thank you for coming; it was not sorted right this time.
        } { DAY($at) } { TIME($at) }, { $station }.
    }
drop-off-wrong =
    { $belongs ->
        [recyclable] • { $what }: next time with the recyclables.
        [hazardous] • { $what }: next time with the hazardous waste.
        [food] • { $what }: next time with the food waste.
        [residual] • { $what }: next time with the residual waste.
        [bulky] • { $what }: bulky, next time put it aside.
        [renovation] • { $what }: renovation waste, next time put it aside.
       *[unknown] • { $what }: next time ask me which bin, just send its name.
    }
drop-off-points =
    { $frozen ->
        [0] { $points } points for it.
       *[other] { $points } points for it; { $frozen } more are kept back.
    }
drop-off-balance = Your household has { $balance } points now.
notice-points-passed =
    ⭐ The community's staff have passed { $points } points on to your household; it has { $balance } now.
    Details: /history

wish-points = points|my points|how many points|balance
wish-history = history|my history|drop-offs

command-points = My household's points
command-history = Where each point is from

refusal-not-enough-points = There are not enough points. /points says how many your household has.
