"""A town for each test: one playground, one bot in it, and people."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot

from bot.app import App, Place
from bot.playground import Playground, PlaygroundSession
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Database, migrations
from tests.people import Person

TOKEN = "4242424242:token-of-a-bot-in-a-test"
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


class Clock:
    """The time, as the test sets it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


class Town:
    """A bot at work in a playground, on a real database."""

    def __init__(self, playground: Playground, database: Database, place: Place, clock: Clock):
        self.playground = playground
        self.database = database
        self.place = place
        self.clock = clock
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.app: App

    async def opens(self) -> None:
        """Start the bot."""
        bot = Bot(self.playground.token, session=PlaygroundSession(self.playground))
        self._stopping.clear()
        self.app = App(bot, await bot.me(), self.database, self.place, self.clock)
        self._running = asyncio.create_task(self.app.run(self._stopping))

    async def closes(self) -> None:
        """Stop the bot, as SIGTERM does."""
        if self._running:
            self._stopping.set()
            await self._running
            self._running = None

    def person(self, name: str, **about: str) -> Person:
        """Somebody new in town, who has not pressed Start yet."""
        return Person.of(self.playground, name, self.settle, **about)

    async def settle(self) -> None:
        """Let the bot deal with everything that waits; nothing happens while it is closed."""
        if self._running is None:
            return
        while self.playground.pending():
            assert not self._running.done(), "the bot has ended"
            await asyncio.sleep(0)
        await self.app.workers.idle()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def search(catalogue: Catalogue) -> Search:
    return Search(catalogue, load_scheme("four_way"))


@pytest.fixture
def place(catalogue: Catalogue, search: Search) -> Place:
    return Place(catalogue, load_scheme("four_way"), search, "zh", "Asia/Shanghai")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; each test gets a copy, which takes no time."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    migrations.upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    file = tmp_path / "greenbin.db"
    file.write_bytes(empty_database.read_bytes())
    database = Database(f"sqlite+aiosqlite:///{file}")
    yield database
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playground(clock: Clock) -> Playground:
    return Playground(token=TOKEN, clock=clock)


@pytest.fixture
async def town(
    playground: Playground, database: Database, place: Place, clock: Clock
) -> AsyncIterator[Town]:
    """The bot at work. At the end: Telegram never refused a call of ours."""
    town = Town(playground, database, place, clock)
    await town.opens()
    yield town
    await town.closes()
    assert [refused.error.description for refused in playground.refused] == []


@pytest.fixture
def wang(town: Town) -> Person:
    """Grandma Wang."""
    return town.person("王奶奶")


@pytest.fixture
def li(town: Town) -> Person:
    return town.person("小李")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the developer's own settings."""
    for name in [name for name in os.environ if name.startswith("GREENBIN_")]:
        if name != "GREENBIN_TEST_POSTGRES":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
