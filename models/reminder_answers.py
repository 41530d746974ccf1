"""Reminders of one person: wanted otherwise from now on, once more, or not again about a day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, update

from knowledge import reminders as rules
from knowledge.calendar import ONE_DAY, Civil
from knowledge.local_time import local_day
from knowledge.reminders import Topic, Wishes
from models import notices, reminder_plans, reminders
from models.base import Session
from models.notices import Notice, State
from models.reminders import KIND, Reminder


async def renew(session: Session, resident_id: int, civil: Civil, now: datetime) -> None:
    """Plan one person's reminders again, by what the person wants now. Writes."""
    await session.execute(
        delete(Notice)
        .where(Notice.to == resident_id, Notice.kind == KIND, Notice.settled_at.is_(None))
        .where(Notice.state == State.WAITING)
        .execution_options(synchronize_session=False)
    )
    reminder = await reminders.of(session, resident_id)
    area_id = await reminders.area_of(session, resident_id)
    if reminder is None or area_id is None:
        return
    await session.refresh(reminder)
    wishes, at = Wishes.read(reminder.wishes), await reminders.place(session, area_id, civil)
    today = local_day(now, civil.zone)
    for day in (today, today + ONE_DAY):
        if rows := [
            reminder_plans.row(day, message, at, wishes, civil, message.due_at)
            for message in reminders.messages(day, at, wishes, civil)
        ]:
            await reminder_plans.add(session, rows)
            mine = reminder_plans.posts(day).where(Reminder.resident_id == resident_id)
            await notices.post_selected(session, mine, "reminder", now)


async def again(
    session: Session, resident_id: int, day: date, which: int, at: datetime, civil: Civil,
    now: datetime,
) -> bool:  # fmt: skip
    """Remind somebody of a day once more; whether there is anything left to be told. Writes.

    `which` message asked for it: a second press asks for the same.
    """
    reminder = await reminders.of(session, resident_id)
    area_id = await reminders.area_of(session, resident_id)
    if reminder is None or area_id is None:
        return False
    place, wishes = await reminders.place(session, area_id, civil), Wishes.read(reminder.wishes)
    brings = rules.events(day, place.calendars, civil.zone)
    left = tuple(
        one
        for one in brings
        if one.topic in wishes.topics and (one.ends_at is None or one.ends_at > at)
    )
    if not left:
        return False
    fields = reminders.fields(day, place, left, wishes, civil)
    about = reminders.about(day, f"again {which}")
    until = max(one.ends_at or at + ONE_DAY for one in left)
    await notices.post(
        session, resident_id, "reminder", about, fields, now, due_at=at, until=until
    )
    return True


async def done(session: Session, resident_id: int, day: date, now: datetime) -> None:
    """Remind somebody no more of a day. Writes."""
    await session.execute(
        update(Notice)
        .where(Notice.to == resident_id, Notice.about.startswith(reminders.about_day(day)))
        .where(Notice.state == State.WAITING, Notice.settled_at.is_(None))
        .values(state=State.EXPIRED, settled_at=now, note="done")
        .execution_options(synchronize_session=False)
    )


async def stop(
    session: Session, resident_id: int, topics: Collection[Topic], civil: Civil, now: datetime
) -> None:
    """Remind somebody of these no more. Writes."""
    kept = await reminders.of(session, resident_id)
    if kept is None:
        return
    wishes = Wishes.read(kept.wishes)
    wishes = replace(wishes, topics=wishes.topics - frozenset(topics))
    await reminders.save(
        session, resident_id, kept.area_id, wishes, kept.paused_until, now, pickups=kept.pickups
    )
    await renew(session, resident_id, civil, now)
