"""`greenbin doctor`: what can be wrong, one line each, with how to mend it."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User

from bot import console
from bot.network import Clock, connect
from bot.settings import Settings
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.holidays import Holidays
from models import Database, Session, inventory, migrations, points, updates
from models.updates import State

CLOCK_SECONDS = 60
"""How far our clock may be off: button presses live for 150 seconds."""

FREE_BYTES = 1 << 30

FREE_RATE = 30
"""Messages a second for which Telegram takes nothing; more makes it pause the whole bot."""

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    found: str
    mend: str = ""
    """What to do about it; empty if it is all right."""


async def examine(settings: Settings, clock: Clock) -> int:
    """Print a line for everything; 1 if something has to be mended."""
    wrong = 0
    for look in (_settings, _catalogue, _holidays, _database, _telegram):
        async for finding in look(settings, clock):
            wrong += bool(finding.mend)
            console.say(console.finding(finding.what, finding.found, finding.mend))
    return 1 if wrong else 0


async def _settings(settings: Settings, _: Clock) -> AsyncIterator[Finding]:
    yield Finding(
        "settings",
        f"scheme {settings.scheme}, language {settings.language}, {settings.timezone}, "
        f"{len(settings.admins)} admins",
    )
    env = Path(".env")
    if env.exists() and env.stat().st_mode & 0o077:
        yield Finding("settings", ".env can be read by others", "chmod 600 .env")
    if settings.rate > FREE_RATE and not settings.paid:
        yield Finding(
            "settings", f"{settings.rate} notices a second: Telegram allows {FREE_RATE} unpaid",
            "lower GREENBIN_RATE, or pay: GREENBIN_PAID=true",
        )  # fmt: skip


async def _catalogue(_: Settings, __: Clock) -> AsyncIterator[Finding]:
    try:
        catalogue = Catalogue.load()
    except BadCatalogue as error:
        for line in console.bad_catalogue(error):
            yield Finding("catalogue", line, "mend that line")
        return
    names = sum(len(item.names) for item in catalogue.items)
    yield Finding("catalogue", f"{len(catalogue.items)} items with {names} names")


async def _holidays(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    today = clock().astimezone(settings.zone).date()
    known = Holidays.load()
    # The notice for the year to come is published in November.
    wanted = today.year + 1 if today.month == DECEMBER else today.year
    for year in (today.year, today.year + 1):
        if known.is_announced(year):
            yield Finding("holidays", f"{year} is known")
        elif year > wanted:
            yield Finding("holidays", f"{year} is not announced yet")
        else:
            yield Finding(
                "holidays", f"nothing is known of {year}: days off and make-up days are missing",
                f"write the State Council's notice into knowledge/data/holidays/{year}.csv",
            )  # fmt: skip


async def _database(settings: Settings, _: Clock) -> AsyncIterator[Finding]:
    database = Database(settings.database(playground=settings.token is None))
    file = database.file
    try:
        if file and not file.exists():
            yield Finding("database", f"{file} is not there yet; the first start makes it")
            return
        try:
            revision = await migrations.revision(database)
            if revision != migrations.HEAD:
                yield Finding(
                    "database", f"at revision {revision}, ours is {migrations.HEAD}",
                    "greenbin migrate",
                )  # fmt: skip
                return
            async with database.write() as session:
                counted = await updates.counts(session)
        except migrations.UnknownRevision as newer:
            yield Finding(
                "database", console.newer_database(database.shown, newer.revision), "see there"
            )
            return
        except Exception as error:
            yield Finding("database", str(error), "check GREENBIN_DATABASE_URL and its folder")
            return
        yield Finding("database", f"{database.shown}, revision {revision}, can be written")
        waiting = counted.get(State.NEW, 0) + counted.get(State.DONE, 0)
        yield Finding("updates", f"{waiting} waiting")
        for state in (State.FAILED, State.PARKED):
            if counted.get(state):
                yield Finding(
                    "updates", f"{counted[state]} {state} in the last three days",
                    "the reason is in the log, and in the column note of the table updates",
                )  # fmt: skip
        async with database.read() as session:
            async for finding in _city(session):
                yield finding
        free = shutil.disk_usage(file.resolve().parent).free if file else FREE_BYTES
        if free < FREE_BYTES:
            yield Finding("disk", f"{free >> 20} MiB free", "make room: below 1 GiB is too little")
    finally:
        await database.close()


async def _city(session: Session) -> AsyncIterator[Finding]:
    """What a city owns, and whether its books are right."""
    have = await inventory.counts(session)
    yield Finding(
        "city",
        f"{have.areas} areas, {have.households} households, {have.stations} stations",
    )
    for code, column in await inventory.unreadable(session):
        yield Finding(
            "city",
            f"the {column} of {code} cannot be read",
            "greenbin import a file that mends it",
        )
    with contextlib.suppress(BadCatalogue):  # that is said above
        for code, name in await inventory.idle(session, Catalogue.load()):
            yield Finding(
                "city",
                f"what {code or 'everybody'} has of {name} is about something that the catalogue "
                "has not any more",
                "import a rule that mends it, or take the lesson back: /learned",
            )
    total, wrong = await points.total(session), await points.unbalanced(session)
    if total or wrong:
        yield Finding(
            "points", f"all balances add up to {total}, and {len(wrong)} accounts differ from "
            "their transfers", "stop the bot, restore the last backup, and report it",
        )  # fmt: skip
    else:
        yield Finding("points", "all balances add up to zero, and each to its transfers")


async def _telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    if settings.token is None:
        yield Finding("telegram", "no GREENBIN_TOKEN: `greenbin run` opens the playground")
        return
    session = connect(settings)
    bot = Bot(settings.token.get_secret_value(), session=session)
    try:
        try:
            me = await bot.me()
        except (TelegramUnauthorizedError, TelegramNotFound):
            yield Finding(
                "token", f"{settings.api_base} does not know it", "copy it again from @BotFather"
            )
            return
        except Exception as error:
            yield Finding(
                "connection", f"{settings.api_base}: {error}",
                "check GREENBIN_API_BASE, GREENBIN_PROXY and the network",
            )  # fmt: skip
            return
        yield Finding("connection", f"{settings.api_base} answers; this is @{me.username}")
        yield _inline(me)
        webhook = await bot.get_webhook_info()
        if webhook.url:
            yield Finding(
                "webhook", "one is set, so polling gets nothing",
                "if you did not set it, revoke the token; else delete the webhook",
            )  # fmt: skip
        client = await session.create_session()
        async with client.get(settings.api_base) as answer:
            date = answer.headers.get("Date", "")
        yield _clock(date, clock())
    finally:
        await session.close()


def _inline(me: User) -> Finding:
    if me.supports_inline_queries:
        return Finding("inline mode", "on")
    return Finding("inline mode", "off", "send /setinline to @BotFather")


def _clock(date: str, now: datetime) -> Finding:
    try:
        theirs = parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return Finding("clock", "the server does not tell the time; not compared")
    seconds = (now - theirs).total_seconds()
    if abs(seconds) > CLOCK_SECONDS:
        return Finding("clock", f"{seconds:+.0f} s off", "set the clock, e.g. by NTP")
    return Finding("clock", f"right to {CLOCK_SECONDS} s")
