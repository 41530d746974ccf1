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
from models.pickups import Draft, Pickup, Standing, State

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


async def choices(
    session: Session,
    at: Where,
    draft: Draft,
    standing: Standing,
    load: int,
    now: datetime,
) -> Sequence[Choice]:
    """The days that have room for so many items, the first first; the own one always."""
    own = await session.get(Pickup, draft.pickup_id) if draft.pickup_id else None
    days = at.days.for_staff(now) if standing.is_staff else at.days.bookable(now)
    booked = await _booked_days(session, draft.household_id)
    free = [day for day in days if day not in booked]
    wanted = sorted({*free, *([own.day] if own else [])})
    if not wanted:
        return []
    left = await left_of(session, at, wanted, now, draft=draft)
    found = []
    for day in wanted:
        is_own = own is not None and day == own.day
        if is_own or (day in left and left[day].fit(1, load)):
            found.append(Choice(day, left.get(day, Places(0, 0)), is_own))
    return found


async def left_of(
    session: Session,
    at: Where,
    days: Sequence[date],
    now: datetime,
    *,
    draft: Draft | None = None,
) -> Mapping[date, Places]:
    """What is left of these days beside what this draft holds; not of those that are closed."""
    taken = await taken_of(session, at.area_id, days, now, draft=draft)
    slots = {each.day: each for each in await slots_of(session, at.area_id, days)}
    nothing = Places(0, 0)
    return {
        day: _left(capacity(at.rules, slots.get(day)), taken.get(day, nothing))
        for day in days
        if day not in slots or slots[day].closed_at is None
    }


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
    draft: Draft | None = None,
) -> Mapping[date, Places]:
    """What is booked and held of these days, but for what this draft holds."""
    booked = (
        select(Pickup.day, func.count(), func.sum(Pickup.load))
        .where(Pickup.area_id == area_id, Pickup.day.in_(days), Pickup.state != State.CANCELLED)
        .group_by(Pickup.day)
    )
    held = (
        select(Draft.day, func.sum(Draft.homes), func.sum(Draft.load))
        .where(Draft.area_id == area_id, Draft.day.in_(days), Draft.held_until > now)
        .where(Draft.id != (draft.id if draft else 0))
        .group_by(Draft.day)
    )
    found: dict[date, Places] = {}
    for query in (booked, held):
        for day, homes, items in await session.execute(query):
            assert day is not None  # days were asked for
            before = found.get(day, Places(0, 0))
            found[day] = Places(before.homes + int(homes), before.items + int(items))
    return found


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


def require_day(at: Where, standing: Standing, day: date, now: datetime) -> None:
    """Refuse a day that is not for booking, whatever places it has."""
    if not at.rules.are_offered:
        raise PickupsNotOffered(phone=at.phone or "")
    if standing.is_staff:
        if day not in at.days.for_staff(now):
            raise DayNotServed(day=day.isoformat())
        return
    if day not in at.days.bookable(now):
        late = at.days.serves(day) and now >= at.days.closes_at(day)
        raise (DayTooLate if late else DayNotServed)(day=day.isoformat())


async def require_room(
    session: Session,
    at: Where,
    slot: Slot,
    draft: Draft,
    *,
    homes: int,
    items: int,
    standing: Standing,
    now: datetime,
) -> None:
    """Refuse a day, which is locked, that is closed or has no room for so much more."""
    if slot.closed_at is not None:
        raise DayClosed(day=slot.day.isoformat(), reason=slot.reason or "")
    taken = await taken_of(session, slot.area_id, [slot.day], now, draft=draft)
    left = _left(capacity(at.rules, slot), taken.get(slot.day, Places(0, 0)))
    if not left.fit(homes, items):
        following = await choices(session, at, draft, standing, max(items, 1), now)
        days = [each.day for each in following if not each.is_own and each.day != slot.day]
        raise SlotFull(slot.day, days[:NEXT_DAYS])


async def _booked_days(session: Session, household_id: int) -> set[date]:
    """The days on which the household has a booking."""
    found = await session.scalars(
        select(Pickup.day).where(Pickup.household_id == household_id, Pickup.state == State.BOOKED)
    )
    return set(found)


def _left(all_: Places, taken: Places) -> Places:
    return Places(max(0, all_.homes - taken.homes), max(0, all_.items - taken.items))
