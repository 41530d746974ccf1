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
role-begin-crew = I tell you when there is something to collect.
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
    /invite: ask volunteers and crew to help
    /revoke: end somebody's role
    /broadcast: a message to many
    /link, in a group: to which place it belongs
help-admin =
    For admins:
    /invite: ask staff, volunteers and crew to help
    /revoke: end somebody's role
    /broadcast: a message to many
    /link, in a group: to which place it belongs
