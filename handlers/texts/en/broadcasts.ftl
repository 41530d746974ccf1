# Broadcasts: written, looked at, sent.

cast-everywhere = everywhere
cast-where = 📣 A broadcast to which place? All that lies in it gets it, too.
cast-no-place = There are no areas yet. Import them on the server first: greenbin import.
cast-ask-text =
    To { $area }. Send me what it shall say: a text, or a photo with a text.

    Bold, links and so on stay as they are. You see it before anybody else does. /cancel if you would rather not.
cast-ask-button =
    What stands on the button, and which page does it open? Send me both, such as:
    Read more https://example.com/notice

    For no button, send “none”.
cast-ask-time =
    When shall it go? For example:
    18:30
    tomorrow 9:00
    Friday 3 pm
cast-night =
    🌙 If it begins on { DAY($begins) } at { TIME($begins) }, it goes on into the night, until { DAY($ends) } { TIME($ends) }.

    At night (21:30 to 7:30) it wakes people. If it rests at night, it is done on { DAY($rested) } at { TIME($rested) }.
button-cast-here = ✅ To { $area }
button-cast-top = ← Back
button-cast-under-way = 📊 How is broadcast { $id }?
button-cast-hold = 🌙 Rest at night, go on in the morning
button-cast-through = Send at night as well
button-cast-back = ← Back

draft-head = 📣 Broadcast { $id }, not sent yet. To: { $area }
draft-to-whom =
    { $audience } · { $language }: { $people ->
        [one] 1 person
       *[other] { $people } people
    }{ $groups ->
        [0] { "" }
        [one] , 1 group or channel
       *[other] , { $groups } groups and channels
    }
draft-language =
    { $language ->
        [zh] who speak Chinese
        [en] who speak English
       *[all] any language
    }
draft-says =
    { $kind ->
        [photo] Photo: { $text }
       *[text] Text: { $text }
    }
draft-button = Button: { $label } → { $url }
draft-timing =
    { $number ->
        [0] It reaches nobody. Please choose somebody else.
       *[other] { $later ->
            [yes] Begins { DAY($begins) } { TIME($begins) }
           *[no] Begins now
        }, takes about { $minutes ->
            [one] a minute
           *[other] { $minutes } minutes
        }, done { DAY($ends) } { TIME($ends) }.
    }
draft-dropped = All right, nothing is sent.
audience =
    { $to ->
        [residents] residents
        [volunteers] volunteers
        [everybody] everybody
       *[nobody] only groups and channels
    }
button-cast-test = 🧪 Send it to me first
button-cast-later = ⏰ Send it later
button-cast-other-time = ⏰ Another time
button-cast-now = ⏱ At once instead
button-cast-to =
    👥 Instead to { $what ->
        [residents] residents
        [volunteers] volunteers
        [everybody] everybody
       *[nobody] groups and channels only
    }
button-cast-language =
    🌐 Instead to { $what ->
        [zh] Chinese speakers only
        [en] English speakers only
       *[all] any language
    }
button-cast-groups = 💬 Into groups and channels, too
button-cast-no-groups = 💬 Not into groups and channels
button-cast-text = ✏️ Change the text
button-cast-link = 🔗 Add or change the button
button-cast-send = ▶️ Send
button-cast-drop = 🗑 Do not send

cast-head = 📣 Broadcast { $id }: { $area }
cast-ready-at = ⏰ Begins { DAY($starts) } { TIME($starts) }.
cast-state =
    { $state ->
        [asked] 🙋 So many people: another member of staff has to agree. They have been told.
        [ready] Begins in a moment.
        [planning] The list is being made.
        [sending] { $bar } { $percent }%
        [paused] ⏸ Paused. { $bar } { $percent }%
        [done] ✅ Done.
        [refused] Not agreed to; nothing is sent.
       *[cancelled] ⏹ Cancelled.
    }
cast-counts =
    { $planned } in all: { $sent } sent, { $blocked } want no messages, { $failed } failed, { $unknown } unknown{ $cancelled ->
        [0] { "" }
       *[other] , { $cancelled } cancelled
    }.
button-cast-move =
    { $move ->
        [pause] ⏸ Pause
        [resume] ▶️ Go on
       *[cancel] ⏹ Cancel
    }
button-cast-look = 🔄 How is it now?
button-cast-sample = 👀 See what people get
cast-cancel-sure =
    Cancel broadcast { $id }? Who has it keeps it, the others get nothing. It cannot go on afterwards.
button-cast-cancel-sure = ⏹ Yes, cancel
cast-second-said =
    { $yes ->
        [yes] ✅ { $name } agreed to broadcast { $id }.
       *[no] 🚫 { $name } did not agree to broadcast { $id }; it is not sent.
    }
button-second-yes = ✅ Agree
button-second-no = 🚫 Do not agree

notice-broadcast-asked =
    🙋 { $name } would like to send broadcast { $id } to { $people } people of { $area } ({ $audience }). So many need your yes, too.
    Look at it first, then decide.
notice-broadcast-answered =
    { $yes ->
        [yes] ✅ { $name } agreed to broadcast { $id }.
       *[no] 🚫 { $name } did not agree to broadcast { $id }; it is not sent.
    }

refusal-broadcast-too-long =
    Too long: { $length } characters. Telegram takes { $most } at most (1024 with a photo). Please shorten it and send it again.
refusal-broadcast-empty = It says nothing yet. Send me a text or a photo first.
refusal-broadcast-gone = This broadcast has moved on: somebody has sent, paused or cancelled it, or answered. /broadcast shows how it is now.
refusal-bad-button = I did not understand that. Send words and a link that begins with http, such as: Read more https://example.com ({ $most } characters at most)
refusal-no-such-moment = I did not understand that time. Write it like 18:30, or tomorrow 9:00, or Friday 3 pm
refusal-moment-over = That time is over. Please name a later one.
refusal-moment-too-far = That is too far ahead: { $days } days at most.
refusal-nobody-to-hear = This way it reaches nobody. Please choose somebody else.
refusal-nobody-else = A broadcast to more than { $above } people needs a second member of staff. There is none here yet; an admin can invite one (/invite).
refusal-own-broadcast = This one is yours: another member of staff has to look at it.
