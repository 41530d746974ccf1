"""Sending a reply, and what became of it."""

import asyncio
import json
from enum import StrEnum
from typing import Any

from aiogram import Bot, methods
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiohttp import ClientConnectorError

Call = TelegramMethod[Any]
"""A call to Telegram that has not been made."""


class Outcome(StrEnum):
    """What became of a call. Telegram has no idempotency key, so "unknown" cannot be helped."""

    SENT = "sent"
    NOT_SENT = "not sent"
    """It never arrived: it may be made again."""
    UNKNOWN = "unknown"
    """It may have arrived; nobody can tell."""
    FINAL = "final"
    """Telegram said no, and would say no again."""


def judge(error: Exception) -> Outcome:
    """What an error says about the call that raised it (reliability A11, A12, D10)."""
    match error:
        case TelegramRetryAfter():
            return Outcome.NOT_SENT
        case TelegramNetworkError():
            refused = isinstance(error.__cause__, ClientConnectorError)
            return Outcome.NOT_SENT if refused else Outcome.UNKNOWN
        case TelegramServerError() | ClientDecodeError() | TypeError():
            # Telegram broke, or a proxy answered in its place: 502 with HTML, 500 without a
            # description (which aiogram reports as a TypeError), half an answer.
            return Outcome.UNKNOWN
        case TelegramAPIError():
            # A 429 without parameters comes as a plain error.
            too_many = type(error) is TelegramAPIError and "Too Many Requests" in error.message
            return Outcome.NOT_SENT if too_many else Outcome.FINAL
        case asyncio.CancelledError():
            return Outcome.UNKNOWN
        case _:
            return Outcome.FINAL


def pack(calls: list[Call]) -> str:
    """Calls as text, to be stored: what was set of each, under the method's name."""
    return json.dumps(
        [[type(call).__name__, call.model_dump(mode="json", exclude_unset=True)] for call in calls]
    )


def unpack(text: str, bot: Bot) -> list[Call]:
    """The calls that `pack` stored."""
    return [
        getattr(methods, name).model_validate(fields, context={"bot": bot})
        for name, fields in json.loads(text)
    ]
