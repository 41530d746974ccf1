"""Who sees to pickups, in one transaction: the crew with a round, staff with days and disputes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import InlineKeyboardMarkup, TelegramObject, User

from handlers.texts import Texts
from knowledge import local_time
from knowledge.calendar import Civil
from models import Session
from models.pickups import Person

FIRST_DAY, LAST_DAY = date(2020, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
"""The days that buttons name, as ordinals."""

Shown = tuple[str, InlineKeyboardMarkup | None]
"""What a message says, and its buttons."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What everything that is done needs."""

    session: Session
    t: Texts
    civil: Civil
    now: datetime
    by: Person

    @property
    def today(self) -> date:
        """The day of the place."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The day of the place at a moment: what was written before midnight is about that."""
        return local_time.local_day(at, self.civil.zone)

    def local(self, at: datetime) -> datetime:
        """A moment on the clocks of the place."""
        return at.astimezone(self.civil.zone)


class Attending(BaseMiddleware):
    """Gives a handler its desk, as `name`, in the transaction that the handler has."""

    def __init__(self, name: str, kind: type[Desk]) -> None:
        self._name = name
        self._kind = kind

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User = data["event_from_user"]
        by = Person(user.id, data["roles"])
        data[self._name] = self._kind(data["session"], data["t"], data["civil"], data["now"], by)
        return await handler(event, data)
