"""What staff decide about days: how many places, closed or not, and moving all bookings of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from knowledge import local_time
from knowledge.calendar import Civil
from models import actors, areas, pickup_days, pickups, roles
from models.areas import Area
from models.base import Refusal, Session
from models.households import Household
from models.pickup_days import (
    LONGEST_REASON,
    NO_PLACES,
    DayClosed,
    DayNotServed,
    Places,
    Slot,
    Where,
)
from models.pickups import Act, Person, Pickup, Standing, State, Who
from models.roles import NotAllowed, Role


class FewerThanBooked(Refusal):
    """So many are booked or held already: `homes` households, `items` items."""


class DayHasBookings(Refusal):
    """There are bookings on the `day`, `number` of them; say which day they are moved to."""


class NoRoomToMove(Refusal):
    """The other `day` has not room for all: `homes` and `items` are left there."""


class BookedOnBoth(Refusal):
    """Some households have a booking on the other `day` already: `addresses`."""


class SameDay(Refusal):
    """Bookings are moved to another day."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A day as staff see it."""

    area_id: int
    area: str
    """What the area is called whose places these are."""
    day: date
    capacity: Places
    booked: Places
    held: Places
    """At the moment, by people who have not confirmed yet."""
    closed: str | None
    """Why it is closed; empty without a reason; None if it is not."""
    is_served: bool
    """Whether things are collected that day, as a rule."""

    @property
    def taken(self) -> Places:
        """Booked and held."""
        return self.booked.with_(self.held)

    @property
    def left(self) -> Places:
        """What is left of it; nothing of a day that is closed."""
        if self.closed is not None:
            return NO_PLACES
        return self.capacity.beside(self.taken)


@dataclass(frozen=True, slots=True)
class _Desk:
    """An area before somebody of its staff."""

    area: Area
    """Whose places these are."""
    at: Where
    by: Standing
    civil: Civil


async def areas_of(session: Session, by: Person) -> Sequence[Area]:
    """The areas about whose days somebody decides: where people live, or around that."""
    lived_in = set(await session.scalars(select(Household.area_id).distinct()))
    all_ = {area.id: area for area in await session.scalars(select(Area).order_by(Area.path))}
    deciding = {_deciding(all_, all_[id_]).id for id_ in lived_in}
    staff = (Role.STAFF, Role.ADMIN)
    return [
        area
        for area in all_.values()
        if area.id in deciding and roles.may(by.roles, staff, area.path)
    ]


def _deciding(all_: Mapping[int, Area], area: Area) -> Area:
    """The area whose rules hold in this one, as `areas.decided` has it."""
    around = (all_[id_] for id_ in reversed(areas.ids_of(area.path)))
    return next((each for each in around if each.pickups is not None), area)


async def planned(
    session: Session,
    by: Person,
    area_id: int,
    first: date,
    last: date,
    civil: Civil,
    now: datetime,
) -> Sequence[Planned]:
    """The days for which an area's places are served, or have bookings. Raises `NotAllowed`."""
    area, at = await _at(session, by, area_id, civil)
    span = [first + timedelta(days=off) for off in range((last - first).days + 1)]
    found = await _planned(session, area, at, span, now)
    return [each for each in found if each.is_served or each.taken != NO_PLACES]


async def area_of(session: Session, by: Person, area_id: int, civil: Civil) -> Area:
    """The area whose places these are. Raises `NotAllowed`."""
    return (await _at(session, by, area_id, civil))[0]


async def day_of(
    session: Session, by: Person, area_id: int, day: date, civil: Civil, now: datetime
) -> Planned:
    """A day, whether it is served or not. Raises `NotAllowed`."""
    area, at = await _at(session, by, area_id, civil)
    return (await _planned(session, area, at, [day], now))[0]


async def set_capacity(
    session: Session,
    by: Person,
    area_id: int,
    day: date,
    places: Places,
    civil: Civil,
    now: datetime,
) -> Planned:
    """From now on the day has so many places. Writes. Raises `FewerThanBooked`, `NotAllowed`."""
    desk = await _desk(session, by, area_id, civil)
    slot = await pickup_days.lock(session, desk.at.area_id, day)
    taken = (await pickup_days.taken_of(session, slot.area_id, [day], now)).get(day, NO_PLACES)
    if not places.fit(taken.homes, taken.items):
        raise FewerThanBooked(day=day.isoformat(), homes=taken.homes, items=taken.items)
    slot.households, slot.items = places.homes, places.items
    slot.changed_by = desk.by.actor
    await session.flush()
    return (await _planned(session, desk.area, desk.at, [day], now))[0]


async def to_move(session: Session, by: Person, area_id: int, day: date, civil: Civil) -> Places:
    """How many households and items would be moved from a day. Raises `NotAllowed`."""
    _, at = await _at(session, by, area_id, civil)
    found = await session.execute(
        select(func.count(), func.coalesce(func.sum(Pickup.load), 0))
        .where(Pickup.area_id == at.area_id, Pickup.day == day)
        .where(Pickup.state == State.BOOKED)
    )
    homes, items = found.one()
    return Places(int(homes), int(items))


async def close_day(
    session: Session,
    by: Person,
    area_id: int,
    day: date,
    reason: str,
    civil: Civil,
    now: datetime,
    *,
    to: date | None = None,
) -> Sequence[Pickup]:
    """Close a day; its bookings are moved to another one, and everybody is told once. Writes.

    Raises `DayHasBookings` if no day was named, and what `move_day` does.
    """
    desk = await _desk(session, by, area_id, civil)
    slots = await _lock(session, desk, day, to)
    booked = await _booked_on(session, desk, day)
    if booked and to is None:
        raise DayHasBookings(day=day.isoformat(), number=len(booked))
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if booked and to is not None:
        await _move(session, desk, booked, slots[to], reason, now)
    slots[day].closed_at, slots[day].reason = now, reason or None
    slots[day].changed_by = desk.by.actor
    await session.flush()
    return booked


async def open_day(session: Session, by: Person, area_id: int, day: date, civil: Civil) -> None:
    """The day is open again. Writes."""
    desk = await _desk(session, by, area_id, civil)
    slot = await pickup_days.lock(session, desk.at.area_id, day)
    slot.closed_at = slot.reason = None
    slot.changed_by = desk.by.actor
    await session.flush()


async def move_day(
    session: Session,
    by: Person,
    area_id: int,
    day: date,
    to: date,
    reason: str,
    civil: Civil,
    now: datetime,
) -> Sequence[Pickup]:
    """Move all bookings of a day to another one, or none; everybody is told once. Writes.

    Raises `NoRoomToMove`, `BookedOnBoth`, `DayNotServed`, `DayClosed`, `SameDay`, `NotAllowed`.
    """
    desk = await _desk(session, by, area_id, civil)
    slots = await _lock(session, desk, day, to)
    booked = await _booked_on(session, desk, day)
    await _move(session, desk, booked, slots[to], " ".join(reason.split()), now)
    return booked


async def _at(session: Session, by: Person, area_id: int, civil: Civil) -> tuple[Area, Where]:
    """The area whose places are meant, for its staff; raises `NotAllowed`.

    Staff of an estate decide only where the estate has places of its own.
    """
    if await areas.by_id(session, area_id) is None:
        raise NotAllowed
    at = await pickup_days.where(session, area_id, civil)
    area = await areas.of(session, at.area_id)
    roles.require(by.roles, Role.STAFF, Role.ADMIN, path=area.path)
    return area, at


async def _desk(session: Session, by: Person, area_id: int, civil: Civil) -> _Desk:
    area, at = await _at(session, by, area_id, civil)
    actor = await actors.of(session, by.resident_id)
    return _Desk(area, at, Standing(by.resident_id, actor, Who.STAFF), civil)


async def _lock(session: Session, desk: _Desk, day: date, to: date | None) -> Mapping[date, Slot]:
    """Both days, the earlier first."""
    if to == day:
        raise SameDay
    days = sorted(each for each in (day, to) if each is not None)
    return {each: await pickup_days.lock(session, desk.at.area_id, each) for each in days}


async def _booked_on(session: Session, desk: _Desk, day: date) -> Sequence[Pickup]:
    """The bookings of a day that is locked, each for this transaction alone."""
    found = await session.scalars(
        select(Pickup)
        .where(Pickup.area_id == desk.at.area_id, Pickup.day == day)
        .where(Pickup.state == State.BOOKED)
        .order_by(Pickup.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


async def _move(
    session: Session,
    desk: _Desk,
    booked: Sequence[Pickup],
    slot: Slot,
    reason: str,
    now: datetime,
) -> None:
    """Move bookings to a day; both are locked."""
    today = local_time.local_day(now, desk.civil.zone)
    if slot.day < today or not desk.at.days.serves(slot.day):
        raise DayNotServed(day=slot.day.isoformat())
    if slot.closed_at is not None:
        raise DayClosed(day=slot.day.isoformat(), reason=slot.reason or "")
    left = (await pickup_days.left_of(session, desk.at, [slot.day], now))[slot.day]
    if not left.fit(len(booked), sum(each.load for each in booked)):
        raise NoRoomToMove(day=slot.day.isoformat(), homes=left.homes, items=left.items)
    await _require_none_on_both(session, booked, slot.day)
    for pickup in booked:
        home = await session.get_one(Household, pickup.household_id)
        await pickups.step(
            session, home, pickup, Act.MOVE, desk.by, desk.civil, now, day=slot.day, note=reason
        )


async def _require_none_on_both(session: Session, booked: Sequence[Pickup], day: date) -> None:
    found = await session.scalars(
        select(Household)
        .join(Pickup, Pickup.household_id == Household.id)
        .where(Household.id.in_([each.household_id for each in booked]))
        .where(Pickup.day == day, Pickup.state == State.BOOKED)
        .order_by(Household.id)
    )
    if homes := list(found):
        addresses = ", ".join(home.address for home in homes)
        raise BookedOnBoth(day=day.isoformat(), addresses=addresses)


async def _planned(
    session: Session, area: Area, at: Where, days: Sequence[date], now: datetime
) -> Sequence[Planned]:
    booked = await pickup_days.booked_of(session, at.area_id, days)
    held = await pickup_days.held_of(session, at.area_id, days, now)
    slots = {each.day: each for each in await pickup_days.slots_of(session, at.area_id, days)}
    found = []
    for day in days:
        slot = slots.get(day)
        closed = (slot.reason or "") if slot and slot.closed_at is not None else None
        places = pickup_days.capacity(at.rules, slot)
        taken = booked.get(day, NO_PLACES), held.get(day, NO_PLACES)
        found.append(Planned(area.id, area.name, day, places, *taken, closed, at.days.serves(day)))
    return found
