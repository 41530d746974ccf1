"""The door for tests: aiogram's Bot talks to the playground without a network."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ServerDisconnectedError

from bot.playground.core import Playground
from bot.playground.rules import Answer, ApiError, ConnectionLost, Upload, envelope
from bot.responses import ReadingSession

PIECE = 64 * 1024
"""Bytes that a file comes in at a time."""


class PlaygroundSession(ReadingSession):
    """Writes and reads what aiogram's own session would, so errors are the same exceptions."""

    def __init__(self, playground: Playground) -> None:
        super().__init__()
        self.playground = playground

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 (aiogram's signature)
    ) -> TelegramType:
        """Carry out one method of the bot."""
        parameters, files = await self._form(bot, method)
        try:
            outcome: Answer | ApiError = await self.playground.call(
                bot.token, method.__api_method__, parameters, files
            )
        except ApiError as error:
            outcome = error
        except ConnectionLost:
            lost = ServerDisconnectedError()
            name = type(lost).__name__
            raise TelegramNetworkError(method=method, message=f"{name}: {lost}") from lost
        status, body = envelope(outcome)
        response = self.check_response(bot, method, status, json.dumps(body))
        return response.result  # type: ignore[return-value]

    async def _form(
        self, bot: Bot, method: TelegramMethod[Any]
    ) -> tuple[dict[str, str], dict[str, Upload]]:
        """The fields as the door reads them; empty ones are left out."""
        attached: dict[str, InputFile] = {}
        parameters: dict[str, str] = {}
        for name, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=attached)
            if prepared:
                parameters[name] = prepared
        files = {}
        for name, file in attached.items():
            content = b"".join([chunk async for chunk in file.read(bot)])
            files[name] = Upload(file.filename or name, content)
        return parameters, files

    async def stream_content(self, url: str, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """A file's content, by the address that aiogram makes of its path.

        What else aiogram says is about a network, and here is none.
        """
        token, path = url.partition("/file/bot")[2].split("/", 1)
        content = self.playground.file(token, path)
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]

    async def close(self) -> None:
        """Nothing is open."""
