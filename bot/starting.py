"""What every command begins with: settings, the database brought up to date, and how it ends."""

import asyncio
import contextlib
import fcntl
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiogram import Bot
from pydantic import ValidationError

from bot import console
from bot.network import connect
from bot.settings import Settings, unknown_names
from models import Database, migrations

PLAYGROUND_USERNAME = "greenbin_bot"


class CannotStart(Exception):
    """Why not, in lines for the engineer."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def now() -> datetime:
    """The clock of the running bot. Everything else is given it."""
    return datetime.now(UTC)


def read_settings() -> Settings:
    """The settings; what is wrong with them stops the start."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise CannotStart(*console.wrong_settings(error)) from None
    for line in console.misspelt(unknown_names()):
        console.warn(line)
    return settings


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date; a bot that is running may be using it, too."""
    url = settings.database(playground=settings.token is None)
    database = Database(url)
    file = database.file
    if (file and not file.exists()) or await _revision(database) != migrations.HEAD:
        with alone(url):
            await bring_up_to_date(url)
    try:
        yield database
    finally:
        await database.close()


def to_its_end(command: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run a command that ends by itself; Ctrl-C breaks it off, and what it was writing."""
    try:
        asyncio.run(command())
    except CannotStart as why:
        return console.fail(why.lines)
    except KeyboardInterrupt:
        return console.fail(console.BROKEN_OFF)
    return 0


def until_stopped(command: Callable[[asyncio.Event], Awaitable[None]]) -> int:
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


async def username(settings: Settings, given: str | None) -> str:
    """The bot's name, which stands in links: as somebody gave it, or as Telegram tells it."""
    if given:
        return given.removeprefix("@")
    if settings.token is None:
        return PLAYGROUND_USERNAME
    session = connect(settings)
    try:
        me = await Bot(settings.token.get_secret_value(), session=session).me()
    except Exception as error:  # whatever keeps Telegram away, the name can be given instead
        raise CannotStart(console.no_username(settings.api_base, error)) from None
    finally:
        await session.close()
    assert me.username  # every bot has one
    return me.username


@contextlib.contextmanager
def alone(url: str) -> Iterator[None]:
    """Keep a second Greenbin away from a SQLite file while we use it."""
    file = Database(url).file
    with locked(file) if file else contextlib.nullcontext():
        yield


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
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


async def bring_up_to_date(url: str, *, asked_for: bool = False) -> None:
    """Compare the revision with ours, and bring an older or a new SQLite up to it.

    A server is shared, and its step may take long: it waits for somebody to ask for it.
    """
    database = Database(url)
    file, shown = database.file, database.shown
    found = await _revision(database)
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


async def _revision(database: Database) -> str | None:
    shown = database.shown
    try:
        return await migrations.revision(database)
    except migrations.UnknownRevision as newer:
        await database.close()
        raise CannotStart(console.newer_database(shown, newer.revision)) from None
    except Exception as error:  # each database has its own ways of not being there
        await database.close()
        raise CannotStart(console.cannot_open(shown, error)) from None
