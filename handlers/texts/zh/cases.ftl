# 工单：写给工作人员的话，和投放点的问题。大家共用的说法，和“我的工单”。

case-subject =
    { $kind ->
        [message] 📨 留言
        [full] 🗑 桶满了
        [missed] 🚛 车没来
        [mixed] 🔀 混装混运
        [dirty] 🧹 脏乱
        [broken] 🔧 设施坏了
        [shut] 🔒 该开没开
       *[other] ❗ 别的问题
    } · { $place }
case-state =
    { $state ->
        [reported] 已收到
        [seen] 已看到
        [under_way] 正在办
        [solved] 已解决
       *[dismissed] 不用处理
    }
case-view =
    工单 { $number }　{ $state }
    { $about }{ $people ->
        [1] {""}
       *[other] （{ $people } 人报的）
    }
case-entry =
    { DAY($at) } { TIME($at) }　{ $who ->
        [resident] 居民
       *[staff] { $name ->
            [none] 工作人员
           *[other] { $name }
        }
    }{ $act ->
        [report] 报来
        [join] 也报了
        [add] 补充
        [confirm] 说解决了
        [reopen] 说还没好
        [see] 看到了
        [take] 接手
        [answer] 回答
        [solve] 说：解决了
       *[dismiss] 说：不用处理
    }{ $filed ->
        [photo] {" "}📷
        [voice] {" "}🎤
       *[none] {""}
    }
case-earlier = （更早的 { $number } 条没有显示）
case-file = 工单 { $number }
case-quote = 你写的：{ $words }
case-no-numbers = 电话号码没有转过去：工作人员就在这里回答你。
case-say-again = 这个转不了。请发文字、照片或语音。不发了，发 /cancel。

my-cases =
    { $number ->
        [0] 你还没有工单。有事找工作人员，或者哪里有问题，按下面的按钮。
       *[other] 你的工单，没办完的在前。点一个来看。
    }
button-case = { $number }　{ $about }　{ $state }
button-case-show = 👀 看工单
button-case-more = 💬 再说一句
button-case-settled = ✅ 解决了
button-case-still = ❗ 还没好
button-my-cases = 📋 我的工单
button-talk = 🙋 找人工
button-problem = 🚮 这里有问题

case-more-ask = 工单 { $number }：请写一句，也可以发照片或语音。不写了，发 /cancel。
case-more-kept = ✅ 加到工单 { $number } 里了。
case-settled = ✅ 工单 { $number } 已解决。谢谢你告诉我们。
case-reopened =
    ❗ 工单 { $number } 重新打开了，会再去看。
    { DAY($by) } { TIME($by) } 前答复你。

command-problems = 我的工单
wish-cases = 我的工单|我的问题|我报的问题|我的投诉|my cases|my problems

notice-case =
    { $act ->
        [see] 👀 工单 { $number }：工作人员看到了。
        [take] 🔧 工单 { $number }：有人在办了。
        [answer] 💬 工单 { $number }：工作人员回答你。
        [solve] ✅ 工单 { $number }：解决了。
        [reopen] ❗ 工单 { $number }：有人说还没好，会再去看。
       *[dismiss] 📋 工单 { $number }：看过了，不用处理。
    }
    { $about }

refusal-not-your-case = 这不是你的工单。发 /problems 看你的。
refusal-case-over =
    { $state ->
        [solved] 这个工单已经解决了。
        [dismissed] 这个工单已经答复了。
       *[other] 这一步已经过了，没有再记。
    }有别的事，发 /talk；看你的工单，发 /problems
refusal-case-too-long = 这段话有 { $length } 个字，一次最多 { $most } 个，没有送出。请分几次发。
refusal-case-wordless = 还没有送出。请写一句怎么了、在哪里，也可以发照片。
refusal-case-unheard = 已经收到你 { $most } 条，这条没有送出。等工作人员答复以后再写。
refusal-too-many-cases = 你有 { $most } 个工单还没办完，这个没有送出。可以在 /problems 里补充。急事请打电话，号码在 /help
refusal-too-many-cases-today = 今天已经报了 { $most } 个，这个没有送出。请明天再报。急事请打电话，号码在 /help
refusal-still-so = “还没好”只能在两个工作日内说一次。请重新报：/problem
