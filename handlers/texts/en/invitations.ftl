# Inviting volunteers, crew and staff.

invite-role = Who shall help? First the role:
invite-place = Where? Choose a place:
invite-no-place = There are no areas yet. First import them on the server: greenbin import
invite-here =
    { $role } of { $area }.

    Press ✅ and I send a message with a link; please forward it. Each press invites one person.
    Or choose a place inside.
button-invite-here = ✅ Here: { $area }
button-more-areas = More →
button-invite-back = ← Back
invitation =
    📨 You are asked to be { $role } of { $area }

    Open this link and press Start, that is all:
    { $link }

    It works for 48 hours, and once.
invitation-accepted =
    🎉 You are { $role } of { $area } now. Thank you!

    I keep your name on Telegram and what you record. If you want to stop, tell the staff of your community.

notice-invitation-accepted = 🤝 { $name } accepted the invitation and is { $role } of { $area } now. If this is not whom you asked, end it with /revoke.

refusal-invitation-over = This invitation was used, is older than 48 hours, or was taken back. Please ask the staff for a new one.
refusal-own-invitation = This is an invitation of yours; forward it to whom you want to ask. It is not used up.
