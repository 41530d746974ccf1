"""Updates: everything Telegram told us, stored before it is confirmed, settled exactly once.

An update is new, then done (what it changes and the reply are committed together), then
answered (the reply has left); or failed, or parked (it could not be read).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import (
    BigInteger,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column

from models import base
from models.base import Base, Moment, Session

KEPT = timedelta(hours=72)
"""How long a settled update is remembered. It must outlive Telegram's 24 h of redelivery, and
it may not last: after a quiet week Telegram starts again from a random, possibly lower number
(reliability T2), and what people wrote is theirs."""


class State(StrEnum):
    NEW = "new"
    """Stored; nobody has dealt with it."""
    DONE = "done"
    """What it changes is committed, with the reply that has still to leave."""
    ANSWERED = "answered"
    FAILED = "failed"
    """Its handler crashed twice. The note holds the traceback."""
    PARKED = "parked"
    """It could not be read. The note says why, the body is what came."""


class StoredUpdate(Base):
    """One update, as it came."""

    __tablename__ = "updates"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index("ix_updates_queue", "settled_at", "claimed_by", "turn", "id"),
        Index("ix_updates_lane", "chat_id", "settled_at", "turn"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(sqlite.INTEGER(), "sqlite"), primary_key=True
    )
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """None if what came had none."""
    origin: Mapped[str] = mapped_column(String(100), unique=True)
    """What it tells of: one message may come again under another update id."""
    chat_id: Mapped[int] = mapped_column(BigInteger)
    """The lane: updates of one chat are dealt with in order."""
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    turn: Mapped[int] = mapped_column(BigInteger)
    """Its place in a fair queue: see `store`."""
    body: Mapped[str | None] = mapped_column(Text)
    """What came, as ASCII JSON; gone once it is answered."""
    state: Mapped[State] = mapped_column(String(8))
    reply: Mapped[str | None] = mapped_column(Text)
    """The calls that answer it, while they have still to leave."""
    note: Mapped[str | None] = mapped_column(Text)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int]
    """How often a process has taken it up."""
    received_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was over, however it ended; None while there is something to do."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as the intake hands it over."""

    update_id: int | None
    origin: str
    chat_id: int
    person_id: int | None
    body: str
    is_question: bool = False
    """Whether somebody waits for an answer in this chat."""


@dataclass(frozen=True, slots=True)
class Work:
    """An update taken up: what a worker needs of it."""

    id: int
    chat_id: int
    person_id: int | None
    body: str | None
    state: State
    reply: str | None
    tries: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """How an update ended."""

    id: int
    state: State
    note: str | None = None
    fault: str | None = None
    """The kind of exception, if it failed."""


async def store(session: Session, bot_id: int, arrived: Sequence[Arrived], now: datetime) -> None:
    """Store a batch; what is stored already is passed over.

    The turn makes the queue fair: a chat's next update comes after its last one, and nobody's
    comes before the updates that are being taken up now. So a person who sends a thousand
    messages waits behind the thousand, and everybody else waits behind one.
    """
    if not arrived:
        return
    chats = {one.chat_id for one in arrived}
    unsettled = StoredUpdate.settled_at.is_(None)
    chat_id = base.each_of(session, chats)
    turn_of_last = select(func.max(StoredUpdate.turn)).where(
        StoredUpdate.chat_id == chat_id, unsettled
    )
    in_line = await session.execute(select(chat_id, turn_of_last.scalar_subquery()))
    last = {chat: turn for chat, turn in in_line if turn is not None}
    floor = await session.scalar(
        select(
            func.coalesce(
                select(func.min(StoredUpdate.turn))
                .where(unsettled, StoredUpdate.claimed_by.is_(None))
                .scalar_subquery(),
                select(func.max(StoredUpdate.turn))
                .where(unsettled, StoredUpdate.claimed_by.is_not(None))
                .scalar_subquery(),
                0,
            )
        )
    )
    rows = []
    for one in arrived:
        turn = last[one.chat_id] = max(floor or 0, last.get(one.chat_id, -1) + 1)
        rows.append(
            {
                "bot_id": bot_id,
                "update_id": one.update_id,
                "origin": one.origin,
                "chat_id": one.chat_id,
                "person_id": one.person_id,
                "turn": turn,
                "body": one.body,
                "state": State.NEW,
                "tries": 0,
                "received_at": now,
            }
        )
    insert = base.insert_of(session)
    await session.execute(insert(StoredUpdate.__table__).on_conflict_do_nothing(), rows)


LANE = 20
"""How many updates of one chat a process has in hand at most: what somebody floods us with waits
in the database, where it is in nobody's way."""

_CHOOSING = 7_000_001
"""Names the lock under which a process chooses what to take up."""


def _waiting() -> Select[int, int]:
    return select(StoredUpdate.id, StoredUpdate.chat_id).where(
        StoredUpdate.settled_at.is_(None), StoredUpdate.claimed_by.is_(None)
    )


async def claim(
    session: Session, by: str, limit: int, in_hand: Mapping[int, int] = MappingProxyType({})
) -> list[Work]:
    """Take up the updates whose turn is next, for this process alone.

    `in_hand` says how many it has of each chat; a chat with a full lane is passed over. Where
    several processes share the work, so is a chat that another one has in hand: its updates are
    dealt with in order.
    """
    full = [chat_id for chat_id, number in in_hand.items() if number >= LANE]
    waiting = _waiting().where(StoredUpdate.chat_id.not_in(full))
    if session.get_bind().dialect.name != "sqlite":
        # One process at a time chooses, or two would choose from the same chat.
        await session.execute(select(func.pg_advisory_xact_lock(_CHOOSING)))
        elsewhere = select(StoredUpdate.chat_id).where(
            StoredUpdate.settled_at.is_(None),
            StoredUpdate.claimed_by.is_not(None),
            StoredUpdate.claimed_by != by,
        )
        waiting = waiting.where(StoredUpdate.chat_id.not_in(elsewhere))
    next_ = waiting.order_by(StoredUpdate.turn, StoredUpdate.id).limit(limit)
    lanes, ids = Counter(in_hand), []
    for id_, chat_id in await session.execute(next_):
        lanes[chat_id] += 1
        if lanes[chat_id] <= LANE:
            ids.append(id_)
    if not ids:
        return []
    claimed = await session.execute(
        update(StoredUpdate)
        .where(StoredUpdate.id.in_(ids))
        .values(claimed_by=by, tries=StoredUpdate.tries + 1)
        .returning(
            StoredUpdate.id,
            StoredUpdate.chat_id,
            StoredUpdate.person_id,
            StoredUpdate.body,
            StoredUpdate.state,
            StoredUpdate.reply,
            StoredUpdate.tries,
            StoredUpdate.received_at,
        )
        .execution_options(synchronize_session=False)
    )
    # RETURNING promises no order.
    place = {id_: number for number, id_ in enumerate(ids)}
    return sorted((Work(*tuple(row)) for row in claimed), key=lambda work: place[work.id])


async def release(session: Session, by: str | None = None) -> None:
    """Give back what was taken up and not finished: by this process, or by anybody.

    What a process gives back itself has not ended that process: it does not count as a try.
    """
    mine = StoredUpdate.claimed_by.is_not(None) if by is None else StoredUpdate.claimed_by == by
    await session.execute(
        update(StoredUpdate)
        .where(StoredUpdate.settled_at.is_(None), mine)
        .values(claimed_by=None, tries=StoredUpdate.tries - (0 if by is None else 1))
        .execution_options(synchronize_session=False)
    )


class AlreadyDone(Exception):
    """The update's effect is committed already, though whoever did it did not hear so."""

    def __init__(self, reply: str) -> None:
        super().__init__()
        self.reply = reply


async def done(session: Session, id_: int, reply: str) -> None:
    """Write the reply down, in the transaction of what it tells of.

    A commit whose answer got lost may have happened (reliability M13): then this raises
    `AlreadyDone` with the reply that counts, and the transaction must roll back.
    """
    marked = await session.scalar(
        update(StoredUpdate)
        .where(StoredUpdate.id == id_, StoredUpdate.state == State.NEW)
        .values(state=State.DONE, reply=reply)
        .returning(StoredUpdate.id)
        .execution_options(synchronize_session=False)
    )
    if marked is None:
        stored = await session.scalar(select(StoredUpdate.reply).where(StoredUpdate.id == id_))
        raise AlreadyDone(stored or "[]")


async def settle(session: Session, settled: Collection[Settled], now: datetime) -> None:
    """Mark updates as over. What people wrote is forgotten once they have been answered."""
    plain = [one.id for one in settled if one.state is State.ANSWERED and one.note is None]
    if plain:
        await session.execute(
            update(StoredUpdate)
            .where(StoredUpdate.id.in_(plain))
            .values(state=State.ANSWERED, settled_at=now, body=None, reply=None)
            .execution_options(synchronize_session=False)
        )
    rest = [one for one in settled if one.state is not State.ANSWERED or one.note is not None]
    if rest:
        table = StoredUpdate.__table__
        connection = await session.connection()
        await connection.execute(
            update(StoredUpdate)
            .where(table.c.id == bindparam("settled_id"))
            .values(state=bindparam("ended"), note=bindparam("why"), settled_at=now, reply=None),
            [
                {"settled_id": one.id, "ended": one.state, "why": base.storable(one.note)}
                for one in rest
            ],
        )


async def purge(session: Session, now: datetime) -> None:
    """Forget what was settled long ago."""
    await session.execute(
        delete(StoredUpdate)
        .where(StoredUpdate.settled_at < now - KEPT)
        .execution_options(synchronize_session=False)
    )


async def unsettled(session: Session) -> int:
    """How many updates are not over."""
    counted = select(func.count()).where(StoredUpdate.settled_at.is_(None))
    return await session.scalar(counted) or 0


async def counts(session: Session) -> dict[State, int]:
    """How many updates stand in each state."""
    found = await session.execute(
        select(StoredUpdate.state, func.count()).group_by(StoredUpdate.state)
    )
    return {State(state): number for state, number in found}
