"""The way to Telegram: which server, through which proxy, and the pauses it asks for."""

import asyncio
import logging
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.settings import Settings
from models import Database, pauses

log = logging.getLogger(__name__)

CALL_TIMEOUT_SECONDS = 30
"""How long we wait for an answer: longer than Telegram needs, shorter than people wait."""

Clock = Callable[[], datetime]


def connect(settings: Settings, api_base: str | None = None) -> AiohttpSession:
    """An HTTP session to the Bot API that the settings name."""
    # A self-hosted server is reached like Telegram's own; its files come over HTTP, too.
    server = TelegramAPIServer.from_base(api_base or settings.api_base, is_local=False)
    proxy = settings.proxy.get_secret_value() if settings.proxy and not api_base else None
    session = AiohttpSession(proxy=proxy, api=server)
    session.timeout = CALL_TIMEOUT_SECONDS
    return session


class Pausing(BaseRequestMiddleware):
    """When Telegram says "too many requests", nothing leaves until it allows it again.

    The pause can be hours and is kept in the database, so that a restart does not forget it.
    Asking for updates goes on: Telegram keeps them for a day only.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._until: datetime | None = None
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Wait no more: what has not left by now leaves after the next start."""
        self._stopped.set()

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
            await self._wait(method)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as asked:
            if not asks_for_updates:
                await self._begin(bot, asked.retry_after)
            raise

    async def _wait(self, method: TelegramMethod[Any]) -> None:
        while self._until and (left := (self._until - self._clock()).total_seconds()) > 0:
            if self._stopped.is_set():
                raise TelegramRetryAfter(method, "the pause is not over", math.ceil(left))
            try:
                # A minute at most: the clock may be set meanwhile.
                await asyncio.wait_for(self._stopped.wait(), min(left, 60))
            except TimeoutError:
                continue

    async def _begin(self, bot: Bot, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        if self._until and until <= self._until:
            return
        self._until = until
        log.warning("Telegram asks for a pause of %s s; it is kept", seconds)
        async with self._database.write() as session:
            await pauses.extend(session, bot.id, until)
