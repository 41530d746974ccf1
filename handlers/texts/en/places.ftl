# Where and when: shared by several.

place-which = Which place do you mean?
place-nowhere = No hours and stations are published here yet. Please ask the community's staff.
place-open =
    { $station ->
        [no] 🟢 Open now, until { TIME($until) }.
       *[other] 🟢 Open now, until { TIME($until) }, at { $station }.
    }
place-open-always =
    { $station ->
        [no] 🟢 Open now, and always.
       *[other] 🟢 Open now, at { $station }.
    }
place-opens =
    { $which ->
        [today] ⚪ Not open now; it opens today at { TIME($at) }
        [tomorrow] ⚪ Not open now; it opens tomorrow at { TIME($at) }
       *[other] ⚪ Not open now; it opens { DAY($day) } at { TIME($at) }
    }{ $station ->
        [no] .
       *[other] , at { $station }.
    }
place-shut = ⚪ Not open now; when it opens again is not published.
place-shut-unknown = ⚪ Not open now. The next day depends on the holidays, which are not published yet.
place-window =
    { $station ->
        [no] { TIME($begins) }–{ TIME($ends) }
       *[other] { TIME($begins) }–{ TIME($ends) } (at { $station })
    }
place-closed = not open
place-not-published = not published yet: it depends on the holidays

refusal-no-such-area = This place is gone. Please ask again.
