# 值班。

shift-how-to-begin =
    还没开始值班。

    扫一下站点牌子上的二维码，或者人在站点时按下面的“📍 我在站点”。
shift-begun =
    ✅ 开始值班：{ $station }，{ TIME($began) }
    { TIME($until) } 自动下班。

    住户来了，用手机相机扫门牌码；也可以发卡号、门牌（3-1-502）或拍码的照片。
    扫到就算“正确”。不对的，按下面的键改。
shift-others = 这里还有 { $number } 位志愿者在值班。一起干，或者按“🤝 接班”让他们下班。
shift-goes-on =
    正在值班：{ $station }，{ TIME($began) } 开始，{ TIME($until) } 自动下班。
    这一班记了 { $recorded } 户。最近 30 天值班 { $hours } 小时。
shift-ended =
    👋 下班了：{ $station }，{ TIME($began) }–{ TIME($ended) }
    记了 { $recorded } 户。辛苦了！
shift-taken-over = 🤝 { $station } 由你接班，{ $number } 位志愿者已经下班。
shift-alone = { $station } 现在只有你在值班。
shift-not-volunteer = 值班是站点志愿者的事。想当志愿者，请找社区工作人员。
shift-placeholder = 卡号、门牌、垃圾名
shift-key-here = 📍 我在站点
shift-key-take-over = 🤝 接班
shift-key-end = 🏁 下班
station-shown =
    📍 { $station }
    今天开放：{ $hours }
station-window = { TIME($begins) }–{ TIME($ends) }
station-shut-today = 今天不开放

wish-shift = 值班|上班|开始值班|我要值班|签到|上岗|到岗
wish-shift-end = 下班|结束值班|签退|下岗

notice-shift-taken-over = 🤝 { TIME($at) } 有人接了你在{ $station }的班，你已经下班。辛苦了！
notice-shift-closed = 🏁 { $station }的值班已自动结束（{ TIME($began) }–{ TIME($ended) }），记了 { $recorded } 户。辛苦了！

refusal-not-on-shift = 现在没有值班，没有记。先扫站点牌子上的码开始值班，再记一次。
refusal-too-far = 你离站点超过 { $metres } 米，没有开始值班。请走到站点再按一次，或者扫站点牌子上的码。
refusal-no-such-station = 没有这个站点。请扫站点牌子上的码，或者问社区工作人员。
