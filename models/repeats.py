"""Repeats: what staff have sent again and again, from the draft to the day it ends.

A repeat moves along one table, `MOVES`. Each time that it comes it makes one broadcast
(`models/repeat_plans.py`). It is changed by a draft that names it: until that is handed in and
agreed to, everything goes on as it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import repetition_texts, repetitions
from knowledge.calendar import Civil
from knowledge.repetitions import Occurrence, OnHoliday, Repetition
from models import actors, audiences, broadcasts, groups, roles
from models.areas import EVERYWHERE, Area
from models.audiences import Audience, Whom
from models.base import Base, Fields, Moment, Refusal, Session
from models.broadcasts import BroadcastEmpty, Content
from models.repeat_times import EndBeforeBegin
from models.roles import Role, Roles

LONGEST_NAME = 64


class RepeatGone(Refusal):
    """It has moved on: it was changed, stopped or answered by somebody meanwhile."""


class RepeatBusy(Refusal):
    """It is being sent at this moment."""


class RepeatNever(Refusal):
    """It would never come (any more)."""


class NoTimeYet(Refusal):
    """Nobody has said when it comes."""


class State(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"
    """A second person has to agree."""
    RUNNING = "running"
    PAUSED = "paused"
    SAVED = "saved"
    """A change that holds now in what it changed."""
    DONE = "done"
    """It has come for the last time."""
    STOPPED = "stopped"
    REFUSED = "refused"
    """The second person did not agree."""


class Move(StrEnum):
    ASK = "ask"
    BEGIN = "begin"
    SAVE = "save"
    REFUSE = "refuse"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    STOP = "stop"


MOVES: dict[Move, tuple[Collection[State], State]] = {
    # What runs is asked about, too, once it reaches more people than anybody agreed to.
    Move.ASK: ({State.DRAFT, State.RUNNING}, State.ASKED),
    Move.BEGIN: ({State.DRAFT, State.ASKED}, State.RUNNING),
    Move.SAVE: ({State.DRAFT, State.ASKED}, State.SAVED),
    Move.REFUSE: ({State.ASKED}, State.REFUSED),
    Move.PAUSE: ({State.RUNNING}, State.PAUSED),
    Move.RESUME: ({State.PAUSED}, State.RUNNING),
    Move.FINISH: ({State.RUNNING}, State.DONE),
    Move.STOP: ({State.DRAFT, State.ASKED, State.RUNNING, State.PAUSED}, State.STOPPED),
}
"""From which states each move leads where; there are no others."""

GOES_ON = (State.RUNNING, State.PAUSED)
OVER = {State.SAVED, State.DONE, State.STOPPED, State.REFUSED}


class Halt(StrEnum):
    """Why the bot itself has paused one."""

    AUTHOR = "author"
    """Who wrote it has no longer a role there."""
    ALONE = "alone"
    """It reaches so many that a second person has to agree, and there is none."""


class Repeat(Base):
    """One message to many, again and again; or a change of one."""

    __tablename__ = "repeats"
    __table_args__ = (
        Index(
            "ix_repeats_next_at", "next_at",
            sqlite_where=sql("state = 'running'"), postgresql_where=sql("state = 'running'"),
        ),
        CheckConstraint(
            "state <> 'running' OR (content IS NOT NULL AND repetition IS NOT NULL"
            " AND since IS NOT NULL AND next_at IS NOT NULL AND next_day IS NOT NULL)",
            name="runs_with_all_it_needs",
        ),
        CheckConstraint(
            "changes_id IS NULL OR state NOT IN ('running', 'paused', 'done')",
            name="changes_do_not_run",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    changes_id: Mapped[int | None] = mapped_column(ForeignKey("repeats.id"), index=True)
    """What this is a change of; None for one of its own."""
    revision: Mapped[int]
    """How often it was changed; of a change, as it was when that was begun."""
    area_id: Mapped[int]
    """`EVERYWHERE` for the whole deployment."""
    audience: Mapped[Audience] = mapped_column(String(10))
    language: Mapped[str | None] = mapped_column(String(8))
    home_language: Mapped[str] = mapped_column(String(8))
    in_groups: Mapped[bool]
    """Whether it goes into the groups and channels of the area, too."""
    content: Mapped[dict[str, Any] | None] = mapped_column(Fields)
    """See `broadcasts.Content`; None before anything was written."""
    repetition: Mapped[str | None] = mapped_column(String(repetition_texts.LONGEST))
    """As `repetition_texts.write` has it; None before anybody has said when."""
    on_holiday: Mapped[OnHoliday] = mapped_column(String(10))
    through_night: Mapped[bool]
    """Whether it goes on at night."""
    state: Mapped[State] = mapped_column(String(10))
    halt: Mapped[Halt | None] = mapped_column(String(10))
    by_id: Mapped[int]
    """An actor: who wrote it, changed it or took it over last, and hears of it."""
    by_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """What that person was called in Telegram then."""
    approved_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime | None] = mapped_column(Moment)
    """Only what comes later than this is still to come."""
    last_day: Mapped[date | None] = mapped_column(Date)
    """The last day on which it came: there is no second time on it."""
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    next_day: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def whom(self) -> Whom:
        audience = Audience(self.audience)
        return Whom(self.area_id, audience, self.language, self.home_language)

    @property
    def rooms(self) -> bool:
        """Whether it goes into groups and channels."""
        return self.in_groups or self.audience == Audience.NOBODY

    @property
    def when(self) -> Repetition | None:
        return repetition_texts.kept(self.repetition) if self.repetition else None


class Outcome(StrEnum):
    MADE = "made"
    """A broadcast was made of it."""
    EXPIRED = "expired"
    """It was of no use any more before a broadcast could be made."""


class RepeatOccurrence(Base):
    """One day on which a repeat came, once and for all."""

    __tablename__ = "repeat_occurrences"
    __table_args__ = (
        CheckConstraint("(outcome = 'made') = (broadcast_id IS NOT NULL)", name="outcome"),
    )

    repeat_id: Mapped[int] = mapped_column(ForeignKey("repeats.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[Outcome] = mapped_column(String(10))
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"), unique=True)
    noted_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, as the row keeps it."""

    actor: int
    name: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How many some people and rooms are, as they were counted before a transaction began."""

    whom: Whom
    rooms: bool
    people: int
    groups: int

    @property
    def total(self) -> int:
        return self.people + self.groups

    def fits(self, repeat: Repeat) -> bool:
        """Whether these are those of a repeat still."""
        return (self.whom, self.rooms) == (repeat.whom, repeat.rooms)


def coming(repeat: Repeat, since: datetime, civil: Civil) -> Iterator[Occurrence]:
    """When it comes after this moment; nothing before somebody has said when."""
    when = repeat.when
    if when is None or when.minute is None:
        return
    on = OnHoliday(repeat.on_holiday)
    for one in repetitions.after(when, since, on, civil):
        if repeat.last_day is None or one.day > repeat.last_day:
            yield one


def look_ahead(repeat: Repeat, civil: Civil) -> Occurrence | None:
    """Note when it comes next; None if it does not come any more."""
    assert repeat.since, "it has begun"
    one = next(coming(repeat, repeat.since, civil), None)
    repeat.next_at, repeat.next_day = (one.at, one.day) if one else (None, None)
    return one


async def draft(
    session: Session, held: Roles, area_id: int, by: By, home_language: str, now: datetime
) -> Repeat:
    """A new draft for an area; raises `NotAllowed`. Writes."""
    await broadcasts.require(session, held, area_id)
    repeat = Repeat(
        changes_id=None, revision=0, area_id=area_id, audience=Audience.RESIDENTS, language=None,
        home_language=home_language, in_groups=False, content=None, repetition=None,
        on_holiday=OnHoliday.ANYWAY, through_night=False, state=State.DRAFT, halt=None,
        by_id=by.actor, by_name=by.name[:LONGEST_NAME], approved_by=None, made_at=now, since=None,
        last_day=None, next_at=None, next_day=None, ended_at=None,
    )  # fmt: skip
    session.add(repeat)
    await session.flush()  # the question for its words names it
    return repeat


SAYS = ("audience", "language", "in_groups", "content")
"""What a second person agrees to."""

COMES = ("repetition", "on_holiday")


async def alter(session: Session, held: Roles, repeat_id: int, by: By, now: datetime) -> Repeat:
    """A draft that changes one that goes on, or the one that was begun; raises `RepeatGone`.

    Writes.
    """
    repeat = await of(session, held, repeat_id, lock=True)
    if repeat.state not in GOES_ON:
        raise RepeatGone
    begun = await session.scalar(
        select(Repeat)
        .where(Repeat.changes_id == repeat.id, Repeat.by_id == by.actor)
        .where(Repeat.state == State.DRAFT, Repeat.revision == repeat.revision)
        .limit(1)
    )
    if begun:
        return begun
    change = await draft(session, held, repeat.area_id, by, repeat.home_language, now)
    change.changes_id, change.revision = repeat.id, repeat.revision
    for name in (*SAYS, *COMES, "through_night", "last_day"):
        setattr(change, name, getattr(repeat, name))
    return change


async def of(session: Session, held: Roles, repeat_id: int, *, lock: bool = False) -> Repeat:
    """A repeat that this person may look after; raises `NotAllowed`."""
    repeat = await session.get(
        Repeat, repeat_id, with_for_update=lock or None, populate_existing=True
    )
    if repeat is None:
        raise roles.NotAllowed
    await broadcasts.require(session, held, repeat.area_id)
    return repeat


async def draft_of(session: Session, held: Roles, repeat_id: int, *, lock: bool = False) -> Repeat:
    """One that can still be changed; raises `NotAllowed`, `RepeatGone`."""
    repeat = await of(session, held, repeat_id, lock=lock)
    if repeat.state != State.DRAFT:
        raise RepeatGone
    return repeat


async def write(session: Session, held: Roles, repeat_id: int, said: Content) -> Repeat:
    """Let a draft say this, with the button that it has; raises `BroadcastTooLong`. Writes."""
    repeat = await draft_of(session, held, repeat_id, lock=True)
    repeat.content = broadcasts.instead(repeat.content, said)
    return repeat


async def put_button(
    session: Session, held: Roles, repeat_id: int, button: dict[str, str] | None
) -> Repeat:
    """Put a link below a draft, or take it away; raises `BroadcastEmpty`. Writes."""
    repeat = await draft_of(session, held, repeat_id, lock=True)
    if repeat.content is None:
        raise BroadcastEmpty
    repeat.content = repeat.content | {"button": button}
    return repeat


async def put(session: Session, held: Roles, repeat_id: int, **options: Any) -> Repeat:
    """Let these of a draft's columns be so. Writes."""
    repeat = await draft_of(session, held, repeat_id, lock=True)
    for name, value in options.items():
        setattr(repeat, name, value)
    return repeat


async def put_when(session: Session, held: Roles, repeat_id: int, when: Repetition) -> Repeat:
    """Let a draft come then; raises `EndBeforeBegin`. Writes."""
    if when.first and when.last and when.last < when.first:
        raise EndBeforeBegin
    return await put(session, held, repeat_id, repetition=repetition_texts.write(when))


async def author(session: Session, repeat: Repeat) -> int | None:
    """The Telegram id of who looks after it; None once the person is erased."""
    return await actors.person(session, repeat.by_id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A repeat in a list, and where it goes."""

    repeat: Repeat
    area: str
    """Nothing for the whole deployment, which has words of the chat's."""


async def listed(session: Session, held: Roles) -> Sequence[Listed]:
    """What goes on, is paused or waits for a yes where this person works: what comes next first.

    A change that waits for a yes is one of these, too.
    """
    found = await session.execute(
        select(Repeat, Area.name, Area.path)
        .outerjoin(Area, Area.id == Repeat.area_id)
        .where(Repeat.state.in_((*GOES_ON, State.ASKED)))
        .order_by(Repeat.state != State.RUNNING, Repeat.next_at, Repeat.id)
    )
    return [
        Listed(one, name or "")
        for one, name, path in found
        if path or one.area_id == EVERYWHERE
        if roles.may(held, (Role.STAFF, Role.ADMIN) if path else (Role.ADMIN,), path)
    ]


async def count(session: Session, whom: Whom, *, rooms: bool) -> Reached:
    """How many these are, with groups and channels or without them."""
    number = await groups.count(session, whom.area_id) if rooms else 0
    return Reached(whom, rooms, await audiences.count(session, whom), number)


async def is_occurrence(session: Session, broadcast_id: int) -> bool:
    """Whether a broadcast is one time of a repeat."""
    found = select(RepeatOccurrence.day).where(RepeatOccurrence.broadcast_id == broadcast_id)
    return await session.scalar(found) is not None


def move(repeat: Repeat, move: Move, now: datetime) -> None:
    """Take a repeat along the table; it was read under its lock."""
    from_, to = MOVES[move]
    if repeat.state not in from_:
        raise RepeatGone
    repeat.state = to
    repeat.ended_at = now if to in OVER else None
