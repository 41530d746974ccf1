"""The way to Telegram: which server, through which proxy, and the pauses it asks for."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientTimeout, FormData, JsonPayload

from bot.failures import Outcome, judge, pause_seconds
from bot.responses import ReadingSession
from bot.settings import Settings
from models import Database, pauses

log = logging.getLogger(__name__)

CALL_TIMEOUT_SECONDS = 30
"""How long we wait for an answer: longer than Telegram needs, shorter than people wait."""

CONNECT_TIMEOUT_SECONDS = 10
"""How long we wait for a connection, a proxy's included."""

LOOK_SECONDS = 60.0
"""How often a pause is compared with the clock, which may be set meanwhile."""

Clock = Callable[[], datetime]


class Line(ReadingSession, AiohttpSession):
    """aiogram's HTTP session, with a time-out of its own for the connection, and JSON.

    A network that swallows everything would otherwise look like an answer that does not come;
    but where there was no connection, nothing was sent, and it is safe to send it again.
    """

    connect_timeout: float = CONNECT_TIMEOUT_SECONDS

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> TelegramType:
        """Carry out one method of the bot."""
        total = self.timeout if timeout is None else timeout
        limits = ClientTimeout(total=total, connect=self.connect_timeout)
        # aiogram hands it on to aiohttp as it is.
        return await super().make_request(bot, method, limits)  # type: ignore[arg-type]

    # aiogram says that it makes a form, and hands it on to aiohttp, which takes JSON as well.
    def build_form_data(  # type: ignore[override]
        self, bot: Bot, method: TelegramMethod[Any]
    ) -> FormData | JsonPayload:
        """The fields as JSON, which is written in half the time; files go as a form."""
        files: dict[str, Any] = {}
        fields = {
            name: prepared
            for name, value in method.model_dump(exclude_none=True, warnings=False).items()
            if (prepared := self.prepare_value(value, bot, files, _dumps_json=False)) is not None
        }
        if files:
            return super().build_form_data(bot, method)
        return JsonPayload(fields, dumps=self.json_dumps)


def connect(settings: Settings, api_base: str | None = None) -> AiohttpSession:
    """An HTTP session to the Bot API that the settings name."""
    # A self-hosted server is reached like Telegram's own; its files come over HTTP, too.
    server = TelegramAPIServer.from_base(api_base or settings.api_base, is_local=False)
    proxy = settings.proxy.get_secret_value() if settings.proxy and not api_base else None
    session = Line(proxy=proxy, api=server)
    session.timeout = CALL_TIMEOUT_SECONDS
    return session


async def until_telegram_answers(
    bot: Bot, pause: Callable[[float], Awaitable[None]], stopping: asyncio.Event
) -> None:
    """Wait for an answer to anything, so that an outage does not use up a second try."""
    seconds = 0.5
    while not stopping.is_set():
        try:
            await bot.get_me()
        except Exception as error:
            if judge(error) in (Outcome.SENT, Outcome.FINAL):
                return
        else:
            return
        await pause(seconds)
        seconds = min(seconds * 2, 20)


class Pausing(BaseRequestMiddleware):
    """When Telegram says "too many requests", nothing leaves until it allows it again.

    The pause can be hours and is kept in the database, so that a restart does not forget it.
    Asking for updates goes on: Telegram keeps them for a day only.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._until: datetime | None = None
        self._is_stored = True
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Wait no more: what has not left by now leaves after the next start."""
        self._stopped.set()

    def left(self) -> float:
        """How many seconds of a pause are left; 0 if there is none."""
        return max(0.0, (self._until - self._clock()).total_seconds()) if self._until else 0.0

    async def recall(self, bot: Bot) -> None:
        """Remember the pause that was asked for before we were started."""
        async with self._database.read() as session:
            self._until = await pauses.until(session, bot.id)

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        asks_for_updates = method.__api_method__ == "getUpdates"
        if not asks_for_updates:
            await self._wait(bot, method)
        try:
            return await make_request(bot, method)
        except TelegramAPIError as error:
            seconds = pause_seconds(error)
            if seconds is not None and not asks_for_updates:
                await self._begin(bot, seconds)
            raise

    async def _wait(self, bot: Bot, method: TelegramMethod[Any]) -> None:
        while left := self.left():
            if self._stopped.is_set():
                raise TelegramRetryAfter(method, "the pause is not over", math.ceil(left))
            await self._store(bot)
            try:
                await asyncio.wait_for(self._stopped.wait(), min(left, LOOK_SECONDS))
            except TimeoutError:
                continue

    async def _begin(self, bot: Bot, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        if self._until and until <= self._until:
            return
        self._until, self._is_stored = until, False
        log.warning("Telegram asks for a pause of %s s", seconds)
        await self._store(bot)

    async def _store(self, bot: Bot) -> None:
        """Keep the pause for the next start; if that does not work now, at the next look."""
        if self._is_stored or self._until is None:
            return
        self._is_stored = True
        try:
            async with self._database.write() as session:
                await pauses.extend(session, bot.id, self._until)
        except Exception as error:  # it must not look as if Telegram had said no
            self._is_stored = False
            log.warning("the pause is not stored yet (%s)", error)
