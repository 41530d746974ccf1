# 工作人员替没有手机的住户预约大件。

assist =
    🛋 { $address }：{ $number ->
        [0] 没有约大件。
       *[other] 约了 { $number } 次。
    }
assist-line = 📅 { DAY($day) }：{ $things }
assist-for = 替 { $address } 预约：
assist-cancel-sure = 取消这家 { DAY($day) }的大件预约吗？
assist-cancelled = ❌ { DAY($day) }的大件预约取消了。家里有手机的，会收到通知。
button-book-for = 🛋 大件预约
button-assist-new = ➕ 替这家预约
button-assist-change = ✏️ 改 { DAY($day) }的
button-assist-cancel = ❌ 取消 { DAY($day) }的
button-assist-cancel-sure = 是，取消
