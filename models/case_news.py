"""What residents and the staff of the place are told about a case.

What a resident wrote is in no notice to the staff: they open the case. So nothing of it stands in
the outbox, and a hundred words more are no more notices.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from knowledge import cases, nights
from knowledge.calendar import Civil
from knowledge.cases import Act, State
from models import actors, areas, notices, roles
from models.base import Session
from models.case_tables import Case, Entry, Reporter
from models.roles import Role
from models.stations import Station

QUOTED = 60
"""How much of the own words an answer repeats, in characters."""


async def opened(
    session: Session, case: Case, actor: int, admins: Collection[int], civil: Civil, now: datetime
) -> None:
    """Tell the staff of the place that there is something new."""
    staff = await _staff(session, case, actor, admins)
    await _tell_staff(session, case, staff, "opened", "opened", civil, now)


async def more(
    session: Session, case: Case, actor: int, heard: int, admins: Collection[int], civil: Civil,
    now: datetime,
) -> None:  # fmt: skip
    """Tell who has it in hand that more was said: once, however much, until staff do something.

    `heard`: the last entry of the staff.
    """
    staff = await _in_hand(session, case, actor, admins)
    await _tell_staff(session, case, staff, "more", _more(heard), civil, now)


async def settled(
    session: Session, case: Case, actor: int, admins: Collection[int], civil: Civil, now: datetime
) -> None:
    """Tell who has it in hand that the person needs nothing any more."""
    await _leave_in_peace(session, case)
    if case.owner is not None:
        staff = await _in_hand(session, case, actor, admins)
        await _tell_staff(session, case, staff, "settled", str(case.revision), civil, now)


async def reopened(
    session: Session, case: Case, actor: int, admins: Collection[int], civil: Civil, now: datetime
) -> None:
    """Tell the staff, and who else has reported it, that it is still so."""
    staff = await _in_hand(session, case, actor, admins)
    await _tell_staff(session, case, staff, "reopened", str(case.revision), civil, now)
    await stepped(session, case, actor, "", civil, now)


async def stepped(
    session: Session,
    case: Case,
    actor: int,
    words: str,
    civil: Civil,
    now: datetime,
    *,
    file: tuple[str, str] | None = None,
) -> None:
    """Tell all who have reported it where it stands now, but not who did it."""
    if case.state in cases.OVER:
        await _leave_in_peace(session, case)
    facts = {
        **await _facts(session, case),
        "state": case.state,
        "act": await _last_act(session, case),
        "words": words,
        "zone": str(civil.zone),
        "until": _until(case, civil),
    }
    quotes = await _quotes(session, case)
    for person, reporter in await _reporters(session, case):
        if reporter == actor:
            continue
        fields = {**facts, "quote": quotes.get(reporter, "")}
        about = _about(case, case.revision)
        await notices.post(session, person, "case", about, fields, now)
        if file is not None:
            about, sent = f"{about} file", {**facts, "filed": file[0], "file": file[1]}
            await notices.post(session, person, "case-file", about, sent, now)


async def forget(session: Session, case_ids: Sequence[int]) -> None:
    """Delete what people were told of these cases, for it repeats what was said."""
    for case in await session.scalars(select(Case).where(Case.id.in_(case_ids))):
        people = [person for person, _ in await _reporters(session, case)]
        told = [_about(case, number) for number in range(case.revision + 1)]
        await notices.forget(session, people, [*told, *(f"{each} file" for each in told)])


def _until(case: Case, civil: Civil) -> str:
    """Until when one may say that it is still so; empty if one may not."""
    if case.closed_at is None or case.state != State.SOLVED or case.is_reopened:
        return ""
    return cases.reopen_until(case.closed_at, civil).isoformat()


def _about(case: Case, number: int) -> str:
    return f"case {case.id} {number}"


def _more(heard: int) -> str:
    return f"more {heard}"


async def _facts(session: Session, case: Case) -> dict[str, Any]:
    station = await session.get(Station, case.station_id) if case.station_id else None
    area = await areas.of(session, case.area_id)
    return {
        "case": case.id,
        "kind": case.kind,
        "station": station.name if station else "",
        "area": area.name,
    }


async def _tell_staff(
    session: Session,
    case: Case,
    staff: Collection[int],
    what: str,
    about: str,
    civil: Civil,
    now: datetime,
) -> None:
    """At night nobody is woken: it is told in the morning."""
    is_night = nights.is_night(now, civil.zone)
    due_at = nights.next_morning(now, civil.zone) if is_night else now
    fields = {**await _facts(session, case), "what": what}
    about = f"case {case.id} staff {about}"
    await notices.post_all(session, staff, "case-staff", about, fields, now, due_at=due_at)


async def _leave_in_peace(session: Session, case: Case) -> None:
    """Staff are not told in the morning of what was over in the night."""
    area = await areas.of(session, case.area_id)
    staff = await roles.held_in(session, Role.STAFF, area.path)
    waiting = ["opened", *(_more(number) for number in range(case.revision))]
    abouts = [f"case {case.id} staff {each}" for each in waiting]
    await notices.take_back(session, staff, abouts)


async def _staff(
    session: Session, case: Case, actor: int, admins: Collection[int]
) -> Sequence[int]:
    """The Telegram ids of the staff of the place, else of the admins; not of who did it."""
    area = await areas.of(session, case.area_id)
    own = await actors.person(session, actor)
    staff = await roles.held_in(session, Role.STAFF, area.path)
    return sorted({*(staff or admins)} - {own})


async def _in_hand(
    session: Session, case: Case, actor: int, admins: Collection[int]
) -> Sequence[int]:
    """Who has it in hand, as long as the role goes on; else all of the staff."""
    staff = await _staff(session, case, actor, admins)
    owner = await actors.person(session, case.owner) if case.owner is not None else None
    return [owner] if owner is not None and owner in {*staff, *admins} else staff


async def _reporters(session: Session, case: Case) -> Sequence[tuple[int, int]]:
    """The Telegram ids and actors of those who have reported it; erased people have none."""
    found = await session.execute(
        select(actors.Actor.resident_id, actors.Actor.id)
        .join(Reporter, Reporter.actor_id == actors.Actor.id)
        .where(Reporter.case_id == case.id, actors.Actor.resident_id.is_not(None))
        .order_by(Reporter.at, actors.Actor.id)
    )
    return [(person, actor) for person, actor in found if person is not None]


async def _last_act(session: Session, case: Case) -> Act:
    return (await session.get_one(Entry, (case.id, case.revision))).act


async def _quotes(session: Session, case: Case) -> dict[int, str]:
    """The first words of each who has reported it."""
    said = await session.execute(
        select(Entry.actor_id, Entry.words)
        .where(Entry.case_id == case.id, Entry.words.is_not(None))
        .where(Entry.act.in_([Act.REPORT, Act.JOIN, Act.ADD]))
        .order_by(Entry.number.desc())
    )
    return {
        actor: words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"
        for actor, words in said
        if words is not None
    }
