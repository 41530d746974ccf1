# 答题：每天五道容易弄错的。

quiz-intro = 🧩 今天的五道题，都是容易弄错的。答对有分，一家一天一次。
quiz-intro-again = 🧩 再来五道，这一轮不计分。
quiz-riddle =
    第 { $place } 题，共 { $of } 题：
    { $item } 投哪个桶？
quiz-right = ✅ 对！{ $item } → { $mark } { $bin }
quiz-nearly = 🙂 这个很多人弄错。{ $item } → { $mark } { $bin }
quiz-score = 这一轮答对 { $right } 题，共 { $of } 题。
quiz-pay =
    { $why ->
        [earned] ⭐ 你家得 { $points } 分，现在有 { $balance } 分。明天还有新的！
        [no_household] 加入你家就能攒分：/join
        [family] 今天的分，家里人已经得到了。明天还有新的！
        [again] 这一轮不计分。明天还有新的！
       *[none] 这次没有分。明天还有新的！
    }
quiz-over =
    今天的题答完了。{ $score }
    明天还有新的。
button-quiz = { $mark } { $bin }
button-quiz-again = 🧩 再来五题（不计分）

wish-quiz = 答题|我要答题|做题|考考我|测验|小测验|垃圾分类答题|quiz

command-quiz = 每天五题，看看分得对不对

refusal-quiz-over = 这是以前的题。今天的题：/quiz
refusal-riddle-over = 这一题答过了，看下一题。
