"""What the commands do that need more than the catalogue."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User

from bot import console, logs
from bot.app import App, Place
from bot.network import connect
from bot.settings import VAR, Settings
from bot.starting import (
    CannotStart,
    alone,
    bring_up_to_date,
    locked,
    now,
    read_settings,
    until_stopped,
)
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import Database

PLAYGROUND_TOKEN = "1000000000:playground-token-of-nobody"
"""A token in form only: it opens the playground on this machine and nothing else."""


def run() -> int:
    """Serve until SIGTERM or Ctrl-C."""
    return until_stopped(_run)


def playground(port: int | None) -> int:
    """Open the playground alone."""

    async def open_it(stopping: asyncio.Event) -> None:
        settings = read_settings()
        async with _playground(port or settings.port, None) as address:
            console.say(console.opened(address))
            console.say(console.for_a_bot(address, PLAYGROUND_TOKEN))
            await stopping.wait()

    return until_stopped(open_it)


def doctor() -> int:
    """Check everything that can be wrong; 1 if something is."""
    try:
        settings = read_settings()
    except CannotStart as wrong:
        return console.fail(wrong.lines)
    logs.set_up(settings.secrets())
    from bot import checks

    return asyncio.run(checks.examine(settings, now))


def migrate() -> int:
    """Bring the database up to date."""

    async def bring_up(_: asyncio.Event) -> None:
        settings = read_settings()
        url = settings.database(playground=settings.token is None)
        with alone(url):
            await bring_up_to_date(url, asked_for=True)

    return until_stopped(bring_up)


async def _run(stopping: asyncio.Event) -> None:
    settings = read_settings()
    redacting = logs.set_up(settings.secrets())
    place = place_of(settings)
    url = settings.database(playground=settings.token is None)
    with alone(url):
        await bring_up_to_date(url)
        async with contextlib.AsyncExitStack() as stack:
            database = Database(url)
            stack.push_async_callback(database.close)
            api_base = None
            token, admins = PLAYGROUND_TOKEN, settings.admins
            if settings.token:
                token = settings.token.get_secret_value()
            else:
                kept = (database.file or VAR / "playground.db").with_suffix(".json")
                from bot import (
                    demo,
                )  # late, like the playground: who serves Telegram needs neither

                await demo.load(database, place.civil, now())
                admins |= {demo.ADMIN}
                places = await demo.places(database)
                api_base = await stack.enter_async_context(
                    _playground(settings.port, kept, cast=demo.CAST, places=places)
                )
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
                admins=admins,
                rate=settings.rate,
                in_flight=settings.in_flight,
                paid=settings.paid,
                second_above=settings.second_above,
                redact=redacting.redact,
            )
            console.say(console.serving(me.username or str(me.id)))
            # The catalogue stays. To look through it for garbage, as happens every few seconds
            # when much is sent, would hold everything up for a fiftieth of a second each time.
            gc.freeze()
            await app.run(stopping)
    console.say(console.STOPPED)


def place_of(settings: Settings) -> Place:
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


@contextlib.asynccontextmanager
async def _playground(port: int, kept: Path | None, **page: Any) -> AsyncIterator[str]:
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
            stack.enter_context(locked(kept))
            disk = Disk(kept, box.world)
            try:
                disk.load()
            except Unreadable as why:
                console.warn(console.moved_aside(why.file, why.aside))
            await stack.enter_async_context(disk.keeping())
        try:
            runner, address = await serve(box, port=port, read_code=_read_code, **page)
        except OSError as error:
            raise CannotStart(console.no_port(error)) from None
        stack.push_async_callback(runner.cleanup)
        yield address


def _read_code(photo: bytes) -> str | None:
    """What a phone's camera would read."""
    from handlers.pictures import qr

    return next(iter(qr.read(photo)), None)


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
