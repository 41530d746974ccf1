# Talk to a person: written to the staff, answered in the chat.

talk-ask =
    🙋 Write what you want to say to the staff of { $place }; photos and voice messages are fine.

    You get an answer here by { DAY($by) } { TIME($by) }. { $phone ->
        [none] {""}
       *[other] If it is urgent, call { $phone }
    }
    To leave it, send /cancel.
talk-sent =
    ✅ Passed on to the staff of { $place }: case { $number }.
    You get an answer here by { DAY($by) } { TIME($by) }.

menu-talk = 🙋 Talk to a person
command-talk = Write to the staff
wish-talk = human|a human|talk to a human|person|talk to a person|talk to somebody|operator|staff|complaint|人工|找人工

help-contact =
    { $name ->
        [none] 🙋 To reach the staff: /talk
       *[other] { $phone ->
            [none] 🙋 { $name } has not published a phone number.
           *[other] 📞 { $name }: { $phone }
        }
        To write to the staff, press “🙋 Talk to a person” or send /talk; they answer here.
    }
