# 附近的投放点。

near-station =
    📍 { $station }
    { $state }
    { $address }
near-far =
    { $station }
    离你{ $far }
near-metres = 约 { $metres } 米
near-kilometres = 约 { $kilometres } 公里
near-about = 距离是直线的，地图上的点也可能偏几百米，以地址为准。
near-more = 还有 { $number } 个投放点。把位置发给我（📎 → 位置），先说最近的。
near-send-place = 不在家？把位置发给我（📎 → 位置），我找最近的。
near-none = 5 公里内没有我知道的投放点。按 /when 选你住的小区看看。
near-none-known = 这里的投放点还没有公布。请问社区工作人员。
near-where =
    按下面的“📍 发我的位置”，我找最近的投放点。位置只用这一次，不保存。

    不想发位置？按 /when 选你住的小区。
near-key-here = 📍 发我的位置
button-map = 🗺 { $station }

menu-near = 🗺 附近的投放点
command-near = 附近的投放点
wish-near = 附近的投放点|附近投放点|投放点在哪|投放点在哪里|最近的投放点|附近的垃圾桶|垃圾桶在哪|垃圾站在哪里|附近的垃圾站|哪里可以扔垃圾|去哪扔垃圾|附近
