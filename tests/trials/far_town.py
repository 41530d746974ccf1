"""A town whose bot comes over HTTP, through a door at which calls fail.

Nothing here waits for long: `hurried` takes the waiting out from outside.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest import mock

from aiogram import Bot
from sqlalchemy import select

from bot import app, intake, network
from bot.app import App, Place
from bot.playground import Playground
from bot.workers import Workers
from models import Database, pauses
from models.updates import StoredUpdate
from tests.conftest import TOKEN, Clock, Town
from tests.trials.faults import Door, Faults, FaultyLine


@dataclass
class Report:
    """What trials counted. They add up."""

    trials: int = 0
    lost: list[str] = field(default_factory=list)
    """What should have arrived and did not."""
    twice: list[str] = field(default_factory=list)
    """What arrived oftener than it may."""
    wrong: list[str] = field(default_factory=list)
    """Whatever else is not as the table says."""
    happened: Counter[str] = field(default_factory=Counter)
    """How often each kind of failure befell a call."""

    def __iadd__(self, other: "Report") -> "Report":
        self.trials += other.trials
        self.lost += other.lost
        self.twice += other.twice
        self.wrong += other.wrong
        self.happened += other.happened
        return self

    @property
    def red(self) -> list[str]:
        """Everything that must not be."""
        return self.lost + self.twice + self.wrong


class FarTown(Town):
    """A town whose bot comes over HTTP, through a faulty door."""

    def __init__(self, database: Database, place: Place, faults: Faults) -> None:
        clock = Clock()
        super().__init__(Playground(token=TOKEN, clock=clock), database, place, clock)
        self.faults = faults
        self.door = Door(self.playground, faults)
        self.lines: list[FaultyLine] = []

    async def opens(self) -> None:
        """Start the bot."""
        line = FaultyLine(self.door)
        self.lines.append(line)
        bot = Bot(self.playground.token, session=line)
        while True:
            with contextlib.suppress(Exception):
                me = await bot.me()
                break
        self._stopping.clear()
        self.app = App(bot, me, self.database, self.place, self.clock)
        self._running = asyncio.create_task(self.app.run(self._stopping))

    async def closes(self) -> None:
        try:
            await super().closes()
        finally:
            for line in self.lines:
                await line.close()
            self.lines.clear()

    async def settle(self) -> None:
        """Let the bot deal with everything that waits."""
        while self.playground.pending():
            assert self._running
            assert not self._running.done(), "the bot has ended"
            await asyncio.sleep(0.001)
        await self.app.workers.idle()

    async def settles(self, seconds: float = 30) -> None:
        """Let the bot deal with everything, and let the time pass where Telegram wants a pause."""
        settling = asyncio.create_task(self.settle())
        try:
            await self.until(settling.done, seconds)
            await settling
        finally:
            settling.cancel()
            await asyncio.gather(settling, return_exceptions=True)

    async def until(self, true: Callable[[], bool], seconds: float = 30) -> None:
        """Wait for something, and let the time pass where Telegram wants a pause."""
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.002)
                until = self.app._pausing._until
                if until and until > self.clock.now:
                    self.clock.now = until

    async def pause(self) -> datetime | None:
        """Until when the bot is silent, by its database."""
        async with self.database.read() as session:
            return await pauses.until(session, self.playground.me["id"])

    async def ended(self, chat_id: int) -> StoredUpdate:
        """How the last update of a chat ended."""
        async with self.database.read() as session:
            found = await session.scalars(
                select(StoredUpdate)
                .where(StoredUpdate.chat_id == chat_id)
                .order_by(StoredUpdate.id.desc())
                .limit(1)
            )
            return found.one()


@contextlib.contextmanager
def hurried() -> Iterator[None]:
    """Take the time out of all waiting, from outside."""

    async def moment(*_: Any) -> list[Any]:
        await asyncio.sleep(0.001)
        return []

    with (
        mock.patch.object(Workers, "_pause", moment),
        mock.patch.object(intake, "_nothing_for", moment),
        mock.patch.object(network, "LOOK_SECONDS", 0.005),
        mock.patch.object(app, "MENU_SECONDS", 0.001),
    ):
        yield


@contextlib.asynccontextmanager
async def town_of(
    database: Database, place: Place, faults: Faults, report: Report, what: str
) -> AsyncIterator[FarTown]:
    """A town at work; what escapes from its tasks is written into the report."""
    loop = asyncio.get_running_loop()
    town = FarTown(database, place, faults)

    def escaped(_: Any, context: dict[str, Any]) -> None:
        error = context.get("exception")
        # The faulty door and the broken proxies break connections on purpose.
        if not isinstance(error, ConnectionError):
            report.wrong.append(f"{what}: {context['message']} {error!r}")

    before = loop.get_exception_handler()
    loop.set_exception_handler(escaped)
    try:
        with hurried():
            await town.door.opens()
            await town.opens()
            try:
                yield town
            finally:
                faults.stop()
                await asyncio.wait_for(town.closes(), 20)
    finally:
        await town.door.closes()
        loop.set_exception_handler(before)
        report.happened += Counter(each.fault.name for each in faults.happened)
