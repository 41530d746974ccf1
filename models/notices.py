"""Notices: what people are told without having asked. An outbox, and what became of each.

A notice is written in the transaction of the fact it tells of, so there is none about something
that did not happen, and none is forgotten. `(to, about)` is unique: nobody hears the same thing
twice, however often a job runs or a button is pressed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    Update,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column

from models import base
from models.base import Base, Fields, Moment, Session
from models.residents import Resident

POSTED = "notices"
"""What is announced when notices were posted."""

NO_BROADCAST = 0
"""Stands where a notice belongs to no broadcast."""

LOOK = 100
"""How many more than are wanted are looked at: some are for people who are gone."""


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """A sender has it in hand. If that dies, nobody knows whether it left."""
    SENT = "sent"
    BLOCKED = "blocked"
    """The person does not want to hear from us."""
    FAILED = "failed"
    """Telegram refused it, or it could not be put into words. The note says why."""
    UNKNOWN = "unknown"
    """It may have arrived, once or twice; it is not sent again."""
    EXPIRED = "expired"
    """It was of no use any more before it could leave."""
    CANCELLED = "cancelled"
    """Its broadcast was cancelled before it could leave."""


class Notice(Base):
    """Something that one person is told."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("to", "about"),
        # Only what is open: choosing stays cheap beside a million that are over, and what is
        # told to one person beside a million that belong to broadcasts.
        Index(
            "ix_notices_open", "state", "broadcast_id", "due_at", "id",
            sqlite_where=sql("settled_at IS NULL"), postgresql_where=sql("settled_at IS NULL"),
        ),
        Index(
            "ix_notices_until", "until",
            sqlite_where=sql("settled_at IS NULL AND until IS NOT NULL"),
            postgresql_where=sql("settled_at IS NULL AND until IS NOT NULL"),
        ),
        # There are as many every day as there are people: those of last week are deleted.
        Index(
            "ix_notices_reminders", "posted_at",
            sqlite_where=sql("kind = 'reminder'"), postgresql_where=sql("kind = 'reminder'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(sqlite.INTEGER(), "sqlite"), primary_key=True
    )
    to: Mapped[int] = mapped_column(BigInteger)
    """Telegram id."""
    about: Mapped[str] = mapped_column(String(100))
    """What it tells of, such as "drop-off 17"."""
    kind: Mapped[str] = mapped_column(String(40))
    """Which words it is told with: "notice-<kind>"."""
    fields: Mapped[dict[str, Any]] = mapped_column(Fields)
    """Values, never phrases: the words are made when it is sent, in the person's language."""
    broadcast_id: Mapped[int] = mapped_column(server_default="0")
    """The broadcast that it belongs to (`models/broadcasts.py`); 0 for none."""
    posted_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    """From then on it is of no use; None for never."""
    state: Mapped[State] = mapped_column(String(12))
    repeated: Mapped[bool]
    """Whether it is sent for the second time, since nobody knows what became of the first."""
    claim: Mapped[int | None] = mapped_column(BigInteger)
    """The fence of the sender that took it last."""
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str | None] = mapped_column(Text)


class Tally(Base):
    """How many notices of a broadcast have ended so: a million need not be counted to know."""

    __tablename__ = "tallies"

    broadcast_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[State] = mapped_column(String(12), primary_key=True)
    number: Mapped[int]


Ends = dict[State, int]
"""How many ended how."""


@dataclass(frozen=True, slots=True)
class Due:
    """A notice in a sender's hands."""

    id: int
    to: int
    kind: str
    fields: Mapping[str, Any]
    repeated: bool
    language: str | None
    """What the person chose."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a notice in a sender's hands."""

    id: int
    state: State
    """WAITING: it did not leave, and is sent again."""
    note: str | None = None


async def post(
    session: Session,
    to: int,
    kind: str,
    about: str,
    fields: Mapping[str, Any],
    now: datetime,
    *,
    due_at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Have one person told, as soon as this transaction is committed, or when it is due."""
    await post_all(session, [to], kind, about, fields, now, due_at=due_at, until=until)


async def post_all(
    session: Session,
    to: Iterable[int],
    kind: str,
    about: str,
    fields: Mapping[str, Any],
    now: datetime,
    *,
    due_at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Have several people told the same; who is told of it already is passed over."""
    rows = [
        {
            "to": person,
            "about": about,
            "kind": kind,
            "fields": dict(fields),
            "posted_at": now,
            "due_at": due_at or now,
            "until": until,
            "state": State.WAITING,
            "repeated": False,
        }
        for person in sorted(set(to))
    ]
    if rows:
        insert = base.insert_of(session)
        await session.execute(insert(Notice.__table__).on_conflict_do_nothing(), rows)
        base.announce(session, POSTED)


async def post_selected(
    session: Session, selected: Select[int, str, Any, datetime, datetime], kind: str, now: datetime
) -> None:
    """Have everybody told who is selected, with what about which fields, due when and until when.

    Who is told of it already is passed over; what is of no use any more is kept as expired.
    """
    rows = selected.subquery()
    to, about, fields, due_at, until = rows.c
    late = until <= now
    insert = base.insert_of(session)
    columns = ("to", "about", "kind", "fields", "posted_at", "due_at", "until", "state",
               "settled_at", "repeated")  # fmt: skip
    await session.execute(
        insert(Notice.__table__)
        .from_select(
            columns,
            select(to, about, literal(kind), fields, literal(now, Moment()), due_at, until)
            .add_columns(
                case((late, State.EXPIRED.value), else_=State.WAITING.value),
                case((late, literal(now, Moment())), else_=None),
                literal(False),
            )
            # SQLite would read ON CONFLICT as a part of a join, were there no WHERE.
            .where(to.is_not(None)),
        )
        .on_conflict_do_nothing()
    )
    base.announce(session, POSTED)


async def claim(
    session: Session,
    fence: int,
    limit: int,
    now: datetime,
    passing_over: Collection[int] = (),
    *,
    broadcast_id: int = NO_BROADCAST,
) -> list[Due]:
    """Take the next ones that are due, one a person at most; for those who are gone, end them.

    Passed over are people who have one in hand already, or who have just heard enough. Those of a
    broadcast are taken only where it is named.
    """
    looked_at = await session.execute(
        select(Notice.id, Notice.to, Notice.kind, Notice.fields, Notice.repeated)
        .add_columns(Resident.language, Resident.left_at)
        .outerjoin(Resident, Resident.telegram_id == Notice.to)
        .where(_due(now, broadcast_id), or_(Notice.until.is_(None), Notice.until > now))
        .where(Notice.to.not_in(passing_over))
        .order_by(Notice.due_at, Notice.id)
        .limit(limit + LOOK)
    )
    gone: list[int] = []
    due: dict[int, Due] = {}
    for id_, to, kind, fields, repeated, language, left_at in looked_at:
        if left_at is not None:
            gone.append(id_)
        elif len(due) < limit and to not in due:
            due[to] = Due(id_, to, kind, fields, repeated, language)
    waits = Notice.state == State.WAITING
    if gone:
        await _end(session, State.BLOCKED, now, Notice.id.in_(gone), waits)
    if due:
        taken = _update().where(Notice.id.in_([one.id for one in due.values()]), waits)
        await session.execute(taken.values(state=State.SENDING, claim=fence))
    return list(due.values())


async def settle(session: Session, fence: int, ended: Sequence[Ended], now: datetime) -> None:
    """Write down what became of notices that this sender has in hand; of others, nothing.

    When nobody knows whether one has left, it goes once more and says so; a second time nobody
    knows, that is how it ends. One of a broadcast ends so the first time.
    """
    alike: dict[tuple[State, str | None], list[int]] = defaultdict(list)
    for one in ended:
        alike[one.state, base.storable(one.note)].append(one.id)
    for (state, note), ids in alike.items():
        mine = (Notice.claim == fence, Notice.state == State.SENDING, Notice.id.in_(ids))
        if state is State.UNKNOWN:
            await _once_more(session, now, *mine, note=note)
        elif state is State.WAITING:
            await session.execute(_update().where(*mine).values(state=state, note=note))
        else:
            await _end(session, state, now, *mine, note=note)


async def give_back(session: Session, fence: int, in_hand: Collection[int] = ()) -> None:
    """Let those wait again that this sender took and has not in hand: they have not left."""
    await session.execute(
        _update()
        .where(Notice.settled_at.is_(None), Notice.state == State.SENDING)
        .where(Notice.claim == fence, Notice.id.not_in(in_hand))
        .values(state=State.WAITING)
    )


async def recover(session: Session, fence: int, now: datetime) -> None:
    """Take over what senders before this one had in hand: nobody knows whether it has left."""
    left = (Notice.settled_at.is_(None), Notice.state == State.SENDING, Notice.claim < fence)
    await _once_more(session, now, *left)


async def expire(session: Session, now: datetime) -> None:
    """End what is of no use any more."""
    # Found by their end alone: asked for by state as well, SQLite would read all that wait.
    late = select(Notice.id).where(Notice.settled_at.is_(None), Notice.until <= now)
    waits = Notice.state == State.WAITING
    await _end(session, State.EXPIRED, now, Notice.id.in_(late), waits)


async def pass_over(session: Session, people: Collection[int], now: datetime) -> None:
    """End what waits for these people: they are not there to hear it."""
    waits = (Notice.settled_at.is_(None), Notice.state == State.WAITING)
    await _end(session, State.EXPIRED, now, *waits, Notice.to.in_(people))


async def cancel(session: Session, broadcast_id: int, limit: int, now: datetime) -> int:
    """End the next ones of a broadcast that have not left; how many."""
    ids = select(Notice.id).where(_waits(), Notice.broadcast_id == broadcast_id).limit(limit)
    return await _end(session, State.CANCELLED, now, Notice.id.in_(ids), _waits())


async def take_back(session: Session, people: Collection[int], abouts: Collection[str]) -> None:
    """Delete what waits for these people about these facts, which are none any more.

    Deleted and not ended: they may become facts once more, and are told then.
    """
    await session.execute(
        delete(Notice)
        .where(_waits(), Notice.to.in_(people), Notice.about.in_(abouts))
        .execution_options(synchronize_session=False)
    )


async def forget(session: Session, people: Collection[int], abouts: Collection[str]) -> None:
    """Delete what these people were told about these facts."""
    await session.execute(
        delete(Notice)
        .where(Notice.settled_at.is_not(None))
        .where(Notice.to.in_(people), Notice.about.in_(abouts))
        .execution_options(synchronize_session=False)
    )


async def is_due(session: Session, now: datetime) -> bool:
    """Whether anything waits that should leave, or has become of no use; broadcasts aside."""
    return await session.scalar(select(Notice.id).where(_due(now)).limit(1)) is not None


async def open_now(session: Session, now: datetime) -> int:
    """How many are due and not over; broadcasts aside."""
    counted = select(func.count()).where(
        Notice.settled_at.is_(None), Notice.broadcast_id == NO_BROADCAST, Notice.due_at <= now
    )
    return await session.scalar(counted) or 0


async def counts(session: Session, kind: str | None = None) -> dict[State, int]:
    """How many notices stand in each state: all, or those of a kind."""
    counted = select(Notice.state, func.count()).group_by(Notice.state)
    if kind is not None:
        counted = counted.where(Notice.kind == kind)
    return {State(state): number for state, number in await session.execute(counted)}


async def tallied(session: Session, broadcast_ids: Collection[int]) -> dict[int, Ends]:
    """How the notices of these broadcasts have ended so far."""
    found: dict[int, Ends] = {id_: {} for id_ in broadcast_ids}
    if not found:
        return found
    counted = select(Tally).where(Tally.broadcast_id.in_(broadcast_ids))
    for one in await session.scalars(counted.execution_options(populate_existing=True)):
        found[one.broadcast_id][State(one.state)] = one.number
    return found


def _waits() -> ColumnElement[bool]:
    return and_(Notice.settled_at.is_(None), Notice.state == State.WAITING)


def _due(now: datetime, broadcast_id: int = NO_BROADCAST) -> ColumnElement[bool]:
    return and_(_waits(), Notice.broadcast_id == broadcast_id, Notice.due_at <= now)


def _update() -> Update:
    return update(Notice).execution_options(synchronize_session=False)


async def _end(
    session: Session, state: State, now: datetime, *which: Any, note: str | None = None
) -> int:
    """End them, and count those that belong to broadcasts; how many they were."""
    values = {"state": state, "settled_at": now, "note": note}
    ended = await session.scalars(
        _update().where(*which).values(values).returning(Notice.broadcast_id)
    )
    found = Counter(ended)
    insert = base.insert_of(session)
    for broadcast_id, number in sorted(found.items()):
        if broadcast_id != NO_BROADCAST:
            row = {"broadcast_id": broadcast_id, "state": state, "number": number}
            await session.execute(
                insert(Tally)
                .values(row)
                .on_conflict_do_update(
                    index_elements=[Tally.broadcast_id, Tally.state],
                    set_={"number": Tally.number + number},
                )
            )
    return found.total()


async def _once_more(
    session: Session, now: datetime, *which: Any, note: str | None = None
) -> None:
    last = or_(Notice.repeated.is_(True), Notice.broadcast_id != NO_BROADCAST)
    await _end(session, State.UNKNOWN, now, *which, last, note=note)
    more = {"state": State.WAITING, "repeated": True, "note": note}
    await session.execute(_update().where(*which).values(more))
