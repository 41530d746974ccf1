"""Changed hours: a window of some day does not take place, or another station serves.

Staff say so for an area, and it holds in all areas within it. Who was reminded of the old hours
hears of it once (`models/reminder_plans.py`), and everybody who asks hears the new ones at once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import schedule_texts
from knowledge.calendar import Civil, DayPlan
from knowledge.local_time import local_day
from knowledge.reminders import Topic
from knowledge.schedules import Change, Clash, Closed, Elsewhere, Schedule
from knowledge.spans import WHOLE_DAY, Dates, Hours
from models import actors, areas, reminder_plans, reminders, roles, stations
from models.areas import Area
from models.base import Base, Moment, Refusal, Session
from models.households import Household
from models.memberships import Membership
from models.notices import Notice
from models.reminders import Reminder
from models.roles import Role, Roles


class WindowOver(Refusal):
    """The window is over, or there is no such window on that day."""


class HoursTaken(Refusal):
    """Something else is decided about these hours already."""


class HourChange(Base):
    """Who has changed hours, and how: kept for whoever asks later."""

    __tablename__ = "hour_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    change: Mapped[str | None] = mapped_column(Text)
    """As schedules are written; None where all changes of the day were taken back."""
    made_by: Mapped[int]
    """An actor."""
    made_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What staff want to change: these hours of a day."""

    area_id: int
    day: date
    hours: Hours
    station_id: int | None
    """Which station serves; None where it is closed."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a change reaches."""

    households: int
    on_telegram: int
    """Of these, those of which somebody is there to hear it."""
    reminded: int
    """People who are reminded of the windows there."""
    told: int
    """People who were told of that day already."""


async def in_charge(session: Session, area_id: int, held: Roles) -> Area:
    """The area, for its staff; raises `NotAllowed`."""
    area = await areas.known(session, area_id)
    roles.require(held, Role.STAFF, Role.ADMIN, path=area.path)
    return area


async def plan(session: Session, area_id: int, day: date, civil: Civil) -> DayPlan:
    """What the windows of a day are now."""
    policy = await areas.policy(session, area_id, civil.holidays)
    return policy.calendar.plan(day, civil.zone)


async def change(
    session: Session, wanted: Wanted, by: int, held: Roles, civil: Civil, now: datetime
) -> None:
    """Close these hours, or let another station serve. Writes."""
    area = await in_charge(session, wanted.area_id, held)
    await session.refresh(area, with_for_update=True)  # two may be changing hours at once
    said = await as_change(session, wanted, civil, now)
    policy = await areas.policy(session, area.id, civil.holidays)
    kept = _changes(area, civil, now)
    if said not in kept:
        try:
            policy.calendar.schedule.with_change(said)
        except Clash as clash:
            raise HoursTaken from clash
        await _keep(session, area, (*kept, said), wanted.day, by, now, said)


async def take_back(
    session: Session, area_id: int, day: date, by: int, held: Roles, civil: Civil, now: datetime
) -> None:
    """Let a day be as it was before this area's staff changed it. Writes."""
    area = await in_charge(session, area_id, held)
    await session.refresh(area, with_for_update=True)
    kept = _changes(area, civil, now)
    left = tuple(each for each in kept if day not in each.dates)
    if len(left) < len(kept):
        await _keep(session, area, left, day, by, now, None)


async def as_change(session: Session, wanted: Wanted, civil: Civil, now: datetime) -> Change:
    """What is wanted, if there is such a window that is not over."""
    found = await plan(session, wanted.area_id, wanted.day, civil)
    left = [window.planned.hours for window in found.windows if window.ends_at > now]
    if not any(wanted.hours in (hours, WHOLE_DAY) for hours in left):
        raise WindowOver
    dates = Dates(wanted.day, wanted.day)
    hours = () if wanted.hours == WHOLE_DAY else (wanted.hours,)
    if wanted.station_id is None:
        return Closed(dates, hours)
    station = await stations.known(session, wanted.station_id)
    return Elsewhere(dates, station.code, hours)


async def is_changed(area: Area, day: date) -> bool:
    """Whether this area's own staff have changed something of a day."""
    changes = schedule_texts.parse(area.changes or "").changes
    return any(day in each.dates for each in changes)


async def reach(session: Session, area: Area, day: date) -> Reach:
    """Whom a change of a day's hours in an area reaches."""
    inside = select(Area.id).where(areas.inside([area.id]))
    homes = select(Household.id).where(
        Household.area_id.in_(inside), Household.closed_at.is_(None)
    )
    living = select(Membership.resident_id).where(
        Membership.household_id.in_(homes), Membership.ended_at.is_(None)
    )
    connected = select(func.count(Membership.household_id.distinct())).where(
        Membership.household_id.in_(homes),
        Membership.ended_at.is_(None),
        Membership.resident_id.is_not(None),
    )
    here = Reminder.area_id.in_(inside) | Reminder.resident_id.in_(living)
    wanting = select(Reminder.resident_id).where(here, Reminder.wishes.contains(Topic.WINDOW))
    told = select(func.count(Notice.to.distinct())).where(
        Notice.to.in_(wanting),
        Notice.about.startswith(reminders.about_day(day)),
        Notice.state.in_(reminder_plans.TOLD),
    )
    return Reach(
        await session.scalar(select(func.count()).select_from(homes.subquery())) or 0,
        await session.scalar(connected) or 0,
        await session.scalar(select(func.count()).select_from(wanting.subquery())) or 0,
        await session.scalar(told) or 0,
    )


def _changes(area: Area, civil: Civil, now: datetime) -> tuple[Change, ...]:
    """What this area's staff have changed, without what is over."""
    today = local_day(now, civil.zone)
    changes = schedule_texts.parse(area.changes or "").changes
    return tuple(each for each in changes if each.dates.last >= today)


async def _keep(
    session: Session, area: Area, changes: tuple[Change, ...], day: date, by: int, now: datetime,
    said: Change | None,
) -> None:  # fmt: skip
    area.changes = schedule_texts.write(Schedule(changes=changes)) or None
    session.add(
        HourChange(
            area_id=area.id,
            day=day,
            change=schedule_texts.write(Schedule(changes=(said,))) if said else None,
            made_by=await actors.of(session, by),
            made_at=now,
        )
    )
    await session.flush()
    await reminder_plans.mark_stale(session, now)
