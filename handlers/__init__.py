"""What the bot says when it is spoken to. One module per feature."""

from aiogram import Router

from handlers import (
    assisting,
    bookings,
    broadcasts,
    cases,
    codes,
    collections,
    disputes,
    drop_offs,
    groups,
    hours,
    households,
    inbox,
    inline,
    invitations,
    joining,
    lessons,
    lost,
    pickups,
    plans,
    points,
    problems,
    quizzes,
    registry,
    reminded,
    reminders,
    repeat_drafts,
    repeats,
    roles,
    rounds,
    settlements,
    shifts,
    sorting,
    start,
    stations,
    steps,
    talking,
    under_way,
)


def routers() -> list[Router]:
    """Every feature's router, most specific first.

    Whose text is it? A scanned code's, a command's or a menu key's; a volunteer's on shift that
    names a household; then an open step's, then a question's. `lost` is last and takes what
    nobody else understood.

    What is brought to the staff comes before shifts and rounds: where a photo or a place was asked
    for, it is no door's and no station's.

    What a scanned household is depends on who scans it: a volunteer comes first, then staff, then
    its people; strangers may ask to join. `start` takes a bare Start and links of posters.
    """
    homes = (registry, households, joining, codes, points, bookings, pickups)
    told = (broadcasts, under_way, repeats, repeat_drafts, groups)
    brought = (inbox, cases, problems, talking)
    work = (shifts, rounds, drop_offs, invitations, roles, plans, disputes, assisting)
    team = (*told, *brought, *work)
    times = (hours, collections, reminders, reminded, stations)
    asked = (settlements, lessons, quizzes, inline, sorting, lost)
    features = (*team, *homes, *times, start, steps, *asked)
    return [feature.router() for feature in features]
