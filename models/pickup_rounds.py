"""The round of a day: the crew's sheet, how each pickup went, and when it is still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select

from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.rounds import Why
from models import households, pickup_days, pickup_news, pickups, roles
from models.areas import Area, inside
from models.base import Refusal, Session
from models.households import Household
from models.pickup_bookings import AlreadyBooked
from models.pickup_days import Wanted
from models.pickups import (
    CLOSED,
    LONGEST_NOTES,
    USES_FREE,
    Act,
    Person,
    Pickup,
    Standing,
    State,
    Thing,
    Who,
)
from models.roles import NotAllowed, Role

CORRECTED = timedelta(hours=24)
"""How long after it was written down how it went may be said anew."""

ACTS = {
    State.DONE: Act.COLLECT,
    State.NOTHING_OUT: Act.FIND_NOTHING,
    State.NOT_ACCEPTED: Act.DECLINE,
}
"""By which act each outcome comes about."""


ON_ROUND = (Role.CREW, Role.STAFF, Role.ADMIN)
"""Who sees the sheet and says how it went."""


class NotYetCollected(Refusal):
    """The pickup's `day` is still to come."""


class OutcomeTooOld(Refusal):
    """How it went was written down more than a day ago."""


class WhyNot(Refusal):
    """Why it could not be taken has to be said."""


class NoSuchNumber(Refusal):
    """No pickup of this round has this `number`."""


class SeveralNumbers(Refusal):
    """Two rounds have this `number`: `addresses`."""


class DisputeOver(Refusal):
    """The time is over in which one may say that it is still there."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A pickup on the crew's sheet: no names and no phones."""

    number: int
    pickup: Pickup
    area: str
    """What the area of the household is called."""
    address: str
    things: Sequence[Thing]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pickup went, as the crew says."""

    state: State
    """One of `pickups.CLOSED`."""
    why: Why | None = None
    """Needed where it was not accepted."""
    words: str = ""
    photo: str | None = None


async def sheet(
    session: Session, by: Person, day: date, civil: Civil, now: datetime
) -> Sequence[Stop]:
    """The round of a day in the person's areas, in building order. Writes.

    Numbers are given when the day has come, and stay; what comes later is at the end. Raises
    `NotAllowed` for who is neither crew nor staff.
    """
    roles.require(by.roles, *ON_ROUND)
    rows = await session.execute(_stops().where(_within(by, *ON_ROUND), Pickup.day == day))
    found = sorted(rows, key=_in_building_order)
    if day <= local_time.local_day(now, civil.zone):
        for area_id in sorted({pickup.area_id for pickup, _, _ in found if not pickup.number}):
            await _number(session, area_id, day)
    stops = await _as_stops(session, found)
    return sorted(stops, key=lambda stop: (stop.pickup.area_id, stop.number))


async def numbered(session: Session, by: Person, number: int, day: date) -> Pickup:
    """The pickup that the crew calls so; raises `NoSuchNumber`, `SeveralNumbers`."""
    rows = await session.execute(
        _stops().where(_within(by, *ON_ROUND)).where(Pickup.day == day, Pickup.number == number)
    )
    found = rows.all()
    if not found:
        raise NoSuchNumber(number=number)
    if len(found) > 1:
        addresses = ", ".join(f"{area.name} {home.address}" for _, home, area in found)
        raise SeveralNumbers(number=number, addresses=addresses)
    return found[0][0]


async def close(
    session: Session, pickup_id: int, by: Person, outcome: Outcome, civil: Civil, now: datetime
) -> Pickup:
    """Write down how it went, or how it went after all; the household is told. Writes.

    The same once more changes nothing, but may add a photo. Raises `NotYetCollected`,
    `OutcomeTooOld`, `WhyNot`, `PickupOver`, `NotYourPickup`.
    """
    assert outcome.state in CLOSED
    household, pickup, standing = await _on_round(session, pickup_id, by)
    why = outcome.why if outcome.state is State.NOT_ACCEPTED else None
    words = " ".join(outcome.words.split())[:LONGEST_NOTES] or None
    if pickup.state == outcome.state and (why, words) in ((None, None), _said_of(pickup)):
        _add_photo(pickup, outcome)
        return pickup
    if outcome.state is State.NOT_ACCEPTED and why is None:
        raise WhyNot
    pickups.leads_to(State(pickup.state), ACTS[outcome.state])
    _require_fresh(pickup, civil, now)
    await _keep_free(session, household, pickup, outcome.state, civil)
    pickup.why, pickup.why_words = why, words
    pickup.closed_at, pickup.closed_by = now, standing.actor
    _add_photo(pickup, outcome)
    await pickups.step(session, household, pickup, ACTS[outcome.state], standing, civil, now)
    return pickup


async def reopen(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime
) -> Pickup:
    """It was another address: this one is still to be done. Writes."""
    household, pickup, standing = await _on_round(session, pickup_id, by)
    pickups.leads_to(State(pickup.state), Act.REOPEN)
    _require_fresh(pickup, civil, now)
    await _keep_free(session, household, pickup, State.BOOKED, civil)
    _as_if_nobody_came(pickup)
    await pickups.step(session, household, pickup, Act.REOPEN, standing, civil, now)
    return pickup


async def dispute(
    session: Session, pickup_id: int, by: Person, note: str, civil: Civil, now: datetime
) -> Pickup:
    """A household says that it is still there; staff are told. Writes. Raises `DisputeOver`."""
    household, pickup, standing = await pickups.locked(session, pickup_id, by)
    if pickup.state == State.DISPUTED:
        return pickup  # somebody else of the household was quicker
    pickups.leads_to(State(pickup.state), Act.DISPUTE)
    days = await pickups.days_of(session, household.area_id, civil)
    assert pickup.closed_at is not None
    if now >= days.disputable_until(pickup.closed_at):
        raise DisputeOver
    await _keep_free(session, household, pickup, State.DISPUTED, civil)
    await pickups.step(session, household, pickup, Act.DISPUTE, standing, civil, now, note=note)
    things = (await pickups.things_of(session, [pickup.id]))[pickup.id]
    await pickup_news.disputed(session, household, pickup, things, note, now)
    return pickup


async def collect_again(
    session: Session, pickup_id: int, by: Person, day: date, civil: Civil, now: datetime
) -> Pickup:
    """Staff decide: it is collected on this day. Writes.

    Raises `PickupOver`, `DayNotServed`, `DayClosed`, `SlotFull`, `AlreadyBooked`.
    """
    household, _, standing = await pickups.under_household(session, pickup_id, by)
    _require_staff(standing)
    at = await pickup_days.where(session, household.area_id, civil)
    pickup_days.require_day(at, day, now, is_staff=True)
    slot = await pickup_days.lock(session, at.area_id, day)
    pickup = await pickups.lock_row(session, pickup_id)
    pickups.leads_to(State(pickup.state), Act.COLLECT_AGAIN)
    if await pickups.is_booked(session, household.id, day):
        raise AlreadyBooked(day=day.isoformat())
    if (pickup.area_id, pickup.day) != (at.area_id, day):
        wanted = Wanted(household.id, 1, pickup.load, is_staff=True)
        await pickup_days.require_room(session, at, slot, wanted, now)
    pickup.area_id = at.area_id
    _as_if_nobody_came(pickup)
    await pickups.step(
        session, household, pickup, Act.COLLECT_AGAIN, standing, civil, now, day=day
    )
    return pickup


async def days_again(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime
) -> Sequence[date]:
    """The days on which staff may have it collected again; raises as `collect_again`."""
    pickup = await pickups.by_id(session, pickup_id, by)
    household = await households.by_id(session, pickup.household_id)
    if await pickups.who_in(session, household, by) is not Who.STAFF:
        raise NotAllowed
    at = await pickup_days.where(session, household.area_id, civil)
    wanted = Wanted(household.id, 1, pickup.load, is_staff=True)
    return [each.day for each in await pickup_days.choices(session, at, wanted, now)]


async def uphold(
    session: Session, pickup_id: int, by: Person, note: str, civil: Civil, now: datetime
) -> Pickup:
    """Staff decide: it was collected. Writes."""
    household, pickup, standing = await pickups.locked(session, pickup_id, by)
    _require_staff(standing)
    await pickups.step(session, household, pickup, Act.UPHOLD, standing, civil, now, note=note)
    return pickup


async def disputed(session: Session, by: Person) -> Sequence[Stop]:
    """What staff have to decide about in their areas, the oldest first."""
    rows = await session.execute(
        _stops()
        .where(_within(by, Role.STAFF, Role.ADMIN), Pickup.state == State.DISPUTED)
        .order_by(Pickup.closed_at, Pickup.id)
    )
    return await _as_stops(session, rows.all())


_Row = Row[Pickup, Household, Area]


def _stops() -> Select[Pickup, Household, Area]:
    """Bookings with home and area, but for those that were cancelled."""
    return (
        select(Pickup, Household, Area)
        .join(Household, Household.id == Pickup.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(Pickup.state != State.CANCELLED)
        .execution_options(populate_existing=True)
    )


def _within(by: Person, *wanted: Role) -> ColumnElement[bool]:
    """Whether the area is one where the person holds one of these roles."""
    return inside(roles.places(by.roles, *wanted))


def _in_building_order(row: _Row) -> tuple[object, ...]:
    _, home, area = row
    return area.path, *(households.order(part) for part in (home.building, home.unit, home.room))


async def _number(session: Session, area_id: int, day: date) -> None:
    """Give those pickups of a day numbers that have none: in building order, after the others."""
    await pickup_days.lock(session, area_id, day)
    highest = await session.scalar(
        select(func.max(Pickup.number)).where(Pickup.area_id == area_id, Pickup.day == day)
    )
    rows = await session.execute(
        _stops().where(Pickup.area_id == area_id, Pickup.day == day, Pickup.number.is_(None))
    )
    found = sorted(rows, key=_in_building_order)
    for number, (pickup, _, _) in enumerate(found, start=(highest or 0) + 1):
        pickup.number = number
    await session.flush()


async def _as_stops(session: Session, rows: Sequence[_Row]) -> Sequence[Stop]:
    things = await pickups.things_of(session, [pickup.id for pickup, _, _ in rows])
    return [
        Stop(pickup.number or place, pickup, area.name, home.address, things[pickup.id])
        for place, (pickup, home, area) in enumerate(rows, start=1)
    ]


async def _on_round(
    session: Session, pickup_id: int, by: Person
) -> tuple[Household, Pickup, Standing]:
    """A booking for those who collect: nobody says it of the own household."""
    household, pickup, standing = await pickups.locked(session, pickup_id, by, crew=True)
    if standing.who is Who.MEMBER:
        raise NotAllowed
    return household, pickup, standing


def _require_staff(standing: Standing) -> None:
    if not standing.is_staff:
        raise NotAllowed


def _require_fresh(pickup: Pickup, civil: Civil, now: datetime) -> None:
    """Refuse before the day, and a day after it was said."""
    if pickup.day > local_time.local_day(now, civil.zone):
        raise NotYetCollected(day=pickup.day.isoformat())
    if pickup.closed_at is not None and now - pickup.closed_at > CORRECTED:
        raise OutcomeTooOld


async def _keep_free(
    session: Session, household: Household, pickup: Pickup, state: State, civil: Civil
) -> None:
    """Where free items count again that did not: no more of them than are left.

    The price stays as it was agreed: the mistake was ours.
    """
    if pickup.state in USES_FREE or state not in USES_FREE:
        return
    at = await pickup_days.where(session, household.area_id, civil)
    used = await pickups.free_used(session, household.id, pickup.year, but=pickup.id)
    pickup.free = min(pickup.free, max(0, at.rules.free - used))


def _said_of(pickup: Pickup) -> tuple[Why | None, str | None]:
    return Why(pickup.why) if pickup.why else None, pickup.why_words


def _add_photo(pickup: Pickup, outcome: Outcome) -> None:
    if outcome.photo:
        pickup.closing_photo, pickup.has_details = outcome.photo, True


def _as_if_nobody_came(pickup: Pickup) -> None:
    pickup.closed_at = pickup.closed_by = pickup.why = pickup.why_words = None
