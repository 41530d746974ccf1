# 身份：谁有，怎么结束。

role-name =
    { $role ->
        [volunteer] 志愿者
        [crew] 收运员
        [staff] 社区工作人员
       *[admin] 管理员
    }
role-nameless = （没有名字）
role-line = { $name } · { $role } · { $area }
role-begin-volunteer = 到了投放点，扫站点牌子上的二维码，或者发 /shift，就开始值班。
role-begin-crew = 发 /run 看今天要收的单子。收完一户，发号码和结果，例如：3 完成
role-begin-staff = 请志愿者、收运员：发 /invite。结束谁的身份：发 /revoke。

revoke-whom = 结束谁的身份？人多的话，发 /revoke 加名字来找。
revoke-nobody = 没有找到你可以结束的身份。
revoke-sure =
    结束{ $name }的身份吗？
    { $area } · { $role }

    正在值班的，马上下班；没用掉的邀请，一起收回。
revoked = 已结束：{ $name }，{ $area }的{ $role }。我会告诉本人。
button-revoke = 是，结束
button-keep = 不，返回
button-more-people = 更多人 →
button-people-before = ← 前面的人

notice-role-ended = 你不再是{ $area }的{ $role }了。谢谢你做过的一切！有疑问，请问社区工作人员。

refusal-role-over = 这个身份已经结束了。

help-staff =
    工作人员：
    /hours：临时改投放时间
    /invite：请志愿者、收运员
    /revoke：结束谁的身份
    /broadcast：群发
    /schedule：定期提醒，到时间自动发
    /link：在群里发，说这个群属于哪里
    /inbox：要办的工单
    /unknown：没答准的问题，来教我
    /learned：教过的，可以撤销
    /household 地址：看一户，替他们约大件
    /capacity：大件每天收多少，改期，表格
    /closed：哪天停收大件
    /disputes：住户说大件还在
    /run：今天收大件的单子
help-admin =
    管理员：
    /hours：临时改投放时间
    /invite：请工作人员、志愿者、收运员
    /revoke：结束谁的身份
    /broadcast：群发
    /schedule：定期提醒，到时间自动发
    /link：在群里发，说这个群属于哪里
    /inbox：要办的工单
    /unknown：没答准的问题，来教我
    /learned：教过的，可以撤销
