# 这里有问题：桶满、车没来、混装混运。

problem-what =
    { $station ->
        [none] 哪里不对？
       *[other] { $station }：哪里不对？
    }
button-problem-kind =
    { $kind ->
        [full] 🗑 桶满了
        [missed] 🚛 车没来
        [mixed] 🔀 混装混运
        [dirty] 🧹 脏乱
        [broken] 🔧 设施坏了
        [shut] 🔒 该开没开
       *[other] ❗ 别的问题
    }
problem-where =
    { $place ->
        [none] 在哪里？
       *[other] { $place }：在哪个投放点？
    }把位置发给我（📎 → 位置），我找最近的。位置只用这一次，不保存。
button-problem-elsewhere = 不在这些投放点
problem-which-near = 离你最近的。是哪一个？
button-problem-near = { $station }（{ $far }）
problem-none-near = 5 公里内没有我知道的投放点。请按上面的按钮选，或者扫投放点牌子上的码。
problem-place-again = 没找到这个投放点。请按上面的按钮选，或者把位置发给我（📎 → 位置）。不报了，发 /cancel。
problem-show =
    { $about }
    发一张照片，或者写一句，就报上去了。都没有，按下面的“直接报”。
problem-say =
    { $about }
    请写一句怎么了、在哪里，也可以发照片。不报了，发 /cancel。
button-problem-report = 📤 直接报
problem-reported =
    { $how ->
        [new] ✅ 报上去了，工单 { $number }。
        [joined] ✅ 今天有人报过，给你加上了：工单 { $number }，一共 { $people } 人。
       *[known] 你今天报过了：工单 { $number }，不用再报。
    }
    { $about }
    现在：{ $state }。{ DAY($by) } { TIME($by) } 前答复你，每一步都告诉你。

command-problem = 投放点有问题，报上去
wish-problem = 报修|报问题|有问题|这里有问题|投放点有问题|垃圾桶有问题|举报|problem|report|report a problem|problem here
wish-problem-full = 桶满|桶满了|垃圾桶满|垃圾桶满了|桶都满了|桶已经满了|满了|bin full|bins full|the bin is full|bin is full
wish-problem-missed = 车没来|垃圾车没来|清运车没来|收运车没来|没人收|没人来收|垃圾没人收|今天没收|truck missed|truck did not come|not collected
wish-problem-mixed = 混装|混运|混装混运|混收|混收混运|收运混装|mixed loading
wish-problem-dirty = 脏|太脏了|很脏|很臭|太臭了|脏乱|投放点很脏|投放点脏了|dirty|too dirty
wish-problem-broken = 坏了|桶坏了|垃圾桶坏了|门坏了|设施坏了|broken|bin broken|the bin is broken
wish-problem-shut = 没开门|没有开门|投放点没开|该开没开|门关着|门锁着|closed|it is closed
