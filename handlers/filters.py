"""Whose text is it? What tells one kind of message from another.

Each message meets some two hundred filters. What one can tell without waiting, from the message
and from what is known of who wrote it, it tells `at_a_glance` (`bot/switchboard.py`); what it says
no to there, it would say no to when asked. What all filters of a kind say no to, their `gate` says
no to, once for all of them.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter, CommandStart
from aiogram.types import Message, TelegramObject, User

from handlers.menu import MENU
from handlers.texts import LANGUAGES, texts
from knowledge import batches, numbers
from models import Session, codes, memberships, steps
from models.roles import Role, Roles, may
from models.shifts import Shift

Known = Mapping[str, Any]
"""What is known of an update before anybody is asked: the step, the roles, the shift, now."""

_LABELS: set[str] = set()
_WISHES: set[str] = set()
"""Of all the keys and wishes that any handler waits for."""


class Key(BaseFilter):
    """A key of our keyboard was pressed, or its words typed, in whatever language."""

    def __init__(self, key: str, **says: Any) -> None:
        """`says` is handed to the handler: what this key means to it."""
        self._labels = {texts(language)(key) for language in LANGUAGES}
        self._says = says
        _LABELS.update(self._labels)

    @staticmethod
    def gate(message: Message, _: Known) -> bool:
        return message.text in _LABELS

    def at_a_glance(self, message: Message, _: Known) -> bool:
        return message.text in self._labels

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return message.text in self._labels and (self._says or True)


class Asked(BaseFilter):
    """The person was asked for one of these, and sends something; the handler gets the `step`.

    Commands and the menu's keys are no answer to anything.
    """

    def __init__(self, *what: str) -> None:
        self._what = frozenset(what)

    @staticmethod
    def gate(_: Message, known: Known) -> bool:
        return known.get("step") is not None

    def at_a_glance(self, _: Message, known: Known) -> bool:
        step: steps.Step | None = known.get("step")
        return step is not None and step.what in self._what

    async def __call__(self, message: Message, step: steps.Step | None, now: datetime) -> bool:
        if step is None or step.what not in self._what or step.expires_at <= now:
            return False
        return is_answer(message)


class Step(Asked):
    """The person was asked for words, and these are they; the handler gets the `step`."""

    async def __call__(self, message: Message, step: steps.Step | None, now: datetime) -> bool:
        return bool(message.text) and await super().__call__(message, step, now)


class Wish(BaseFilter):
    """A plain wish for one of our functions, such as "help" or "English please".

    Where the bot has asked for words, these are the answer to that and no wish.
    """

    def __init__(self, key: str, **says: Any) -> None:
        """`says` is handed to the handler: what this wish means to it."""
        self._says = says
        self._words = {
            wish.strip().casefold()
            for language in LANGUAGES
            for wish in texts(language)(key).split("|")
        }
        _WISHES.update(self._words)

    @staticmethod
    def gate(message: Message, _: Known) -> bool:
        return _wished(message.text) in _WISHES

    def at_a_glance(self, message: Message, _: Known) -> bool:
        return _wished(message.text) in self._words

    async def __call__(
        self, message: Message, step: steps.Step | None, now: datetime
    ) -> bool | dict[str, Any]:
        return (
            _wished(message.text) in self._words and not _waits(step, now) and (self._says or True)
        )


class Idle(BaseFilter):
    """The bot has not asked the person for anything."""

    def at_a_glance(self, _: Message, known: Known) -> bool:
        return not _waits(known.get("step"), known["now"])

    async def __call__(self, _: Message, step: steps.Step | None, now: datetime) -> bool:
        return not _waits(step, now)


class Number(BaseFilter):
    """The message is the number of a door card and nothing else; it comes as `typed`."""

    def at_a_glance(self, message: Message, _: Known) -> bool:
        return _is_number(message.text or "")

    async def __call__(
        self, message: Message, step: steps.Step | None, now: datetime
    ) -> bool | dict[str, str]:
        if message.chat.type != ChatType.PRIVATE or not message.text or _waits(step, now):
            return False
        return _is_number(message.text) and {"typed": message.text}


class Lives(BaseFilter):
    """The person lives in a household; the membership comes as `home`.

    It is what was read: who writes asks again in the transaction.
    """

    async def __call__(
        self, _: TelegramObject, session: Session, event_from_user: User | None
    ) -> bool | dict[str, memberships.Membership]:
        home = await memberships.of(session, event_from_user.id) if event_from_user else None
        return {"home": home} if home else False


class Has(BaseFilter):
    """The person has one of these roles somewhere; where it must hold is for the rules to say."""

    def __init__(self, *wanted: Role) -> None:
        self._wanted: Collection[Role] = wanted

    def at_a_glance(self, _: TelegramObject, known: Known) -> bool:
        return may(known["roles"], self._wanted)

    async def __call__(self, _: TelegramObject, roles: Roles) -> bool:
        return may(roles, self._wanted)


class OnShift(BaseFilter):
    """The person guarded a station when the message was written."""

    def at_a_glance(self, _: Message, known: Known) -> bool:
        return known["shift"] is not None

    async def __call__(self, message: Message, shift: Shift | None) -> bool:
        return shift is not None and shift.covers(message.date)


class InBatches(BaseFilter):
    """The text names households as volunteers do, a line each; it comes as `batch`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        batch = batches.parse(message.text or "")
        return {"batch": batch} if batch else False


class Scanned(CommandStart):
    """A scanned code: `/start CODE`, where the code names this kind of thing; it comes as `code`.

    Whether the code is ours to the last bit is for the handler to ask: that takes the database.
    """

    def __init__(self, kind: codes.Kind) -> None:
        super().__init__(deep_link=True, ignore_case=True)
        self._kind = kind

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Any]:
        found = await super().__call__(message, bot)
        if not isinstance(found, dict):
            return False
        code = (found["command"].args or "").strip()
        return {"code": code} if codes.kind_of(code) is self._kind else False


class Mention(BaseFilter):
    """The message calls the bot by name; what else it says is the question."""

    def at_a_glance(self, message: Message, _: Known) -> bool:
        return "@" in (message.text or message.caption or "")

    async def __call__(self, message: Message, username: str) -> dict[str, str] | bool:
        text = message.text or message.caption or ""
        name = f"@{username}"
        at = text.lower().find(name.lower())
        if at < 0 or len(text.lower()) != len(text):
            return False
        after = text[at + len(name) :]
        if after[:1].isascii() and (after[:1].isalnum() or after[:1] == "_"):
            return False  # somebody whose name only begins like ours
        return {"query": f"{text[:at]} {after}".strip()}


class FromInline(BaseFilter):
    """The message is a result of our own inline mode that somebody posted."""

    def at_a_glance(self, message: Message, _: Known) -> bool:
        return message.via_bot is not None

    async def __call__(self, message: Message, username: str) -> bool:
        return message.via_bot is not None and message.via_bot.username == username


def _is_number(said: str) -> bool:
    try:
        numbers.parse(said)
    except numbers.NotANumber:
        return False
    except numbers.WrongCheckDigit:
        pass  # a number all the same: whoever takes it says so
    return True


@lru_cache(maxsize=16)
def _wished(said: str | None) -> str:
    """What was said, as it stands in the lists of wishes; many wishes ask it of each message."""
    return (said or "").strip().strip("?？!！。.").casefold()


_KEYS = {texts(language)(key) for language in LANGUAGES for row in MENU for key in row}


def is_answer(message: Message) -> bool:
    """Whether it can answer something: commands and the menu's keys are no answer to anything."""
    said = message.text or ""
    is_private = message.chat.type == ChatType.PRIVATE
    return is_private and not said.startswith("/") and said not in _KEYS


def _waits(step: steps.Step | None, now: datetime) -> bool:
    return step is not None and step.expires_at > now
