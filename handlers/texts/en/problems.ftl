# Problem here: bins full, truck missed, mixed loading.

problem-what =
    { $station ->
        [none] What is wrong?
       *[other] { $station }: what is wrong?
    }
button-problem-kind =
    { $kind ->
        [full] 🗑 Bins full
        [missed] 🚛 Truck did not come
        [mixed] 🔀 Mixed loading
        [dirty] 🧹 Dirty
        [broken] 🔧 Broken
        [shut] 🔒 Closed in its hours
       *[other] ❗ Something else
    }
problem-where =
    { $place ->
        [none] Where is it?
       *[other] { $place }: at which station?
    } Send me your location (📎 → Location), and I find the nearest. It is used once and not kept.
button-problem-elsewhere = At none of these
problem-which-near = The nearest to you. Which one is it?
button-problem-near = { $station } ({ $far })
problem-none-near = I know no station within 5 km. Press a button above, or scan the code on the station's sign.
problem-place-again = I did not find that station. Press a button above, or send me your location (📎 → Location). To leave it, send /cancel.
problem-show =
    { $about }
    Send a photo or write a line, and it is reported. With neither, press the button below.
problem-say =
    { $about }
    Write what is wrong and where; a photo helps. To leave it, send /cancel.
button-problem-report = 📤 Report it now
problem-reported =
    { $how ->
        [new] ✅ Reported: case { $number }.
        [joined] ✅ Others reported it today, and you are added: case { $number }, { $people } people.
       *[known] You have reported it today: case { $number }. There is no need to again.
    }
    { $about }
    Now: { $state }. You get an answer by { DAY($by) } { TIME($by) }, and hear of each step.

command-problem = Report a problem at a station
wish-problem = problem|report|report a problem|problem here|报问题
wish-problem-full = bin full|bins full|the bin is full|the bins are full|桶满了
wish-problem-missed = truck missed|truck did not come|the truck did not come|not collected|车没来
wish-problem-mixed = mixed loading|mixed collection|混装混运
wish-problem-dirty = dirty|too dirty|it is dirty|脏乱
wish-problem-broken = broken|bin broken|the bin is broken|桶坏了
wish-problem-shut = closed|it is closed|station closed|没开门
