"""Broadcasts: one message of the staff to many people, from the draft to the report.

A broadcast moves along one table, `MOVES`. Its notices are planned when it begins
(`models/broadcast_plans.py`), one a person, and each is sent at most once.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import moments
from models import actors, base, notices, roles
from models.areas import EVERYWHERE, Area
from models.audiences import Audience, Whom
from models.base import Base, Fields, Moment, Refusal, Session
from models.notices import POSTED, Ends
from models.roles import Role, Roles

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
"""What Telegram takes, in UTF-16 units: the stricter of two readings (reliability T23)."""

LONGEST_LABEL = 64
"""How long a button's words may be, in characters."""


NO_BUTTON = {"不要", "不要按钮", "没有", "none", "no"}

_BUTTON = re.compile(
    r"(?P<label>.*?)\s*(?P<url>https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:[/?#]\S*)?)",
    re.IGNORECASE | re.DOTALL,
)


class BroadcastTooLong(Refusal):
    """Telegram takes no text of this length."""


class BroadcastEmpty(Refusal):
    """There is nothing to send yet."""


class BroadcastGone(Refusal):
    """It has moved on: it was sent, cancelled or answered by somebody meanwhile."""


class BadButton(Refusal):
    """A button needs words and a link."""


class NoSuchMoment(Refusal):
    """The words name no time."""


class MomentOver(Refusal):
    """The time is over."""


class MomentTooFar(Refusal):
    """Nobody plans so far ahead."""


class NobodyToHear(Refusal):
    """It would reach no one."""


class NobodyElse(Refusal):
    """A second person has to agree, and there is none who could."""


class OwnBroadcast(Refusal):
    """Who wrote it is not the second person."""


class State(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"
    """A second person has to agree."""
    READY = "ready"
    """It begins when its time has come."""
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    """The second person did not agree."""


class Move(StrEnum):
    ASK = "ask"
    SCHEDULE = "schedule"
    APPROVE = "approve"
    REFUSE = "refuse"
    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    FINISH = "finish"


MOVES: dict[Move, tuple[Collection[State], State]] = {
    Move.ASK: ({State.DRAFT}, State.ASKED),
    Move.SCHEDULE: ({State.DRAFT}, State.READY),
    Move.APPROVE: ({State.ASKED}, State.READY),
    Move.REFUSE: ({State.ASKED}, State.REFUSED),
    Move.BEGIN: ({State.READY}, State.SENDING),
    Move.PAUSE: ({State.SENDING}, State.PAUSED),
    Move.RESUME: ({State.PAUSED}, State.SENDING),
    Move.CANCEL: (
        {State.DRAFT, State.ASKED, State.READY, State.SENDING, State.PAUSED},
        State.CANCELLED,
    ),
    Move.FINISH: ({State.SENDING}, State.DONE),
}
"""From which states each move leads where; there are no others."""


class Broadcast(Base):
    """One message to many."""

    __tablename__ = "broadcasts"
    __table_args__ = (
        Index(
            "ix_broadcasts_open", "state",
            sqlite_where=sql("ended_at IS NULL"), postgresql_where=sql("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int]
    """`EVERYWHERE` for the whole deployment."""
    audience: Mapped[Audience] = mapped_column(String(10))
    language: Mapped[str | None] = mapped_column(String(8))
    home_language: Mapped[str] = mapped_column(String(8))
    in_groups: Mapped[bool]
    """Whether it goes into the groups and channels of the area, too."""
    content: Mapped[dict[str, Any] | None] = mapped_column(Fields)
    """See `Content`; None before anything was written."""
    state: Mapped[State] = mapped_column(String(10))
    by_id: Mapped[int]
    """An actor: who wrote it, and hears of it."""
    approved_by: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    """None for at once."""
    through_night: Mapped[bool]
    """Whether it goes on at night."""
    expected: Mapped[int]
    """How many people it was to reach when it was handed in."""
    cursor: Mapped[int] = mapped_column(BigInteger)
    """People up to this Telegram id are planned."""
    planned: Mapped[int]
    """How many notices are planned so far."""
    planned_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the last one was."""
    begun_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    """When nothing of it was left to do."""
    panel_id: Mapped[int | None] = mapped_column(BigInteger)
    """The message in the author's chat that shows how far it is."""
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    """When that was brought up to date last."""

    @property
    def whom(self) -> Whom:
        audience = Audience(self.audience)
        return Whom(self.area_id, audience, self.language, self.home_language)


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent, as the staff wrote it."""

    text: str
    entities: Sequence[dict[str, Any]]
    """What is bold, a link and so on, as Telegram told it: never markup."""
    photo: str | None = None
    """Telegram's id of a picture; the text is its caption then."""
    button: dict[str, str] | None = None
    """`text` and `url` of a link below."""

    @property
    def fields(self) -> dict[str, Any]:
        entities = list(self.entities)
        return {"text": self.text, "entities": entities, "photo": self.photo,
                "button": self.button}  # fmt: skip


def units(text: str) -> int:
    """The length of a text as Telegram's apps count it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def button(words: str) -> dict[str, str] | None:
    """A link with words, as staff write it: "看详情 https://…"; "不要" takes it away.

    Raises `BadButton`.
    """
    if words.strip().casefold() in NO_BUTTON:
        return None
    found = _BUTTON.fullmatch(words.strip())
    label = " ".join((found["label"] if found else "").split())
    if not found or not 1 <= len(label) <= LONGEST_LABEL:
        raise BadButton(most=LONGEST_LABEL)
    return {"text": label, "url": found["url"]}


def moment(words: str, now: datetime, zone: tzinfo) -> datetime:
    """When staff want it sent; raises `NoSuchMoment`, `MomentOver`, `MomentTooFar`."""
    try:
        return moments.read(words, now, zone)
    except moments.NotAMoment:
        raise NoSuchMoment from None
    except moments.Past:
        raise MomentOver from None
    except moments.TooFar:
        raise MomentTooFar(days=moments.FARTHEST.days) from None


async def draft(
    session: Session, held: Roles, area_id: int, by: int, home_language: str, now: datetime
) -> Broadcast:
    """A new draft for an area; raises `NotAllowed`. Writes."""
    await require(session, held, area_id)
    broadcast = blank(area_id, by, home_language, now)
    session.add(broadcast)
    await session.flush()  # the question for its words names it
    return broadcast


def blank(area_id: int, by: int, home_language: str, now: datetime) -> Broadcast:
    """A draft that says nothing yet."""
    return Broadcast(
        area_id=area_id, audience=Audience.RESIDENTS, language=None, home_language=home_language,
        in_groups=False, content=None, state=State.DRAFT, by_id=by, approved_by=None, made_at=now,
        starts_at=None, through_night=False, expected=0, cursor=0, planned=0, planned_at=None,
        begun_at=None, ended_at=None, panel_id=None, shown_at=None,
    )  # fmt: skip


async def require(session: Session, held: Roles, area_id: int) -> None:
    """Refuse unless this person may speak to everybody in an area."""
    area = await session.get(Area, area_id) if area_id != EVERYWHERE else None
    if area_id != EVERYWHERE and area is None:
        raise roles.NotAllowed
    wanted = (Role.STAFF, Role.ADMIN) if area else (Role.ADMIN,)
    roles.require(held, *wanted, path=area.path if area else None)


async def of(session: Session, held: Roles, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """A broadcast that this person may look after; raises `NotAllowed`."""
    broadcast = await session.get(
        Broadcast, broadcast_id, with_for_update=lock or None, populate_existing=True
    )
    if broadcast is None:
        raise roles.NotAllowed
    await require(session, held, broadcast.area_id)
    return broadcast


async def draft_of(
    session: Session, held: Roles, broadcast_id: int, *, lock: bool = False
) -> Broadcast:
    """A broadcast that can still be changed; raises `NotAllowed`, `BroadcastGone`."""
    broadcast = await of(session, held, broadcast_id, lock=lock)
    if broadcast.state != State.DRAFT:
        raise BroadcastGone
    return broadcast


async def write(session: Session, held: Roles, broadcast_id: int, said: Content) -> Broadcast:
    """Let a draft say this, with the button that it has; raises `BroadcastTooLong`. Writes."""
    broadcast = await draft_of(session, held, broadcast_id, lock=True)
    broadcast.content = instead(broadcast.content, said)
    return broadcast


def instead(content: dict[str, Any] | None, said: Content) -> dict[str, Any]:
    """What is sent if this is said, with the button there was; raises `BroadcastTooLong`."""
    most = LONGEST_CAPTION if said.photo else LONGEST_TEXT
    if (length := units(said.text)) > most:
        raise BroadcastTooLong(length=length, most=most)
    return said.fields | {"button": (content or {}).get("button")}


async def put_button(
    session: Session, held: Roles, broadcast_id: int, button: dict[str, str] | None
) -> Broadcast:
    """Put a link below a draft, or take it away; raises `BroadcastEmpty`. Writes."""
    broadcast = await draft_of(session, held, broadcast_id, lock=True)
    if broadcast.content is None:
        raise BroadcastEmpty
    broadcast.content = broadcast.content | {"button": button}
    return broadcast


async def put_off(
    session: Session, held: Roles, broadcast_id: int, starts_at: datetime | None
) -> Broadcast:
    """Let a draft begin at this time, or at once, when it is handed in. Writes."""
    broadcast = await draft_of(session, held, broadcast_id, lock=True)
    broadcast.starts_at = starts_at
    return broadcast


@dataclass(frozen=True, slots=True)
class Order:
    """A draft as it is handed in."""

    audience: Audience
    language: str | None
    in_groups: bool
    people: int
    expected: int
    """People and groups that it reaches."""
    through_night: bool
    panel_id: int
    second_above: int
    """More people than this need a second person's yes."""


async def hand_in(
    session: Session,
    held: Roles,
    broadcast_id: int,
    by: int,
    order: Order,
    admins: Collection[int],
) -> tuple[Broadcast, Sequence[int]]:
    """Have a draft sent, or have others asked first: their Telegram ids. Writes.

    Raises `NotAllowed`, `BroadcastGone`, `BroadcastEmpty`, `NobodyToHear`, `NobodyElse`.
    """  # fmt: skip
    broadcast = await draft_of(session, held, broadcast_id, lock=True)
    if broadcast.content is None:
        raise BroadcastEmpty
    if not order.expected:
        raise NobodyToHear
    broadcast.audience, broadcast.language = order.audience, order.language
    broadcast.in_groups, broadcast.expected = order.in_groups, order.expected
    broadcast.through_night, broadcast.panel_id = order.through_night, order.panel_id
    broadcast.by_id = by
    if order.people <= order.second_above:
        _move(broadcast, Move.SCHEDULE)
        return broadcast, ()
    own = await author(session, broadcast)
    others = await colleagues(session, broadcast.area_id, own, admins)
    if not others:
        raise NobodyElse(above=order.second_above)
    _move(broadcast, Move.ASK)
    return broadcast, others


async def answer(
    session: Session, held: Roles, broadcast_id: int, by: int, *, agrees: bool, now: datetime
) -> Broadcast:
    """Say yes or no to somebody else's; raises `OwnBroadcast`, `BroadcastGone`. Writes."""
    broadcast = await of(session, held, broadcast_id, lock=True)
    if broadcast.by_id == by:
        raise OwnBroadcast
    _move(broadcast, Move.APPROVE if agrees else Move.REFUSE)
    broadcast.approved_by = by if agrees else None
    broadcast.ended_at = None if agrees else now
    return broadcast


async def change(
    session: Session, held: Roles, broadcast_id: int, move: Move, now: datetime
) -> Broadcast:
    """Pause, resume or cancel; raises `NotAllowed`, `BroadcastGone`. Writes.

    What is cancelled before it has begun is over; of the rest, the notices have still to end.
    """
    broadcast = await of(session, held, broadcast_id, lock=True)
    _move(broadcast, move)
    if move is Move.CANCEL and broadcast.begun_at is None:
        broadcast.ended_at = now
    base.announce(session, POSTED)
    return broadcast


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast is."""

    state: State
    planned: int
    ended: Ends

    @property
    def reached(self) -> int:
        """How many notices have ended, however."""
        return sum(self.ended.values())

    @property
    def percent(self) -> int:
        return self.reached * 100 // self.planned if self.planned else 0


async def progress(session: Session, broadcast: Broadcast) -> Progress:
    """How far it is."""
    ended = (await notices.tallied(session, [broadcast.id]))[broadcast.id]
    return Progress(State(broadcast.state), broadcast.planned, ended)


async def author(session: Session, broadcast: Broadcast) -> int | None:
    """The Telegram id of who wrote it; None once the person is erased."""
    return await actors.person(session, broadcast.by_id)


async def lately(session: Session, held: Roles, limit: int) -> Sequence[Broadcast]:
    """The newest broadcasts that are handed in and not over, of those this person looks after."""
    under_way = (State.ASKED, State.READY, State.SENDING, State.PAUSED)
    found = await session.execute(
        select(Broadcast, Area.path)
        .outerjoin(Area, Area.id == Broadcast.area_id)
        .where(Broadcast.ended_at.is_(None), Broadcast.state.in_(under_way))
        .order_by(Broadcast.id.desc())
    )
    mine = [
        one
        for one, path in found
        if roles.may(held, (Role.STAFF, Role.ADMIN) if path else (Role.ADMIN,), path)
    ]
    return mine[:limit]


async def colleagues(
    session: Session, area_id: int, but: int | None, admins: Collection[int]
) -> Sequence[int]:
    """The Telegram ids of the staff of an area or above and of the admins, without this one."""
    area = await session.get(Area, area_id) if area_id else None
    staff = await roles.held_in(session, Role.STAFF, area.path) if area else ()
    return sorted({*staff, *admins} - {but})


def _move(broadcast: Broadcast, move: Move) -> None:
    """Take a broadcast along the table; it was read under its lock."""
    from_, to = MOVES[move]
    if broadcast.state not in from_:
        raise BroadcastGone
    broadcast.state = to
