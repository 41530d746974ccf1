"""A file that a handler needs is fetched before the handler begins, and before it may write."""

import asyncio
import io
import logging
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.flags import get_flag
from aiogram.types import Document, Message, PhotoSize, TelegramObject
from aiohttp import ClientError

from bot.failures import Outcome, judge
from bot.middlewares import Handler
from models.files import LARGEST, FileTooLarge, FileUnreachable

log = logging.getLogger(__name__)

TRIES = 3

WAIT_SECONDS = 0.5
"""How long we wait before the second try; twice as long before the third."""

DOWNLOAD_SECONDS = 15
"""How long a download may take: somebody waits for the answer."""


class Fetching(BaseMiddleware):
    """A handler registered with `flags={"file": True}` gets the photo's or document's bytes.

    It is given them as `file`; or what a function makes of them that stands there instead of
    `True`, in a thread. Where Telegram does not hand them over, the person is told so and
    nothing has happened.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if wanted := get_flag(data, "file"):
            assert isinstance(event, Message)
            file: Any = await fetch(event, data["bot"])
            if callable(wanted):
                file = await asyncio.to_thread(wanted, file)
            data = data | {"file": file}
        return await handler(event, data)


async def fetch(message: Message, bot: Bot) -> bytes:
    """The bytes of what the message shows; raises `FileUnreachable` or `FileTooLarge`."""
    sent = _sent(message)
    seconds = WAIT_SECONDS
    for attempt in range(1, TRIES + 1):
        try:
            return await _download(sent.file_id, bot)
        except FileTooLarge:
            raise
        except Exception as error:
            log.info("a file cannot be fetched: %s: %s", type(error).__name__, error)
            for_good = judge(error) is Outcome.FINAL and not _on_the_way(error)
            if for_good or attempt == TRIES:
                raise FileUnreachable from error
        await asyncio.sleep(seconds)
        seconds *= 2
    raise AssertionError


def _sent(message: Message) -> PhotoSize | Document:
    """The document, or the largest size of the photo that is not too large."""
    if message.document:
        if (message.document.file_size or 0) > LARGEST:
            raise FileTooLarge
        return message.document
    assert message.photo, "the flag stands at a handler of photos and documents"
    fit = [size for size in message.photo if (size.file_size or 0) <= LARGEST]
    if not fit:
        raise FileTooLarge
    return max(fit, key=lambda size: size.width * size.height)


async def _download(file_id: str, bot: Bot) -> bytes:
    file = await bot.get_file(file_id)
    if (file.file_size or 0) > LARGEST:
        raise FileTooLarge
    content = _Bounded()
    # Asked anew each time: the address is good for an hour only.
    await bot.download_file(file.file_path or "", content, timeout=DOWNLOAD_SECONDS)
    return content.getvalue()


class _Bounded(io.BytesIO):
    """Takes no more than a file may have, whatever was said of its size."""

    def write(self, chunk: Any) -> int:
        if self.tell() + len(chunk) > LARGEST:
            raise FileTooLarge
        return super().write(chunk)


def _on_the_way(error: Exception) -> bool:
    """Whether the download broke off; these are not errors of the Bot API."""
    return isinstance(error, (ClientError, OSError))
