"""Planning reminders: a day's, when it is time, in steps so small that nobody waits for them."""

from collections.abc import Collection
from datetime import date

from bot.network import Clock
from knowledge.calendar import Civil
from models import Database, reminder_plans
from models.reminder_plans import ROWS


async def plan(
    database: Database, clock: Clock, civil: Civil, *, rate: float, admins: Collection[int]
) -> None:
    """Plan the days whose time has come; `rate` messages leave a second."""
    async with database.read() as session:
        days = await reminder_plans.days_to_plan(session, civil, clock())
    for day in days:
        await plan_day(database, clock, civil, day, rate=rate, admins=admins)


async def plan_day(
    database: Database, clock: Clock, civil: Civil, day: date, *, rate: float,
    admins: Collection[int],
) -> None:  # fmt: skip
    """Plan one day, from wherever it was left."""
    async with database.write() as session:
        await reminder_plans.begin(session, day)
    async with database.read() as session:
        plan = await reminder_plans.work_out(session, civil, day, rate)
    for change in plan.changes:
        async with database.write() as session:
            await reminder_plans.change(session, change, plan.revision, clock())
    for start in range(0, len(plan.new), ROWS):
        async with database.write() as session:
            await reminder_plans.add(session, plan.new[start : start + ROWS])
    await _post(database, clock, day)
    async with database.write() as session:
        await reminder_plans.warn(session, plan, admins, rate, civil, clock())
        await reminder_plans.finish(session, plan, clock())


async def _post(database: Database, clock: Clock, day: date) -> None:
    after = 0
    while True:
        async with database.read() as session:
            last = await reminder_plans.slice_after(session, after)
        if last is None:
            return
        async with database.write() as session:
            await reminder_plans.post_slice(session, day, after, last, clock())
        after = last


async def forget(database: Database, clock: Clock, civil: Civil) -> None:
    """Delete the reminders of days that are long over."""
    is_more = True
    while is_more:
        async with database.write() as session:
            is_more = await reminder_plans.forget(session, civil, clock())
