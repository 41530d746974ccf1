"""Pickups: bookings of a collection at a home, and the one table along which they change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import ForeignKey, Index, String, delete, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.calendar import Civil
from knowledge.pickups import Days, reminder_past
from knowledge.rounds import Why
from models import actors, areas, households, memberships, pickup_news, roles
from models.base import Base, Listed, Moment, Refusal, Session
from models.households import Household
from models.roles import Role, Roles

KEPT = timedelta(days=90)
"""How long after its day the photos and notes of a pickup are kept."""

LONGEST_NOTES = 200
LONGEST_PLACE = 60
LONGEST_WORDS = 40
"""Signs of what people say of it, of where it stands, and of a thing in their own words."""


class NotYourPickup(Refusal):
    """It belongs to another household."""


class PickupOver(Refusal):
    """It has come further than what is wanted would need; `state` says where it stands."""


class PickupTooLate(Refusal):
    """The cut-off for changing and cancelling is over: `at` is when it was told to be."""


class State(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    DONE = "done"
    NOTHING_OUT = "nothing_out"
    """The crew was there, and nothing was."""
    NOT_ACCEPTED = "not_accepted"
    """The crew could not take it; the reason is written down."""
    DISPUTED = "disputed"
    """The household says that it is still there; staff have not decided yet."""
    SETTLED = "settled"
    """Staff have decided that it was collected."""


class Act(StrEnum):
    """What is done to a booking."""

    BOOK = "book"
    CHANGE = "change"
    """By those who booked: another day, other things, other words."""
    MOVE = "move"
    """By staff, with others of the day."""
    CANCEL = "cancel"
    COLLECT = "collect"
    FIND_NOTHING = "find_nothing"
    DECLINE = "decline"
    REOPEN = "reopen"
    """The crew wrote an outcome down at the wrong address, and takes it back."""
    DISPUTE = "dispute"
    COLLECT_AGAIN = "collect_again"
    UPHOLD = "uphold"


_OUTCOMES = {
    Act.COLLECT: State.DONE,
    Act.FIND_NOTHING: State.NOTHING_OUT,
    Act.DECLINE: State.NOT_ACCEPTED,
}

STEPS: Mapping[State | None, Mapping[Act, State]] = MappingProxyType(
    {
        None: {Act.BOOK: State.BOOKED},
        State.BOOKED: {
            Act.CHANGE: State.BOOKED,
            Act.MOVE: State.BOOKED,
            Act.CANCEL: State.CANCELLED,
            **_OUTCOMES,
        },
        State.DONE: {**_OUTCOMES, Act.REOPEN: State.BOOKED, Act.DISPUTE: State.DISPUTED},
        State.NOTHING_OUT: {**_OUTCOMES, Act.REOPEN: State.BOOKED, Act.DISPUTE: State.DISPUTED},
        State.NOT_ACCEPTED: {**_OUTCOMES, Act.REOPEN: State.BOOKED},
        State.DISPUTED: {Act.COLLECT_AGAIN: State.BOOKED, Act.UPHOLD: State.SETTLED},
        State.SETTLED: {},
        State.CANCELLED: {},
    }
)
"""Everything that may happen. Where an act leads back to its state, something about it changed."""

CLOSED = frozenset({State.DONE, State.NOTHING_OUT, State.NOT_ACCEPTED})
"""Those in which the crew has been there."""

DISPUTABLE = frozenset(state for state, acts in STEPS.items() if state and Act.DISPUTE in acts)
"""Those of which a household may say that it is still there."""

USES_FREE = frozenset({State.BOOKED, State.DONE, State.DISPUTED, State.SETTLED})
"""Those whose free items are used up: what was not collected costs nothing of them."""


class Pickup(Base):
    """A booking."""

    __tablename__ = "pickups"
    __table_args__ = (
        # One for each household and day, however many book at once.
        Index(
            "uq_pickups_household_id_day",
            *("household_id", "day"),
            unique=True,
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
        Index("ix_pickups_area_id_day", "area_id", "day"),
        Index("ix_pickups_day_state", "day", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    """The area whose place it takes that day."""
    day: Mapped[date]
    state: Mapped[State] = mapped_column(String(12))
    revision: Mapped[int]
    """How often it was changed."""
    load: Mapped[int]
    """How many items it is."""
    free: Mapped[int]
    """How many of them cost nothing."""
    year: Mapped[int]
    """The year whose free items these are: it stays when staff move the booking to another."""
    price: Mapped[int]
    """Fen, paid when it is collected."""
    floor: Mapped[int | None]
    lift: Mapped[bool | None]
    place: Mapped[str | None] = mapped_column(String(LONGEST_PLACE))
    """Where it is put out."""
    notes: Mapped[str | None] = mapped_column(String(LONGEST_NOTES))
    photos: Mapped[list[str]] = mapped_column(Listed)
    """Telegram's file ids."""
    has_details: Mapped[bool]
    """Whether words and photos are still there; they are forgotten some time after the day."""
    booked_by: Mapped[int]
    """An actor."""
    booked_at: Mapped[datetime] = mapped_column(Moment)
    number: Mapped[int | None]
    """What the crew calls it on its day; None before."""
    reminded: Mapped[int | None]
    """So many days before was the last reminder that it needs no more; None while all may come."""
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the crew said how it went."""
    closed_by: Mapped[int | None]
    why: Mapped[Why | None] = mapped_column(String(16))
    why_words: Mapped[str | None] = mapped_column(String(LONGEST_NOTES))
    closing_photo: Mapped[str | None] = mapped_column(String(200))


class PickupItem(Base):
    """Some things of a booking that are alike."""

    __tablename__ = "pickup_items"

    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickups.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Their place in the list, from 1."""
    key: Mapped[str | None] = mapped_column(String(20))
    """Which of the bulky things that we know; None where words say it."""
    words: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    count: Mapped[int]


class PickupChange(Base):
    """A step of a booking: who did what to it, and when. The first is that it was booked."""

    __tablename__ = "pickup_changes"

    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickups.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    """The booking's revision after it."""
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int]
    act: Mapped[Act] = mapped_column(String(16))
    was: Mapped[State | None] = mapped_column(String(12))
    state: Mapped[State] = mapped_column(String(12))
    day_before: Mapped[date | None]
    """None if it was booked by this."""
    day: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(LONGEST_NOTES))
    """What who did it has said of it."""


class Draft(Base):
    """A booking, or a change of one, that somebody is putting together: one a person at most.

    It survives a restart, and is forgotten when nobody goes on with it. What holds a place of a
    day holds it until a moment, so a place that lapses is free by time alone.
    """

    __tablename__ = "pickup_drafts"
    __table_args__ = (
        Index("ix_pickup_drafts_area_id_day", "area_id", "day"),
        # SQLite would give a number again that an old button still names.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int] = mapped_column(unique=True)
    """Who puts it together."""
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    pickup_id: Mapped[int | None] = mapped_column(ForeignKey("pickups.id"), index=True)
    """The booking that it changes; None for a new one."""
    pickup_revision: Mapped[int | None]
    """The revision of that booking when the change was begun."""
    revision: Mapped[int]
    """How often it was changed: an old button knows an old one."""
    things: Mapped[list[tuple[str | None, str | None, int]]] = mapped_column(Listed)
    """Key, own words and count of each."""
    floor: Mapped[int | None]
    lift: Mapped[bool | None]
    place: Mapped[str | None] = mapped_column(String(LONGEST_PLACE))
    notes: Mapped[str | None] = mapped_column(String(LONGEST_NOTES))
    photos: Mapped[list[str]] = mapped_column(Listed)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    """The area whose place it holds."""
    day: Mapped[date | None]
    held_until: Mapped[datetime | None] = mapped_column(Moment)
    """None while no day is chosen, and for a change that keeps its day."""
    homes: Mapped[int]
    """How many households' places it holds: one, or none beside a booking of the same day."""
    load: Mapped[int]
    """How many items' places it holds."""
    touched_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as the writing transaction knows the person."""

    resident_id: int
    roles: Roles


class Who(StrEnum):
    """As what a person deals with a household's bookings."""

    MEMBER = "member"
    """Lives there; whatever roles the person has besides, these rules are for all who do."""
    STAFF = "staff"
    """Lock and cut-off are not for staff; the places of a day are."""
    CREW = "crew"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person before a booking."""

    resident_id: int
    actor: int
    who: Who

    @property
    def is_staff(self) -> bool:
        return self.who is Who.STAFF


@dataclass(frozen=True, slots=True)
class Thing:
    """Things that are alike, as they are booked: one of those that we know, or own words."""

    key: str | None
    words: str | None
    count: int


def diagram() -> str:
    """The table of steps as a picture, for the README."""
    lines = ["stateDiagram-v2"]
    for state, acts in STEPS.items():
        targets: dict[State, list[str]] = {}
        for act, to in acts.items():
            targets.setdefault(to, []).append(act.replace("_", " "))
        start = state or "[*]"
        lines += [f"    {start} --> {to}: {', '.join(how)}" for to, how in targets.items()]
        lines += [] if acts else [f"    {start} --> [*]"]
    return "\n".join(lines)


def leads_to(state: State | None, act: Act) -> State:
    """Where an act leads from a state; raises `PickupOver`."""
    to = STEPS[state].get(act)
    if to is None:
        raise PickupOver(state=state or "none")
    return to


async def step(
    session: Session,
    household: Household,
    pickup: Pickup,
    act: Act,
    by: Standing,
    civil: Civil,
    now: datetime,
    *,
    day: date | None = None,
    things: Sequence[Thing] | None = None,
    note: str = "",
) -> None:
    """Do this to a booking that is locked; who lives there is told, but not who did it. Writes.

    The only way in which its state, its day and its things change. Raises `PickupOver` for what
    the table of steps does not have.
    """
    was = State(pickup.state) if pickup.id else None
    pickup.state = leads_to(was, act)
    before = pickup.day if was else None
    pickup.revision = pickup.revision + 1 if was else 0
    day = day or pickup.day
    if before is not None and (day != before or pickup.state != State.BOOKED):
        await pickup_news.withdraw_reminders(session, pickup)
    if day != before:
        pickup.day, pickup.number = day, None
        pickup.reminded = reminder_past(day, now, civil.zone)
    session.add(pickup)
    await session.flush()  # what follows names it
    session.add(
        PickupChange(
            pickup_id=pickup.id, revision=pickup.revision, at=now, actor_id=by.actor, act=act,
            was=was, state=pickup.state, day_before=before, day=pickup.day,
            note=note[:LONGEST_NOTES] or None,
        )
    )  # fmt: skip
    if things is not None:
        await _put(session, pickup, things)
    await session.flush()
    told = (await things_of(session, [pickup.id]))[pickup.id]
    days = await days_of(session, household.area_id, civil)
    await pickup_news.stepped(session, household, pickup, told, act, by, days, before, note, now)


async def _put(session: Session, pickup: Pickup, things: Sequence[Thing]) -> None:
    """These things, in the place of those that it was about."""
    await session.execute(delete(PickupItem).where(PickupItem.pickup_id == pickup.id))
    session.add_all(
        PickupItem(
            pickup_id=pickup.id, number=number, key=each.key, words=each.words, count=each.count
        )
        for number, each in enumerate(things, start=1)
    )
    pickup.load = load_of(things)


async def under_household(
    session: Session, pickup_id: int, by: Person, *, crew: bool = False
) -> tuple[Household, Pickup, Standing]:
    """A booking under the lock of its household, and as what the person asks; `NotYourPickup`.

    Locks are taken in this order everywhere: household, days of areas, booking. Who goes on to
    take a day must not have the booking yet.
    """
    named = await session.get(Pickup, pickup_id)
    if named is None:
        raise NotYourPickup
    household = await households.lock(session, named.household_id)
    standing = await standing_in(session, household, by, crew=crew)
    return household, named, standing


async def locked(
    session: Session, pickup_id: int, by: Person, *, crew: bool = False
) -> tuple[Household, Pickup, Standing]:
    """The same with the booking itself, for this transaction alone."""
    household, _, standing = await under_household(session, pickup_id, by, crew=crew)
    return household, await lock_row(session, pickup_id), standing


async def lock_row(session: Session, pickup_id: int) -> Pickup:
    """A booking as it stands now, for this transaction alone; household and days come first."""
    return await session.get_one(Pickup, pickup_id, with_for_update=True, populate_existing=True)


async def who_in(session: Session, household: Household, by: Person, *, crew: bool = False) -> Who:
    """As what the person deals with a household; raises `NotYourPickup`.

    `crew`: it is about what the crew does.
    """
    area = await areas.of(session, household.area_id)
    if by.resident_id in await memberships.people(session, household.id):
        return Who.MEMBER
    if roles.may(by.roles, (Role.STAFF, Role.ADMIN), area.path):
        return Who.STAFF
    if crew and roles.may(by.roles, (Role.CREW,), area.path):
        return Who.CREW
    raise NotYourPickup


async def standing_in(
    session: Session, household: Household, by: Person, *, crew: bool = False
) -> Standing:
    """The same with the person's number in the books. Writes."""
    who = await who_in(session, household, by, crew=crew)
    return Standing(by.resident_id, await actors.of(session, by.resident_id), who)


async def require_in_time(
    session: Session,
    household: Household,
    pickup: Pickup,
    standing: Standing,
    civil: Civil,
    now: datetime,
) -> None:
    """Refuse residents after the cut-off."""
    days = await days_of(session, household.area_id, civil)
    if not standing.is_staff and now >= days.cut_off(pickup.day):
        raise PickupTooLate(at=days.told_cut_off(pickup.day))


async def days_of(session: Session, area_id: int, civil: Civil) -> Days:
    """What the rules of a place say about days."""
    policy = await areas.policy(session, area_id, civil.holidays)
    return Days(policy.pickups, civil)


async def by_id(session: Session, pickup_id: int, by: Person) -> Pickup:
    """A booking for those of its household, and staff and crew of the place; `NotYourPickup`."""
    pickup = await session.get(Pickup, pickup_id)
    if pickup is None:
        raise NotYourPickup
    household = await households.by_id(session, pickup.household_id)
    await who_in(session, household, by, crew=True)
    return pickup


async def of_household(
    session: Session, household_id: int, today: date, *, limit: int = 10
) -> Sequence[Pickup]:
    """What is coming, the next first; then what was, the last first. Not what was cancelled."""
    found = await session.scalars(
        select(Pickup)
        .where(Pickup.household_id == household_id, Pickup.state != State.CANCELLED)
        .order_by(Pickup.day.desc(), Pickup.id.desc())
        .limit(limit)
    )
    all_ = list(found)
    coming = [each for each in all_ if each.state == State.BOOKED and each.day >= today]
    return [*reversed(coming), *(each for each in all_ if each not in coming)]


async def last_of(session: Session, household_id: int) -> Pickup | None:
    """The last booking of a household: floor, lift and place are as they were."""
    return await session.scalar(
        select(Pickup)
        .where(Pickup.household_id == household_id)
        .order_by(Pickup.id.desc())
        .limit(1)
    )


async def things_of(
    session: Session, pickup_ids: Collection[int]
) -> Mapping[int, Sequence[Thing]]:
    """What these bookings are about, in the order in which it was said."""
    found: dict[int, list[Thing]] = {id_: [] for id_ in pickup_ids}
    items = await session.scalars(
        select(PickupItem)
        .where(PickupItem.pickup_id.in_(pickup_ids))
        .order_by(PickupItem.pickup_id, PickupItem.number)
    )
    for each in items:
        found[each.pickup_id].append(Thing(each.key, each.words, each.count))
    return found


async def changes_of(session: Session, pickup_id: int) -> Sequence[PickupChange]:
    """What was done to a booking, in order."""
    found = await session.scalars(
        select(PickupChange)
        .where(PickupChange.pickup_id == pickup_id)
        .order_by(PickupChange.revision)
    )
    return list(found)


async def is_booked(
    session: Session, household_id: int, day: date, *, but: int | None = None
) -> bool:
    """Whether the household has a booking on a day, not counting one."""
    there = select(Pickup.id).where(
        Pickup.household_id == household_id,
        Pickup.day == day,
        Pickup.state == State.BOOKED,
        Pickup.id != (but or 0),
    )
    return await session.scalar(there.limit(1)) is not None


async def free_used(
    session: Session, household_id: int, year: int, *, but: int | None = None
) -> int:
    """How many of its free items a household has used in a year, not counting one booking."""
    used = select(func.coalesce(func.sum(Pickup.free), 0)).where(
        Pickup.household_id == household_id,
        Pickup.state.in_(USES_FREE),
        Pickup.year == year,
        Pickup.id != (but or 0),
    )
    return int(await session.scalar(used) or 0)


async def forget_details(session: Session, today: date) -> None:
    """Forget what people wrote and showed, some time after the day. Writes."""
    await session.execute(
        update(Pickup)
        .where(Pickup.day < today - KEPT, Pickup.has_details)
        .values(has_details=False, notes=None, photos=[], closing_photo=None, why_words=None)
        .execution_options(synchronize_session=False)
    )


def load_of(things: Iterable[Thing]) -> int:
    """How many items they are."""
    return sum(thing.count for thing in things)
