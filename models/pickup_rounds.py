"""The round of a day: the crew's sheet, how each pickup went, and when it is still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.calendar import Civil
from models.base import Refusal, Session
from models.pickups import Person, Pickup, State, Thing, Why

CORRECTED = timedelta(hours=24)
"""How long after it was written down how it went may be said anew."""


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

    Numbers are given on the day itself and stay; what comes later is at the end. Raises
    `NotAllowed` for who is neither crew nor staff.
    """
    raise NotImplementedError


async def numbered(session: Session, by: Person, number: int, day: date) -> Pickup:
    """The pickup that the crew calls so; raises `NoSuchNumber`, `SeveralNumbers`."""
    raise NotImplementedError


async def close(
    session: Session, pickup_id: int, by: Person, outcome: Outcome, civil: Civil, now: datetime
) -> Pickup:
    """Write down how it went, or how it went after all; the household is told. Writes.

    The same once more changes nothing, but may add a photo. Raises `NotYetCollected`,
    `OutcomeTooOld`, `WhyNot`, `PickupOver`, `NotYourPickup`.
    """
    raise NotImplementedError


async def reopen(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime
) -> Pickup:
    """It was another address: this one is still to be done. Writes."""
    raise NotImplementedError


async def dispute(
    session: Session, pickup_id: int, by: Person, note: str, civil: Civil, now: datetime
) -> Pickup:
    """A household says that it is still there; staff are told. Writes. Raises `DisputeOver`."""
    raise NotImplementedError


async def collect_again(
    session: Session, pickup_id: int, by: Person, day: date, civil: Civil, now: datetime
) -> Pickup:
    """Staff decide: it is collected on this day. Writes. Raises as `choose`."""
    raise NotImplementedError


async def uphold(
    session: Session, pickup_id: int, by: Person, note: str, civil: Civil, now: datetime
) -> Pickup:
    """Staff decide: it was collected. Writes."""
    raise NotImplementedError


async def disputed(session: Session, by: Person) -> Sequence[Stop]:
    """What staff have to decide about in their areas, the oldest first."""
    raise NotImplementedError
