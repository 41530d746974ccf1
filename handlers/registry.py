"""Households as the staff of a place see them. Each look is written down."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter, Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, User
from aiogram.utils.link import create_telegram_link
from pydantic import Field

from handlers import homes, notices
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.filters import Has, Lives, Number, Scanned
from handlers.homes import BookFor, Open, Settle
from handlers.texts import Texts
from knowledge import numbers
from models import (
    Refusal,
    Session,
    actors,
    audit,
    codes,
    households,
    memberships,
    points,
    settlements,
)
from models.households import Household
from models.memberships import Membership
from models.residents import Resident
from models.roles import Role, Roles


class HandOut(CallbackData, prefix="handout"):
    """Make a joining slip for this household."""

    household: int = Field(ge=1, le=LARGEST_ID)


class Renew(CallbackData, prefix="renew"):
    """Give this household a new card."""

    household: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


class Expel(CallbackData, prefix="expel"):
    """Remove this member."""

    member: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


class InCharge(BaseFilter):
    """The card belongs to a household of the staff's own area, in which they do not live."""

    async def __call__(
        self, _: Message, session: Session, roles: Roles, event_from_user: User,
        code: str | None = None, typed: str | None = None,
    ) -> bool:  # fmt: skip
        try:
            household = await _named(session, code, typed)
            await settlements.in_charge(session, household, roles)
        except Refusal:
            return False  # whoever comes next says why
        home = await memberships.of(session, event_from_user.id)
        return home is None or home.household_id != household.id


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    staff = Has(Role.STAFF, Role.ADMIN)
    writes = {"writes": True}  # also those that only show something: each look is written down
    message = router.message.register
    command = Command("household", ignore_case=True)
    card = Scanned(codes.Kind.HOUSEHOLD)
    message(find, command, F.text.contains(" "), private, staff, flags=writes)
    message(explain, command, private, staff, ~Lives())
    message(look, card, private, staff, InCharge(), flags=writes)
    message(look, Number(), staff, InCharge(), flags=writes)
    press = router.callback_query.register
    press(look_here, Pressed(Open), flags=writes)
    press(hand_out, Pressed(HandOut), flags=writes)
    press(renew, Pressed(Renew), F.data.endswith(":1"), flags=writes)
    press(ask_before_renewing, Pressed(Renew), flags=writes)
    press(expel, Pressed(Expel), F.data.endswith(":1"), flags=writes)
    press(ask_before_expelling, Pressed(Expel), flags=writes)
    return router


async def find(
    message: Message,
    command: CommandObject,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> SendMessage:
    found = await homes.meant(session, command.args or "", roles)
    if not found:
        raise households.NoSuchHousehold
    if len(found) == 1:
        text, keyboard = await _view(session, found[0], resident, roles, now, t)
        return message.answer(text, reply_markup=keyboard)
    choices = [(await homes.address(session, one, t), Open(household=one.id)) for one in found]
    return message.answer(t("registry-which"), reply_markup=column(choices))


async def explain(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("registry-how"))


async def look(
    message: Message,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
    code: str | None = None,
    typed: str | None = None,
) -> SendMessage:
    household = await _named(session, code, typed)
    text, keyboard = await _view(session, household, resident, roles, now, t)
    return message.answer(text, reply_markup=keyboard)


async def look_here(
    query: CallbackQuery,
    callback_data: Open,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await households.by_id(session, callback_data.household)
    return changed(query, *await _view(session, household, resident, roles, now, t))


async def hand_out(
    query: CallbackQuery,
    callback_data: HandOut,
    session: Session,
    resident: Resident,
    roles: Roles,
    username: str,
    now: datetime,
    t: Texts,
) -> SendMessage:
    """In a message of its own, which staff forward or print."""
    actor = await actors.of(session, resident.telegram_id)
    token = await memberships.make_slip(session, callback_data.household, roles, actor, now)
    code = await codes.write(session, codes.Kind.SLIP, token, now)
    household = await households.by_id(session, callback_data.household)
    where = await homes.address(session, household, t)
    link = create_telegram_link(username, start=code)
    days = memberships.SLIP.days
    text = t("registry-slip", address=where, link=link, days=days)
    return SendMessage(chat_id=query.from_user.id, text=text)


async def ask_before_renewing(
    query: CallbackQuery,
    callback_data: Renew,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    household = await audit.look(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    text = t("registry-sure-renew", address=await homes.address(session, household, t))
    yes = (t("button-sure", what="code"), Renew(household=household.id, sure=True))
    return changed(query, text, column([yes, _back(household, t)]))


async def renew(
    query: CallbackQuery,
    callback_data: Renew,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    card = await memberships.renew_card(
        session, callback_data.household, resident.telegram_id, roles, now
    )
    household = await households.by_id(session, callback_data.household)
    where, number = await homes.address(session, household, t), numbers.make(card.number)
    text = t("registry-renewed", address=where, number=number)
    return changed(query, text, column([_back(household, t)]))


async def ask_before_expelling(
    query: CallbackQuery,
    callback_data: Expel,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    member = await memberships.by_id(session, callback_data.member)
    household = await audit.look(session, member.household_id, resident.telegram_id, roles, now)
    yes = (t("button-sure", what="remove"), Expel(member=member.id, sure=True))
    text = t("home-sure-remove", name=member.name)
    return changed(query, text, column([yes, _back(household, t)]))


async def expel(
    query: CallbackQuery,
    callback_data: Expel,
    session: Session,
    resident: Resident,
    roles: Roles,
    now: datetime,
    t: Texts,
) -> EditMessageText:
    member = await memberships.end(session, callback_data.member, resident.telegram_id, roles, now)
    household = await households.by_id(session, member.household_id)
    return changed(query, t("home-removed", name=member.name), column([_back(household, t)]))


@notices.renders("household-empty")
def nobody_left(fields: notices.Fields, t: Texts, to: int) -> TelegramMethod[Message]:
    choices = [(t("button-open"), Open(household=fields["household"]))]
    text = t(notices.text_key("household-empty"), **fields)
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))


async def _named(session: Session, code: str | None, typed: str | None) -> Household:
    if code is not None:
        return await homes.scanned(session, code)
    assert typed is not None  # it was scanned or typed
    return await households.of_card(session, households.serial(typed))


async def _view(
    session: Session,
    household: Household,
    resident: Resident,
    held: Roles,
    now: datetime,
    t: Texts,
) -> tuple[str, InlineKeyboardMarkup | None]:
    await audit.look(session, household.id, resident.telegram_id, held, now)
    living = await memberships.members(session, household.id)
    waiting = await memberships.waiting(session, household.id, now)
    left = (await points.balance(session, household.id, now)).points
    text = t(
        "registry-view",
        address=await homes.address(session, household, t),
        number=await homes.number(session, household),
        state="closed" if household.closed_at else "open",
        count=len(living),
        names=t("comma").join(one.name for one in living) or "–",
        points=left,
        waiting=len(waiting),
    )
    choices: list[tuple[str, CallbackData]] = []
    if not any(one.is_adult for one in living):
        for request in waiting:
            choices += homes.admissions(request.id, request.name, t)
    if not household.closed_at:
        choices += _choices(household, living, t)
    if not living and (left or not household.closed_at):
        choices += _settlements(household, left, t)
    return text, column(choices)


def _choices(household: Household, living: Sequence[Membership], t: Texts) -> Choices:
    return [
        (t("button-slip"), HandOut(household=household.id)),
        (t("button-renew"), Renew(household=household.id)),
        (t("button-book-for"), BookFor(household=household.id)),
        *((t("button-remove-member", name=one.name), Expel(member=one.id)) for one in living),
    ]


def _settlements(household: Household, left: int, t: Texts) -> Choices:
    """What may be done with a household where nobody is registered."""
    choices = [(t("button-pass-on", points=left), Settle(household=household.id, close=False))]
    close = (t("button-close"), Settle(household=household.id, close=True))
    return [*(choices if left else ()), close]


def _back(household: Household, t: Texts) -> tuple[str, CallbackData]:
    return t("button-back"), Open(household=household.id)
