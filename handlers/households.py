"""My household: who lives there, and what its people can do about it."""

from datetime import datetime
from enum import StrEnum

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import homes
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.filters import Key, Lives, Number, Scanned, Wish
from handlers.texts import Texts
from knowledge import numbers
from models import Session, codes, households, memberships, points
from models.households import Household
from models.memberships import Membership, NotMember


class Wanted(StrEnum):
    """What somebody wants of the own household."""

    VIEW = "view"
    LEAVE = "leave"
    REMOVE = "remove"
    NEW_CODE = "code"
    MOVE_OUT = "move"
    NEW_ACCOUNT = "account"


class Want(CallbackData, prefix="my"):
    """Show this, or ask whether it is meant."""

    what: Wanted


class Sure(CallbackData, prefix="sure"):
    """Do it."""

    what: Wanted
    home: int = Field(ge=1, le=LARGEST_ID)
    """The membership that was on the screen: an old button does nothing to a new home."""


class Remove(CallbackData, prefix="remove"):
    """Remove this member."""

    member: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    message(scan, Scanned(codes.Kind.HOUSEHOLD), private, Lives())
    for asked in (Command("household", ignore_case=True), Key("menu-home"), Wish("wish-home")):
        message(show, asked, private, Lives())
        message(homes.not_yet, asked, private)
    message(type_number, Number(), Lives())
    press, writes = router.callback_query.register, {"writes": True}
    press(show_here, Pressed(Want), F.data == Want(what=Wanted.VIEW).pack())
    press(explain_account, Pressed(Want), F.data == Want(what=Wanted.NEW_ACCOUNT).pack())
    press(choose_whom, Pressed(Want), F.data == Want(what=Wanted.REMOVE).pack())
    press(are_you_sure, Pressed(Want))
    press(leave, Pressed(Sure), F.data.startswith("sure:leave:"), flags=writes)
    press(renew, Pressed(Sure), F.data.startswith("sure:code:"), flags=writes)
    press(move_out, Pressed(Sure), F.data.startswith("sure:move:"), flags=writes)
    press(remove, Pressed(Remove), F.data.endswith(":1"), flags=writes)
    press(are_you_sure_of, Pressed(Remove))
    return router


async def show(message: Message, home: Membership, session: Session, t: Texts) -> SendMessage:
    text, keyboard = await _view(session, home, t)
    return message.answer(text, reply_markup=keyboard)


async def scan(
    message: Message, code: str, home: Membership, session: Session, t: Texts
) -> SendMessage:
    return await _meet(message, await homes.scanned(session, code), home, session, t)


async def type_number(
    message: Message, typed: str, home: Membership, session: Session, t: Texts
) -> SendMessage:
    household = await households.by_typed_number(session, typed)
    return await _meet(message, household, home, session, t)


async def show_here(query: CallbackQuery, session: Session, t: Texts) -> EditMessageText:
    return changed(query, *await _view(session, await _home(session, query), t))


async def explain_account(query: CallbackQuery, session: Session, t: Texts) -> EditMessageText:
    household = await _household(session, await _home(session, query))
    text = t("home-new-account", number=await homes.number(session, household))
    return changed(query, text, column([_back(t)]))


async def choose_whom(query: CallbackQuery, session: Session, t: Texts) -> EditMessageText:
    home = await _home(session, query)
    others = [
        (t("button-remove-member", name=one.name), Remove(member=one.id))
        for one in await memberships.members(session, home.household_id)
        if one.id != home.id
    ]
    text = t("home-remove-whom") if others else t("home-alone")
    return changed(query, text, column([*others, _back(t)]))


async def are_you_sure(
    query: CallbackQuery, callback_data: Want, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    home = await _home(session, query)
    household, what = await _household(session, home), callback_data.what
    text = t(
        "home-sure",
        what=what,
        address=await homes.address(session, household, t),
        points=(await points.balance(session, household.id, now)).points,
    )
    yes = (t("button-sure", what=what), Sure(what=what, home=home.id))
    return changed(query, text, column([yes, _back(t)]))


async def are_you_sure_of(
    query: CallbackQuery, callback_data: Remove, session: Session, t: Texts
) -> EditMessageText:
    home = await _home(session, query)
    member = await memberships.by_id(session, callback_data.member)
    if member.household_id != home.household_id:
        raise NotMember
    yes = (t("button-sure", what="remove"), Remove(member=member.id, sure=True))
    return changed(query, t("home-sure-remove", name=member.name), column([yes, _back(t)]))


async def leave(
    query: CallbackQuery, callback_data: Sure, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    household = await _household(session, await _home(session, query, callback_data.home))
    await memberships.end(session, callback_data.home, query.from_user.id, (), now)
    return changed(query, t("home-left", address=await homes.address(session, household, t)))


async def remove(
    query: CallbackQuery, callback_data: Remove, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    home = await _home(session, query)
    member = await memberships.by_id(session, callback_data.member)
    if member.household_id != home.household_id:
        raise NotMember
    await memberships.end(session, member.id, query.from_user.id, (), now)
    return changed(query, t("home-removed", name=member.name), column([_back(t)]))


async def renew(
    query: CallbackQuery, callback_data: Sure, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    home = await _home(session, query, callback_data.home)
    card = await memberships.renew_card(session, home.household_id, query.from_user.id, (), now)
    return changed(query, t("home-new-code", number=numbers.make(card.number)), column([_back(t)]))


async def move_out(
    query: CallbackQuery, callback_data: Sure, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    home = await _home(session, query, callback_data.home)
    household = await _household(session, home)
    await memberships.move_out(session, household.id, query.from_user.id, now)
    return changed(query, t("home-moved-out", address=await homes.address(session, household, t)))


async def _meet(
    message: Message, household: Household, home: Membership, session: Session, t: Texts
) -> SendMessage:
    """The card of the own household shows it; that of another is not for people of this one."""
    if household.id == home.household_id:
        return await show(message, home, session, t)
    mine = await _household(session, home)
    return message.answer(t("home-other-card", address=await homes.address(session, mine, t)))


async def _view(
    session: Session, home: Membership, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    household = await _household(session, home)
    living = await memberships.members(session, household.id)
    text = t(
        "home-view",
        address=await homes.address(session, household, t),
        number=await homes.number(session, household),
        members="\n".join(_line(one, home, t) for one in living),
    )
    return text, column(_choices(home, t))


def _line(member: Membership, home: Membership, t: Texts) -> str:
    you = "you" if member.id == home.id else "other"
    return t("home-member", name=member.name, age="adult" if member.is_adult else "child", who=you)


def _choices(home: Membership, t: Texts) -> Choices:
    """What this member may do; a child may leave."""
    may = (Wanted.REMOVE, Wanted.NEW_CODE, Wanted.MOVE_OUT) if home.is_adult else ()
    wanted = (*may, Wanted.NEW_ACCOUNT, Wanted.LEAVE)
    return [(t("button-want", what=what), Want(what=what)) for what in wanted]


def _back(t: Texts) -> tuple[str, CallbackData]:
    return t("button-back"), Want(what=Wanted.VIEW)


async def _home(session: Session, query: CallbackQuery, shown: int | None = None) -> Membership:
    """Where the person lives now; it must be the home that was on the screen."""
    home = await memberships.of(session, query.from_user.id)
    if home is None or shown not in (None, home.id):
        raise NotMember
    return home


async def _household(session: Session, home: Membership) -> Household:
    return await households.by_id(session, home.household_id)
