"""What people hear when it is bad: that we are busy, and that their question is kept. Once."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from aiogram import Bot

from bot.network import Clock
from handlers.texts import texts

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 3.0
"""How long something may be out of reach before people are told."""

AGAIN_AFTER = timedelta(minutes=10)
"""How long a chat is not told again, however many questions wait."""


class Busy:
    """Tells chats, without the database: that is what cannot be reached."""

    def __init__(self, bot: Bot, clock: Clock, language: str) -> None:
        self._bot = bot
        self._clock = clock
        self._language = language
        self._told: dict[int, datetime] = {}

    async def tell(self, chat_ids: Collection[int]) -> None:
        """Tell those private chats that have not been told lately; groups are left in peace."""
        now = self._clock()
        self._told = {chat: at for chat, at in self._told.items() if now - at < AGAIN_AFTER}
        for chat_id in chat_ids:
            if chat_id <= 0 or chat_id in self._told:
                continue
            self._told[chat_id] = now
            try:
                await self._bot.send_message(chat_id, texts(self._language)("busy"))
            except Exception as error:  # it is only a courtesy: the answer comes anyway
                log.info("chat %s could not be told that we are busy: %s", chat_id, error)
