"""Killing the bot while something goes on, until all of it is over."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.playground import Playground
from bot.playground.door import serve
from models import Database, notices
from models.notices import Notice
from models.updates import State, StoredUpdate
from tests.trials.kills import TOKEN, over, until
from tests.trials.tools import Zygote

MOST_IN_HAND = 5
"""How many notices a sender has in hand at once, as nothing else is set."""


@dataclass(frozen=True)
class Killed:
    """Forks bots for this playground and this database, and kills them."""

    zygote: Zygote
    playground: Playground
    url: str
    log: Path
    chance: random.Random
    times: int
    """How often, before the last one is stopped in peace."""
    after: tuple[float, float]
    """The least and the most seconds that each lives."""
    bots: int = 1
    """How many work side by side, on PostgreSQL; all of them are killed."""
    unmarked: list[int] = field(default_factory=list)
    """How many replies each kill left without a mark: they may have left, and leave once more."""

    async def amid(
        self, happens: Coroutine[Any, Any, None], *, timezone: str = "", **order: bool
    ) -> None:
        """Until this is over, and everything is answered and told.

        `order`: what else is done with the bot (`zygote.py`).
        """
        runner, address = await serve(self.playground, port=0)
        environment = {
            "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
            "GREENBIN_DATABASE_URL": self.url, "GREENBIN_RATE": "500",
            **({"GREENBIN_TIMEZONE": timezone} if timezone else {}),
        }  # fmt: skip
        # People act side by side with the kills; before the last stop it is awaited.
        happening = asyncio.create_task(happens)
        try:
            for time in range(self.times + 1):
                processes = [
                    await self.zygote.do(
                        do="start", seed=self.chance.randrange(1 << 30), least=0.0, most=0.03,
                        own_polling=False, log=str(self.log), environment=environment, **order,
                    )
                    for _ in range(self.bots)
                ]  # fmt: skip
                if time < self.times:
                    await until(self.playground.world.updates.is_fetched)
                    await asyncio.sleep(self.chance.uniform(*self.after))
                else:
                    await happening
                    await over(self.playground, self.url)
                for process in processes:
                    os.kill(process, signal.SIGKILL if time < self.times else signal.SIGTERM)
                for process in processes:
                    await self.zygote.do(do="wait", process=process)
                self.unmarked.append(await self._count_unmarked())
        finally:
            happening.cancel()  # over already, unless something above went wrong
            await runner.cleanup()

    async def _count_unmarked(self) -> int:
        database = Database(self.url)
        try:
            async with database.read() as session:
                counted = select(func.count()).where(StoredUpdate.state == State.DONE)
                return await session.scalar(counted) or 0
        finally:
            await database.close()


async def unknown(database: Database) -> Counter[int]:
    """Of how many notices to each person nobody knows whether they arrived.

    Two kills each hit the same one between its taking and its mark: it is not sent a third time.
    """
    async with database.read() as session:
        people = select(Notice.to).where(Notice.state == notices.State.UNKNOWN)
        return Counter(await session.scalars(people))


def too_many(unknown: Counter[int], kills: int) -> list[str]:
    """What is wrong if there are more of them than pairs of kills can have left behind."""
    most = MOST_IN_HAND * (kills // 2)
    return [f"{unknown.total()} of {most}"] if unknown.total() > most else []
