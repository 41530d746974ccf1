"""Shifts: when a volunteer guards a station. Only then may drop-offs be recorded."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.calendar import Calendar
from models import actors, invitations, roles
from models.actors import Actor
from models.areas import Area, lies_in
from models.base import Base, Moment, Refusal, Session
from models.roles import Grant, Role, Roles
from models.stations import Station

AFTER_WINDOW = timedelta(hours=1)
"""How long after its window a shift goes on by itself."""

LONGEST = timedelta(hours=6)
"""How long a shift goes on that was begun outside of windows."""

NEAR_METRES = 200
"""How far from the station one may be to begin there: phones are wrong by as much in a street."""


class NotOnShift(Refusal):
    """The person guards no station now."""


class TooFar(Refusal):
    """No station of the volunteer's areas is near."""


class Ended(StrEnum):
    """How a shift ended."""

    ENDED = "ended"
    HANDED_OVER = "handed_over"
    TIME = "time"
    """By itself, an hour after its window."""
    REVOKED = "revoked"
    """The role was taken away."""


class Shift(Base):
    """A volunteer at a station."""

    __tablename__ = "shifts"
    __table_args__ = (
        Index(
            "uq_shifts_actor_id",
            "actor_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_shifts_actor_id_id", "actor_id", "id"),
        Index("ix_shifts_station_id_until", "station_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int]
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id"))
    began_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    """When it ends by itself."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended: Mapped[Ended | None] = mapped_column(String(12))

    def covers(self, at: datetime) -> bool:
        """Whether it went on at this moment; Telegram tells whole seconds."""
        ended = self.ended_at or self.until
        return self.began_at < at + timedelta(seconds=1) and at < ended

    def is_open(self, now: datetime) -> bool:
        """Whether it goes on; the tick that closes it may be late."""
        return self.ended_at is None and now < self.until


async def begin(
    session: Session,
    station: Station,
    resident_id: int,
    held: Roles,
    calendar: Calendar,
    *,
    zone: tzinfo,
    now: datetime,
) -> Shift:
    """Begin a shift; one that goes on at this station goes on, one elsewhere ends. Writes."""
    area = await session.get_one(Area, station.area_id)
    roles.require(held, Role.VOLUNTEER, path=area.path)
    actor = await actors.of(session, resident_id)
    if going := await open_of(session, actor, now, lock=True):
        if going.station_id == station.id:
            return going
        _end(going, Ended.ENDED, now)
    await _close_late(session, actor)
    shift = Shift(
        actor_id=actor, station_id=station.id, began_at=now, until=_until(calendar, zone, now),
        ended_at=None, ended=None,
    )  # fmt: skip
    session.add(shift)
    await session.flush()
    return shift


async def end(session: Session, resident_id: int, now: datetime) -> Shift:
    """End the person's shift. Writes."""
    actor = await actors.of(session, resident_id)
    going = await open_of(session, actor, now, lock=True)
    if going is None:
        raise NotOnShift
    _end(going, Ended.ENDED, now)
    return going


async def take_over(session: Session, shift: Shift, from_id: int, now: datetime) -> int | None:
    """End the shift of another volunteer at the same station; that one's Telegram id. Writes."""
    other = await session.get(Shift, from_id, with_for_update=True, populate_existing=True)
    if other is None or other.station_id != shift.station_id or not other.is_open(now):
        return None
    _end(other, Ended.HANDED_OVER, now)
    return await actors.person(session, other.actor_id)


async def is_one_late(session: Session, now: datetime) -> bool:
    """Whether a shift goes on although its time is over."""
    late = select(Shift.id).where(Shift.ended_at.is_(None), Shift.until <= now).limit(1)
    return await session.scalar(late) is not None


async def close_late(session: Session, now: datetime) -> Sequence[Shift]:
    """Close the shifts whose time is over; those that were closed now. Writes."""
    late = await session.scalars(
        select(Shift)
        .where(Shift.ended_at.is_(None), Shift.until <= now)
        .order_by(Shift.id)
        .with_for_update(skip_locked=True)
    )
    closed = list(late)
    for shift in closed:
        _end(shift, Ended.TIME, shift.until)
    return closed


async def relieve(
    session: Session, held: Roles, grant_id: int, by: int, now: datetime
) -> tuple[Grant, Area]:
    """Take a role away, and what stands on it; raises as `roles.revoke`. Writes.

    That is the shift, and what the person has invited others to.
    """
    grant, area = await roles.revoke(session, held, grant_id, by, now)
    await invitations.take_back(session, grant, now)
    if grant.role == Role.VOLUNTEER:
        await end_of_role(session, grant.actor_id, area, now)
    return grant, area


async def end_of_role(session: Session, actor: int, area: Area, now: datetime) -> None:
    """End the shift of a volunteer who is none any more here. Writes."""
    going = await open_of(session, actor, now, lock=True)
    if going is None:
        return
    station = await session.get_one(Station, going.station_id)
    place = await session.get_one(Area, station.area_id)
    if lies_in(place.path, area.id):
        _end(going, Ended.REVOKED, now)


async def open_of(
    session: Session, actor: int, now: datetime, *, lock: bool = False
) -> Shift | None:
    """The shift that this actor is on."""
    wanted = select(Shift).where(Shift.actor_id == actor, Shift.ended_at.is_(None))
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    shift = await session.scalar(wanted)
    return shift if shift and shift.is_open(now) else None


async def latest(
    session: Session, resident_ids: Collection[int], now: datetime
) -> dict[int, Shift]:
    """Of each of these people, the last shift of the last day: messages may come that late."""
    if not resident_ids:
        return {}
    found = await session.execute(
        select(Actor.resident_id, Shift)
        .join(Shift, Shift.actor_id == Actor.id)
        .where(Actor.resident_id.in_(resident_ids), Shift.until > now - timedelta(days=1))
        .order_by(Shift.id)
    )
    return {id_: shift for id_, shift in found if id_ is not None}


async def others_at(session: Session, shift: Shift, now: datetime) -> Sequence[Shift]:
    """Who else guards the same station."""
    found = await session.scalars(
        select(Shift).where(
            Shift.station_id == shift.station_id,
            Shift.ended_at.is_(None),
            Shift.until > now,
            Shift.id != shift.id,
        )
    )
    return list(found)


async def hours(session: Session, actor: int, since: datetime, now: datetime) -> timedelta:
    """How long a volunteer has been on shift since then; what goes on counts until now."""
    spans = await session.execute(
        select(Shift.began_at, Shift.ended_at, Shift.until).where(
            Shift.actor_id == actor, Shift.until > since
        )
    )
    return sum(
        (
            max((ended or min(until, now)) - max(began, since), timedelta())
            for began, ended, until in spans
        ),
        timedelta(),
    )


async def _close_late(session: Session, actor: int) -> None:
    """Close the actor's shift whose time is over and that the tick has not closed yet."""
    late = await session.scalar(
        select(Shift).where(Shift.actor_id == actor, Shift.ended_at.is_(None))
    )
    if late:
        _end(late, Ended.TIME, late.until)
    await session.flush()  # before there are two


def _end(shift: Shift, how: Ended, at: datetime) -> None:
    shift.ended_at, shift.ended = at, how


def _until(calendar: Calendar, zone: tzinfo, now: datetime) -> datetime:
    """An hour after the window that is open, or that opens soon; else some hours from now."""
    window = calendar.current_or_next(now, zone)
    if window and window.starts_at - now <= AFTER_WINDOW:
        return window.ends_at + AFTER_WINDOW
    return now + LONGEST
