"""When the bot acts of its own accord. The scheduler remembers nothing: the database does."""

import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.network import Clock
from models import Database, steps, updates

log = logging.getLogger(__name__)


def build_scheduler(database: Database, clock: Clock, timezone: str) -> AsyncIOScheduler:
    """The timetable, not started yet. A run that was missed is made up for, once."""
    scheduler = AsyncIOScheduler(
        timezone=timezone, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    scheduler.add_job(
        forget_old_updates, IntervalTrigger(hours=1, timezone=timezone), [database, clock]
    )
    return scheduler


async def forget_old_updates(database: Database, clock: Clock) -> None:
    """Delete updates that were settled three days ago, and steps that nobody went on with.

    What people wrote is theirs.
    """
    async with database.write() as session:
        await updates.purge(session, clock())
        await steps.forget_expired(session, clock())
