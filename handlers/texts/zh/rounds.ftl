# 收运员：今天的单子，每一户怎么样。

run-title =
    🚚 { DAY($day) }的单子：{ $all ->
        [0] 没有要收的。
       *[other] { $open ->
            [0] { $all } 户都办完了，辛苦了！
           *[other] 共 { $all } 户，还有 { $open } 户。
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
run-things = 🛋 { $things }（共 { $items } 件）
run-price = 💰 当面收 { $yuan } 元
run-page = 第 { $page } 页，共 { $pages } 页
run-how = 办完一户发一行：“3 完成”“5 没放”“7 不收 太重”。几行一起发、写在照片下面都行；也可以按号码。
run-not-yet = 还没到这一天，号码当天才定。
run-stop = 🚚 { $number } 号：{ $area } { $address }
run-state =
    { $state ->
        [booked] ⏳ 还没收
        [done] ✅ 收走了
        [nothing_out] 🔍 没放出来
        [not_accepted] ⚠️ 没有收
        [disputed] 📣 住户说还在，等社区决定
       *[settled] 📋 社区核实过：收走了
    }
run-state-at = { $said }（{ TIME($at) }）
run-words = 📝 { $words }
run-result =
    { $state ->
        [booked] ↩️ { $number } 号 { $address }：改回“还没收”。
        [done] ✅ { $number } 号 { $address }：收走了。
        [nothing_out] 🔍 { $number } 号 { $address }：没放出来。
        [not_accepted] ⚠️ { $number } 号 { $address }：没有收。
        [disputed] 📣 { $number } 号 { $address }：住户说还在，等社区决定。
       *[settled] 📋 { $number } 号 { $address }：社区核实过，收走了。
    }
run-already = { $said }{ TIME($at) } 已经记过，不用再发。
run-left =
    { $open ->
        [0] 今天的都办完了，辛苦了！
       *[other] 还有 { $open } 户。
    }
run-line-bad = ⚠️ “{ $line }”没看懂，没有记。写法：3 完成
run-line-refused = ⚠️ { $number } 号没有记：{ $why }
run-why-ask =
    { $number } 号 { $address }：为什么不收？
    选一个，或者直接写一句。住户会看到。
run-why =
    { $why ->
        [hazardous] ☠️ 有有害垃圾
        [rubble] 🧱 有装修垃圾
        [household] 🗑 有生活垃圾
        [more] ➕ 和预约的不一样
        [blocked] 🚧 过不去、够不着
        [too_heavy] 🏋️ 太重，搬不动
       *[not_taken_apart] 🔧 没有拆开
    }
run-photo = { $number } 号的照片
run-no-photo = 照片已经不在了。住户换过，或者时间太久删掉了。
run-photo-how = 照片收到了，但不知道是几号。请在照片下面写号码和结果，再发一次，例如：3 完成

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
        [done] ✅ 收走了
        [nothing_out] 🔍 没放出来
       *[not_accepted] ⚠️ 不能收
    }
button-run-unexplained = ⚠️ { $number } 号：选原因
button-run-reopen = ↩️ 记错了，还没收
button-run-photo = 📷 看照片 { $number }
button-run-next = ➡️ 下一户：{ $number } 号 { $address }
button-run-sheet = 📋 回单子
button-run-more = 后面的 ↓
button-run-before = 前面的 ↑
button-run-day = 📅 { DAY($day) }

wish-run = 单子|今天的单子|收运单|清运单|派车单|路线|今天收哪些|今天收什么|任务|今天的任务|出车

help-crew =
    收运员：
    /run：今天的单子
    “3 完成”“3 没放”“3 不收 太重”：记一户怎么样
    “3 记错了”：改回还没收
