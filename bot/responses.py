"""What Telegram answers, and how much of it is read."""

from contextvars import ContextVar
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

_YES_IS_ENOUGH = ContextVar("yes is enough", default=False)


async def send(bot: Bot, call: TelegramMethod[Any]) -> None:
    """Make a call, and read of the answer only whether it is a yes.

    Telegram hands back the message that it has made of the call. To read it takes longer than to
    find what it says; and where Telegram tells of messages in a newer way, it cannot be read.
    """
    outer = _YES_IS_ENOUGH.set(True)
    try:
        await bot(call)
    finally:
        _YES_IS_ENOUGH.reset(outer)


class ReadingSession(BaseSession):
    """A session that reads of an answer what the caller wants of it."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """What the answer says; anything but a yes raises aiogram's errors."""
        if _YES_IS_ENOUGH.get() and status_code == 200 and self._is_yes(content):
            return Response(ok=True)
        _hold(method.__returning__)
        return super().check_response(bot, method, status_code, content)

    def _is_yes(self, content: str) -> bool:
        try:
            answer = self.json_loads(content)
        except ValueError:
            return False
        return isinstance(answer, dict) and answer.get("ok") is True


@cache
def _hold(answer: Any) -> Any:
    """Keep the class of such a response for as long as the program runs.

    Pydantic forgets a generic class that nobody holds, and aiogram asks for it with every answer:
    building it anew is a third of what a call costs.
    """
    return Response[answer]
