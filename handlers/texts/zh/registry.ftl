# 社区工作人员看住户。

registry-how = 看一户：发 /household 加编号或地址，例如 /household 3-1-502
registry-which = 有好几户，是哪一户？
registry-view =
    🏠 { $address }{ $state ->
        [closed] （已关闭）
       *[open] {""}
    }
    编号：{ $number }
    登记的人：{ $count }（{ $names }）
    积分：{ $points }
    等着加入的人：{ $waiting }
    这次查看已记下。
registry-slip =
    🎫 加入单：{ $address }
    用手机点这个链接，按“同意”，就加入这个家：
    { $link }
    只能用一次，{ $days } 天内有效。请只交给住在这里的人。
registry-sure-renew =
    要给 { $address } 换新的码吗？
    旧的码、旧的编号和门卡马上不能用。之后请打印新的门卡。
registry-renewed =
    ✅ { $address } 的新编号：{ $number }
    旧的码和门卡已经停用。请打印新的门卡交给住户。
button-slip = 🎫 发一张加入单
button-renew = 🔄 换新的码
button-pass-on = ⭐ 把 { $points } 分转给另一户
button-close = 🔒 关闭这一户
button-open = 🏠 打开这一户

notice-household-empty =
    🏠 { $place } { $address }：{ $left ->
        [children] 登记的只剩孩子，没有大人了。
       *[nobody] 没有人登记了。
    }
    积分 { $points } 分先留着。
    可以打开这一户：发加入单、把积分转给另一户，或者关闭。
