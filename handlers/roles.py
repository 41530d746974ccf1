"""Roles: who has one in my areas, and how it is taken away."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

import models.roles
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Has
from handlers.menu import menu
from handlers.notices import Fields, renders
from handlers.texts import Texts
from models import Session, actors, notices, shifts
from models.residents import Resident
from models.roles import Role, Roles

PAGE = 8
"""How many people are on offer at once."""


class People(CallbackData, prefix="people"):
    """Show who has a role."""

    page: int = Field(default=0, ge=0, le=99_999)


class Revoke(CallbackData, prefix="revoke"):
    """This role shall end."""

    grant: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    ending = Has(Role.STAFF, Role.ADMIN)
    router.message.register(show, Command("revoke", ignore_case=True), private, ending)
    press = router.callback_query.register
    press(show_page, Pressed(People), ending)
    press(ask, Pressed(Revoke), F.data.endswith(":0"), ending)
    press(revoke, Pressed(Revoke), F.data.endswith(":1"), ending, flags={"writes": True})
    return router


async def show(
    message: Message, command: CommandObject, session: Session, roles: Roles, t: Texts
) -> SendMessage:
    text, keyboard = await _people(session, roles, t, called=command.args or "")
    return message.answer(text, reply_markup=keyboard)


async def show_page(
    query: CallbackQuery, callback_data: People, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    return changed(query, *await _people(session, roles, t, page=callback_data.page))


async def ask(
    query: CallbackQuery, callback_data: Revoke, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    grant, area = await models.roles.endable(session, roles, callback_data.grant)
    text = t(
        "revoke-sure",
        name=grant.name or t("role-nameless"),
        role=t("role-name", role=grant.role),
        area=area.name,
    )
    yes = callback_data.model_copy(update={"sure": True})
    return changed(query, text, column([(t("button-revoke"), yes), (t("button-keep"), People())]))


async def revoke(
    query: CallbackQuery,
    callback_data: Revoke,
    session: Session,
    resident: Resident,
    roles: Roles,
    t: Texts,
    now: datetime,
) -> EditMessageText:
    by = await actors.of(session, resident.telegram_id)
    grant, area = await shifts.relieve(session, roles, callback_data.grant, by, now)
    if grant.resident_id is not None:
        told = {"role": grant.role, "area": area.name}
        await notices.post(
            session, grant.resident_id, "role-ended", f"grant {grant.id} ended", told, now
        )
    name, words = grant.name or t("role-nameless"), t("role-name", role=grant.role)
    text = t("revoked", name=name, role=words, area=area.name)
    return changed(query, text, column([(t("button-more-people"), People())]))


@renders("role-ended")
def told(fields: Fields, t: Texts, to: int) -> SendMessage:
    """With the menu, which takes the place of a volunteer's keys."""
    text = t("notice-role-ended", role=t("role-name", role=fields["role"]), area=fields["area"])
    return SendMessage(chat_id=to, text=text, reply_markup=menu(t))


async def _people(
    session: Session, roles: Roles, t: Texts, *, page: int = 0, called: str = ""
) -> tuple[str, InlineKeyboardMarkup | None]:
    found = await models.roles.people(
        session, roles, PAGE + 1, skip=page * PAGE, called=called.strip()
    )
    if not found:
        return t("revoke-nobody"), None
    buttons: list[tuple[str, CallbackData]] = [
        (
            t(
                "role-line",
                name=one.name or t("role-nameless"),
                role=t("role-name", role=one.role),
                area=one.area,
            ),
            Revoke(grant=one.grant_id),
        )
        for one in found[:PAGE]
    ]
    if len(found) > PAGE and not called:
        buttons.append((t("button-more-people"), People(page=page + 1)))
    if page:
        buttons.append((t("button-people-before"), People(page=page - 1)))
    return t("revoke-whom"), column(buttons)
