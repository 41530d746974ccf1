"""A process that plans reminders, and imports no more than that needs."""

import asyncio
from datetime import datetime
from multiprocessing.synchronize import Barrier
from zoneinfo import ZoneInfo

from bot import reminding
from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import Database, reminder_plans


def plan(url: str, begin: Barrier, moment: datetime) -> None:
    """Plan in Shanghai as the bot does each minute, in slices of three people."""

    async def plan() -> None:
        database, civil = Database(url), Civil(ZoneInfo("Asia/Shanghai"), Holidays.load())
        begin.wait(60)
        await reminding.plan(database, lambda: moment, civil, rate=25.0, admins=[1])
        await database.close()

    reminder_plans.SLICE = 3  # of this process alone
    asyncio.run(plan())
