# 我家：有谁，能做什么。

home-none =
    你还没有加入你家。
    加入后，就能看积分、出示你家的码。
home-view =
    🏠 { $address }
    编号：{ $number }

    家里的人：
    { $members }
home-member =
    • { $name }{ $age ->
        [child] （未满18岁）
       *[adult] {""}
    }{ $who ->
        [you] （你）
       *[other] {""}
    }
home-alone = 家里登记的只有你一个人。
home-remove-whom = 要移除谁？移除后，他看不到你家的积分和码。
home-sure-remove =
    要移除{ $name }吗？
    移除后，他看不到这个家的积分和码；我会告诉他。想回来可以再申请。
home-removed = { $name } 已经移除。他可能还留着旧的码，可以再换一个新的。
home-sure =
    { $what ->
        [leave] 要退出 { $address } 吗？
        [code] 要给 { $address } 换新的码吗？
       *[move] 要从 { $address } 全家搬走吗？
    }
    { $what ->
        [leave] 退出后你看不到这个家的积分和码。积分留在家里。想回来可以再申请。
        [code] 旧的码、旧的编号和门卡马上不能用，家里人都换成新的。门卡请社区重新打印。
       *[move] 家里所有人都会退出，旧的码马上不能用。你家的 { $points } 分先留着，不会作废：社区工作人员可以转到你们的新家。
    }
home-left = 你退出了 { $address }。要加入别的家，发 /join
home-new-code =
    ✅ 新的编号：{ $number }
    旧的码和门卡已经停用。发 /code 看新的码。
home-moved-out =
    你家已经从 { $address } 搬走，旧的码停用了。
    积分还留着。到了新家，先发 /join 加入，再请社区工作人员把积分转过去。
home-new-account =
    换了 Telegram 账号，这样做：
    1. 用新账号打开小绿桶，把编号 { $number } 发给它，申请加入。
    2. 回到这个旧账号，按“让加入”。
    3. 再用新账号发 /household，移除旧账号。
    旧账号打不开了，请家里别的大人或社区工作人员帮忙。
home-other-card = 这不是你家的码。你家是 { $address }，发 /household 看你家。要换一个家，先在那里按“退出”。
button-want =
    { $what ->
        [remove] 👤 移除一个人
        [code] 🔄 换新的码
        [move] 📦 全家搬走
        [account] 📱 我换了 Telegram 账号
       *[leave] 🚪 退出
    }
button-sure =
    { $what ->
        [leave] 确定退出
        [remove] 确定移除
        [code] 确定换新的码
        [move] 确定全家搬走
        [pass] 确定转过去
       *[close] 确定关闭
    }
button-remove-member = 👤 移除{ $name }

notice-member-removed =
    你现在不在 { $place } { $address } 这个家里了。
    如果弄错了，请和家里的大人说一声，再发 /join
notice-moved-out =
    你家从 { $place } { $address } 搬走了，旧的码停用了。
    积分还留着。到了新家，先发 /join 加入，再请社区工作人员把积分转过去。

wish-home = 我家|我的家|家庭|我的家庭|家里|家庭成员|家人|住户|household|my household|my home|family

command-household = 我家：有谁、换码、退出
