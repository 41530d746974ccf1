# Quizzes: five riddles a day.

quiz-intro = 🧩 Today's five riddles, all of them tricky. Right ones earn points, once a day for a household.
quiz-intro-again = 🧩 Five more, without points.
quiz-riddle =
    { $place } of { $of }:
    { $item }: which bin?
quiz-right = ✅ Right! { $item } → { $mark } { $bin }
quiz-nearly = 🙂 Many people get this one wrong. { $item } → { $mark } { $bin }
quiz-score = { $right } of { $of } right this time.
quiz-pay =
    { $why ->
        [earned] ⭐ { $points } points for your household, which has { $balance } now. New ones tomorrow!
        [no_household] Join your household to collect points: /join
        [family] Your family has today's points already. New ones tomorrow!
        [again] This round was without points. New ones tomorrow!
       *[none] No points this time. New ones tomorrow!
    }
quiz-over =
    Today's riddles are done. { $score }
    New ones tomorrow.
button-quiz = { $mark } { $bin }
button-quiz-again = 🧩 Five more (no points)

wish-quiz = quiz|quiz me|test me

command-quiz = Five riddles a day: which bin?

refusal-quiz-over = This riddle is from before. Today's: /quiz
refusal-riddle-over = You have answered this one; see the next.
