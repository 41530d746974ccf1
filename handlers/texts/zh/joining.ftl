# 加入一个家：扫码、发编号、选地址、加入单，再由家里人同意。

button-join = 🏠 加入我家
button-by-address = 📍 没有门卡，选地址
button-not-now = 先不加入
button-next = ▶ 后面的
button-previous = ◀ 前面的
button-back = ↩ 返回
button-adult-agrees = ✅ 我是成年人，同意
button-child-agrees = 🧒 我未满18岁，同意
button-admit = ✅ 让{ $name }加入
button-turn-away = ❌ 不让{ $name }加入

address = { $place } { $address }
building = { $building }栋
unit = { $unit }单元

join-how =
    加入你家，就能攒积分、出示你家的码。
    哪种方便用哪种：
    • 用手机扫你家门卡上的二维码。
    • 把门卡上的7位编号发给我。
    • 没有门卡，按下面的按钮选地址。
join-everywhere = 你住在哪里
join-choose =
    { $where }
    { $what ->
        [place] 请按你住的地方。
        [unit] 请按你住的单元。
       *[room] 请按你家的门牌。
    }
join-nothing-here =
    { $where }
    这里还没有登记的住户。请问问社区工作人员。
join-terms = 你要加入：{ $address }
join-kept =
    先看三句话：
    • 记下什么：你在 Telegram 上的名字和账号，你家的投放和积分。
    • 谁看得到：你家的人。志愿者只看到门牌。社区工作人员每看一次，都会记下是谁、什么时候看的。
    • 记多久：住在这里就一直记；退出一年后，名字和账号删掉。投放和积分是全家的账，上面没有名字。
join-agree-and-ask =
    同意就按下面的按钮。我去问你家的大人；家里还没有大人登记，就问社区工作人员。
    未满18岁要由家里的大人同意；不满14岁，是大人替你同意。
join-agree-with-slip =
    同意就按下面的按钮。你有加入单，马上就能加入。
    未满18岁，家里要先有一位大人加入；不满14岁，请大人替你按。
join-not-now = 好的，先不加入。想加入时发 /join
join-asked =
    { $asked ->
        [members] 已经去问 { $address } 的大人了。他们一答复，我就告诉你。
        [staff] { $address } 还没有大人登记，已经去问社区工作人员了。他们一答复，我就告诉你。
       *[nobody] { $address } 还没有大人登记，这里的社区也还没有工作人员用小绿桶。请到社区说一声，要一张加入单。
    }
join-done =
    🎉 加入好了：{ $address }
    下一步：/code 看你家的码，/points 看积分。
join-already =
    你已经在 { $address } 了。发 /household 看你家。
    要换一个家，先在那里按“退出”。
join-answered =
    { $answer ->
        [yes] ✅ { $name } 加入了 { $address }。
       *[no] ❌ 没有让 { $name } 加入 { $address }。
    }

notice-join-request =
    { $name }（{ $who ->
        [child] 未满18岁
       *[adult] 成年人
    }）想加入 { $place } { $address }。
    { $asked ->
        [staff] 这一户还没有大人登记，所以来问你。请核实后再答复。
       *[members] 是你家的人吗？认识才让加入。
    }
    { $who ->
        [child] 不满14岁的孩子，让加入就是替孩子同意记下名字、账号和家里的投放。
       *[adult] 加入后，能看到你家的投放和积分。
    }
notice-join-answer =
    { $answer ->
        [yes] 🎉 你加入了 { $place } { $address }。下一步：/code 看你家的码，/points 看积分。
       *[no] { $place } { $address } 这次没有让你加入。地址选错了，发 /join 再选一次；没选错，请和家里人或社区工作人员说一声。
    }
notice-member-joined =
    👋 { $name } 加入了你家（{ $place } { $address }）。
    不认识的话：在 /household 里移除，再换一个新的码。

wish-join = 加入家庭|加入我家|加入我的家|加入|我要加入|绑定家庭|绑定住户|绑定房屋|登记住户|join|join household|join my household|join my home

command-join = 加入你家

refusal-no-such-household = 没有找到这一户。请对着门卡再看一遍7位编号；没有门卡，发 /join 选地址。
refusal-mistyped-number = 编号里有一位不对。请对着门卡再看一遍，把7位数字一起发给我。
refusal-old-card = 这张门卡换过了，旧的不能再用。请用新的：家里人发 /code 就看得到，社区工作人员也能补一张。
refusal-household-closed = 这一户已经关闭了。请找社区工作人员要这个地址的新门卡。
refusal-already-member = 你已经在一个家里了，发 /household 看是哪个。要换一个家，先在那里按“退出”。
refusal-not-member = 这个人现在不在这个家里。发 /household 看看你家。
refusal-asked-too-often = 今天申请的次数够多了。请明天再试，或者找社区工作人员要一张加入单。
refusal-request-over =
    { $who ->
        [you] { $how ->
            [approved] 你已经答复过了：让加入。
           *[refused] 你已经答复过了：不让加入。
        }
        [member] { $how ->
            [approved] { $name } 已经答复了：让加入。
           *[refused] { $name } 已经答复了：不让加入。
        }
        [staff] { $how ->
            [approved] 社区工作人员已经答复了：让加入。
           *[refused] 社区工作人员已经答复了：不让加入。
        }
       *[nobody] { $how ->
            [withdrawn] 这个申请已经收回了，不用答复。
           *[late] 这个申请过期了，不用答复。要加入的人可以再发 /join
        }
    }
refusal-lives-elsewhere = 这位已经加入了别的家，不用再答复。
refusal-needs-adult = 未满18岁要和家里的大人在一起。请先让一位大人加入这个家，再来申请。
refusal-slip-over = 这张加入单用过了，或者过期了。请找社区工作人员要一张新的。
refusal-not-our-code = 这个码认不出来，可能没扫完整。请再扫一次，或者把门卡上的7位编号发给我。
