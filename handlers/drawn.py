"""Pictures and documents that are made when they are sent, from a name and values.

So they are kept like words: a crash between the commit and the sending makes the same again, and
no drawing holds a transaction up.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

from aiogram import Bot
from aiogram.methods import SendDocument, SendPhoto, TelegramMethod
from aiogram.types import InputFile

Drawing = Callable[[Mapping[str, Any]], tuple[bytes, str]]
"""Makes the file from the fields: its bytes, and its name. It runs in a thread."""

DRAWINGS: dict[str, Drawing] = {}

_SHOWN = {SendPhoto: "photo", SendDocument: "document"}
"""The calls that can carry one, and where."""


def draws(name: str) -> Callable[[Drawing], Drawing]:
    """Let the function make what is called so."""

    def register(drawing: Drawing) -> Drawing:
        DRAWINGS[name] = drawing
        return drawing

    return register


class Drawn(InputFile):
    """A file that does not exist yet: `SendPhoto(photo=Drawn("points", weeks=[…]), …)`.

    The fields are JSON; a chance or a time that it shows is one of them.
    """

    def __init__(self, name: str, /, **fields: Any) -> None:
        super().__init__()
        self.name = name
        self.fields = fields
        self._content: bytes | None = None

    async def draw(self) -> bytes:
        """Make it, unless it is made."""
        if self._content is not None:
            return self._content
        content, self.filename = await asyncio.to_thread(DRAWINGS[self.name], self.fields)
        self._content = content
        return content

    async def read(
        self,
        bot: Bot,  # noqa: ARG002 (aiogram hands it to every file; only one from a URL asks it)
    ) -> AsyncGenerator[bytes, None]:
        content = await self.draw()
        for start in range(0, len(content), self.chunk_size):
            yield content[start : start + self.chunk_size]


async def draw(call: TelegramMethod[Any]) -> None:
    """Make what the call shows. Before it is sent: what breaks here has surely not left."""
    place = _SHOWN.get(type(call))
    shown = getattr(call, place) if place else None
    if isinstance(shown, Drawn):
        await shown.draw()
