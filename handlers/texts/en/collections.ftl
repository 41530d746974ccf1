# When it is open, what is taken away, by whom and where to.

when-place = 📍 { $place }
when-day =
    { $which ->
        [today] Today,
        [tomorrow] Tomorrow,
       *[other] {""}
    } { DAY($day) }{ $kind ->
        [holiday] {" "}(holiday)
        [makeup] {" "}(a working day)
       *[other] {""}
    }
when-windows = • Drop-off: { $hours }
when-taken = • { $stream } is taken away: { $hours }
when-line =
    { DAY($day) }{ $kind ->
        [holiday] {" "}(holiday)
        [makeup] {" "}(a working day)
       *[other] {""}
    }: { $hours }
when-daily = Taken away every day, { $hours }
when-on = { DAY($day) } { $hours }
when-this-week = Taken away this week: { $days }
when-not-this-week = Not taken away this week
when-who =
    { $who ->
        [no] Phone { $phone }
       *[other] { $phone ->
            [no] By { $who }
           *[other] By { $who }, phone { $phone }
        }
    }
when-goes-to = Goes to { $destination }
when-nothing-published = Who takes it away and where to is not published here yet.
when-phone = Questions? The community: { $phone }

button-when-today = 🕖 Now and today
button-when-tomorrow = 🌅 Tomorrow
button-when-week = 🗓 This week
button-when-who = 🚛 By whom, where to
button-near = 🗺 Stations nearby
button-remind = ⏰ Remind me

menu-when = 🕖 When, and what
command-when = When it is open, what is collected, by whom

wish-when = when is it open|opening hours|when|is it open|open now
wish-tomorrow = tomorrow|what is collected tomorrow|when does it open tomorrow
wish-week = this week|collection days
wish-who = who collects|where does it go
