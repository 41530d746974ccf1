"""Drop-offs: what a volunteer recorded for a household in a window."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select

from knowledge import local_time
from knowledge.calendar import Civil, Slot
from knowledge.qualities import Quality
from models import actors, areas, drop_off_worth, households, memberships, roles
from models.actors import Actor
from models.areas import Area, Policy
from models.base import Refusal, Session
from models.drop_off_tables import (
    DropOff,
    DropOffChange,
    DropOffMistake,
    DropOffPart,
    Found,
    Mistake,
    mistakes_of,
    parts_of,
)
from models.households import Household
from models.points import UNDO
from models.roles import Role, Roles
from models.shifts import NotOnShift, Shift
from models.stations import Station

PAIR_DAY = 3
"""How often a volunteer may record the same household in a day: more windows are rare."""

VOLUNTEER_DAY = 600
"""How many drop-offs a volunteer may record in a day: two windows of two hours at a quick pace."""

GRACE = timedelta(minutes=30)
"""Who stood in the queue when the window closed, or before it opened, came in that window."""

EARLY_SECONDS = 60
"""How far Telegram's clock may be ahead of ours."""


class OwnHousehold(Refusal):
    """A volunteer may not record the own household."""


class OtherPlace(Refusal):
    """The household lives outside of the volunteer's area."""


class AlreadyRecorded(Refusal):
    """The household has a drop-off in this window."""


class NotThen(Refusal):
    """The time lies before the shift, on another day, or in the future."""


class TooMany(Refusal):
    """The volunteer has recorded as many as one may in a day."""


class TooLate(Refusal):
    """What was recorded more than five minutes ago is not changed by a tap any more."""


class NothingToChange(Refusal):
    """The volunteer has recorded nothing in the last five minutes."""


class NotYours(Refusal):
    """Somebody else recorded it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a volunteer says of a drop-off."""

    at: datetime
    quality: Quality = Quality.RIGHT
    found: tuple[Found, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    entered_later: bool = False
    """The volunteer named the time."""


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Who records, as the writing transaction knows the person."""

    resident_id: int
    roles: Roles


async def record(
    session: Session, household_id: int, by: Volunteer, report: Report, civil: Civil, now: datetime
) -> DropOff:
    """Record a drop-off, or add what is new to the one of this window. Writes.

    Everything is looked at under the household's lock: of two who scan at once, one is first.
    """
    household = await households.lock(session, household_id)
    if household.closed_at:
        raise households.HouseholdClosed
    chain = await areas.above(session, household.area_id)
    guard = await _guard(session, by, report.at)
    living = await memberships.people(session, household.id)
    _may_record(by, household, chain[0], living, guard, report, civil, now)
    policy = areas.decided(chain, civil.holidays)
    slot = _slot(policy, report.at, civil)
    today = await drop_off_worth.of_day(session, household.id, slot.day)
    if there := next((each for each in today if each.window == slot.number), None):
        return await _add(session, there, guard.actor, report, policy, civil, now)
    await _may_record_more(session, guard.actor, today, slot.day)
    weights = {one.stream: one.grams for one in report.found if one.grams}
    worth = drop_off_worth.worth_of(report.quality, weights, today, policy)
    drop_off = DropOff(
        household_id=household.id, area_id=household.area_id, day=slot.day, window=slot.number,
        station_id=guard.station_id, shift_id=guard.shift_id, volunteer_id=guard.actor,
        at=report.at, entered_later=report.entered_later, recorded_at=now,
        quality=report.quality, points=worth.to_spend, frozen=worth.kept_back, revision=0,
        photo=None, voided_at=None,
    )  # fmt: skip
    session.add(drop_off)
    await session.flush()  # its parts and transfers name it
    if report.found or report.mistakes:
        await _put(session, drop_off, report.found, report.mistakes)
    own, frozen = drop_off.points, drop_off.frozen
    balance = await drop_off_worth.pay(session, drop_off, own, frozen, guard.actor, now)
    await drop_off_worth.tell(
        session, drop_off, living, guard.station, report.mistakes, balance, civil, now
    )
    return drop_off


async def judge(
    session: Session,
    drop_off_id: int,
    by: Volunteer,
    civil: Civil,
    now: datetime,
    *,
    quality: Quality | None = None,
    found: Sequence[Found] = (),
    mistakes: Sequence[Mistake] = (),
) -> DropOff:
    """Say anew how it was, within the undo time; what is new is added. Writes.

    Who says that it was right after all takes the mistakes back.
    """
    drop_off, actor = await _changeable(session, drop_off_id, by, now)
    wanted = quality or Quality(drop_off.quality)
    known, mistaken = await parts_of(session, drop_off.id), await mistakes_of(session, drop_off.id)
    is_known = {each.said for each in known} >= set(found)
    is_known = is_known and {each.said for each in mistaken} >= set(mistakes)
    if drop_off.quality == wanted and is_known:
        return drop_off  # the same button again
    await _keep(session, drop_off, actor, now)
    drop_off.quality = wanted
    if wanted is Quality.RIGHT:
        for each in mistaken:
            await session.delete(each)
    await _put(session, drop_off, found, mistakes)
    policy = await areas.policy(session, drop_off.area_id, civil.holidays)
    await drop_off_worth.settle(session, drop_off, policy, actor, civil, now)
    return drop_off


async def attach(
    session: Session, drop_off_id: int, by: Volunteer, photo: str, now: datetime
) -> DropOff:
    """Keep a picture with it. Writes."""
    drop_off, _ = await _changeable(session, drop_off_id, by, now)
    drop_off.photo = photo
    return drop_off


async def withdraw(
    session: Session, drop_off_id: int, by: Volunteer, civil: Civil, now: datetime
) -> DropOff:
    """Take it back, as if it had not been. Writes."""
    drop_off, actor = await _changeable(session, drop_off_id, by, now)
    await _void(session, drop_off, actor, civil, now)
    return drop_off


async def move(
    session: Session, drop_off_id: int, to: int, by: Volunteer, civil: Civil, now: datetime
) -> DropOff:
    """It was another household: take it back here, and record it there. Writes."""
    old = await session.get(DropOff, drop_off_id)
    if old is None:
        raise NotYours
    for household_id in sorted({old.household_id, to}):
        await households.lock(session, household_id)  # always in the same order
    old, actor = await _changeable(session, drop_off_id, by, now)
    if old.household_id == to:
        return old
    parts = tuple(each.said for each in await parts_of(session, old.id))
    mistakes = tuple(each.said for each in await mistakes_of(session, old.id))
    report = Report(old.at, Quality(old.quality), parts, mistakes, old.entered_later)
    photo = old.photo
    await _void(session, old, actor, civil, now)
    new = await record(session, to, by, report, civil, now)
    new.photo = new.photo or photo
    return new


async def changeable(session: Session, drop_off_id: int, by: Volunteer, now: datetime) -> DropOff:
    """A drop-off that this person may still change; raises `NotYours`, `TooLate`. Writes."""
    drop_off, _ = await _changeable(session, drop_off_id, by, now)
    return drop_off


async def number_in(session: Session, shift_id: int) -> int:
    """How many drop-offs were recorded in a shift."""
    counted = select(func.count()).where(DropOff.shift_id == shift_id, DropOff.voided_at.is_(None))
    return await session.scalar(counted) or 0


async def last_of(session: Session, by: Volunteer, now: datetime) -> DropOff | None:
    """What this volunteer recorded last, while it can be changed."""
    actor = await actors.of(session, by.resident_id)
    return await session.scalar(
        select(DropOff)
        .where(
            DropOff.volunteer_id == actor,
            DropOff.voided_at.is_(None),
            DropOff.recorded_at >= now - UNDO,
        )
        .order_by(DropOff.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class _Guard:
    """The volunteer at the station, at the moment of a drop-off."""

    actor: int
    shift_id: int
    station_id: int
    station: str
    path: str
    """Of the area that the station is in."""


async def _guard(session: Session, by: Volunteer, at: datetime) -> _Guard:
    # Telegram tells whole seconds.
    asked = {"resident_id": by.resident_id, "at": at, "soon": at + timedelta(seconds=1)}
    row = (await session.execute(_GUARD, asked)).one_or_none()
    if row is None:
        raise NotOnShift
    return _Guard(*row)


# What every drop-off asks is made once: to make a statement takes longer than to run it.
_GUARD = (
    select(Actor.id, Shift.id, Station.id, Station.name, Area.path)
    .join(Shift, Shift.actor_id == Actor.id)
    .join(Station, Station.id == Shift.station_id)
    .join(Area, Area.id == Station.area_id)
    .where(
        Actor.resident_id == bindparam("resident_id"),
        Shift.began_at < bindparam("soon"),
        func.coalesce(Shift.ended_at, Shift.until) > bindparam("at"),
    )
    .order_by(Shift.id.desc())
    .limit(1)
)
_NUMBER_OF_DAY = (
    select(func.count())
    .select_from(DropOff)
    .where(
        DropOff.volunteer_id == bindparam("actor"),
        DropOff.day == bindparam("day"),
        DropOff.voided_at.is_(None),
    )
)


def _may_record(
    by: Volunteer,
    household: Household,
    area: Area,
    living: Collection[int],
    guard: _Guard,
    report: Report,
    civil: Civil,
    now: datetime,
) -> None:
    roles.require(by.roles, Role.VOLUNTEER, path=guard.path)
    if not roles.may(by.roles, (Role.VOLUNTEER,), area.path):
        raise OtherPlace(address=household.address)
    if by.resident_id in living:
        raise OwnHousehold
    is_future = report.at > now + timedelta(seconds=EARLY_SECONDS)
    today = local_time.local_day(now, civil.zone)
    another_day = report.entered_later and local_time.local_day(report.at, civil.zone) != today
    if is_future or another_day:
        raise NotThen(at=report.at)


def _slot(policy: Policy, at: datetime, civil: Civil) -> Slot:
    """The window that a drop-off counts for, a queue before and after it included."""
    moments = (at, at - GRACE, at + GRACE)
    slots = [policy.calendar.slot(moment, civil.zone) for moment in moments]
    return next((slot for slot in slots if slot.number), slots[0])


async def _may_record_more(
    session: Session, actor: int, today: Sequence[DropOff], day: date
) -> None:
    pair = sum(each.volunteer_id == actor for each in today)
    number = await session.scalar(_NUMBER_OF_DAY, {"actor": actor, "day": day}) or 0
    if pair >= PAIR_DAY or number >= VOLUNTEER_DAY:
        raise TooMany


async def _add(
    session: Session,
    drop_off: DropOff,
    actor: int,
    report: Report,
    policy: Policy,
    civil: Civil,
    now: datetime,
) -> DropOff:
    """What a second scan in the same window says that the first did not."""
    known = {part.stream for part in await parts_of(session, drop_off.id)}
    new = [one for one in report.found if one.stream not in known]
    if not new:
        station = await session.get_one(Station, drop_off.station_id)
        raise AlreadyRecorded(at=drop_off.at, station=station.name, drop_off=drop_off.id)
    await _keep(session, drop_off, actor, now)
    drop_off.quality = max(Quality(drop_off.quality), report.quality, key=list(Quality).index)
    await _put(session, drop_off, new, report.mistakes)
    await drop_off_worth.settle(session, drop_off, policy, actor, civil, now)
    return drop_off


async def _changeable(
    session: Session, drop_off_id: int, by: Volunteer, now: datetime
) -> tuple[DropOff, int]:
    """The drop-off under its household's lock, if this person may still change it."""
    drop_off = await session.get(DropOff, drop_off_id)
    if drop_off is None:
        raise NotYours
    await households.lock(session, drop_off.household_id)
    await session.refresh(drop_off)
    actor = await actors.of(session, by.resident_id)
    if drop_off.volunteer_id != actor:
        raise NotYours
    area = await session.get_one(Area, drop_off.area_id)
    roles.require(by.roles, Role.VOLUNTEER, path=area.path)
    if drop_off.voided_at or now - drop_off.recorded_at > UNDO:
        raise TooLate
    return drop_off, actor


async def _put(
    session: Session, drop_off: DropOff, found: Sequence[Found], mistakes: Sequence[Mistake]
) -> None:
    """Add streams, weights and mistakes."""
    there = {part.stream: part for part in await parts_of(session, drop_off.id)}
    for one in found:
        part = there.get(one.stream)
        if part is None:
            part = there[one.stream] = DropOffPart(drop_off_id=drop_off.id, stream=one.stream)
            session.add(part)
        part.grams = one.grams if one.grams is not None else part.grams
    mistaken = {each.said for each in await mistakes_of(session, drop_off.id)}
    for mistake in mistakes:
        if mistake not in mistaken:
            session.add(
                DropOffMistake(
                    drop_off_id=drop_off.id,
                    stream=mistake.stream,
                    item=mistake.item[:64],
                    belongs=mistake.belongs,
                )
            )
    await session.flush()


async def _void(
    session: Session, drop_off: DropOff, actor: int, civil: Civil, now: datetime
) -> None:
    await _keep(session, drop_off, actor, now)
    drop_off.voided_at = now
    await drop_off_worth.settle(session, drop_off, None, actor, civil, now)


async def _keep(session: Session, drop_off: DropOff, actor: int, now: datetime) -> None:
    """Write down how it stood, and count the change."""
    session.add(
        DropOffChange(
            drop_off_id=drop_off.id, revision=drop_off.revision, at=now, actor_id=actor,
            quality=drop_off.quality, points=drop_off.points,
        )
    )  # fmt: skip
    drop_off.revision += 1
    await session.flush()
