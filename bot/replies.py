"""Replies: calls to Telegram that have not been made, and how they are kept until they are."""

import json
from typing import Any

from aiogram import Bot, methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod

from handlers.drawn import Drawn

Call = TelegramMethod[Any]
"""A call to Telegram that has not been made."""


def pack(calls: list[Call]) -> str:
    """Calls as text, to be stored: what was set of each, under the method's name."""
    return json.dumps([[type(call).__name__, _fields(call)] for call in calls])


def _fields(call: Call) -> dict[str, Any]:
    """What was set, but for what aiogram's short cuts leave to the bot's settings."""
    set_ = {name: getattr(call, name) for name in call.model_fields_set}
    drawn = {name: value for name, value in set_.items() if isinstance(value, Drawn)}
    apart = {name for name, value in set_.items() if isinstance(value, (Default, Drawn))}
    return {
        **call.model_dump(mode="json", exclude_unset=True, exclude=apart),
        **{name: {_DRAWN: file.name, "fields": file.fields} for name, file in drawn.items()},
    }


_DRAWN = "drawn"
"""Marks a file that is made when it is sent; no field of Telegram's is called so."""


def unpack(text: str, bot: Bot) -> list[Call]:
    """The calls that `pack` stored."""
    return [
        getattr(methods, name).model_validate(
            {key: _redrawn(value) for key, value in fields.items()}, context={"bot": bot}
        )
        for name, fields in json.loads(text)
    ]


def _redrawn(value: Any) -> Any:
    if isinstance(value, dict) and _DRAWN in value:
        return Drawn(value[_DRAWN], **value["fields"])
    return value
