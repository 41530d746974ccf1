"""When the bot acts of its own accord. The scheduler remembers nothing: the database does."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import reminding, repeating
from bot.network import Clock
from handlers import shifts, under_way
from knowledge import local_time
from knowledge.calendar import Civil
from models import (
    Database,
    broadcast_plans,
    case_steps,
    joining,
    memberships,
    pickup_bookings,
    pickup_reminders,
    pickups,
    quizzes,
    steps,
    updates,
)
from models import shifts as kept_shifts
from models.repeat_plans import Rules

Job = Callable[[Database, Clock, Civil], Awaitable[None]]


class Timetable(Protocol):
    """Does the jobs when their time has come, between `start` and `shutdown`."""

    def start(self) -> None: ...

    def shutdown(self, wait: bool = True) -> Any: ...


def build_scheduler(
    database: Database, clock: Clock, civil: Civil, *, rate: float = 25,
    second_above: int = 500, admins: Collection[int] = (),
) -> AsyncIOScheduler:  # fmt: skip
    """The timetable, not started yet. A run that was missed is made up for, once."""
    scheduler = AsyncIOScheduler(
        timezone=civil.zone, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    remind: Job = partial(reminding.plan, rate=rate, admins=admins)
    rules = Rules(second_above, admins)
    jobs: dict[Job, timedelta] = {
        remind: REMINDERS_EVERY,
        partial(repeating.repeat, rules=rules): REPEATS_EVERY,
        partial(repeating.look_after, rules=rules): LOOKED_AFTER_EVERY,
    }
    for job, every in {**JOBS, **jobs}.items():
        trigger = IntervalTrigger(seconds=int(every.total_seconds()), timezone=civil.zone)
        scheduler.add_job(job, trigger, [database, clock, civil])
    return scheduler


async def close_shifts(database: Database, clock: Clock, civil: Civil) -> None:
    """End the shifts whose time is over."""
    async with database.read() as session:  # most minutes nobody needs to be held up for it
        if not await kept_shifts.is_one_late(session, clock()):
            return
    async with database.write() as session:
        await shifts.close_late(session, civil, clock())


async def carry_broadcasts_on(database: Database, clock: Clock, civil: Civil) -> None:
    """Begin what is due, plan it slice by slice, end what is over, show how far it is."""
    while True:
        async with database.read() as session:
            due = await broadcast_plans.due(session, clock())
        for broadcast_id in due:
            async with database.write() as session:
                await under_way.carry_on(session, broadcast_id, civil, clock())
        if not due:
            return


async def remind_of_pickups(database: Database, clock: Clock, civil: Civil) -> None:
    """Have people reminded of pickups whose time has come."""
    is_more = True
    while is_more:
        async with database.write() as session:
            is_more = await pickup_reminders.plan(session, civil, clock())


async def forget_pickups(database: Database, clock: Clock, civil: Civil) -> None:
    """Forget bookings that nobody went on with, and what was said of those of long ago."""
    async with database.write() as session:
        await pickup_bookings.forget_old(session, clock())
        await pickups.forget_details(session, local_time.local_day(clock(), civil.zone))


async def forget_old_updates(database: Database, clock: Clock, civil: Civil) -> None:
    """Delete updates settled three days ago, steps that nobody went on with, and old quizzes.

    What people wrote is theirs.
    """
    async with database.write() as session:
        await updates.purge(session, clock())
        await steps.forget_expired(session, clock())
        await quizzes.forget_old(session, local_time.local_day(clock(), civil.zone))


async def forget_who_left(database: Database, clock: Clock, _: Civil) -> None:
    """Forget who left a household or asked to join a year ago, as they were promised."""
    async with database.write() as session:
        await memberships.forget_ended(session, clock())
        await joining.forget_asked(session, clock())


async def forget_cases(database: Database, clock: Clock, _: Civil) -> None:
    """Forget what was said of cases that were over long ago."""
    async with database.write() as session:
        await case_steps.forget_details(session, clock())


REMINDERS_EVERY = timedelta(minutes=1)
"""How often it is asked whether there are reminders to be planned; their rate is a setting."""

REPEATS_EVERY = timedelta(seconds=1)
"""How often it is asked whether a repeat has come."""

LOOKED_AFTER_EVERY = timedelta(minutes=1)
"""How often it is asked whether somebody answers for each repeat still."""

JOBS: dict[Job, timedelta] = {
    carry_broadcasts_on: timedelta(seconds=1),
    close_shifts: timedelta(minutes=1),
    remind_of_pickups: timedelta(minutes=1),
    forget_old_updates: timedelta(hours=1),
    forget_who_left: timedelta(hours=6),
    forget_pickups: timedelta(hours=6),
    forget_cases: timedelta(hours=6),
    reminding.forget: timedelta(hours=1),
}
"""What is done again and again, and how often."""
