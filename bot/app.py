"""Putting the bot together, and running it until it is told to stop."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, User

from bot.intake import Intake
from bot.middlewares import Reading, Writing
from bot.network import Clock, Pausing
from bot.timetable import build_scheduler
from bot.workers import Workers
from handlers import routers
from handlers.start import COMMANDS
from handlers.texts import LANGUAGES, texts
from knowledge.catalogue import Catalogue
from knowledge.schemes import Scheme
from knowledge.search import Search
from models import Database, updates

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known where the bot serves: how one sorts there, and the language spoken."""

    catalogue: Catalogue
    scheme: Scheme
    search: Search
    language: str
    timezone: str


def build_dispatcher(database: Database, place: Place, username: str, clock: Clock) -> Dispatcher:
    """The dispatcher with every feature, and what happens around a handler."""
    dispatcher = Dispatcher(
        disable_fsm=True,  # nothing lives in memory only
        catalogue=place.catalogue,
        scheme=place.scheme,
        search=place.search,
        username=username,
    )
    dispatcher.update.outer_middleware(Reading(database, clock))
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.middleware(Writing(database))
    dispatcher.include_routers(*routers())
    return dispatcher


class App:
    """The bot: intake, workers and timetable around one database and one connection."""

    def __init__(
        self,
        bot: Bot,
        me: User,
        database: Database,
        place: Place,
        clock: Clock,
        *,
        redact: Callable[[str], str] = str,
    ) -> None:
        self._bot = bot
        self._database = database
        self._place = place
        self._pausing = Pausing(database, clock)
        bot.session.middleware(self._pausing)
        dispatcher = build_dispatcher(database, place, me.username or "", clock)
        self.workers = Workers(
            bot,
            database,
            dispatcher,
            clock,
            name=f"{socket.gethostname()[:16]}-{os.getpid()}-{secrets.token_hex(4)}",
            language=place.language,
            redact=redact,
        )
        self.intake = Intake(bot, database, clock, arrived=self.workers.arrived)
        self._scheduler = build_scheduler(database, clock, place.timezone)
        self.dispatcher = dispatcher

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until `stopping` is set; then finish what was begun and leave the rest stored."""
        await self._recover()
        self._scheduler.start()
        intake = asyncio.create_task(self.intake.run())
        working = asyncio.create_task(self.workers.run())
        announcing = asyncio.create_task(self._announce())
        stop = asyncio.create_task(stopping.wait())
        try:
            # Neither ends by itself; if one does, it is with a fault that must be seen.
            await asyncio.wait((stop, intake, working), return_when=asyncio.FIRST_COMPLETED)
        finally:
            announcing.cancel()
            stop.cancel()
            self._scheduler.shutdown(wait=False)
            self._pausing.stop()
            self.intake.stop()
            await intake
            self.workers.stop()
            await working

    async def _recover(self) -> None:
        """Take up again what the last run left, and the pause that Telegram asked for."""
        async with self._database.write() as session:
            await updates.release(session)
            left = await updates.unsettled(session)
        if left:
            log.info("%s updates are left from the last run; they are dealt with now", left)
        await self._pausing.recall(self._bot)

    async def _announce(self) -> None:
        """Tell Telegram our commands; let it go where that does not work."""
        try:
            for language in LANGUAGES:
                t = texts(language)
                commands = [
                    BotCommand(command=command, description=t(f"command-{command}"))
                    for command in COMMANDS
                ]
                # The first language is also what speakers of any other see.
                code = None if language == self._place.language else language
                await self._bot.set_my_commands(commands, language_code=code)
        except (TelegramAPIError, TimeoutError) as error:
            log.warning("Telegram did not take the command menu (%s)", error)
