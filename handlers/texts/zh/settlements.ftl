# 人走了，积分怎么办：工作人员来定。

settlement-why =
    { $why ->
        [moved] 搬走了
        [merged] 两户并一户
        [mistake] 登记错了
       *[other] 其他原因
    }
settlement-close-why = 为什么关闭 { $address }？
settlement-close-sure =
    要关闭 { $address } 吗？
    它的 { $points } 分收回社区，门卡马上停用；这个地址会有一张新的空户，等新住户来。
settlement-closed = 🔒 { $address } 关闭了，收回 { $points } 分。
settlement-to-whom = 把 { $address } 的积分转给哪一户？请发那一户的编号或地址。不转了，发 /cancel
settlement-pass-why = 把 { $points } 分转给 { $to }，为什么？
settlement-pass-sure = 要把 { $address } 的 { $points } 分全部转给 { $to } 吗？
settlement-passed-on = ✅ { $points } 分转给了 { $to }。住在那里的人会收到通知。

refusal-still-lived-in = 这一户还有人登记。他们可以自己“全家搬走”；登记错了的，先移除。
refusal-same-household = 这是同一户。请发另一户的编号或地址。
refusal-nothing-left = 这一户没有积分可转，可能刚刚转过了。
