# 预约大件收运：选东西、地点、日子，核对，确认；改预约。

menu-bulky = 🛋 约大件
wish-bulky = 约大件|预约大件|我要约大件|我想约大件|我想预约大件|我要预约大件|大件预约|预约收大件|收大件|大件垃圾预约|预约大件垃圾|预约上门收|上门收大件|bulky pickup|book a pickup|book a bulky pickup
command-bulky = 预约大件收运

bulky-thing =
    { $count ->
        [1] { $name }
       *[other] { $name }×{ $count }
    }
bulky-things = 🛋 { $things }
bulky-day = 📅 { DAY($day) }
bulky-home = 🏠 { $address }
bulky-where =
    📍 { $floor ->
        [0] {""}
       *[other] { $floor }楼{ $lift ->
            [yes] ，有电梯
            [no] ，没有电梯
           *[unknown] {""}
        }；
    }放在：{ $place }
bulky-place = 📍 放在：{ $place }
bulky-notes = 📝 { $notes }
bulky-photos = 📷 { $number } 张照片
bulky-price =
    { $fen ->
        [0] 💰 不收费
       *[other] 💰 { $yuan } 元，收走时付给收运员{ $free ->
            [0] {""}
           *[other] （有 { $free } 件免费）
        }
    }

booking-things =
    🛋 要收什么大件？
    点下面的，或者打字发给我，例如：一张床，两把椅子

    一次最多 { $most } 件。{ $fen ->
        [0] 不收费。
       *[other] { $free ->
            [0] 每件 { $yuan } 元，收走时付。
           *[other] 每家一年 { $free } 件不收费，多的每件 { $yuan } 元，收走时付。
        }
    }
booking-chosen =
    要收的：{ $things }
    还有别的，接着点或者打字；没有了，点“选好了”。
booking-same =
    { $kept ->
        [last] 上次是这样：
       *[now] 现在是这样：
    }
    { $where }
    这次也一样吗？
booking-floor = 你家在几楼？点数字，或者打字，例如：18
booking-lift = 有电梯吗？
booking-place = 收运那天，东西放在哪里？点一个，或者打字告诉收运员。
booking-days = 哪一天来收？点了日子，名额给你留 { $minutes } 分钟。
booking-no-days = 最近的日子都约满了。过一两天再看看，有人取消就有位置；也可以自己送去。
booking-summary =
    { $kind ->
        [begun] 要改什么？点下面的：
        [change] 改成这样，对吗？
       *[new] 请核对，没问题就点“确认预约”：
    }
booking-held = ⏳ 名额给你留到 { TIME($until) }，请在这之前确认
booking-lapsed = ⏳ 留名额的时间过了。还可以确认，有位置就约上
booking-notes = 要告诉收运员什么？打字发给我，最多 { $longest } 个字。
booking-photo =
    请发照片，最多 { $most } 张{ $number ->
        [0] {""}
       *[other] ，已有 { $number } 张
    }。只有你家的人、收运员和社区工作人员看得到。
booking-photo-kept = ✅ 照片收到了。
booking-done =
    { $kind ->
        [change] ✅ 改好了。
       *[new] ✅ 预约好了。收运前我会提醒你。
    }
booking-dropped = 好的，这次不约。想约的时候，发 /bulky
booking-unchanged = 好的，没有改。
booking-half =
    { $kind ->
        [change] 你有一个预约改到一半：{ $things }
       *[new] 你上次选到一半：{ $things }
    }
booking-hint =
    { $page ->
        [floor] 没看懂是几楼。请点数字，或者只发一个数，例如：18
        [place] 没看懂放在哪里。请点一个，或者用一句话打字，最多60个字。
        [notes] 没看懂。请打字，最多200个字；不写就点“返回”。
        [photo] 这一步要照片。请发照片，或者点“返回”。
       *[things] 没看懂要收什么。请点下面的，或者只打东西的名字，例如：沙发
    }
booking-not-bulky =
    { $taken ->
        [yes] “{ $what }”一般{ $stream ->
            [recyclable] 投可回收物
           *[residual] 投其他垃圾
        }，不用预约。太大放不进桶，就留在这里；不是，请点 ➖ 去掉。
       *[no] “{ $what }”{ $stream ->
            [food] 投厨余垃圾
            [hazardous] 投有害垃圾
            [renovation] 是装修垃圾，要另外送
           *[not_household] 不归大件
        }，没有加进来。
    }

button-fewer = ➖ { $name }
button-one-more = ➕ { $name }
button-more-things = ▶ 别的大件
button-go-on = ✅ 选好了
button-same =
    { $kept ->
        [last] ✅ 和上次一样
       *[now] ✅ 就这样
    }
button-elsewhere = 📍 换个地方
button-floor = { $floor }
button-lift =
    { $has ->
        [yes] 有电梯
       *[no] 没有电梯
    }
spot =
    { $spot ->
        [door] 单元门口
        [bins] 垃圾投放点旁边
        [gate] 小区门口
       *[home] 家里，要上门搬
    }
button-day =
    { $own ->
        [own] ⭐ { DAY($day) }（现在的日子）
       *[other] { DAY($day) }
    }
button-later-days = ▶ 更晚的日子
button-confirm =
    { $kind ->
        [change] ✅ 确认修改
       *[new] ✅ 确认预约
    }
button-edit-things = 🛋 改东西
button-edit-place = 📍 改地点
button-edit-day = 📅 换日子
button-edit-notes = 📝 写备注
button-edit-photo = 📷 加照片
button-no-notes = 去掉备注
button-no-photos = 去掉照片
button-drop =
    { $kind ->
        [change] ✖ 不改了
       *[new] ✖ 不约了
    }
button-half = ▶ 接着来
button-anew = 🔄 重新约
button-book = 🛋 预约来收
button-book-of = 🛋 预约来收：{ $item }
button-bring = 📍 送到哪里

bring-to = { $what }可以自己送到：
bring-place =
    • { $name }{ $address ->
        [none] {""}
       *[other] ，{ $address }
    }{ $phone ->
        [none] {""}
       *[other] ，电话 { $phone }
    }
bring-nowhere =
    你家附近还没有登记{ $what }投放点。{ $phone ->
        [none] 请问物业或社区。
       *[other] 请打社区电话 { $phone }。
    }
