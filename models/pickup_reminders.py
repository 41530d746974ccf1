"""Reminders of pickups: planned by the tick when they are due, each once for a booking and day.

Nothing is planned ahead: whoever lives there when it is due is told, of what is booked then. Who
has said so in `/reminders` is not.
"""

from datetime import date, datetime

from sqlalchemy import or_, select

from knowledge.calendar import Civil
from knowledge.pickups import REMINDERS, Reminder
from models import memberships, notices, pickup_news, pickups, reminders
from models.base import Session
from models.households import Household
from models.pickups import Pickup, State

AT_ONCE = 200
"""How many bookings are dealt with in one transaction."""


async def plan(session: Session, civil: Civil, now: datetime) -> bool:
    """Have people reminded of whom it is time; whether there may be more. Writes."""
    for reminder in REMINDERS:
        day = reminder.day(now, civil.zone)
        if day is not None and await _plan(session, reminder, day, civil, now) == AT_ONCE:
            return True
    return False


async def _plan(
    session: Session, reminder: Reminder, day: date, civil: Civil, now: datetime
) -> int:
    # Locked, so that who cancels at this moment waits and withdraws it, or is waited for; what
    # somebody is busy with is looked at by the next tick.
    rows = await session.execute(
        select(Pickup, Household)
        .join(Household, Household.id == Pickup.household_id)
        .where(Pickup.day == day, Pickup.state == State.BOOKED)
        .where(or_(Pickup.reminded.is_(None), Pickup.reminded > reminder.days_before))
        .order_by(Pickup.id)
        .limit(AT_ONCE)
        .with_for_update(of=Pickup, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    found = rows.all()
    if not found:
        return 0
    things = await pickups.things_of(session, [pickup.id for pickup, _ in found])
    for pickup, home in found:
        pickup.reminded = reminder.days_before
        fields = {
            **await pickup_news.facts(session, home, pickup, things[pickup.id]),
            "days": reminder.days_before,
            "zone": str(civil.zone),
            "until": pickup_news.until(
                pickup, await pickups.days_of(session, home.area_id, civil), now
            ),
        }
        about = pickup_news.reminder_about(pickup, reminder.days_before)
        until = reminder.ends_at(day, civil.zone)
        living = await memberships.people(session, home.id)
        quiet, loud = await reminders.of_pickups(session, living)
        for to, said in ((quiet, fields), (loud, fields | {"quiet": False})):
            await notices.post_all(
                session, to, "pickup-reminder", about, said, now,
                due_at=reminder.starts_at(day, civil.zone), until=until,
            )  # fmt: skip
    await session.flush()
    return len(found)
