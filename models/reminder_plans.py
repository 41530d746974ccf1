"""Planning reminders: what a day brings goes into the outbox once, a slice of people at a time.

A day is planned when it is not marked as planned. Everything in it may be done twice: what is
there already is left alone, so a crash or a second process does no harm. When hours change, the
day is marked as stale and planned again: what waits is changed, and who was told hears of it once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    and_,
    delete,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import reminders as rules
from knowledge.calendar import ONE_DAY, Civil
from knowledge.local_time import local_day
from knowledge.reminders import Event, Reminding, Wishes
from models import base, notices, reminders
from models.base import Base, Moment, Session
from models.households import Household
from models.memberships import Membership
from models.notices import Notice, State
from models.reminders import KIND, Occasion, Place, Reminder
from models.residents import Resident

NOON = 12
"""From this hour on the next day is planned; its first reminder leaves at four at the earliest."""

MISSED_DAYS = 2
"""How many days that nobody planned are still written down, as expired."""

SLICE = 1_000
"""How many people are dealt with in one transaction: others wait a tenth of a second for it."""

ROWS = 500
"""How many occasions are written at once."""

KEPT = timedelta(days=3)
"""How long a reminder is kept when its day is over."""

TOLD = (State.SENDING, State.SENT, State.UNKNOWN)
"""Who may have read it."""


class ReminderDay(Base):
    """A day whose reminders were planned."""

    __tablename__ = "reminder_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    planned_at: Mapped[datetime | None] = mapped_column(Moment)
    """None while it is not finished."""
    is_stale: Mapped[bool]
    """Whether hours have changed since it was begun."""
    revision: Mapped[int]
    """How often they have."""


@dataclass(frozen=True, slots=True)
class Group:
    """People in an area who want the same."""

    area_id: int
    wishes: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """What those of a group are told of a day, in a slot, is not what was planned."""

    old: Occasion
    new: Mapping[str, Any] | None
    """A row of `Occasion`; None if there is nothing to tell any more."""


@dataclass(frozen=True, slots=True)
class Late:
    """More reminders than can leave in time."""

    number: int
    ends_at: datetime
    by: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written for a day."""

    day: date
    revision: int
    """How often hours had changed when it was worked out."""
    new: Sequence[Mapping[str, Any]]
    """Rows of `Occasion`."""
    changes: Sequence[Change]
    late: Sequence[Late]


async def days_to_plan(session: Session, civil: Civil, now: datetime) -> list[date]:
    """The days that have to be planned now: today's, from noon on tomorrow's, and missed ones."""
    today = local_day(now, civil.zone)
    near = (today - ONE_DAY * 7, today + ONE_DAY)
    found = await session.scalars(select(ReminderDay).where(ReminderDay.day.between(*near)))
    marks = {each.day: each for each in found}
    days = [today]
    if now.astimezone(civil.zone).hour >= NOON:
        days.append(today + ONE_DAY)
    missed = (today - ONE_DAY * back for back in range(MISSED_DAYS, 0, -1))
    days = [day for day in missed if marks and min(marks) < day] + days
    return [day for day in days if _is_open(marks.get(day), today)]


def _is_open(mark: ReminderDay | None, today: date) -> bool:
    """Whether a day has to be planned; what is over does not change any more."""
    if mark is None or mark.planned_at is None:
        return True
    return mark.is_stale and mark.day >= today


async def begin(session: Session, day: date) -> None:
    """Mark a day as begun: from now on it is seen if hours change meanwhile. Writes."""
    insert = base.insert_of(session)
    await session.execute(
        insert(ReminderDay)
        .values(day=day, planned_at=None, is_stale=False, revision=0)
        .on_conflict_do_nothing()
    )


async def work_out(session: Session, civil: Civil, day: date, rate: float) -> Plan:
    """What has to be written for a day, at so many messages a second. Reads only."""
    mark = await session.get_one(ReminderDay, day)
    groups = await _groups(session, day)
    known = {
        (one.area_id, one.wishes, one.about): one
        for one in await session.scalars(select(Occasion).where(Occasion.day == day))
    }
    numbers = {(one.area_id, one.wishes): one.number for one in groups}
    numbers |= {key[:2]: 0 for key in known if key[:2] not in numbers}
    places: dict[int, Place] = {}
    brings: dict[int, tuple[Event, ...]] = {}
    for area in {area for area, _ in numbers}:  # once an area; between two others have their turn
        places[area] = await reminders.place(session, area, civil)
        brings[area] = rules.events(day, places[area].calendars, civil.zone)
    wanted = [
        (message, number, places[area], wishes)
        for (area, wishes), number in numbers.items()
        for message in rules.remindings(day, Wishes.read(wishes), brings[area], civil.zone)
    ]
    spans = rules.paced([(message, number) for message, number, _, _ in wanted], rate)
    rows = {}
    for (message, _, at, wishes), span in zip(wanted, spans, strict=True):
        planned = row(day, message, at, Wishes.read(wishes), civil, span.begins_at)
        rows[at.area_id, wishes, planned["about"]] = planned
    changes = [
        Change(old, rows.get(key))
        for key, old in known.items()
        if key not in rows or _differs(old, rows[key])
    ]
    new = [row for key, row in rows.items() if key not in known]
    late = [
        Late(number, span.ends_at, message.by)
        for (message, number, _, _), span in zip(wanted, spans, strict=True)
        if not span.fits
    ]
    return Plan(day, mark.revision, new, changes, late)


async def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write occasions down; those that are there already stay. Writes."""
    insert = base.insert_of(session)
    await session.execute(insert(Occasion).on_conflict_do_nothing(), [dict(row) for row in rows])
    if session.get_bind().dialect.name != "sqlite":
        # PostgreSQL looks by itself within minutes. Until then it takes the table for empty and
        # joins everybody with every occasion: 386 s for 300,000 households, and not 13.
        await session.execute(text("ANALYZE reminder_occasions"))


async def slice_after(session: Session, after: int) -> int | None:
    """The last person of the slice that begins after this one; None if nobody is left."""
    people = (
        select(Reminder.resident_id)
        .where(Reminder.resident_id > after)
        .order_by(Reminder.resident_id)
        .limit(SLICE)
        .subquery()
    )
    last: int | None = await session.scalar(select(func.max(people.c.resident_id)))
    return last


async def post_slice(session: Session, day: date, after: int, last: int, now: datetime) -> None:
    """Post the reminders of a day to these people. Writes."""
    selected = posts(day).where(Reminder.resident_id > after, Reminder.resident_id <= last)
    await notices.post_selected(session, selected, "reminder", now)


async def change(session: Session, changed: Change, revision: int, now: datetime) -> None:
    """Change what waits, and tell those once who were told otherwise. Writes."""
    old, new = changed.old, changed.new
    people = _people(old.area_id, old.wishes)
    theirs = (Notice.to.in_(people), Notice.about == old.about)
    told = list(
        await session.scalars(
            select(Notice.to).where(*theirs, or_(Notice.state.in_(TOLD), Notice.repeated))
        )
    )
    if new is None:
        values: dict[str, Any] = {"state": State.EXPIRED, "settled_at": now}
        await session.execute(delete(Occasion).where(Occasion.id == old.id))
    else:
        values = {name: new[name] for name in ("fields", "due_at", "until")}
        await session.execute(update(Occasion).where(Occasion.id == old.id).values(values))
    await session.execute(
        update(Notice)
        .where(*theirs, Notice.state == State.WAITING, Notice.settled_at.is_(None))
        .values(values)
        .execution_options(synchronize_session=False)
    )
    fields = new["fields"] if new else {**old.fields, "events": []}
    about = f"{KIND}-changed {old.day.isoformat()} {revision}"
    until = max(old.until, new["until"]) if new else old.until
    await notices.post_all(session, told, "reminder-changed", about, fields, now, until=until)


async def finish(session: Session, plan: Plan, now: datetime) -> None:
    """Mark a day as planned; if hours have changed meanwhile, it has to be done again. Writes."""
    await session.execute(
        update(ReminderDay)
        .where(ReminderDay.day == plan.day)
        .values(planned_at=now, is_stale=ReminderDay.revision != plan.revision)
    )


async def warn(
    session: Session, plan: Plan, to: Collection[int], rate: float, civil: Civil, now: datetime
) -> None:
    """Tell those who run the bot, once, that reminders of a day will be late. Writes."""
    if not plan.late:
        return
    last = max(plan.late, key=lambda one: one.ends_at)
    fields = {
        "day": plan.day.isoformat(),
        "number": sum(one.number for one in plan.late),
        "rate": f"{rate:g}",
        "ends": last.ends_at.astimezone(civil.zone).isoformat(),
        "by": last.by.astimezone(civil.zone).isoformat(),
    }
    about = f"reminders-late {plan.day.isoformat()}"
    await notices.post_all(session, to, "reminders-late", about, fields, now)


async def mark_stale(session: Session, now: datetime) -> None:
    """Hours have changed: plan the days to come again. Writes."""
    await session.execute(
        update(ReminderDay)
        .where(ReminderDay.day >= (now - ONE_DAY).date())
        .values(is_stale=True, revision=ReminderDay.revision + 1)
    )


async def forget(session: Session, civil: Civil, now: datetime) -> bool:
    """Delete what was planned for days that are over; whether there may be more. Writes."""
    today = local_day(now, civil.zone)
    await session.execute(delete(Occasion).where(Occasion.day < today - ONE_DAY))
    await session.execute(delete(ReminderDay).where(ReminderDay.day < today - ONE_DAY * 30))
    # In words, or SQLite does not see that the index is about them.
    old = select(Notice.id).where(text("kind = 'reminder'"), Notice.posted_at < now - KEPT)
    old = old.where(Notice.settled_at.is_not(None)).order_by(Notice.posted_at).limit(SLICE)
    ids = list(await session.scalars(old))
    await session.execute(
        delete(Notice).where(Notice.id.in_(ids)).execution_options(synchronize_session=False)
    )
    return len(ids) == SLICE


def posts(day: date) -> Select[int, str, Any, datetime, datetime]:
    """Everybody, with what there is to be told of a day."""
    area = func.coalesce(Household.area_id, Reminder.area_id)
    columns = select(
        Reminder.resident_id, Occasion.about, Occasion.fields, Occasion.due_at, Occasion.until
    )
    return _reminded(columns, day).join(
        Occasion,
        and_(
            Occasion.area_id == area,
            Occasion.wishes == Reminder.wishes,
            Occasion.day == literal(day, Date()),
            Occasion.due_at > Reminder.chosen_at,
        ),
    )


def row(
    day: date, message: Reminding, at: Place, wishes: Wishes, civil: Civil, due_at: datetime
) -> dict[str, Any]:
    """An occasion: a message about a day to those who live there and have these wishes."""
    return {
        "day": day,
        "area_id": at.area_id,
        "wishes": wishes.write(),
        "about": reminders.about(day, message.slot),
        "fields": reminders.fields(day, at, message.events, wishes, civil),
        "due_at": due_at,
        "until": message.until,
    }


async def _groups(session: Session, day: date) -> list[Group]:
    """Who wants what, and how many they are."""
    area = func.coalesce(Household.area_id, Reminder.area_id)
    found = await session.execute(
        _reminded(select(area, Reminder.wishes, func.count()), day)
        .where(area.is_not(None))
        .group_by(area, Reminder.wishes)
    )
    groups = [Group(*row) for row in found]
    return [one for one in groups if not Wishes.read(one.wishes).is_none]


def _reminded(columns: Select[*tuple[Any, ...]], day: date) -> Select[*tuple[Any, ...]]:
    """Those who are reminded of a day, with their homes."""
    return (
        columns.select_from(Reminder)
        .join(Resident, Resident.telegram_id == Reminder.resident_id)
        .outerjoin(
            Membership,
            and_(Membership.resident_id == Reminder.resident_id, Membership.ended_at.is_(None)),
        )
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Resident.left_at.is_(None))
        .where(or_(Reminder.paused_until.is_(None), Reminder.paused_until <= day))
    )


def _people(area_id: int, wishes: str) -> Select[int]:
    """Those in an area who want the same; asked so that the area's homes are looked at only."""
    home = (
        select(Membership.resident_id)
        .join(Household)
        .where(Household.area_id == area_id, Membership.ended_at.is_(None))
    )
    return select(Reminder.resident_id).where(
        Reminder.wishes == wishes,
        or_(Reminder.area_id == area_id, Reminder.resident_id.in_(home)),
    )


def _differs(old: Occasion, new: Mapping[str, Any]) -> bool:
    """Whether something else is told; only to begin earlier or later is no change."""
    return bool(old.fields != new["fields"])
