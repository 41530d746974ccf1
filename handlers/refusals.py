"""When a handler raises: a refusal is explained, a fault apologised for."""

import re
from datetime import datetime, tzinfo
from typing import Any

from aiogram.methods import TelegramMethod
from aiogram.types import Message, Update

from handlers.texts import Texts
from models import Refusal


def text_key(refusal: type[Refusal]) -> str:
    """The key of a refusal's words: `SlotFull` is explained by "refusal-slot-full"."""
    return "refusal" + re.sub(r"(?=[A-Z])", "-", refusal.__name__).lower()


def explain(update: Update, refusal: Refusal, t: Texts, zone: tzinfo) -> list[TelegramMethod[Any]]:
    """Say why not."""
    return _say(update, words(refusal, t, zone))


def words(refusal: Refusal, t: Texts, zone: tzinfo) -> str:
    """Why not, with the clocks of the place."""
    values = {
        name: value.astimezone(zone) if isinstance(value, datetime) else value
        for name, value in refusal.values.items()
    }
    return t(text_key(type(refusal)), **values)


def apologise(update: Update, t: Texts) -> list[TelegramMethod[Any]]:
    """Say that something broke here, not there."""
    return _say(update, t("fault"))


def _say(update: Update, words: str) -> list[TelegramMethod[Any]]:
    if update.message:
        return [update.message.answer(words)]
    if query := update.callback_query:
        said: list[TelegramMethod[Any]] = [query.answer(words, show_alert=True)]
        # An alert is gone with a tap, and is not shown at all when it comes late.
        return [query.message.answer(words), *said] if isinstance(query.message, Message) else said
    return []
