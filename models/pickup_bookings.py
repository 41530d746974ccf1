"""Booking a pickup step by step: things, place, day, confirmation; changing it, and cancelling.

What is not confirmed yet is a draft. To choose a day holds a place of it for half an hour; who
confirms later takes the same day again, if it has room. A change keeps the old day until the new
one is confirmed, and the own day even when it is full or locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.calendar import Civil
from knowledge.pickups import Cost
from models.base import Refusal, Session
from models.pickup_days import Choice
from models.pickups import (
    Draft,
    Person,
    Pickup,
    Thing,
)

FORGOTTEN = timedelta(days=7)
"""How long a draft waits for somebody to go on with it."""

MOST_PHOTOS = 3


class DraftOver(Refusal):
    """It was confirmed or dropped, or nobody went on with it for a week."""


class DraftChanged(Refusal):
    """It was changed since this button was shown."""


class DraftNotReady(Refusal):
    """There are no things in it yet, or no day; `missing` says which."""


class TooManyItems(Refusal):
    """A booking takes no more than `most` items."""


class TooManyPhotos(Refusal):
    """A booking takes no more than `most` photos."""


class AlreadyBooked(Refusal):
    """The household has a booking on this `day`."""


class PickupChanged(Refusal):
    """Somebody else has changed the booking meanwhile."""


class NothingChanged(Refusal):
    """The change leaves everything as it was."""


class PriceChanged(Refusal):
    """It costs something else than what was shown: `price` fen."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A draft as it stands, to be confirmed."""

    draft: Draft
    things: Sequence[Thing]
    cost: Cost
    told_cut_off: datetime | None
    """Until when it may be changed and cancelled; None while no day is chosen."""
    is_held: bool
    """Whether its place is kept at this moment, or need not be."""


async def begin(
    session: Session, household_id: int, by: Person, civil: Civil, now: datetime
) -> Draft:
    """A new booking for a household; what the person had begun before is dropped. Writes.

    Floor, lift and place are as the last time. Raises `NotYourPickup`, `PickupsNotOffered`.
    """
    raise NotImplementedError


async def begin_change(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime
) -> Draft:
    """A change of a booking, which stays as it is until the change is confirmed. Writes.

    Raises `NotYourPickup`, `PickupOver`, `PickupTooLate`.
    """
    raise NotImplementedError


async def draft_of(session: Session, resident_id: int) -> Draft | None:
    """What the person is putting together."""
    raise NotImplementedError


async def put_things(
    session: Session,
    draft_id: int,
    by: Person,
    things: Sequence[Thing],
    civil: Civil,
    now: datetime,
) -> Draft:
    """These things, in the place of those before; a held day is held for them. Writes.

    Raises `TooManyItems`, `SlotFull` if the held day has no room for more, `DraftOver`.
    """
    raise NotImplementedError


async def describe(
    session: Session,
    draft_id: int,
    by: Person,
    now: datetime,
    *,
    floor: int | None = None,
    lift: bool | None = None,
    place: str | None = None,
    notes: str | None = None,
    photo: str | None = None,
) -> Draft:
    """What is said of it; what is not said stays, and an empty text takes away. Writes."""
    raise NotImplementedError


async def choices(
    session: Session, draft_id: int, by: Person, civil: Civil, now: datetime
) -> Sequence[Choice]:
    """The days that the draft may have, the first first; the own one of a change among them."""
    raise NotImplementedError


async def choose(
    session: Session, draft_id: int, by: Person, day: date, civil: Civil, now: datetime
) -> Draft:
    """Hold a place of this day for half an hour. Writes.

    Raises `SlotFull`, `DayNotServed`, `DayClosed`, `DayTooLate`, `AlreadyBooked`, `DraftOver`.
    """
    raise NotImplementedError


async def summary(
    session: Session, draft_id: int, by: Person, civil: Civil, now: datetime
) -> Summary:
    """What would be confirmed, and what it costs."""
    raise NotImplementedError


async def confirm(
    session: Session,
    draft_id: int,
    revision: int,
    price: int,
    by: Person,
    civil: Civil,
    now: datetime,
) -> Pickup:
    """Book it, or carry the change out; as it was shown: at this revision, for this price. Writes.

    Raises what `choose` does, and `DraftChanged`, `DraftNotReady`, `PriceChanged`,
    `PickupChanged`, `NothingChanged`.
    """
    raise NotImplementedError


async def cancel(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime, note: str = ""
) -> Pickup:
    """Cancel a booking; who else lives there is told. Writes.

    Raises `PickupTooLate` for residents after the cut-off, `PickupOver`, `NotYourPickup`.
    """
    raise NotImplementedError


async def drop(session: Session, by: Person) -> None:
    """Put nothing together any more; a place that was held is free. Writes."""
    raise NotImplementedError
