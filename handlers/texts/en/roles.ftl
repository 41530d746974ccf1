# Roles: who has one, and how it ends.

role-name =
    { $role ->
        [volunteer] volunteer
        [crew] collection crew
        [staff] community staff
       *[admin] admin
    }
role-nameless = (no name)
role-line = { $name } · { $role } · { $area }
role-begin-volunteer = When you are at the station, scan the code on its sign, or send /shift, and your shift begins.
role-begin-crew = Send /run for what is to be collected today. After each, send number and result, like: 3 done
role-begin-staff = To ask volunteers and crew to help: /invite. To end somebody's role: /revoke.

revoke-whom = Whose role shall end? If there are many, send /revoke and the name.
revoke-nobody = There is no role that you can end.
revoke-sure =
    Shall the role of { $name } end?
    { $area } · { $role }

    If on shift, it ends at once; invitations that nobody has used are taken back.
revoked = Ended: { $name }, { $role } of { $area }. I tell the person.
button-revoke = Yes, end it
button-keep = No, back
button-more-people = More people →
button-people-before = ← Those before

notice-role-ended = You are not { $role } of { $area } any more. Thank you for all you did! If you have questions, ask the staff.

refusal-role-over = This role has ended already.

help-staff =
    For staff:
    /hours: change hours for once
    /invite: ask volunteers and crew to help
    /revoke: end somebody's role
    /broadcast: a message to many
    /schedule: a message that repeats by itself
    /link, in a group: to which place it belongs
    /inbox: open cases
    /unknown: questions that I could not answer: teach me
    /learned: what was taught; take it back
    /household ADDRESS: see a household, book bulky pickups for it
    /capacity: bulky pickups a day, moving them, files
    /closed: a day without bulky pickups
    /disputes: what is said to be there still
    /run: today's sheet of bulky pickups
help-admin =
    For admins:
    /hours: change hours for once
    /invite: ask staff, volunteers and crew to help
    /revoke: end somebody's role
    /broadcast: a message to many
    /schedule: a message that repeats by itself
    /link, in a group: to which place it belongs
    /inbox: open cases
    /unknown: questions that I could not answer: teach me
    /learned: what was taught; take it back
