# 哪里、几点开：几处都用。

place-which = 你问的是哪里？
place-nowhere = 这里还没有公布投放时间和站点。请问社区工作人员。
place-open =
    { $station ->
        [no] 🟢 现在开着，开到 { TIME($until) }。
       *[other] 🟢 现在开着，开到 { TIME($until) }，改在{ $station }。
    }
place-open-always =
    { $station ->
        [no] 🟢 现在开着，一直开。
       *[other] 🟢 现在开着，改在{ $station }。
    }
place-opens =
    { $which ->
        [today] ⚪ 现在没开，今天 { TIME($at) } 开
        [tomorrow] ⚪ 现在没开，明天 { TIME($at) } 开
       *[other] ⚪ 现在没开，{ DAY($day) } { TIME($at) } 开
    }{ $station ->
        [no] 。
       *[other] ，改在{ $station }。
    }
place-shut = ⚪ 现在没开，以后什么时候开还没有公布。
place-shut-unknown = ⚪ 现在没开。下一次是哪天，要等放假安排公布。
place-window =
    { $station ->
        [no] { TIME($begins) }–{ TIME($ends) }
       *[other] { TIME($begins) }–{ TIME($ends) }（改在{ $station }）
    }
place-closed = 不开
place-not-published = 放假安排还没公布，公布了再告诉你

refusal-no-such-area = 没有这个地方了。请再问一次。
