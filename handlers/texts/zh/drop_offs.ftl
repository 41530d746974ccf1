# 投放记录。

drop-off-shown =
    { $quality ->
        [right] ✅ { $address } { TIME($at) } 分类正确，+{ $points } 分
        [partly] 🟡 { $address } { TIME($at) } 部分正确，+{ $points } 分
        [wrong] ❌ { $address } { TIME($at) } 混投，+{ $points } 分
       *[withdrawn] ↩️ { $address } { TIME($at) } 已撤回，不算
    }
drop-off-weight = ⚖️ { $stream } { $kilograms } 公斤
drop-off-weight-unclear = ⚖️ { $kilograms } 公斤还没有记：没写是哪一类，请再发一行，例如：{ $address } 厨余{ $kilograms }公斤
drop-off-mistake = 混了：{ $item }
drop-off-mistake-in = { $bag }袋里混了：{ $item }
drop-off-something = 别的
drop-off-belongs = { $mistake } → { $bin }
drop-off-entered-later = 🕐 补记
drop-off-not-open = ⏰ 不在开放时间，按当天一次记
drop-off-in-bag = { $bag }袋里
drop-off-lines-mend = 要改哪户，再发一行，例如：3-1-601 混投
drop-off-line-refused = ⚠️ { $line }：{ $why }
drop-off-line-bad =
    ⚠️ { $line }：{ $why ->
        [no_household] 没看懂是哪户，没有记。写法：3-1-502 对
        [mistyped_number] 卡号有一位不对，没有记。请再看一下卡。
        [two_households] 一行有两户，没有记。请用分号隔开。
        [two_qualities] 又对又错，没有记。请只写一个。
        [two_times] 有两个时间，没有记。请只写一个。
        [no_such_time] 没有这个时间，没有记。写法：07:20
        [no_such_weight] 重量不对，没有记。写法：厨余1.2公斤
        [unclear_weight] 没写是哪一类的重量，没有记。写法：厨余1.2公斤 可回收3斤
        [question] 像是在问问题，没有记。
       *[unknown_words] 有看不懂的字，没有记。写法：3-1-502 混投 塑料袋
    }
drop-off-shift-first = 这是住户的码。先开始值班，再扫它来记投放：扫站点牌子上的码，或发 /shift。
drop-off-photo-unreadable = 照片里的码读不出来。请把码下面的数字发给我，例如：123-456-6
drop-off-weigh-how =
    { $shown }

    发重量给我，例如：厨余1.2公斤 可回收3斤
drop-off-weigh-again = 没看懂重量。写法：厨余1.2公斤 可回收3斤。不想写了发 /cancel
drop-off-weigh-unclear = { $kilograms } 公斤是哪一类？请写上，例如：厨余{ $kilograms }公斤。不想写了发 /cancel
drop-off-move-how =
    { $shown }

    应该是哪户？发卡号或门牌，例如：3-1-601
drop-off-move-again = 没看懂是哪户。发卡号或门牌，例如：3-1-601。不想改了发 /cancel
drop-off-key-right = ✅ 正确
drop-off-key-partly = 🟡 部分
drop-off-key-wrong = ❌ 混投
drop-off-key-weigh = ⚖️ 称重
drop-off-key-move = 🔁 换户
drop-off-key-withdraw = ↩️ 撤回

stream-food = 厨余
stream-recyclable = 可回收
stream-hazardous = 有害
stream-residual = 其他垃圾
stream-bulky = 大件
stream-renovation = 装修垃圾
stream-not_household = 非生活垃圾

refusal-own-household = 这是你自己家，不能自己记，请别的志愿者记。
refusal-other-place = { $address } 不在你负责的小区，没有记。请住户到自己小区的站点投放。
refusal-already-recorded = 这一户这一班已经记过：{ TIME($at) }，{ $station }。没有再记。
refusal-not-then = { TIME($at) } 不在这一班里，没有记。只能补记今天、值班以后的时间。
refusal-too-many = 今天记得太多了，这条没有记。请联系社区工作人员。
refusal-too-late = 超过五分钟，不能自己改了。请找社区工作人员。
refusal-not-yours = 这条不是你记的，不能改。
refusal-nothing-to-change = 最近五分钟没有记过。先扫码或发卡号，再按这个键。
refusal-several-households = 有好几户：{ $addresses }。请写上单元，例如：3-1-502
refusal-no-such-address = 没有 { $address } 这一户，没有记。请核对门牌，或者发卡号。
