"""Booking a pickup step by step: things, place, day, confirmation; changing it, and cancelling.

What is not confirmed yet is a draft. To choose a day holds a place of it for half an hour; who
confirms later takes the same day again, if it has room. A change keeps the old day until the new
one is confirmed, and the own day even when it is full or locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.pickups import HOLD, Cost
from models import actors, households, pickup_days, pickups
from models.actors import Actor
from models.base import Refusal, Session
from models.households import Household, HouseholdClosed
from models.pickup_days import Choice, PickupsNotOffered, Wanted, Where
from models.pickups import (
    LONGEST_NOTES,
    LONGEST_PLACE,
    LONGEST_WORDS,
    Act,
    Draft,
    Person,
    Pickup,
    Standing,
    State,
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


@dataclass(frozen=True, slots=True)
class _Open:
    """A draft with all that it needs, in one transaction."""

    draft: Draft
    household: Household
    by: Standing
    at: Where
    own: Pickup | None
    """The booking that it changes, as it stood when it was looked at."""

    def is_own(self, day: date | None) -> bool:
        """Whether the booking that it changes is on this day."""
        return self.own is not None and self.own.day == day

    def wants(self, homes: int, items: int) -> Wanted:
        """So much room, as what it is."""
        own_day = self.own.day if self.own else None
        is_staff, draft = self.by.is_staff, self.draft
        return Wanted(draft.household_id, homes, items, is_staff, own_day, draft.id)

    def adds(self, day: date, load: int) -> tuple[int, int]:
        """For how many households and items more it needs room on a day."""
        if self.own is not None and self.is_own(day):
            return 0, max(0, load - self.own.load)
        return 1, load


async def begin(
    session: Session, household_id: int, by: Person, civil: Civil, now: datetime
) -> Draft:
    """A new booking for a household; what the person had begun before is dropped. Writes.

    Floor, lift and place are as the last time. Raises `NotYourPickup`, `PickupsNotOffered`.
    """
    household = await households.lock(session, household_id)
    if household.closed_at:
        raise HouseholdClosed
    standing = await pickups.standing_in(session, household, by)
    at = await pickup_days.where(session, household.area_id, civil)
    if not at.rules.are_offered:
        raise PickupsNotOffered(phone=at.phone or "none")
    last = await pickups.last_of(session, household_id)
    draft = _new(household_id, standing, now)
    if last:
        draft.floor, draft.lift, draft.place = last.floor, last.lift, last.place
    return await _put(session, draft)


async def begin_change(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime
) -> Draft:
    """A change of a booking, which stays as it is until the change is confirmed. Writes.

    Raises `NotYourPickup`, `PickupOver`, `PickupTooLate`.
    """
    household, pickup, standing = await pickups.under_household(session, pickup_id, by)
    await session.refresh(pickup)
    pickups.leads_to(State(pickup.state), Act.CHANGE)
    await pickups.require_in_time(session, household, pickup, standing, civil, now)
    things = (await pickups.things_of(session, [pickup_id]))[pickup_id]
    draft = _new(household.id, standing, now)
    draft.pickup_id, draft.pickup_revision = pickup_id, pickup.revision
    draft.things = [(each.key, each.words, each.count) for each in things]
    draft.floor, draft.lift, draft.place = pickup.floor, pickup.lift, pickup.place
    draft.notes, draft.photos = pickup.notes, list(pickup.photos)
    draft.area_id, draft.day = pickup.area_id, pickup.day
    return await _put(session, draft)


async def draft_of(session: Session, resident_id: int) -> Draft | None:
    """What the person is putting together."""
    return await session.scalar(
        select(Draft)
        .join(Actor, Actor.id == Draft.actor_id)
        .where(Actor.resident_id == resident_id)
    )


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
    open_ = await _open(session, draft_id, by, civil)
    draft, load = open_.draft, pickups.load_of(things)
    assert all(each.count > 0 and (each.key or each.words) for each in things)
    if load > open_.at.rules.per_booking:
        raise TooManyItems(most=open_.at.rules.per_booking)
    if draft.day is not None and (_is_held(draft, now) or open_.is_own(draft.day)):
        until = draft.held_until if _is_held(draft, now) else now + HOLD
        await _hold(session, open_, draft.day, load, now, until=until)
    draft.things = [(each.key, _cut(each.words, LONGEST_WORDS), each.count) for each in things]
    return await _touched(session, draft, now)


async def describe(
    session: Session,
    draft_id: int,
    by: Person,
    civil: Civil,
    now: datetime,
    *,
    floor: int | None = None,
    lift: bool | None = None,
    place: str | None = None,
    notes: str | None = None,
    photo: str | None = None,
) -> Draft:
    """What is said of it; what is not said stays, and an empty text takes away. Writes.

    A photo is added to those before. Raises `TooManyPhotos`, `DraftOver`.
    """
    draft = (await _open(session, draft_id, by, civil)).draft
    draft.floor = draft.floor if floor is None else floor
    draft.lift = draft.lift if lift is None else lift
    draft.place = draft.place if place is None else _cut(place, LONGEST_PLACE)
    draft.notes = draft.notes if notes is None else _cut(notes, LONGEST_NOTES)
    if photo == "":
        draft.photos = []
    elif photo is not None and photo not in draft.photos:
        if len(draft.photos) >= MOST_PHOTOS:
            raise TooManyPhotos(most=MOST_PHOTOS)
        draft.photos = [*draft.photos, photo]
    return await _touched(session, draft, now)


async def choices(
    session: Session, draft_id: int, by: Person, civil: Civil, now: datetime
) -> Sequence[Choice]:
    """The days that the draft may have, the first first; the own one of a change among them."""
    open_ = await _seen(session, draft_id, by, civil)
    load = max(1, pickups.load_of(things_in(open_.draft)))
    return await pickup_days.choices(session, open_.at, open_.wants(1, load), now)


async def choose(
    session: Session, draft_id: int, by: Person, day: date, civil: Civil, now: datetime
) -> Draft:
    """Hold a place of this day for half an hour. Writes.

    Raises `SlotFull`, `DayNotServed`, `DayClosed`, `DayTooLate`, `AlreadyBooked`, `DraftOver`.
    """
    open_ = await _open(session, draft_id, by, civil)
    load = max(1, pickups.load_of(things_in(open_.draft)))
    if not open_.is_own(day):
        pickup_days.require_day(open_.at, day, now, is_staff=open_.by.is_staff)
    await _hold(session, open_, day, load, now, until=now + HOLD)
    return await _touched(session, open_.draft, now)


async def summary(
    session: Session, draft_id: int, by: Person, civil: Civil, now: datetime
) -> Summary:
    """What would be confirmed, and what it costs."""
    open_ = await _seen(session, draft_id, by, civil)
    draft, things = open_.draft, things_in(open_.draft)
    cut_off = open_.at.days.told_cut_off(draft.day) if draft.day else None
    cost = await _cost(session, open_, pickups.load_of(things), now)
    return Summary(draft, things, cost, cut_off, _is_held(draft, now) or open_.is_own(draft.day))


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
    open_ = await _open(session, draft_id, by, civil)
    draft, things = open_.draft, things_in(open_.draft)
    if draft.revision != revision:
        raise DraftChanged
    if not things or draft.day is None:
        raise DraftNotReady(missing="day" if things else "things")
    cost = await _cost(session, open_, pickups.load_of(things), now)
    if cost.fen != price:
        raise PriceChanged(price=cost.fen)
    await _take_place(session, open_, draft.day, pickups.load_of(things), now)
    if draft.pickup_id is None:
        pickup = await _book(session, open_, draft.day, things, cost, now)
    else:
        pickup = await _change(session, open_, draft.day, things, cost, now)
    await session.delete(draft)
    await session.flush()
    return pickup


async def cancel(
    session: Session, pickup_id: int, by: Person, civil: Civil, now: datetime, note: str = ""
) -> Pickup:
    """Cancel a booking; who else lives there is told. Writes.

    Raises `PickupTooLate` for residents after the cut-off, `PickupOver`, `NotYourPickup`.
    """
    household, pickup, standing = await pickups.locked(session, pickup_id, by)
    pickups.leads_to(State(pickup.state), Act.CANCEL)
    await pickups.require_in_time(session, household, pickup, standing, civil, now)
    await pickups.step(session, household, pickup, Act.CANCEL, standing, civil, now, note=note)
    return pickup


async def drop(session: Session, by: Person) -> None:
    """Put nothing together any more; a place that was held is free. Writes."""
    await _forget(session, await actors.of(session, by.resident_id))


async def forget_old(session: Session, now: datetime) -> None:
    """Forget what nobody has gone on with for a week. Writes."""
    await session.execute(
        delete(Draft)
        .where(Draft.touched_at < now - FORGOTTEN)
        .execution_options(synchronize_session=False)
    )


def things_in(draft: Draft) -> Sequence[Thing]:
    """What a draft is about."""
    return [Thing(key, words, count) for key, words, count in draft.things]


def _new(household_id: int, standing: Standing, now: datetime) -> Draft:
    return Draft(
        actor_id=standing.actor, household_id=household_id, pickup_id=None, pickup_revision=None,
        revision=0, things=[], floor=None, lift=None, place=None, notes=None, photos=[],
        area_id=None, day=None, held_until=None, homes=0, load=0, touched_at=now,
    )  # fmt: skip


async def _put(session: Session, draft: Draft) -> Draft:
    """The draft in the place of the one before, whose buttons are old then."""
    await _forget(session, draft.actor_id)
    session.add(draft)
    await session.flush()  # buttons name it
    return draft


async def _forget(session: Session, actor: int) -> None:
    await session.execute(
        delete(Draft).where(Draft.actor_id == actor).execution_options(synchronize_session=False)
    )


async def _touched(session: Session, draft: Draft, now: datetime) -> Draft:
    draft.revision += 1
    draft.touched_at = now
    await session.flush()
    return draft


async def _seen(
    session: Session, draft_id: int, by: Person, civil: Civil, *, lock: bool = False
) -> _Open:
    """The person's draft as it stands; raises `DraftOver`, `PickupChanged`, `NotYourPickup`."""
    named = select(Draft).join(Actor, Actor.id == Draft.actor_id)
    mine = named.where(Draft.id == draft_id, Actor.resident_id == by.resident_id)
    draft = await session.scalar(mine.execution_options(populate_existing=True))
    if draft is None:
        raise DraftOver
    if lock:
        household = await households.lock(session, draft.household_id)
        draft = await session.get(Draft, draft_id, with_for_update=True, populate_existing=True)
        if draft is None:
            raise DraftOver
    else:
        household = await households.by_id(session, draft.household_id)
    who = await pickups.who_in(session, household, by)
    at = await pickup_days.where(session, household.area_id, civil)
    own = None
    if draft.pickup_id is not None:
        own = await session.get_one(Pickup, draft.pickup_id, populate_existing=True)
        if own.revision != draft.pickup_revision:
            raise PickupChanged
    return _Open(draft, household, Standing(by.resident_id, draft.actor_id, who), at, own)


async def _open(session: Session, draft_id: int, by: Person, civil: Civil) -> _Open:
    """The person's draft, under the lock of its household; raises as `_seen`."""
    return await _seen(session, draft_id, by, civil, lock=True)


def _is_held(draft: Draft, now: datetime) -> bool:
    return draft.held_until is not None and draft.held_until > now


async def _hold(
    session: Session, open_: _Open, day: date, load: int, now: datetime, *, until: datetime | None
) -> None:
    """Hold a place of this day for so many items, in the place of what was held before.

    Who refuses has changed nothing.
    """
    draft, own = open_.draft, open_.own
    area_id = own.area_id if own and open_.is_own(day) else open_.at.area_id
    homes, items = open_.adds(day, load)
    if homes or items:
        slot = await pickup_days.lock(session, area_id, day)
        if await pickups.is_booked(session, draft.household_id, day, but=draft.pickup_id):
            raise AlreadyBooked(day=day.isoformat())
        await pickup_days.require_room(session, open_.at, slot, open_.wants(homes, items), now)
    else:
        until = None  # the booking has its place already, on a day that is full or locked, too
    draft.area_id, draft.day = area_id, day
    draft.held_until, draft.homes, draft.load = until, homes, items


async def _take_place(session: Session, open_: _Open, day: date, load: int, now: datetime) -> None:
    """Make sure of the place; if the hold has lapsed, of the same day if it has room."""
    if not (open_.is_own(day) or _is_held(open_.draft, now)):
        pickup_days.require_day(open_.at, day, now, is_staff=open_.by.is_staff)
    # Also while it is held: staff may have closed the day, or the rules may say less than then.
    await _hold(session, open_, day, load, now, until=open_.draft.held_until)


async def _cost(session: Session, open_: _Open, load: int, now: datetime) -> Cost:
    """What the draft costs, beside all other bookings of its year."""
    day = open_.draft.day or local_time.local_day(now, open_.at.days.civil.zone)
    but = open_.draft.pickup_id
    used = await pickups.free_used(session, open_.household.id, day.year, but=but)
    return open_.at.rules.cost(load, used)


async def _book(
    session: Session, open_: _Open, day: date, things: Sequence[Thing], cost: Cost, now: datetime
) -> Pickup:
    draft = open_.draft
    assert draft.area_id is not None
    pickup = Pickup(
        household_id=open_.household.id, area_id=draft.area_id, day=day, load=0,
        free=cost.free, year=day.year, price=cost.fen, booked_by=open_.by.actor, booked_at=now,
        number=None, closed_at=None, closed_by=None, why=None, why_words=None,
        closing_photo=None,
    )  # fmt: skip
    _describe(pickup, draft)
    await pickups.step(
        session, open_.household, pickup, Act.BOOK, open_.by, open_.at.days.civil, now,
        things=things,
    )  # fmt: skip
    return pickup


async def _change(
    session: Session, open_: _Open, day: date, things: Sequence[Thing], cost: Cost, now: datetime
) -> Pickup:
    draft, civil = open_.draft, open_.at.days.civil
    assert draft.pickup_id is not None
    pickup = await pickups.lock_row(session, draft.pickup_id)
    pickups.leads_to(State(pickup.state), Act.CHANGE)
    if pickup.revision != draft.pickup_revision:
        raise PickupChanged
    await pickups.require_in_time(session, open_.household, pickup, open_.by, civil, now)
    before = (await pickups.things_of(session, [pickup.id]))[pickup.id]
    same = (pickup.day, pickup.floor, pickup.lift, pickup.place, pickup.notes, pickup.photos)
    now_said = (day, draft.floor, draft.lift, draft.place, draft.notes, draft.photos)
    if same == now_said and list(before) == list(things):
        raise NothingChanged
    assert draft.area_id is not None
    pickup.area_id = draft.area_id
    pickup.free, pickup.year, pickup.price = cost.free, day.year, cost.fen
    _describe(pickup, draft)
    await pickups.step(
        session, open_.household, pickup, Act.CHANGE, open_.by, civil, now, day=day, things=things
    )
    return pickup


def _describe(pickup: Pickup, draft: Draft) -> None:
    pickup.floor, pickup.lift, pickup.place = draft.floor, draft.lift, draft.place
    pickup.notes, pickup.photos = draft.notes, list(draft.photos)
    pickup.has_details = bool(draft.notes or draft.photos)


def _cut(words: str | None, longest: int) -> str | None:
    """Words as long as they may be, on one line; None for none."""
    return " ".join((words or "").split())[:longest] or None
