"""Days of an area: how many places they have, who closed one, and which may be chosen.

Places are counted under the day's lock (`lock`): of two who want the last one, one is first. What
is given back needs no lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.calendar import Civil
from knowledge.pickups import Days, Rules
from models import areas, base
from models.base import Base, Moment, Refusal, Session
from models.pickups import Draft, Pickup, State

LONGEST_REASON = 60

NEXT_DAYS = 2
"""How many other days somebody hears of whose day is full."""


class PickupsNotOffered(Refusal):
    """Nothing is collected in this area; `phone` may help."""


class DayNotServed(Refusal):
    """Nothing is collected on this `day`, or it lies too far ahead or behind."""


class DayClosed(Refusal):
    """Staff have closed the `day`, for a `reason`."""


class DayTooLate(Refusal):
    """The `day` is planned already, or could not be cancelled any more."""


class SlotFull(Refusal):
    """The `day` has no place left. `following` are the next days that have."""

    def __init__(self, day: date, following: Sequence[date]) -> None:
        super().__init__(day=day.isoformat(), number=len(following))
        self.day = day
        self.following = tuple(following)


class Slot(Base):
    """What staff have decided about a day; and the lock under which its places are taken."""

    __tablename__ = "pickup_slots"

    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    households: Mapped[int | None]
    """How many are served; None: as the rules say. So for items."""
    items: Mapped[int | None]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When staff closed the day; None while it is open."""
    reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    changed_by: Mapped[int | None]
    """The actor who decided last."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places for households and for items: all of a day, those taken, or those left."""

    homes: int
    items: int

    def fit(self, homes: int, items: int) -> bool:
        """Whether so many more fit into these."""
        return self.homes >= homes and self.items >= items

    def with_(self, more: "Places") -> "Places":
        """These and others."""
        return Places(self.homes + more.homes, self.items + more.items)

    def beside(self, taken: "Places") -> "Places":
        """What of these is left."""
        return Places(max(0, self.homes - taken.homes), max(0, self.items - taken.items))


NO_PLACES = Places(0, 0)


@dataclass(frozen=True, slots=True)
class Where:
    """What holds for a household's pickups."""

    area_id: int
    """Whose places are taken."""
    days: Days
    phone: str | None

    @property
    def rules(self) -> Rules:
        return self.days.rules


@dataclass(frozen=True, slots=True)
class Wanted:
    """Room that a household wants on a day."""

    household_id: int
    homes: int
    items: int
    is_staff: bool
    """Whether staff ask for it: lock and cut-off are not for them, the places of a day are."""
    own_day: date | None = None
    """The day of the booking that is changed."""
    draft_id: int | None = None
    """The draft that asks: what it holds already is its own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that may be chosen."""

    day: date
    left: Places
    """What is left beside what the person holds already."""
    is_own: bool
    """Whether the booking that is being changed is on that day."""


async def where(session: Session, area_id: int, civil: Civil) -> Where:
    """What holds for households of this area."""
    policy = await areas.policy(session, area_id, civil.holidays)
    return Where(policy.pickups_area, Days(policy.pickups, civil), policy.phone)


async def choices(session: Session, at: Where, wanted: Wanted, now: datetime) -> Sequence[Choice]:
    """The days that have so much room, the first first; the own one always."""
    days = at.days.for_staff(now) if wanted.is_staff else at.days.bookable(now)
    booked = await _booked_days(session, wanted.household_id)
    own = [wanted.own_day] if wanted.own_day else []
    asked = sorted({*(day for day in days if day not in booked), *own})
    left = await left_of(session, at, asked, now, draft_id=wanted.draft_id)
    found = []
    for day in asked:
        places, is_own = left.get(day, NO_PLACES), day == wanted.own_day
        if is_own or places.fit(wanted.homes, wanted.items):
            found.append(Choice(day, places, is_own))
    return found


async def left_of(
    session: Session,
    at: Where,
    days: Sequence[date],
    now: datetime,
    *,
    draft_id: int | None = None,
) -> Mapping[date, Places]:
    """What is left of these days beside what a draft holds itself; none of closed ones."""
    taken = await taken_of(session, at.area_id, days, now, draft_id=draft_id)
    slots = {each.day: each for each in await slots_of(session, at.area_id, days)}
    left = {}
    for day in days:
        slot = slots.get(day)
        is_open = slot is None or slot.closed_at is None
        all_ = capacity(at.rules, slot) if is_open else NO_PLACES
        left[day] = all_.beside(taken.get(day, NO_PLACES))
    return left


async def slots_of(session: Session, area_id: int, days: Sequence[date]) -> Sequence[Slot]:
    """What staff have decided about these days."""
    found = await session.scalars(
        select(Slot).where(Slot.area_id == area_id, Slot.day.in_(days)).order_by(Slot.day)
    )
    return list(found)


async def taken_of(
    session: Session,
    area_id: int,
    days: Sequence[date],
    now: datetime,
    *,
    draft_id: int | None = None,
) -> Mapping[date, Places]:
    """What is booked and held of these days, but for what a draft holds."""
    booked = await booked_of(session, area_id, days)
    held = await held_of(session, area_id, days, now, draft_id=draft_id)
    return {
        day: booked.get(day, NO_PLACES).with_(held.get(day, NO_PLACES))
        for day in booked.keys() | held.keys()
    }


async def booked_of(session: Session, area_id: int, days: Sequence[date]) -> Mapping[date, Places]:
    """What is booked of these days, whatever has become of it but for what was cancelled."""
    found = await session.execute(
        select(Pickup.day, func.count(), func.sum(Pickup.load))
        .where(Pickup.area_id == area_id, Pickup.day.in_(days), Pickup.state != State.CANCELLED)
        .group_by(Pickup.day)
    )
    return {day: Places(int(homes), int(items)) for day, homes, items in found}


async def held_of(
    session: Session,
    area_id: int,
    days: Sequence[date],
    now: datetime,
    *,
    draft_id: int | None = None,
) -> Mapping[date, Places]:
    """What is held of these days at the moment, but for what a draft holds."""
    found = await session.execute(
        select(Draft.day, func.sum(Draft.homes), func.sum(Draft.load))
        .where(Draft.area_id == area_id, Draft.day.in_(days), Draft.held_until > now)
        .where(Draft.id != (draft_id or 0))
        .group_by(Draft.day)
    )
    return {day: Places(int(homes), int(items)) for day, homes, items in found if day}


async def lock(session: Session, area_id: int, day: date) -> Slot:
    """A day of an area, for this transaction alone. Writes.

    After the household, and before the booking; of several days the earlier first.
    """
    insert = base.insert_of(session)
    await session.execute(insert(Slot).on_conflict_do_nothing(), {"area_id": area_id, "day": day})
    return await session.get_one(
        Slot, (area_id, day), with_for_update=True, populate_existing=True
    )


def capacity(rules: Rules, slot: Slot | None) -> Places:
    """How many places a day has: as staff decided, else by the rules."""
    homes = slot.households if slot else None
    items = slot.items if slot else None
    return Places(
        rules.households if homes is None else homes, rules.items if items is None else items
    )


def require_day(at: Where, day: date, now: datetime, *, is_staff: bool) -> None:
    """Refuse a day that is not for booking, whatever places it has."""
    if not at.rules.are_offered:
        raise PickupsNotOffered(phone=at.phone or "none")
    if day in (at.days.for_staff(now) if is_staff else at.days.bookable(now)):
        return
    is_late = not is_staff and at.days.serves(day) and now >= at.days.closes_at(day)
    raise (DayTooLate if is_late else DayNotServed)(day=day.isoformat())


async def require_room(
    session: Session, at: Where, slot: Slot, wanted: Wanted, now: datetime
) -> None:
    """Refuse a day, which is locked, that is closed or has not so much room."""
    if slot.closed_at is not None:
        raise DayClosed(day=slot.day.isoformat(), reason=slot.reason or "")
    taken = await taken_of(session, slot.area_id, [slot.day], now, draft_id=wanted.draft_id)
    left = capacity(at.rules, slot).beside(taken.get(slot.day, NO_PLACES))
    if not left.fit(wanted.homes, wanted.items):
        others = [each.day for each in await choices(session, at, wanted, now)]
        days = [day for day in others if day not in (slot.day, wanted.own_day)]
        raise SlotFull(slot.day, days[:NEXT_DAYS])


async def _booked_days(session: Session, household_id: int) -> set[date]:
    """The days on which the household has a booking."""
    found = await session.scalars(
        select(Pickup.day).where(Pickup.household_id == household_id, Pickup.state == State.BOOKED)
    )
    return set(found)
