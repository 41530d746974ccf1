# Teaching Greenbin: staff answer what it could not.

unknown-list = Asked, and not surely answered; what most people asked comes first. Tap one to answer it:
unknown-none = No question is waiting. 👍 What was taught: /learned
unknown-line = { $asked } · { $people } people · { $times }×
unknown-asked =
    “{ $asked }”
    { $people } people have asked, { $times } times.
unknown-wrong = { $times } times the answer was called wrong.
unknown-now = Answered now: { $answer }
unknown-what = What is it? One tap and it holds, and everybody who asked is told.
button-answer-right = ✅ The answer is right
button-alias = = { $item } { $mark }
button-stream = { $mark } { $bin }
button-other-name = ✏️ Something else, I type its name
button-no-rubbish = ❌ Nothing to throw away
button-unknowns = ← Unknown
button-lessons = ← Taught
button-list-more = More →
button-list-before = ← Before

alias-of-what = What is “{ $asked }” another name of? Send me the name of that thing. Or send /cancel
alias-which = Nothing in the catalogue is called just that. Is it one of these? Or send another name.
alias-again = I do not find it in the catalogue. Send another name, or /cancel and choose a bin.

lesson-right = the answer about “{ $asked }” is right
lesson-alias = “{ $asked }” is “{ $item }”
lesson-item = “{ $asked }” → { $mark } { $bin }
lesson-no-rubbish = “{ $asked }” is nothing to throw away
lesson-asks = “{ $item }”, where one more question decides
lesson-sure =
    “{ $asked }” has a sure answer now: { $now }

    Change it to: { $then }. Are you sure?
button-lesson-yes = Yes, change it
button-lesson-no = No, go back
lesson-taught =
    ✅ Noted: { $said }.

    It holds at once. I tell the { $people } who asked.
lesson-undone =
    ↩️ Taken back: { $said }.

    The question is in the list again.
button-undo-lesson = ↩️ Take back
lesson-list = Taught here, the latest first. Tap one to see it or take it back:
lesson-none = Nothing was taught here yet. Questions that wait: /unknown
lesson-view =
    { $said }
    { $by }, { DAY($at) } { TIME($at) }, { $area }
    { $state ->
        [over] Taken back.
       *[holds] It holds.
    }
lesson-everywhere = everywhere

notice-lesson =
    { $what ->
        [bin]
            💡 You asked about “{ $asked }”. The staff have looked it up: { $item } → { $mark } { $bin } ({ $colour }).
            Send its name once more, and I say why, and what to do first.
        [ask]
            💡 You asked about “{ $asked }”. The staff have looked it up: it is { $item }, and it depends.
            Send its name once more, and I ask what matters.
       *[no_rubbish] 💡 You asked about “{ $asked }”. The staff have looked: it is nothing to throw away.
    }

refusal-question-answered = Somebody has answered this question already. Others: /unknown
refusal-name-too-long = This is too long for a name: { $longest } characters at most. Tap “Nothing to throw away”, or leave it.
refusal-lesson-over = This was taken back already.
