"""Putting the bot together, and running it until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.methods import SetMyCommands, TelegramMethod
from aiogram.types import BotCommand, User

from bot.busy import Busy
from bot.ending import end
from bot.failures import Outcome, judge
from bot.fetching import Fetching
from bot.intake import Intake
from bot.lanes import Pace
from bot.middlewares import Reading, Writing
from bot.network import Clock, Pausing
from bot.sender import Sender
from bot.staff import Staff
from bot.switchboard import Switchboard
from bot.timetable import Timetable, build_scheduler
from bot.workers import Workers
from handlers import routers
from handlers.broadcast_drafts import Limits
from handlers.start import COMMANDS
from handlers.texts import LANGUAGES, texts
from knowledge.calendar import Civil
from knowledge.catalogue import Catalogue
from knowledge.holidays import Holidays
from knowledge.schemes import Scheme
from knowledge.search import Search
from models import Database, updates
from models.database import in_brief, unavailable
from models.places import NOWHERE, Places, Shipped
from models.presence import LOOK_SECONDS, Presence, free_what_the_absent_held

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
"""How long a start waits for a database that is out of reach before it tries again."""

MENU_SECONDS = 30.0
"""How long we wait before we tell Telegram our commands once more."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known where the bot serves: how one sorts there, and the language spoken."""

    catalogue: Catalogue
    scheme: Scheme
    search: Search
    language: str
    timezone: str
    holidays: Holidays

    @property
    def civil(self) -> Civil:
        """The clocks and holidays there."""
        return Civil(ZoneInfo(self.timezone), self.holidays)

    @property
    def shipped(self) -> Shipped:
        """What is answered where no area says otherwise."""
        return Shipped(self.catalogue, self.scheme, self.search, ZoneInfo(self.timezone))


def build_dispatcher(
    database: Database,
    place: Place,
    places: Places,
    username: str,
    clock: Clock,
    admins: Collection[int],
    limits: Limits,
) -> Dispatcher:
    """The dispatcher with every feature, and what happens around a handler."""
    dispatcher = Switchboard(
        username=username,
        limits=limits,
        admins=admins,
        home_language=place.language,
    )
    dispatcher.update.outer_middleware(Reading(database, clock, admins, place.civil, places))
    dispatcher.message.middleware(Fetching())  # outside of Writing: no transaction waits for it
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member):
        observer.middleware(Writing(database, admins))
    dispatcher.include_routers(*routers())
    return dispatcher


class App:
    """The bot: intake, workers, sender and timetable around one database and one connection."""

    def __init__(
        self,
        bot: Bot,
        me: User,
        database: Database,
        place: Place,
        clock: Clock,
        *,
        admins: Collection[int] = (),
        rate: float = 25,
        in_flight: int = 5,
        paid: bool = False,
        second_above: int = 500,
        redact: Callable[[str], str] = str,
        timetable: Callable[[Database, Clock, Civil], Timetable] | None = None,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._place = place
        name = f"{socket.gethostname()[:16]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._presence = Presence(database, name)
        self._pausing = Pausing(database, clock)
        bot.session.middleware(self._pausing)
        self.places = Places(place.shipped)
        limits = Limits(rate, second_above)
        dispatcher = build_dispatcher(
            database, place, self.places, me.username or "", clock, admins, limits
        )
        busy = Busy(bot, clock, place.language)
        pace, staff = Pace(), Staff(admins, ZoneInfo(place.timezone))
        self.workers = Workers(
            bot,
            database,
            dispatcher,
            clock,
            name=name,
            language=place.language,
            redact=redact,
            busy=busy,
            zone=place.civil.zone,
            admins=admins,
            pace=pace,
            staff=staff,
        )
        self.sender = Sender(
            bot,
            database,
            clock,
            name=name,
            language=place.language,
            pausing=self._pausing,
            pace=pace,
            staff=staff,
            rate=rate,
            in_flight=in_flight,
            paid=paid,
            redact=redact,
        )
        self.intake = Intake(
            bot, database, clock, arrived=self.workers.arrived, leads=self._leads, busy=busy
        )
        make = timetable or partial(
            build_scheduler, rate=rate, second_above=second_above, admins=admins
        )
        self._timetable = make(database, clock, place.civil)
        self.dispatcher = dispatcher

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until `stopping` is set; then finish what was begun and leave the rest stored."""
        async with contextlib.AsyncExitStack() as stack:
            while not stopping.is_set():
                try:
                    await stack.enter_async_context(self._presence)
                    await self._recover()
                except Exception as error:
                    if not unavailable(error):
                        raise
                    log.warning("the database is out of reach (%s); trying again", in_brief(error))
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(stopping.wait(), RETRY_SECONDS)
                else:
                    await self._serve(stopping)
                    return

    async def _serve(self, stopping: asyncio.Event) -> None:
        self._timetable.start()
        intake = asyncio.create_task(self.intake.run())
        working = asyncio.create_task(self.workers.run())
        sending = asyncio.create_task(self.sender.run())
        looking = asyncio.create_task(self._look_around())
        # This one ends by itself, and takes every answer of Telegram's for what it is.
        announcing = asyncio.create_task(self._announce())
        stop = asyncio.create_task(stopping.wait())
        try:
            # None of these ends by itself; if one does, it is with a fault, and all of them end.
            running = (stop, intake, working, sending, looking)
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (looking, announcing, stop):
                task.cancel()
            self._timetable.shutdown(wait=False)
            self._pausing.stop()
            self.sender.stop()
            self.intake.stop()
            await asyncio.wait((intake,))
            self.workers.stop()
            await asyncio.wait((working, sending))
            await end((looking, announcing, stop))  # one may have swallowed what it was told above
        for task in (intake, working, sending, looking, announcing):
            if not task.cancelled():
                task.result()  # raises the fault with which it ended; asyncio logs any other

    async def _leads(self) -> bool:
        """Whether this process is the one that asks Telegram: a second would end the first."""
        return await self._presence.leads("intake")

    async def _look_around(self) -> None:
        """On PostgreSQL: stay visible to the other processes, and take over from the dead."""
        if self._database.is_sqlite:
            await asyncio.Event().wait()  # nobody else is there, ever
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._presence.renew()
                async with self._database.write() as session:
                    await free_what_the_absent_held(session)
            except Exception as error:
                if not unavailable(error):
                    raise
                log.warning("the database is out of reach (%s); trying again", in_brief(error))
            else:
                self.workers.arrived()

    async def _recover(self) -> None:
        """Take up again what the last run left, the pause of Telegram's, and what holds where."""
        async with self._database.write() as session:
            if self._database.is_sqlite:
                await updates.release(session)  # nobody else is there
            else:
                await free_what_the_absent_held(session)
            left = await updates.unsettled(session)
        if left:
            log.info("%s updates are left from the last run; they are dealt with now", left)
        async with self._database.read() as session:
            # Once, before everybody who waits for an answer would do it.
            await self.places.at(session, 0, NOWHERE, self._clock())
        await self._pausing.recall(self._bot)

    async def _announce(self) -> None:
        """Tell Telegram our commands."""
        for language in LANGUAGES:
            t = texts(language)
            commands = [
                BotCommand(command=command, description=t(f"command-{command}"))
                for command in COMMANDS
            ]
            # The first language is also what speakers of any other see.
            code = None if language == self._place.language else language
            await self._insist(SetMyCommands(commands=commands, language_code=code))

    async def _insist(self, call: TelegramMethod[bool]) -> None:
        """Make a call that may well be made twice, until Telegram has said yes or no."""
        while True:
            try:
                await self._bot(call)
            except Exception as error:
                if judge(error) is Outcome.FINAL:
                    log.warning("Telegram did not take the command menu (%s)", error)
                    return
                if judge(error) is Outcome.SENT:
                    return
            else:
                return
            await asyncio.sleep(MENU_SECONDS)
