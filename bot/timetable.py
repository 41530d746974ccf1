"""When the bot acts of its own accord. The scheduler remembers nothing: the database does."""

import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.network import Clock
from handlers import shifts
from knowledge.calendar import Civil
from models import Database, memberships, steps, updates

log = logging.getLogger(__name__)


def build_scheduler(database: Database, clock: Clock, civil: Civil) -> AsyncIOScheduler:
    """The timetable, not started yet. A run that was missed is made up for, once."""
    scheduler = AsyncIOScheduler(
        timezone=civil.zone, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    scheduler.add_job(
        forget_old_updates, IntervalTrigger(hours=1, timezone=civil.zone), [database, clock]
    )
    scheduler.add_job(
        close_shifts, IntervalTrigger(minutes=1, timezone=civil.zone), [database, clock, civil]
    )
    scheduler.add_job(
        forget_who_left, IntervalTrigger(hours=6, timezone=civil.zone), [database, clock]
    )
    return scheduler


async def close_shifts(database: Database, clock: Clock, civil: Civil) -> None:
    """End the shifts whose time is over."""
    async with database.write() as session:
        await shifts.close_late(session, civil, clock())


async def forget_old_updates(database: Database, clock: Clock) -> None:
    """Delete updates that were settled three days ago, and steps that nobody went on with.

    What people wrote is theirs.
    """
    async with database.write() as session:
        await updates.purge(session, clock())
        await steps.forget_expired(session, clock())


async def forget_who_left(database: Database, clock: Clock) -> None:
    """Forget the names of those who left their household a year ago, as they were promised."""
    async with database.write() as session:
        await memberships.forget_ended(session, clock())
