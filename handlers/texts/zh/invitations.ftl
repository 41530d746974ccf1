# 邀请志愿者、收运员和工作人员。

invite-role = 请谁来帮忙？先选身份：
invite-place = 在哪里？请选地方：
invite-no-place = 还没有任何区域。先在服务器上用 greenbin import 导入。
invite-here =
    { $area }的{ $role }。

    按“✅”，我就发一条带链接的消息，请转发给对方。每按一次，可以请一个人。
    也可以再往下选。
button-invite-here = ✅ 就在{ $area }
button-more-areas = 更多 →
button-invite-back = ← 返回
invitation =
    📨 请你做{ $area }的{ $role }

    点下面的链接，再按“开始”，就好了：
    { $link }

    48 小时内有效，只能用一次。
invitation-accepted =
    🎉 你现在是{ $area }的{ $role }了，谢谢！

    我会记下你在 Telegram 上的名字，还有你做的登记。不想做了，告诉社区工作人员就行。

notice-invitation-accepted = 🤝 { $name }接受了邀请，现在是{ $area }的{ $role }。如果不是你请的人，发 /revoke 结束。

refusal-invitation-over = 这个邀请用过了，或者过了 48 小时，或者被收回了。请向社区工作人员要一个新的。
refusal-own-invitation = 这是你发出的邀请，请转发给你要请的人。它还没有用掉。
