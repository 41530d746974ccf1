"""What the features about households share: how one is named, shown, and joined."""

import re

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, User
from pydantic import Field

from handlers.buttons import LARGEST_ID, Choices, column
from handlers.texts import Texts
from knowledge import numbers
from knowledge.households import Address, Number, named
from knowledge.shorthand import plain
from models import Session, areas, codes, households, roles
from models.households import Household
from models.memberships import Membership
from models.roles import Role, Roles


class Join(CallbackData, prefix="join"):
    """How does one join a household?"""


class Admit(CallbackData, prefix="admit"):
    """Let somebody in who has asked, or not."""

    request: int = Field(ge=1, le=LARGEST_ID)
    yes: bool


class Open(CallbackData, prefix="open"):
    """Show this household to staff."""

    household: int = Field(ge=1, le=LARGEST_ID)


class BookFor(CallbackData, prefix="bookfor"):
    """Staff see to this household's bulky pickups."""

    household: int = Field(ge=1, le=LARGEST_ID)


class Settle(CallbackData, prefix="settle"):
    """Close this household, or pass its points on."""

    household: int = Field(ge=1, le=LARGEST_ID)
    close: bool


async def scanned(session: Session, code: str, *, lock: bool = False) -> Household:
    """The household that a door card names; raises `NotOurCode`.

    `lock`: the card still counts when this transaction is over.
    """
    named = await codes.read(session, code)
    if named.kind is not codes.Kind.HOUSEHOLD:
        raise codes.NotOurCode
    return await households.by_token(session, named.token, lock=lock)


async def address(session: Session, household: Household, t: Texts) -> str:
    """Where a household lives, in full: 阳光花园 3-1-502."""
    area = await households.area_of(session, household)
    return t("address", place=area.name, address=household.address)


async def number(session: Session, household: Household) -> str:
    """The number on the household's card; a dash for one that is closed."""
    card = await households.card(session, household.id)
    return numbers.make(card.number) if card else "–"


async def meant(session: Session, said: str, held: Roles) -> list[Household]:
    """The households that staff may mean by a number or an address."""
    found = named(plain(said), 0)
    match found.household if found else None:
        case Number(serial=serial):
            return [await households.of_card(session, serial)]
        case Address(building=building, unit=unit, room=room):
            mine = await areas.within(session, roles.places(held, Role.STAFF, Role.ADMIN))
            return list(await households.at_address(session, mine, building, unit, room))
    return [await households.of_card(session, households.serial(said))]


def called(user: User) -> str:
    """What a person is called in Telegram."""
    return tame(user.full_name) or "–"


def tame(words: str, longest: int = 40) -> str:
    """What somebody wrote, without what Telegram would make links or mentions of."""
    kept = "".join(sign if sign.isalnum() or sign in "·-'，、" else " " for sign in words)
    return " ".join(kept.split())[:longest].strip()


def inert(words: str) -> str:
    """What somebody wrote, of which Telegram makes no link, mention or command.

    The signs that would do it become their wide twins, which people read alike.
    """
    return _DOT.sub("．", words.translate(_WIDE))


_WIDE = str.maketrans("@/#$", "＠／＃＄")
_DOT = re.compile(r"(?<=\w)[.](?=\w)")
"""Within a name of a site."""


def _none_yet(t: Texts) -> tuple[str, InlineKeyboardMarkup | None]:
    """What somebody hears who lives in no household, and the button to join one."""
    return t("home-none"), column([(t("button-join"), Join())])


def not_yet(message: Message, t: Texts) -> SendMessage:
    """Who lives in no household is told how to join one."""
    text, keyboard = _none_yet(t)
    return message.answer(text, reply_markup=keyboard)


def not_yet_here(query: CallbackQuery, t: Texts) -> SendMessage:
    """The same below a button."""
    text, keyboard = _none_yet(t)
    return SendMessage(chat_id=query.from_user.id, text=text, reply_markup=keyboard)


async def of(session: Session, home: Membership) -> Household:
    """The household in which somebody lives."""
    return await households.by_id(session, home.household_id)


def admissions(request: int, name: str, t: Texts) -> Choices:
    """The buttons that answer a wish to join."""
    return [
        (t("button-admit", name=name), Admit(request=request, yes=True)),
        (t("button-turn-away", name=name), Admit(request=request, yes=False)),
    ]
