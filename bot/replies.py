"""Replies: calls to Telegram that have not been made, and how they are kept until they are."""

import json
from typing import Any

from aiogram import Bot, methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod

Call = TelegramMethod[Any]
"""A call to Telegram that has not been made."""


def pack(calls: list[Call]) -> str:
    """Calls as text, to be stored: what was set of each, under the method's name."""
    return json.dumps([[type(call).__name__, _fields(call)] for call in calls])


def _fields(call: Call) -> dict[str, Any]:
    """What was set, but for what aiogram's short cuts leave to the bot's settings."""
    left_open = {
        name for name in call.model_fields_set if isinstance(getattr(call, name), Default)
    }
    return call.model_dump(mode="json", exclude_unset=True, exclude=left_open)


def unpack(text: str, bot: Bot) -> list[Call]:
    """The calls that `pack` stored."""
    return [
        getattr(methods, name).model_validate(fields, context={"bot": bot})
        for name, fields in json.loads(text)
    ]
