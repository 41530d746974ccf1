"""What Telegram answers: aiogram's classes for it, kept at hand."""

from functools import cache
from typing import Any

from aiogram.methods import Response, TelegramMethod


def hold(method: TelegramMethod[Any]) -> None:
    """Keep the class of this method's response for as long as the program runs.

    Pydantic forgets a generic class that nobody holds, and aiogram asks for it with every answer:
    building it anew is a third of what a call costs.
    """
    _response_of(method.__returning__)


@cache
def _response_of(answer: Any) -> Any:
    return Response[answer]
