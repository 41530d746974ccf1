"""How repeats are carried out: each time that one comes makes one broadcast, exactly once.

The row is locked, and (repeat, day) is unique: of two processes, or after a crash, one makes it.
A clock that stood still is no matter: what is of use on that day is made late, the rest is noted
as expired. Whoever wrote it has to have a role there still, when it comes and each minute before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select

from knowledge import repetitions
from knowledge.calendar import Civil
from knowledge.repetitions import Occurrence
from models import base, broadcasts, notices, repeat_moves, repeats, roles
from models.areas import EVERYWHERE, Area
from models.base import Session
from models.repeats import Halt, Move, Outcome, Reached, Repeat, RepeatOccurrence, State
from models.roles import Role


@dataclass(frozen=True, slots=True)
class Rules:
    """What the deployment says."""

    second_above: int
    """More people than this need a second person's yes."""
    admins: Collection[int] = ()


async def due(session: Session, now: datetime) -> Sequence[int]:
    """Those whose time has come."""
    wanted = select(Repeat.id).where(Repeat.state == State.RUNNING, Repeat.next_at <= now)
    return list(await session.scalars(wanted.order_by(Repeat.next_at, Repeat.id)))


async def amiss(session: Session, rules: Rules, civil: Civil) -> Sequence[int]:
    """Those that cannot go on as they are: nobody answers for them, or a notice moved a day."""
    found = []
    for repeat in await session.scalars(select(Repeat).where(Repeat.state == State.RUNNING)):
        assert repeat.since, "it runs"
        one = next(repeats.coming(repeat, repeat.since, civil), None)
        comes = (one.day, one.at) if one else None
        as_noted = comes == (repeat.next_day, repeat.next_at)
        is_well = as_noted and await _is_there(session, repeat)
        if not (is_well and await _is_answered_for(session, repeat, rules)):
            found.append(repeat.id)
    return found


async def count(session: Session, repeat_id: int) -> Reached:
    """How many it reaches now."""
    repeat = await session.get_one(Repeat, repeat_id)
    return await repeats.count(session, repeat.whom, rooms=repeat.rooms)


async def step(
    session: Session, repeat_id: int, reached: Reached, rules: Rules, civil: Civil, now: datetime
) -> int | None:
    """Do what is to be done with a repeat now; the broadcast that was made of it. Writes.

    Nothing, if another process does it.
    """
    repeat = await session.scalar(
        select(Repeat)
        .where(Repeat.id == repeat_id, Repeat.state == State.RUNNING)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if repeat is None or not reached.fits(repeat):
        return None  # somebody has changed it meanwhile: the next tick counts anew
    if not await _is_there(session, repeat):
        repeats.move(repeat, Move.STOP, now)
        await _tell_author(session, repeat, "area", now)
        return None
    if not await _is_answered_for(session, repeat, rules, lock=True):
        repeats.move(repeat, Move.PAUSE, now)
        repeat.halt = Halt.AUTHOR
        await _tell_others(session, repeat, rules, now)
        return None
    missed = await _note_missed(session, repeat, civil, now)
    one = repeats.look_ahead(repeat, civil)
    made = None
    if one and one.at <= now:
        if reached.people > rules.second_above and repeat.approved_by is None:
            await _ask(session, repeat, reached.people, rules, now)
        else:
            made = await _make(session, repeat, one, reached.total, now)
            _come(repeat, one)
            one = repeats.look_ahead(repeat, civil)
    if one is None:
        repeats.move(repeat, Move.FINISH, now)
    if missed:
        first = missed[0].at.astimezone(civil.zone).isoformat()
        await _tell_author(session, repeat, "missed", now, first=first, number=len(missed))
    return made


async def _note_missed(
    session: Session, repeat: Repeat, civil: Civil, now: datetime
) -> list[Occurrence]:
    """Note what is of no use any more."""
    missed: list[Occurrence] = []
    assert repeat.since, "it runs"
    for one in repeats.coming(repeat, repeat.since, civil):
        until = repetitions.of_use_until(one, civil, through_night=repeat.through_night)
        if now < max(until, one.at):
            break
        await _note(session, repeat, one, Outcome.EXPIRED, None, now)
        missed.append(one)
    if missed:
        _come(repeat, missed[-1])
    return missed


async def _make(
    session: Session, repeat: Repeat, one: Occurrence, expected: int, now: datetime
) -> int | None:
    """Make the broadcast of this time; None if there is one."""
    made = broadcasts.blank(repeat.area_id, repeat.by_id, repeat.home_language, now)
    made.audience, made.language = repeat.audience, repeat.language
    made.in_groups, made.content = repeat.rooms, repeat.content
    made.approved_by, made.through_night = repeat.approved_by, repeat.through_night
    made.state, made.starts_at, made.expected = broadcasts.State.READY, one.at, expected
    session.add(made)
    await session.flush()  # what is noted names it
    if await _note(session, repeat, one, Outcome.MADE, made.id, now):
        return made.id
    await session.delete(made)
    return None


async def _note(
    session: Session, repeat: Repeat, one: Occurrence, outcome: Outcome, broadcast: int | None,
    now: datetime,
) -> bool:  # fmt: skip
    """Note that it has come on this day; whether that was news."""
    insert = base.insert_of(session)
    noted = await session.execute(
        insert(RepeatOccurrence)
        .values(
            repeat_id=repeat.id,
            day=one.day,
            at=one.at,
            outcome=outcome,
            broadcast_id=broadcast,
            noted_at=now,
        )
        .on_conflict_do_nothing()
    )
    return cast("CursorResult[Any]", noted).rowcount == 1


def _come(repeat: Repeat, one: Occurrence) -> None:
    repeat.since, repeat.last_day = one.at, one.day


async def _is_there(session: Session, repeat: Repeat) -> bool:
    """Whether its area is there still."""
    if repeat.area_id == EVERYWHERE:
        return True
    return await session.get(Area, repeat.area_id) is not None


async def _is_answered_for(
    session: Session, repeat: Repeat, rules: Rules, *, lock: bool = False
) -> bool:
    """Whether its author may still speak to everybody there."""
    author = await repeats.author(session, repeat)
    if author is None:
        return False
    held = await roles.held(session, [author], rules.admins, lock=lock)
    area = await session.get(Area, repeat.area_id) if repeat.area_id != EVERYWHERE else None
    wanted = (Role.STAFF, Role.ADMIN) if area else (Role.ADMIN,)
    return roles.may(held.get(author, ()), wanted, area.path if area else None)


async def _ask(session: Session, repeat: Repeat, people: int, rules: Rules, now: datetime) -> None:
    """It reaches more than anybody agreed to: others are asked, and it waits for them."""
    if await repeat_moves.ask(session, repeat, people, rules.admins, now):
        return
    repeats.move(repeat, Move.PAUSE, now)
    repeat.halt = Halt.ALONE
    await _tell_author(session, repeat, "alone", now, number=rules.second_above)


async def _tell_author(
    session: Session, repeat: Repeat, why: str, now: datetime, *, first: str = "", number: int = 0
) -> None:
    author = await repeats.author(session, repeat)
    if author is not None:
        told = {
            **await repeat_moves.facts(session, repeat),
            "why": why,
            "first": first,
            "number": number,
        }
        about = f"repeat {repeat.id} {why} {now.isoformat()}"
        await notices.post(session, author, "repeat-trouble", about, told, now)


async def _tell_others(session: Session, repeat: Repeat, rules: Rules, now: datetime) -> None:
    """Who works there hears that it rests until somebody takes it over."""
    own = await repeats.author(session, repeat)
    others = await broadcasts.colleagues(session, repeat.area_id, own, rules.admins)
    told = await repeat_moves.facts(session, repeat)
    about = f"repeat {repeat.id} left {now.isoformat()}"
    await notices.post_all(session, others, "repeat-left", about, told, now)
