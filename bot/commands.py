"""What the commands do that need more than the catalogue."""

import asyncio
import contextlib
import fcntl
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User
from pydantic import ValidationError

from bot import console, logs
from bot.app import App, Place
from bot.network import connect
from bot.settings import VAR, Settings, unknown_names
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Database, migrations

PLAYGROUND_TOKEN = "1000000000:playground-token-of-nobody"
"""A token in form only: it opens the playground on this machine and nothing else."""


class CannotStart(Exception):
    """Why not, in lines for the engineer."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def now() -> datetime:
    """The clock of the running bot. Everything else is given it."""
    return datetime.now(UTC)


def run() -> int:
    """Serve until SIGTERM or Ctrl-C."""
    return _until_stopped(_run)


def playground(port: int | None) -> int:
    """Open the playground alone."""

    async def open_it(stopping: asyncio.Event) -> None:
        settings = _settings()
        async with _playground(port or settings.port, None) as address:
            console.say(console.opened(address))
            console.say(console.for_a_bot(address, PLAYGROUND_TOKEN))
            await stopping.wait()

    return _until_stopped(open_it)


def doctor() -> int:
    """Check everything that can be wrong; 1 if something is."""
    try:
        settings = _settings()
    except CannotStart as wrong:
        return console.fail(wrong.lines)
    logs.set_up(settings.secrets())
    from bot import checks

    return asyncio.run(checks.examine(settings, now))


def migrate() -> int:
    """Bring the database up to date."""

    async def bring_up(_: asyncio.Event) -> None:
        settings = _settings()
        url = settings.database(playground=settings.token is None)
        with _alone(url):
            await _bring_up_to_date(url, asked_for=True)

    return _until_stopped(bring_up)


async def _run(stopping: asyncio.Event) -> None:
    settings = _settings()
    redacting = logs.set_up(settings.secrets())
    place = _place(settings)
    url = settings.database(playground=settings.token is None)
    with _alone(url):
        await _bring_up_to_date(url)
        async with contextlib.AsyncExitStack() as stack:
            database = Database(url)
            stack.push_async_callback(database.close)
            api_base = None
            token = PLAYGROUND_TOKEN
            if settings.token:
                token = settings.token.get_secret_value()
            else:
                kept = (database.file or VAR / "playground.db").with_suffix(".json")
                api_base = await stack.enter_async_context(_playground(settings.port, kept))
                console.say(console.NO_TOKEN)
                console.say(console.opened(api_base))
            session = connect(settings, api_base)
            stack.push_async_callback(session.close)
            bot = Bot(token, session=session)
            me = await _me(bot, api_base or settings.api_base, stopping)
            if me is None:
                return
            app = App(
                bot,
                me,
                database,
                place,
                now,
                admins=settings.admins,
                rate=settings.rate,
                in_flight=settings.in_flight,
                redact=redacting.redact,
            )
            console.say(console.serving(me.username or str(me.id)))
            await app.run(stopping)
    console.say(console.STOPPED)


def _settings() -> Settings:
    try:
        settings = Settings()
    except ValidationError as error:
        raise CannotStart(*console.wrong_settings(error)) from None
    for line in console.misspelt(unknown_names()):
        console.warn(line)
    return settings


def _place(settings: Settings) -> Place:
    try:
        catalogue = Catalogue.load()
    except BadCatalogue as error:
        raise CannotStart(*console.bad_catalogue(error)) from None
    scheme = load_scheme(settings.scheme)
    return Place(
        catalogue,
        scheme,
        Search(catalogue, scheme),
        settings.language,
        settings.timezone,
        Holidays.load(),
    )


def _until_stopped(command: Callable[[asyncio.Event], Awaitable[None]]) -> int:
    """Run a command until it ends, or until SIGTERM or Ctrl-C asks it to.

    A terminal and make may both send the signal: the second one changes nothing.
    """

    async def stoppable() -> None:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stop(*_: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(stopping.set)

        # Not the loop's own handlers: those are taken away when the loop ends, a moment before
        # the process does.
        for signal_ in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_, stop)
        await command(stopping)

    try:
        asyncio.run(stoppable())
    except CannotStart as why:
        return console.fail(why.lines)
    finally:
        for signal_ in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_, signal.SIG_IGN)
    return 0


@contextlib.contextmanager
def _alone(url: str) -> Iterator[None]:
    """Keep a second Greenbin away from a SQLite file while we use it."""
    file = Database(url).file
    with _locked(file) if file else contextlib.nullcontext():
        yield


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Keep a second Greenbin away from a file while we use it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = file.with_name(f"{file.name}.lock").open("w")
    except OSError as error:
        raise CannotStart(console.cannot_open(file, error)) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(console.in_use(file)) from None
        yield


async def _bring_up_to_date(url: str, *, asked_for: bool = False) -> None:
    """Compare the revision with ours, and bring an older or a new SQLite up to it.

    A server is shared, and its step may take long: it waits for somebody to ask for it.
    """
    database = Database(url)
    file, shown = database.file, database.shown
    try:
        found = await migrations.revision(database)
    except migrations.UnknownRevision as newer:
        raise CannotStart(console.newer_database(shown, newer.revision)) from None
    except Exception as error:  # each database has its own ways of not being there
        raise CannotStart(console.cannot_open(shown, error)) from None
    finally:
        await database.close()
    if found == migrations.HEAD:
        return
    if file is None and not asked_for:
        raise CannotStart(console.not_migrated(found, migrations.HEAD))
    copy = await migrations.back_up(file, found, now()) if file and found else None
    console.say(console.migrating(shown, copy))
    # A process of its own: alembic would cost every later start half a second and 20 MB.
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "models.migrations", env=os.environ | {"GREENBIN_MIGRATE": url}
    )
    if await child.wait():
        raise CannotStart(console.migration_failed(shown))


@contextlib.asynccontextmanager
async def _playground(port: int, kept: Path | None) -> AsyncIterator[str]:
    """Open the playground's HTTP door and page; its address.

    With a file to be `kept` in, it goes on where it ended, or was ended.
    """
    from bot.playground import Playground
    from bot.playground.disk import Disk, Unreadable
    from bot.playground.door import serve

    # A bot may remember a playground that is gone: a new one begins with other numbers.
    box = Playground(token=PLAYGROUND_TOKEN, clock=now, first_number=int(now().timestamp()))
    async with contextlib.AsyncExitStack() as stack:
        if kept is not None:
            stack.enter_context(_locked(kept))
            disk = Disk(kept, box.world)
            try:
                disk.load()
            except Unreadable as why:
                console.warn(console.moved_aside(why.file, why.aside))
            await stack.enter_async_context(disk.keeping())
        try:
            runner, address = await serve(box, port=port)
        except OSError as error:
            raise CannotStart(console.no_port(error)) from None
        stack.push_async_callback(runner.cleanup)
        yield address


async def _me(bot: Bot, api_base: str, stopping: asyncio.Event) -> User | None:
    """Who we are, as soon as Telegram can be reached; None if we are stopped before."""
    seconds = 1.0
    while not stopping.is_set():
        try:
            return await bot.me()
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise CannotStart(console.unauthorised(api_base)) from None
        except Exception as error:  # no network yet, a server that starts, a proxy's own page
            console.warn(console.no_connection(api_base, error, seconds))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), seconds)
        seconds = min(seconds * 2, 60)
    return None
