# Cases: what is written to the staff, and problems at stations. What all share, and my cases.

case-subject =
    { $kind ->
        [message] 📨 Message
        [full] 🗑 Bins full
        [missed] 🚛 Truck did not come
        [mixed] 🔀 Mixed loading
        [dirty] 🧹 Dirty
        [broken] 🔧 Broken
        [shut] 🔒 Closed in its hours
       *[other] ❗ Another problem
    } · { $place }
case-state =
    { $state ->
        [reported] received
        [seen] seen
        [under_way] being done
        [solved] solved
       *[dismissed] nothing to do
    }
case-view =
    Case { $number }: { $state }
    { $about }{ $people ->
        [1] {""}
       *[other] {" "}(reported by { $people })
    }
case-entry =
    { DAY($at) } { TIME($at) }, { $who ->
        [resident] resident
       *[staff] { $name ->
            [none] staff
           *[other] { $name }
        }
    }{ $act ->
        [report] : reported
        [join] : reported it, too
        [add] : added
        [confirm] : says it is solved
        [reopen] : says it is still so
        [see] : saw it
        [take] : took it on
        [answer] : answered
        [solve] : solved
       *[dismiss] : nothing to do
    }{ $filed ->
        [photo] {" "}📷
        [voice] {" "}🎤
       *[none] {""}
    }
case-earlier = ({ $number } earlier entries are not shown)
case-file = Case { $number }
case-quote = You wrote: { $words }
case-no-numbers = Telephone numbers were not passed on: staff answer you here.
case-say-again = I cannot pass this on. Please send words, a photo or a voice message. To leave it, send /cancel.

my-cases =
    { $number ->
        [0] You have no cases yet. To write to the staff, or to report a problem, press a button below.
       *[other] Your cases, open ones first. Press one to see it.
    }
button-case = { $number } { $about } ({ $state })
button-case-show = 👀 See the case
button-case-more = 💬 Say more
button-case-settled = ✅ It is solved
button-case-still = ❗ It is still so
button-my-cases = 📋 My cases
button-talk = 🙋 Talk to a person
button-problem = 🚮 Problem here

case-more-ask = Case { $number }: write a line, or send a photo or a voice message. To leave it, send /cancel.
case-more-kept = ✅ Added to case { $number }.
case-settled = ✅ Case { $number } is solved. Thank you for telling us.
case-reopened =
    ❗ Case { $number } is open again; somebody will look once more.
    You get an answer by { DAY($by) } { TIME($by) }.

command-problems = My cases
wish-cases = my cases|my problems|我的工单

notice-case =
    { $act ->
        [see] 👀 Case { $number }: staff have seen it.
        [take] 🔧 Case { $number }: somebody is on it.
        [answer] 💬 Case { $number }: staff answer you.
        [solve] ✅ Case { $number }: solved.
        [reopen] ❗ Case { $number }: somebody says it is still so; it is looked at once more.
       *[dismiss] 📋 Case { $number }: looked at, and nothing is to be done.
    }
    { $about }

refusal-not-your-case = This is not your case. See yours: /problems
refusal-case-over =
    { $state ->
        [solved] This case is solved.
        [dismissed] This case was answered.
       *[other] This step is past; nothing was written down again.
    } For something else: /talk. Your cases: /problems
refusal-case-too-long = This has { $length } characters, at most { $most } go at once; nothing was sent. Please send it in parts.
refusal-case-wordless = Nothing was sent yet. Please write what is wrong and where; a photo helps.
refusal-case-unheard = { $most } messages of yours wait already; this one was not sent. Please wait for the staff's answer.
refusal-too-many-cases = { $most } cases of yours are open; this one was not sent. You can add to them: /problems. If it is urgent, call the number in /help
refusal-too-many-cases-today = You have reported { $most } cases today; this one was not sent. Please report it tomorrow. If it is urgent, call the number in /help
refusal-still-so = This can be said once, within two working days. Please report it anew: /problem
