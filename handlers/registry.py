"""Households as the staff of a place see them. Each look is written down."""

from collections.abc import Sequence

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
from handlers.registrar import Registering, Registrar
from handlers.texts import Texts
from knowledge import numbers
from models import Refusal, Session, actors, codes, households, joining, memberships, settlements
from models.households import Household
from models.memberships import Membership
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
    router.message.middleware(Registering())
    router.callback_query.middleware(Registering())
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


async def find(message: Message, command: CommandObject, registrar: Registrar) -> SendMessage:
    found = await homes.meant(registrar.session, command.args or "", registrar.by.roles)
    if not found:
        raise households.NoSuchHousehold
    if len(found) == 1:
        text, keyboard = await _view(found[0], registrar)
        return message.answer(text, reply_markup=keyboard)
    choices = [(await registrar.address(one), Open(household=one.id)) for one in found]
    return message.answer(registrar.t("registry-which"), reply_markup=column(choices))


async def explain(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("registry-how"))


async def look(
    message: Message, registrar: Registrar, code: str | None = None, typed: str | None = None
) -> SendMessage:
    text, keyboard = await _view(await _named(registrar.session, code, typed), registrar)
    return message.answer(text, reply_markup=keyboard)


async def look_here(
    query: CallbackQuery, callback_data: Open, registrar: Registrar
) -> EditMessageText:
    household = await households.by_id(registrar.session, callback_data.household)
    return changed(query, *await _view(household, registrar))


async def hand_out(
    query: CallbackQuery, callback_data: HandOut, registrar: Registrar, username: str
) -> SendMessage:
    """In a message of its own, which staff forward or print."""
    session, by, now = registrar.session, registrar.by, registrar.now
    actor = await actors.of(session, by.resident_id)
    token = await joining.make_slip(session, callback_data.household, by.roles, actor, now)
    code = await codes.write(session, codes.Kind.SLIP, token, now)
    text = registrar.t(
        "registry-slip",
        address=await registrar.address(await households.by_id(session, callback_data.household)),
        link=create_telegram_link(username, start=code),
        days=joining.SLIP.days,
    )
    return SendMessage(chat_id=query.from_user.id, text=text)


async def ask_before_renewing(
    query: CallbackQuery, callback_data: Renew, registrar: Registrar
) -> EditMessageText:
    household = await registrar.look(callback_data.household)
    text = registrar.t("registry-sure-renew", address=await registrar.address(household))
    yes = Renew(household=household.id, sure=True)
    return changed(query, text, registrar.sure("code", yes, household.id))


async def renew(
    query: CallbackQuery, callback_data: Renew, registrar: Registrar
) -> EditMessageText:
    session, by = registrar.session, registrar.by
    card = await memberships.renew_card(
        session, callback_data.household, by.resident_id, by.roles, registrar.now
    )
    household = await households.by_id(session, callback_data.household)
    where, number = await registrar.address(household), numbers.make(card.number)
    text = registrar.t("registry-renewed", address=where, number=number)
    return changed(query, text, column([registrar.back(household.id)]))


async def ask_before_expelling(
    query: CallbackQuery, callback_data: Expel, registrar: Registrar
) -> EditMessageText:
    member = await memberships.by_id(registrar.session, callback_data.member)
    household = await registrar.look(member.household_id)
    text = registrar.t("home-sure-remove", name=member.name)
    yes = Expel(member=member.id, sure=True)
    return changed(query, text, registrar.sure("remove", yes, household.id))


async def expel(
    query: CallbackQuery, callback_data: Expel, registrar: Registrar
) -> EditMessageText:
    by = registrar.by
    member = await memberships.end(
        registrar.session, callback_data.member, by.resident_id, by.roles, registrar.now
    )
    text = registrar.t("home-removed", name=member.name)
    return changed(query, text, column([registrar.back(member.household_id)]))


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
    household: Household, registrar: Registrar
) -> tuple[str, InlineKeyboardMarkup | None]:
    session, t = registrar.session, registrar.t
    await registrar.look(household.id)
    living = await memberships.members(session, household.id)
    waiting = await joining.waiting(session, household.id, registrar.now)
    left = await registrar.points(household)
    text = t(
        "registry-view",
        address=await registrar.address(household),
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
