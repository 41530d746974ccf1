"""Buttons under messages: large ones, and presses that come from one of ours."""

from collections.abc import Sequence
from typing import Any

from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

Choices = Sequence[tuple[str, CallbackData]]
"""What stands on each button, and what it says to us."""

LARGEST_ID = 2**31 - 1
"""What the databases take for the number of a row."""


class Pressed(BaseFilter):
    """A button of this kind was pressed, in a private chat; or in any, if we show it in groups.

    Data that does not say what it was unpacked to has not come from one of our buttons: it is
    answered like a button from before.
    """

    def __init__(self, kind: type[CallbackData], *, in_groups: bool = False) -> None:
        self._unpack = kind.filter()
        self._separator = kind.__separator__
        self._prefix = kind.__prefix__ + kind.__separator__
        self._in_groups = in_groups

    def at_a_glance(self, query: CallbackQuery, _: object) -> bool:
        """Whose button it is stands at the beginning (`handlers/filters.py`)."""
        return f"{query.data}{self._separator}".startswith(self._prefix)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        found = await self._unpack(query)
        if not isinstance(found, dict) or query.message is None:
            return False
        is_ours = query.data == found["callback_data"].pack()
        is_here = self._in_groups or query.message.chat.type == ChatType.PRIVATE
        return found if is_ours and is_here else False


def column(choices: Choices) -> InlineKeyboardMarkup | None:
    """A button a row: large enough for anybody's thumb."""
    return grid(choices, 1)


def grid(choices: Choices, across: int, below: Choices = ()) -> InlineKeyboardMarkup | None:
    """So many buttons a row, and others one a row below them."""
    return stacked((choices, across), (below, 1))


def stacked(*parts: tuple[Choices, int]) -> InlineKeyboardMarkup | None:
    """Buttons part below part, each with so many of them a row."""
    return rows(
        *(
            choices[start : start + across]
            for choices, across in parts
            for start in range(0, len(choices), across)
        )
    )


def rows(*lines: Choices) -> InlineKeyboardMarkup | None:
    """These buttons, row by row."""
    buttons = [
        [InlineKeyboardButton(text=label, callback_data=data.pack()) for label, data in line]
        for line in lines
    ]
    return InlineKeyboardMarkup(inline_keyboard=buttons) if buttons else None


def changed(
    query: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> EditMessageText:
    """The message with the button says this from now on."""
    assert query.message is not None  # `Pressed` has looked
    return EditMessageText(
        chat_id=query.message.chat.id,
        message_id=query.message.message_id,
        text=text,
        reply_markup=keyboard,
    )
