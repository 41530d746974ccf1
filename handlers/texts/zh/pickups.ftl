# 大件预约：我家的预约、通知、怎么拒绝。

wish-pickups = 我的预约|我家的预约|查预约|看预约|预约记录|取消预约|改预约|取消大件|my pickups|my bookings|my bulky pickups
command-pickups = 我家的大件预约：看、改、取消

pickups-none = 你家现在没有大件预约。
pickups-yours = 📋 你家的大件预约，点一个看：
pickup-state =
    { $state ->
        [booked] 📅 { DAY($day) }，约好了
        [cancelled] ✖ { DAY($day) }，取消了
        [done] ✅ { DAY($day) }，收走了
        [nothing_out] 🔍 { DAY($day) }，收运员来了，没看到东西
        [not_accepted] ⚠️ { DAY($day) }，没有收走
        [disputed] 📣 { DAY($day) }，社区正在核实
       *[settled] 📋 { DAY($day) }，社区核实过：收走了
    }
cut-off = ✏️ { DAY($until) } { TIME($until) } 以前可以改、可以取消
cut-off-over = 已经排好车，不能再改或取消。有急事请联系社区工作人员。
still-there-until = 东西还在？最晚 { DAY($until) } 告诉我
still-there-sure =
    { DAY($day) } 的东西还在吗？
    我去告诉社区工作人员，由他们核实。还在的是什么，可以打字发给我；不写就点下面的。
still-there-told = 📣 告诉社区了：{ DAY($day) } 的东西还在。他们核实后，我马上告诉你。
pickup-cancel-sure = 要取消 { DAY($day) } 的预约吗？取消后名额给别人，免费件数还给你家。
pickup-cancelled = ✖ { DAY($day) } 的预约取消了。
pickup-why-not =
    { $why ->
        [hazardous] 为什么：里面有有害垃圾，请另外投放。
        [rubble] 为什么：里面有装修垃圾，请送到装修垃圾点。
        [household] 为什么：里面有生活垃圾，请投进垃圾桶。
        [more] 为什么：和预约的东西不一样，请重新预约。
        [blocked] 为什么：车或人过不去，请换个地方放。
        [too_heavy] 为什么：太重，搬不动，请联系社区。
        [not_taken_apart] 为什么：没有拆开，请拆开后重新预约。
       *[other] 为什么：收运员写了下面的话。
    } { $words }

button-pickups = 📋 我家的预约
button-pickup =
    { $state ->
        [booked] 📅
        [done] ✅
        [nothing_out] 🔍
        [not_accepted] ⚠️
        [disputed] 📣
       *[settled] 📋
    } { DAY($day) } { $things }
button-pickup-show = 📋 看这个预约
button-pickup-change = ✏️ 改
button-pickup-cancel = ✖ 取消预约
button-cancel-sure = 确定取消
button-still-there = 📣 还在这里
button-still-there-sure = 📣 还在，告诉社区
button-book-again = 🛋 预约大件

notice-pickup =
    { $act ->
        [book] { $by ->
            [member] 🛋 家里人预约了大件收运：{ DAY($day) }
           *[staff] 🛋 社区帮你家预约了大件收运：{ DAY($day) }
        }
        [change] { $by ->
            [member] ✏️ 家里人改了大件预约，现在是：{ DAY($day) }
           *[staff] ✏️ 社区改了你家的大件预约，现在是：{ DAY($day) }
        }
        [move] 📅 大件收运换了日子：原来是 { DAY($day_before) }，现在是 { DAY($day) }
        [cancel] { $by ->
            [member] ✖ 家里人取消了 { DAY($day) } 的大件预约
           *[staff] ✖ 社区取消了你家 { DAY($day) } 的大件预约
        }
        [collect] ✅ { DAY($day) } 的大件收走了
        [find_nothing] 🔍 { DAY($day) } 收运员来了，没看到大件
        [decline] ⚠️ { DAY($day) } 的大件没有收走
        [reopen] ↩️ 刚才记错了：{ DAY($day) } 的大件还没有收，会来的
        [dispute] 📣 家里人说 { DAY($day) } 的大件还在，社区正在核实
        [collect_again] 📅 大件会再来收：{ DAY($day) }
       *[uphold] 📋 社区核实过：{ DAY($day) } 的大件收走了
    }

notice-pickup-reminder =
    { $days ->
        [3] 🔔 三天后来收大件：{ DAY($day) }
        [1] 🔔 明天来收大件：{ DAY($day) }
       *[0] 🔔 今天来收大件，请放到说好的地方。
    }

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
refusal-draft-over = 这一页已经办完了。约好的看 /pickups，要再约发 /bulky
refusal-draft-changed = 这一页旧了，内容后来改过。请看最新的。
refusal-draft-not-ready =
    { $missing ->
        [things] 还没有选要收的东西。
       *[day] 还没有选日子。
    }
refusal-too-many-items = 一次最多收 { $most } 件，这些没有加进来。多的请另约一天。
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
