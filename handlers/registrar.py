"""What staff do with a household, whichever feature they come by: each look is written down."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup, TelegramObject, User

from handlers import homes
from handlers.buttons import column
from handlers.homes import Open
from handlers.texts import Texts
from models import Session, audit, points
from models.households import Household
from models.settlements import Staff


class Registering(BaseMiddleware):
    """Gives a handler its `registrar`, in the transaction that the handler has."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User = data["event_from_user"]
        by = Staff(user.id, data["roles"])
        data["registrar"] = Registrar(data["session"], data["t"], data["now"], by)
        return await handler(event, data)


@dataclass(frozen=True, slots=True)
class Registrar:
    """Looks after households for one of the staff, in one transaction."""

    session: Session
    t: Texts
    now: datetime
    by: Staff

    async def look(self, household_id: int) -> Household:
        """The household, if it is in their charge; raises `NotAllowed`. Writes."""
        return await audit.look(
            self.session, household_id, self.by.resident_id, self.by.roles, self.now
        )

    async def address(self, household: Household) -> str:
        """Where a household lives, in full."""
        return await homes.address(self.session, household, self.t)

    async def points(self, household: Household) -> int:
        """What a household has."""
        return (await points.balance(self.session, household.id, self.now)).points

    def back(self, household_id: int) -> tuple[str, CallbackData]:
        """The button that leads to what staff see of a household."""
        return self.t("button-back"), Open(household=household_id)

    def sure(self, what: str, yes: CallbackData, household_id: int) -> InlineKeyboardMarkup | None:
        """The buttons below "are you sure?": do it, or go back to the household."""
        return column([(self.t("button-sure", what=what), yes), self.back(household_id)])
