# 住户说还在，工作人员决定。

disputes =
    { $number ->
        [0] 没有要决定的：没有住户说大件还在。
       *[other] 📣 { $number } 家说大件还在。点一家来看。
    }
dispute =
    📣 { $area } { $address }
    🛋 { $things }（共 { $items } 件），{ DAY($day) }
    收运员 { TIME($at) }：{ $went ->
        [done] 收走了
       *[nothing_out] 没放出来
    }{ $crew ->
        [none] {""}
       *[other] （{ $crew }）
    }
    住户 { DAY($said) } { TIME($said) }：还在{ $note ->
        [none] {""}
       *[other] （{ $note }）
    }
    怎么办？住户会收到通知。
button-dispute-of = { $area } { $address } · { DAY($day) }
button-disputes = 📣 还有哪些
button-dispute = 👀 去看看
button-collect-again = 📅 再收一次
button-was-taken = 📋 已经收走了
button-crew-photo = 📷 收运员的照片
button-dispute-day = { DAY($day) }
button-dispute-no-note = 不写，直接办
dispute-which-day = { $address }：哪一天再收？
dispute-no-day = { $address }：最近都满了。先用 /capacity 把一天改大。
dispute-again = ✅ { $address }：{ DAY($day) }再收一次，已经通知住户。
dispute-note-ask =
    { $address }：已经收走了。
    要对住户说什么？请写一句，例如：早上 9 点看过，已经没有了。
dispute-note-again = 没看懂。请写一句话，或者按上面的按钮。不办了，发 /cancel。
dispute-taken = 📋 { $address }：记为已经收走，已经通知住户。
dispute-photo = 收运员的照片：{ $address }
dispute-no-photo = 收运员没有留照片。

notice-pickup-disputed =
    📣 { $area } { $address } 说 { DAY($day) }的大件还在。{ $note ->
        [none] {""}
       *[other] 住户说：{ $note }
    }
