"""Joining a household: by its card, its number, its address or a slip; then somebody says yes."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

from handlers import addresses, homes, notices
from handlers.addresses import Browse, Home, NotNow
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Lives, Number, Scanned, Wish
from handlers.homes import Admit, Join
from handlers.texts import Texts
from models import Session, codes, households, joining
from models.households import Household
from models.memberships import Membership
from models.roles import Roles


class Ask(CallbackData, prefix="ask"):
    """I agree to what is kept: ask whether I may join."""

    household: int = Field(ge=1, le=LARGEST_ID)
    adult: bool


class UseSlip(CallbackData, prefix="slip"):
    """I agree to what is kept: let me in by this slip."""

    code: str = Field(pattern=r"^[A-Za-z0-9_-]{35}$")
    adult: bool


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    message(lives_already, Command("join", ignore_case=True), private, Lives())
    message(begin, Command("join", ignore_case=True), private)
    message(consider_card, Scanned(codes.Kind.HOUSEHOLD), private)
    message(consider_slip, Scanned(codes.Kind.SLIP), private)
    message(consider_number, Number())
    message(lives_already, Wish("wish-join"), private, Lives())
    message(begin, Wish("wish-join"), private)
    press = router.callback_query.register
    press(begin_here, Pressed(Join))
    press(browse, Pressed(Browse))
    press(consider, Pressed(Home))
    press(leave_off, Pressed(NotNow))
    press(ask, Pressed(Ask), flags={"writes": True})
    press(use_slip, Pressed(UseSlip), flags={"writes": True})
    press(answer, Pressed(Admit), flags={"writes": True})
    return router


async def lives_already(
    message: Message, home: Membership, session: Session, t: Texts
) -> SendMessage:
    household = await households.by_id(session, home.household_id)
    return message.answer(t("join-already", address=await homes.address(session, household, t)))


async def begin(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("join-how"), reply_markup=_ways(t))


async def begin_here(query: CallbackQuery, t: Texts) -> EditMessageText:
    return changed(query, t("join-how"), _ways(t))


async def browse(
    query: CallbackQuery, callback_data: Browse, session: Session, t: Texts
) -> EditMessageText:
    shown = await addresses.screen(session, callback_data, t)
    return changed(query, shown.text, shown.keyboard)


async def consider_card(message: Message, code: str, session: Session, t: Texts) -> SendMessage:
    return await _show_terms(message, await homes.scanned(session, code), session, t)


async def consider_number(message: Message, typed: str, session: Session, t: Texts) -> SendMessage:
    return await _show_terms(message, await households.by_typed_number(session, typed), session, t)


async def consider_slip(
    message: Message, code: str, session: Session, now: datetime, t: Texts
) -> SendMessage:
    token = (await codes.read(session, code)).token
    household = await joining.slip_for(session, token, now)
    agree = [UseSlip(code=code, adult=adult) for adult in (True, False)]
    text = await _words(household, "join-agree-with-slip", session, t)
    return message.answer(text, reply_markup=_agree(agree, t))


async def consider(
    query: CallbackQuery, callback_data: Home, session: Session, t: Texts
) -> EditMessageText:
    household = await households.by_id(session, callback_data.household)
    return changed(query, *await _terms(household, session, t))


async def leave_off(query: CallbackQuery, t: Texts) -> EditMessageText:
    return changed(query, t("join-not-now"))


async def ask(
    query: CallbackQuery, callback_data: Ask, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    person = query.from_user
    wish = await joining.ask(
        session, callback_data.household, person.id, homes.called(person),
        adult=callback_data.adult, now=now,
    )  # fmt: skip
    household = await households.by_id(session, callback_data.household)
    where = await homes.address(session, household, t)
    return changed(query, t("join-asked", address=where, asked=wish.asked))


async def use_slip(
    query: CallbackQuery, callback_data: UseSlip, session: Session, now: datetime, t: Texts
) -> EditMessageText:
    code, person = await codes.read(session, callback_data.code), query.from_user
    household = await joining.use_slip(
        session, code.token, person.id, homes.called(person), adult=callback_data.adult, now=now
    )
    return changed(query, t("join-done", address=await homes.address(session, household, t)))


async def answer(
    query: CallbackQuery,
    callback_data: Admit,
    session: Session,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    """An adult of the household, or staff where none lives, says yes or no."""
    request = await joining.answer(
        session, callback_data.request, query.from_user.id, roles, yes=callback_data.yes, now=now
    )
    household = await households.by_id(session, request.household_id)
    where = await homes.address(session, household, t)
    answer = "yes" if callback_data.yes else "no"
    return changed(query, t("join-answered", name=request.name, address=where, answer=answer))


@notices.renders("join-request")
def somebody_asks(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    choices = homes.admissions(fields["request"], fields["name"], t)
    text = t(notices.text_key("join-request"), **fields)
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


def _ways(t: Texts) -> InlineKeyboardMarkup | None:
    return column([(t("button-by-address"), Browse()), (t("button-not-now"), NotNow())])


async def _show_terms(
    message: Message, household: Household, session: Session, t: Texts
) -> SendMessage:
    text, keyboard = await _terms(household, session, t)
    return message.answer(text, reply_markup=keyboard)


async def _terms(
    household: Household, session: Session, t: Texts
) -> tuple[str, InlineKeyboardMarkup | None]:
    """What one agrees to before one asks."""
    agree = [Ask(household=household.id, adult=adult) for adult in (True, False)]
    return await _words(household, "join-agree-and-ask", session, t), _agree(agree, t)


async def _words(household: Household, last: str, session: Session, t: Texts) -> str:
    where = await homes.address(session, household, t)
    return "\n\n".join([t("join-terms", address=where), t("join-kept"), t(last)])


def _agree(agree: Sequence[CallbackData], t: Texts) -> InlineKeyboardMarkup | None:
    """The button of an adult, that of a child, and the way out."""
    labels = (t("button-adult-agrees"), t("button-child-agrees"))
    choices = list(zip(labels, agree, strict=True))
    return column([*choices, (t("button-not-now"), NotNow())])
