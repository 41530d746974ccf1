"""The menu: the main jobs, as keys that are always there."""

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from handlers.texts import Texts

MENU = (
    ("menu-ask", "menu-code"),
    ("menu-points", "menu-bulky"),
    ("menu-when", "menu-near"),
    ("menu-home", "menu-talk"),
    ("menu-help", "menu-language"),
)
"""The keys of the keyboard, row by row: what is wanted most is on top, and large."""


def menu(t: Texts) -> ReplyKeyboardMarkup:
    """The main jobs, as keys large enough for anybody: they fill the keyboard's height."""
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=t(key)) for key in row] for row in MENU],
        is_persistent=True,
        resize_keyboard=False,
        input_field_placeholder=t("menu-placeholder"),
    )
