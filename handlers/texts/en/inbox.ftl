# The inbox: staff see cases, take them on, answer, and end them.

inbox =
    { $number ->
        [0] 📥 No case is open.
       *[other] 📥 Open cases: { $number }. The oldest has waited { $oldest }. Press one to see it.
    }
inbox-age =
    { $days ->
        [0] { $hours ->
            [0] less than an hour
           *[other] { $hours } h
        }
       *[other] { $days } d
    }
inbox-case =
    📥 Case { $number }: { $state }
    { $about }{ $area ->
        [none] {""}
       *[other] {" "}({ $area })
    }{ $people ->
        [1] {""}
       *[other] {" "}👥 reported by { $people }
    }
    { $owner ->
        [none] Nobody is on it yet.
       *[other] { $owner } is on it.
    }
button-inbox-case =
    { $number } { $about }{ $people ->
        [1] {""}
       *[other] {" "}👥{ $people }
    } { $age }{ $owner ->
        [none] {""}
       *[other] {" "}🙋{ $owner }
    }
button-inbox = 📥 Open cases
button-inbox-open = 👀 Open it
button-inbox-sort =
    { $by ->
        [stations] 📍 Problems by station
       *[age] ⏳ All by age
    }
button-inbox-take = 🙋 I am on it
button-inbox-take-over = 🤝 Take it over
button-inbox-seen = 👀 Seen
button-inbox-answer = 💬 Answer
button-inbox-solve = ✅ Solved
button-inbox-dismiss =
    { $kind ->
        [message] 📋 Nothing to do
       *[other] 🚫 Not a problem
    }
button-inbox-file =
    { $filed ->
        [photo] 📷 Photo { $number }
       *[voice] 🎤 Voice { $number }
    }
button-inbox-no-words = End it without a word
inbox-no-file = This file is not there any more.
inbox-answer-ask = Case { $number }: write the answer, or send a photo or a voice message. The resident gets it at once. To leave it, send /cancel.
inbox-why-ask =
    Case { $number }: { $act ->
        [solve] solved. Do you want to say how? For example: the bins were emptied.
       *[dismiss] nothing to do. Please say why, for example: it is collected in the afternoon.
    }
    All who reported it will read it.
inbox-answered = ✅ Case { $number }: the answer is on its way to the resident.
inbox-ended =
    Case { $number }: { $state ->
        [solved] ✅ solved
       *[dismissed] 📋 nothing to do
    }; all who reported it are told.

notice-case-staff =
    { $what ->
        [opened] 📥 New case { $number }
        [more] 💬 Case { $number }: the resident wrote more
        [settled] ✅ Case { $number }: the resident says it is solved
       *[reopened] ❗ Case { $number }: the resident says it is still so
    }
    { $about }{ $area ->
        [none] {""}
       *[other] {" "}({ $area })
    }
wish-inbox = inbox|open cases|cases|收件箱

refusal-case-taken =
    { $who ->
        [none] A colleague
       *[other] { $who }
    } is on this case already; nothing was written down. To take it over, open it and press the button.
refusal-case-why-not = Please write why; all who reported it will read it.
