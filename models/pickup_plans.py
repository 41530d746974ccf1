"""What staff decide about days: how many places, closed or not, and moving all bookings of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.calendar import Civil
from models.base import Refusal, Session
from models.pickup_days import Places
from models.pickups import Person, Pickup


class FewerThanBooked(Refusal):
    """So many are booked or held already: `homes` households, `items` items."""


class DayHasBookings(Refusal):
    """There are bookings on the `day`, `number` of them; say which day they are moved to."""


class NoRoomToMove(Refusal):
    """The other `day` has not room for all: `homes` and `items` are left there."""


class BookedOnBoth(Refusal):
    """Some households have a booking on the other `day` already: `addresses`."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A day as staff see it."""

    area_id: int
    area: str
    """What the area is called whose places these are."""
    day: date
    capacity: Places
    taken: Places
    """Booked, and held at the moment."""
    closed: str | None
    """Why it is closed; empty without a reason; None if it is not."""


async def planned(
    session: Session,
    by: Person,
    area_id: int,
    first: date,
    last: date,
    civil: Civil,
    now: datetime,
) -> Sequence[Planned]:
    """The days of an area's pickups that are served or have bookings. Raises `NotAllowed`."""
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


async def open_day(session: Session, by: Person, area_id: int, day: date) -> None:
    """The day is open again. Writes."""
    raise NotImplementedError


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

    Raises `NoRoomToMove`, `BookedOnBoth`, `DayNotServed`, `DayClosed`, `NotAllowed`.
    """
    raise NotImplementedError
