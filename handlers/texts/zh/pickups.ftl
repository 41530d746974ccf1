# 大件预约：怎么拒绝、怎么通知。

notice-pickup =
    { $act ->
        [book] 🛋 家里预约了大件清运：{ DAY($day) }，共 { $items } 件。
        [change] ✏️ 大件预约改了：{ DAY($day) }，共 { $items } 件。
        [move] 📅 大件清运改期：原定 { DAY($day_before) }，改到 { DAY($day) }。{ $note }
        [cancel] ❌ { DAY($day) } 的大件预约取消了。{ $note }
        [collect] ✅ { DAY($day) } 的大件收走了。还在的话，请在 { DAY($until) } 以前告诉我。
        [find_nothing] 🔍 { DAY($day) } 收运员到了，没有看到大件。其实放了的话，请在 { DAY($until) } 以前告诉我。
        [decline] ⚠️ { DAY($day) } 的大件没有收走：{ $why ->
                [hazardous] 里面有有害垃圾，请另外投放。
                [rubble] 里面有装修垃圾，请放到装修垃圾点。
                [household] 里面有生活垃圾，请投进垃圾桶。
                [more] 和预约的东西不一样，请重新预约。
                [blocked] 车或人过不去，请换个地方放。
                [too_heavy] 太重，搬不动，请联系社区。
                [not_taken_apart] 没有拆开，请拆开后重新预约。
               *[other] 请联系社区。
            } { $why_words }
        [reopen] ↩️ 刚才记错了：{ DAY($day) } 的大件还没有收，会来的。
        [dispute] 📣 已经告诉社区：大件还在。有结果会通知你。
        [collect_again] 📅 大件会再来收：{ DAY($day) }。
       *[uphold] 📋 社区核实过了：{ DAY($day) } 的大件已经收走。{ $note }
    }

notice-pickup-reminder =
    { $days ->
        [3] 🛋 三天后（{ DAY($day) }）来收大件，共 { $items } 件。
        [1] 🛋 明天（{ DAY($day) }）来收大件，共 { $items } 件。
       *[0] 🛋 今天来收大件，共 { $items } 件。请放到：{ $place ->
                [none] 楼下，不挡路的地方
               *[other] { $place }
            }
    }

notice-pickup-disputed = 📣 { $area } { $address } 说 { DAY($day) } 的大件还在。{ $note }

refusal-not-your-pickup = 这不是你家的预约。发 /pickups 看你家的。
refusal-pickup-over =
    { $state ->
        [cancelled] 这个预约已经取消了。
        [booked] 这个预约还没有到那一步。
        [disputed] 这个预约正由社区核实。
       *[other] 这个预约已经办完了，不能再改。
    }发 /pickups 看最新的。
refusal-pickup-too-late = 太晚了：{ DAY($at) } { TIME($at) } 以前才能改或取消。有急事请联系社区工作人员。
refusal-pickup-changed = 这个预约刚刚被改过。发 /pickups 看最新的，再改一次。
refusal-nothing-changed = 和原来一样，没有改。
refusal-draft-over = 这一次预约已经结束了。要预约，发 /bulky 重新开始。
refusal-draft-changed = 内容改过了，这个按钮是旧的。请看最新的一条。
refusal-draft-not-ready =
    { $missing ->
        [things] 还没有选要收的东西。
       *[day] 还没有选日子。
    }
refusal-too-many-items = 一次最多 { $most } 件。多的请另约一天。
refusal-too-many-photos = 最多 { $most } 张照片，这张没有存。
refusal-already-booked = { DAY($day) } 你家已经有一个预约了。发 /pickups 可以在里面加东西。
refusal-price-changed = 费用变了，还没有预约。请看新的费用，再确认。
refusal-pickups-not-offered =
    这里没有大件上门清运。{ $phone ->
        [none] 请问社区工作人员。
       *[other] 请打 { $phone }。
    }
refusal-day-not-served = { DAY($day) } 不收大件。请选别的日子。
refusal-day-closed = { DAY($day) } 停收。{ $reason }请选别的日子。
refusal-day-too-late = { DAY($day) } 已经排好车，约不上了。请选后面的日子。
refusal-slot-full =
    { DAY($day) } 刚刚约满了，没有约上。{ $number ->
        [0] 最近都满了，请过两天再看。
       *[other] 请选别的日子。
    }

refusal-not-yet-collected = { DAY($day) } 才收，现在还不能记。
refusal-outcome-too-old = 超过一天，不能改了。请找社区工作人员。
refusal-why-not = 没有收走的原因是什么？请选一个。
refusal-no-such-number = 没有 { $number } 号。发 /run 看今天的单子。
refusal-several-numbers = 有好几个 { $number } 号：{ $addresses }。请按单子上的按钮。
refusal-dispute-over = 过了两个工作日，不能在这里说了。请联系社区工作人员。

refusal-fewer-than-booked = { DAY($day) } 已经约了 { $homes } 户、{ $items } 件，不能比这更少。
refusal-day-has-bookings = { DAY($day) } 有 { $number } 个预约。先说改到哪一天。
refusal-no-room-to-move = { DAY($day) } 只剩 { $homes } 户、{ $items } 件，放不下。没有改。
refusal-booked-on-both = { $addresses } 在 { DAY($day) } 已经有预约。没有改，请先和他们商量。
refusal-same-day = 要改到另外一天。
