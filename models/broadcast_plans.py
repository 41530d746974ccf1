"""How a broadcast is carried out: its notices planned slice by slice, taken, ended, counted.

A slice is one statement in the database, and where the next one begins is kept in the row: a crash
goes on there, a million people take no memory, and others write between two slices.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    exists,
    false,
    literal,
    or_,
    select,
)

from models import audiences, base, groups, notices
from models.base import Fields, Moment, Session
from models.broadcasts import MOVES, Broadcast, Move, State
from models.notices import POSTED, Due, Notice

KIND = "broadcast"

SLICE = 4000
"""How many people are looked at in one transaction."""

SHOWN_EVERY = timedelta(seconds=10)
"""How often the author is shown how far it is, at most."""

WAITING, SENDING = notices.State.WAITING, notices.State.SENDING


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with a broadcast."""

    broadcast: Broadcast
    shows: bool
    """Whether there may be something new for its author to see."""


async def due(session: Session, now: datetime) -> Sequence[int]:
    """The broadcasts with which something is to be done now."""
    wanted = select(Broadcast.id).where(Broadcast.ended_at.is_(None), _is_due(now))
    return list(await session.scalars(wanted.order_by(Broadcast.id)))


async def step(session: Session, broadcast_id: int, now: datetime) -> Step | None:
    """Do the next thing with a broadcast; None if another process does it. Writes."""
    broadcast = await session.scalar(
        select(Broadcast)
        .where(Broadcast.id == broadcast_id, Broadcast.ended_at.is_(None), _is_due(now))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if broadcast is None:
        return None
    match State(broadcast.state):
        case State.READY:
            broadcast.state, broadcast.begun_at = MOVES[Move.BEGIN][1], now
        case State.SENDING if broadcast.planned_at is None:
            await _plan_slice(session, broadcast, now)
        case State.SENDING if not await _is_open(session, broadcast.id):
            broadcast.state, broadcast.ended_at = MOVES[Move.FINISH][1], now
        case State.CANCELLED if not await notices.cancel(session, broadcast.id, SLICE, now):
            broadcast.ended_at = now
        case _:
            pass  # it is only to be shown
    has_news = now in (broadcast.planned_at, broadcast.ended_at)
    shows = has_news or _was_shown_long_ago(broadcast, now)
    if shows:
        broadcast.shown_at = now
    return Step(broadcast, shows)


async def claim(
    session: Session,
    fence: int,
    limit: int,
    now: datetime,
    passing_over: Collection[int],
    *,
    is_night: bool,
) -> list[Due]:
    """Take the next notices of broadcasts that go on; the one that has reached fewest is first."""
    going_on = await session.execute(
        select(Broadcast.id, Broadcast.content).where(_goes_on(is_night), _has(WAITING))
    )
    contents = {id_: content or {} for id_, content in going_on}
    ends = await notices.tallied(session, contents)
    taken: list[Due] = []
    for id_ in sorted(contents, key=lambda each: (sum(ends[each].values()), each)):
        over = [*passing_over, *(one.to for one in taken)]
        room = limit - len(taken)
        found = await notices.claim(session, fence, room, now, over, broadcast_id=id_)
        taken += [replace(one, fields=contents[id_]) for one in found]
        if len(taken) == limit:
            break
    return taken


async def waits(session: Session, *, is_night: bool) -> bool:
    """Whether a broadcast that goes on has something to send."""
    found = select(Broadcast.id).where(_goes_on(is_night), _has(WAITING)).limit(1)
    return await session.scalar(found) is not None


async def ahead(session: Session) -> int:
    """How many notices leave before those of a broadcast that begins now, as far as we know."""
    under_way = await session.scalars(
        select(Broadcast).where(
            Broadcast.ended_at.is_(None),
            or_(
                Broadcast.state == State.SENDING,
                and_(Broadcast.state == State.READY, Broadcast.starts_at.is_(None)),
            ),
        )
    )
    to_reach = {one.id: max(one.expected, one.planned) for one in under_way}
    ends = await notices.tallied(session, to_reach)
    return sum(max(0, number - sum(ends[id_].values())) for id_, number in to_reach.items())


async def _plan_slice(session: Session, broadcast: Broadcast, now: datetime) -> None:
    """Plan for the next people; after the last, for the groups."""
    last = await session.scalar(audiences.end_of_slice(broadcast.cursor, SLICE))
    if last is None:
        rooms = groups.of(broadcast.area_id) if broadcast.in_groups else None
        if rooms is not None:
            broadcast.planned += await _plan(session, broadcast, rooms, now)
        broadcast.planned_at = now
    else:
        people = audiences.between(broadcast.whom, broadcast.cursor, last)
        broadcast.planned += await _plan(session, broadcast, people, now)
        broadcast.cursor = last
    base.announce(session, POSTED)


async def _plan(session: Session, broadcast: Broadcast, to: Select[int], now: datetime) -> int:
    """Plan one notice for each of these who has none; how many were planned."""
    values: dict[Any, ColumnElement[Any]] = {
        Notice.about: literal(f"broadcast {broadcast.id}"),
        Notice.kind: literal(KIND),
        Notice.fields: literal({}, Fields),  # the broadcast has the content, once for all
        Notice.broadcast_id: literal(broadcast.id),
        Notice.posted_at: literal(now, Moment),
        Notice.due_at: literal(now, Moment),
        Notice.state: literal(WAITING),
        Notice.repeated: false(),
    }
    insert = base.insert_of(session)
    planned = await session.execute(
        insert(Notice.__table__)
        .from_select([Notice.to, *values], to.add_columns(*values.values()))
        .on_conflict_do_nothing()
    )
    return cast("CursorResult[Any]", planned).rowcount


async def _is_open(session: Session, broadcast_id: int) -> bool:
    is_open = _has(WAITING, broadcast_id) | _has(SENDING, broadcast_id)
    return bool(await session.scalar(select(is_open)))


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Whether something is to be done with a broadcast that is not over."""
    state = Broadcast.state
    begins = or_(Broadcast.starts_at.is_(None), Broadcast.starts_at <= now)
    is_sent = Broadcast.planned_at.is_not(None) & ~_has(WAITING) & ~_has(SENDING)
    unseen = or_(Broadcast.shown_at.is_(None), Broadcast.shown_at <= now - SHOWN_EVERY)
    return or_(
        and_(state == State.READY, begins),
        and_(state == State.SENDING, or_(Broadcast.planned_at.is_(None), is_sent, unseen)),
        # What is in a sender's hands ends there first.
        and_(state == State.CANCELLED, or_(_has(WAITING), ~_has(SENDING))),
    )


def _goes_on(is_night: bool) -> ColumnElement[bool]:
    """Whether a broadcast sends now: at night only if its author wanted that."""
    sends = and_(Broadcast.ended_at.is_(None), Broadcast.state == State.SENDING)
    return and_(sends, Broadcast.through_night) if is_night else sends


def _has(state: notices.State, broadcast_id: int | None = None) -> ColumnElement[bool]:
    """Whether a broadcast has an open notice in this state."""
    which = Broadcast.id if broadcast_id is None else broadcast_id
    return exists().where(
        Notice.settled_at.is_(None), Notice.state == state, Notice.broadcast_id == which
    )


def _was_shown_long_ago(broadcast: Broadcast, now: datetime) -> bool:
    return broadcast.shown_at is None or broadcast.shown_at <= now - SHOWN_EVERY
