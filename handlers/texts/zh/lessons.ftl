# 教小绿桶：没答上的问题，工作人员来答。

unknown-list = 大家问了、没答准的，问的人多的在前。点一个来答：
unknown-none = 现在没有等着答的问题。👍 教过的在 /learned
unknown-line = { $asked } · { $people }人 · { $times }次
unknown-asked =
    “{ $asked }”
    { $people } 个人问过，一共 { $times } 次。
unknown-wrong = 其中 { $times } 次说答得不对。
unknown-now = 现在的回答：{ $answer }
unknown-what = 它是什么？点一下就生效，问过的人都会收到答案。
button-answer-right = ✅ 现在的回答没错
button-alias = ＝ { $item } { $mark }
button-stream = { $mark } { $bin }
button-other-name = ✏️ 是别的东西，我来打名字
button-no-rubbish = ❌ 不是要扔的东西
button-unknowns = ← 没答准的问题
button-lessons = ← 教过的
button-list-more = 更多 →
button-list-before = ← 前面的

alias-of-what = “{ $asked }”是什么东西的另一个叫法？把那个东西的名字发给我。不想填了发 /cancel
alias-which = 目录里没有正好叫这个的。是下面哪一个？也可以再发一个名字。
alias-again = 目录里没有找到。换个名字再发一次，或者发 /cancel 回去选桶。

lesson-right = “{ $asked }”的回答没错
lesson-alias = “{ $asked }”就是“{ $item }”
lesson-item = “{ $asked }”→ { $mark } { $bin }
lesson-no-rubbish = “{ $asked }”不是要扔的东西
lesson-asks = “{ $item }”，再问一句才知道投哪里
lesson-sure =
    “{ $asked }”现在有确定的回答：{ $now }

    要改成：{ $then }。确定吗？
button-lesson-yes = 是，改
button-lesson-no = 不改，返回
lesson-taught =
    ✅ 记下了：{ $said }。

    马上生效。问过的 { $people } 个人，我来告诉。
lesson-undone =
    ↩️ 撤销了：{ $said }。

    问题又回到列表里。
button-undo-lesson = ↩️ 撤销
lesson-list = 这里教过的，新的在前。点一个来看、来撤销：
lesson-none = 这里还没有教过什么。没答准的问题在 /unknown
lesson-view =
    { $said }
    { $by }，{ DAY($at) } { TIME($at) }，{ $area }
    { $state ->
        [over] 已经撤销。
       *[holds] 正在用。
    }
lesson-everywhere = 所有地方

notice-lesson =
    { $what ->
        [bin]
            💡 你问过的“{ $asked }”，工作人员查到了：{ $item } → { $mark } { $bin }（{ $colour }）。
            再发一次它的名字，我说为什么、怎么处理。
        [ask]
            💡 你问过的“{ $asked }”，工作人员查到了：就是{ $item }，投哪里要看情况。
            再发一次它的名字，我来问清楚。
       *[no_rubbish] 💡 你问过的“{ $asked }”，工作人员看过了：不是要扔的东西，不用分。
    }

refusal-question-answered = 这个问题已经有人答了。别的问题：/unknown
refusal-name-too-long = 这句话太长，不能当名字，最多 { $longest } 个字。可以点“不是要扔的东西”，或者先放着。
refusal-lesson-over = 这一条已经撤销了。
