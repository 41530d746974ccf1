"""A town for each test: one playground, one bot in it, and people."""

import asyncio
import gc
import inspect
import os
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiogram import Bot, Router
from aiogram.dispatcher.event.handler import CallableObject

import bot.app
import handlers
from bot.app import App, Place
from bot.lanes import Pace
from bot.logs import Redacting
from bot.playground import Playground, PlaygroundSession
from bot.timetable import Timetable
from knowledge.calendar import Civil
from knowledge.catalogue import Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Database
from tests import invariants
from tests.databases import KINDS, NO_SERVER, Databases, open_quickly
from tests.people import Person
from tests.trials.tools import Zygote

TOKEN = "4242424242:token-of-a-bot-in-a-test"
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """What is there for good is not looked through again: so it is in the command `greenbin`."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a line each what was left out, and why."""
    reasons = Counter(
        str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, number in reasons.items():
        terminalreporter.line(f"{number} tests were left out: {reason.removeprefix('Skipped: ')}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What was logged goes from process to process as UTF-8, half a character too."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report


class Clock:
    """The time, as the test sets it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


_FEATURES: list[list[Router]] = []
"""Those of bots that are closed. To make them anew is a tenth of what a conversation costs."""


class Town:
    """A bot at work in a playground, on a real database."""

    def __init__(self, playground: Playground, database: Database, place: Place, clock: Clock):
        self.playground = playground
        self.database = database
        self.place = place
        self.clock = clock
        self.admins: set[int] = set()
        """Who runs the deployment, from the next time it opens."""
        self.second_above = 500
        """How many a broadcast reaches without a second person's yes, from the next opening."""
        self.timetable: Callable[[Database, Any, Civil], Timetable] | None = None
        """What strikes in the place of the bot's own."""
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._features: list[Router] = []
        self.app: App

    async def opens(self) -> None:
        """Start the bot."""
        telegram = Bot(self.playground.token, session=PlaygroundSession(self.playground))
        self._stopping.clear()
        redact = Redacting([telegram.token, telegram.token.partition(":")[2]]).redact
        me = await telegram.me()
        with pytest.MonkeyPatch.context() as patched:
            if bot.app.routers is handlers.routers:  # a test may have put others in their place
                self._features = _FEATURES.pop() if _FEATURES else handlers.routers()
                patched.setattr(bot.app, "routers", lambda: self._features)
            self.app = App(
                telegram,
                me,
                self.database,
                self.place,
                self.clock,
                admins=self.admins,
                rate=1000,
                second_above=self.second_above,
                redact=redact,
                timetable=self.timetable,
            )
        self._running = asyncio.create_task(self.app.run(self._stopping))

    async def closes(self) -> None:
        """Stop the bot, as SIGTERM does."""
        running, self._running = self._running, None
        if running:
            self._stopping.set()
            await running
            self._give_features_back()

    def _give_features_back(self) -> None:
        features, self._features = self._features, []
        for feature in features:
            feature._parent_router = None
        if features:
            _FEATURES.append(features)

    def has_ended(self) -> bool:
        """Whether the bot has ended by itself."""
        return self._running is not None and self._running.done()

    def person(self, name: str, **about: str) -> Person:
        """Somebody new in town, who has not pressed Start yet."""
        return Person.of(self.playground, name, self.settle, **about)

    async def answers(self, *asked: str) -> dict[str, Person]:
        """Newcomers who each ask one of these, once they have been answered."""
        people = {text: self.person(text) for text in asked}
        for text, person in people.items():
            person.account.say(text)
        await self.settle()
        return people

    async def settle(self) -> None:
        """Let the bot deal with everything that waits; nothing happens while it is closed."""
        if self._running is None:
            return
        if self.playground.pending():
            # A task, so that a bot that ends by itself is noticed and not waited for.
            confirmed = asyncio.create_task(self.playground.confirmed())
            await asyncio.wait((self._running, confirmed), return_when=asyncio.FIRST_COMPLETED)
            assert confirmed.cancel() is False, "the bot has ended"
        await self.app.workers.idle()
        await self.app.sender.idle()


@pytest.fixture(scope="session", autouse=True)
def _found_out_once() -> Iterator[None]:
    """What every bot finds out anew when it starts is found out once for two thousand bots.

    That is what each handler takes, 50 ms a bot, and which certificates are good, 20 ms.
    """
    known: dict[object, tuple[bool, set[str], bool]] = {}
    find_out = CallableObject.__post_init__

    def look_up(taken: CallableObject) -> None:
        callback = inspect.unwrap(taken.callback)
        # Two closures of the same code take the same; so do two filters of a class.
        code = getattr(getattr(callback, "__func__", callback), "__code__", None)
        key = (code or type(callback), inspect.ismethod(callback))
        if isinstance(callback, partial) or key not in known:
            find_out(taken)
            known[key] = (taken.awaitable, taken.params, taken.varkw)
        taken.awaitable, taken.params, taken.varkw = known[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CallableObject, "__post_init__", look_up)
        patched.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def search(catalogue: Catalogue) -> Search:
    search = Search(catalogue, load_scheme("four_way"))
    gc.freeze()  # half of a test's time would go into looking through it
    return search


@pytest.fixture
def place(catalogue: Catalogue, search: Search) -> Place:
    four_way = load_scheme("four_way")
    return Place(catalogue, four_way, search, "zh", "Asia/Shanghai", Holidays.load())


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    databases = Databases(tmp_path_factory.mktemp("databases"), hurried=True)
    yield databases
    databases.remove()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A database of the test's own, up to date and empty: once SQLite, once PostgreSQL."""
    if request.param == "postgresql" and not databases.server:
        pytest.skip(NO_SERVER)
    url = databases.new(request.param)
    yield url
    databases.is_over(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = open_quickly(database_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite(databases: Databases) -> AsyncIterator[Database]:
    """For what only SQLite does."""
    database = open_quickly(databases.new("sqlite"))
    yield database
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def zygote() -> AsyncIterator[Zygote]:
    """Forks bots for trials; loading what they need takes four seconds, once."""
    zygote = await Zygote.begin()
    yield zygote
    await zygote.end()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playground(clock: Clock) -> Playground:
    return Playground(token=TOKEN, clock=clock)


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """People say twenty things in a row, and nobody waits a second after each."""
    monkeypatch.setattr(Pace, "SECONDS", 0.0)


@pytest.fixture
async def town(
    playground: Playground, database: Database, place: Place, clock: Clock, pace: None
) -> AsyncIterator[Town]:
    """The bot at work. At the end: Telegram never refused a call of ours, the books are right."""
    town = Town(playground, database, place, clock)
    await town.opens()
    yield town
    await town.closes()
    assert [refused.error.description for refused in playground.refused] == []
    assert await invariants.broken(database, invariants.CHEAP) == []


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
