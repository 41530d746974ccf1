"""Invitations: staff ask somebody to help by a link, and whoever opens it first has the role."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Message
from aiogram.utils.link import create_telegram_link
from pydantic import Field

import models.invitations
import models.roles
from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Has, Scanned
from handlers.menu import menu
from handlers.notices import Fields, renders
from handlers.texts import Texts
from models import Session, actors, areas, codes, notices
from models.areas import EVERYWHERE
from models.codes import Kind
from models.residents import Resident
from models.roles import Role, Roles

PAGE = 8
"""How many areas are on offer at once."""


class InviteAs(CallbackData, prefix="invite"):
    """Somebody for this role, in this area: look at what lies in it."""

    role: Role
    area: int = Field(default=EVERYWHERE, ge=0, le=LARGEST_ID)
    page: int = Field(default=0, ge=0, le=9999)


class InviteHere(CallbackData, prefix="invite-here"):
    """Somebody for this role, for this very area."""

    role: Role
    area: int = Field(ge=1, le=LARGEST_ID)


class InviteAnew(CallbackData, prefix="invite-anew"):
    """Choose the role once more."""


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    inviting, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    router.message.register(choose_role, Command("invite", ignore_case=True), private, inviting)
    router.message.register(accept, Scanned(Kind.INVITATION), private, flags=writes)
    press = router.callback_query.register
    press(choose_role_anew, Pressed(InviteAnew), inviting)
    press(choose_place, Pressed(InviteAs), inviting)
    press(invite, Pressed(InviteHere), inviting, flags=writes)
    return router


async def choose_role(message: Message, roles: Roles, t: Texts) -> SendMessage:
    return message.answer(t("invite-role"), reply_markup=column(_roles(roles, t)))


async def choose_role_anew(query: CallbackQuery, roles: Roles, t: Texts) -> EditMessageText:
    return changed(query, t("invite-role"), column(_roles(roles, t)))


async def choose_place(
    query: CallbackQuery, callback_data: InviteAs, session: Session, roles: Roles, t: Texts
) -> EditMessageText:
    role, page = callback_data.role, callback_data.page
    here, inside = await models.roles.within_reach(session, roles, role, callback_data.area)
    buttons: list[tuple[str, CallbackData]] = []
    if here:
        label = t("button-invite-here", area=here.name)
        buttons.append((label, InviteHere(role=role, area=here.id)))
    shown = inside[page * PAGE : (page + 1) * PAGE]
    buttons += [(area.name, InviteAs(role=role, area=area.id)) for area in shown]
    if len(inside) > (page + 1) * PAGE:
        more = callback_data.model_copy(update={"page": page + 1})
        buttons.append((t("button-more-areas"), more))
    back: CallbackData = InviteAnew()
    if here:
        back = InviteAs(role=role, area=await models.roles.up(session, roles, role, here))
    buttons.append((t("button-invite-back"), back))
    words = t("role-name", role=role)
    if here:
        return changed(query, t("invite-here", role=words, area=here.name), column(buttons))
    return changed(query, t("invite-place" if inside else "invite-no-place"), column(buttons))


async def invite(
    query: CallbackQuery,
    callback_data: InviteHere,
    session: Session,
    resident: Resident,
    roles: Roles,
    username: str,
    t: Texts,
    now: datetime,
) -> SendMessage:
    role = callback_data.role
    here, _ = await models.roles.within_reach(session, roles, role, callback_data.area)
    assert here  # an area was named
    by = await actors.of(session, resident.telegram_id)
    token = await models.invitations.invite(session, roles, role, here, by, now)
    code = await codes.write(session, Kind.INVITATION, token, now)
    link = create_telegram_link(username, start=code)
    words = t("role-name", role=role)
    # A message of its own, such that it can be passed on as it is.
    return SendMessage(
        chat_id=query.from_user.id, text=t("invitation", role=words, area=here.name, link=link)
    )


async def accept(
    message: Message, code: str, session: Session, t: Texts, now: datetime
) -> SendMessage:
    """Start is the yes: a volunteer at a station has cold hands, and taps once."""
    assert message.from_user  # in a private chat somebody speaks
    person, name = message.from_user.id, message.from_user.full_name
    invitation = await codes.read(session, code)
    grant = await models.invitations.accept(session, invitation.token, person, name, now)
    area = await areas.of(session, grant.area_id)
    if (inviter := await actors.person(session, grant.granted_by)) is not None:
        told = {"name": name, "role": grant.role, "area": area.name}
        await notices.post(session, inviter, "invitation-accepted", f"grant {grant.id}", told, now)
    words = t("role-name", role=grant.role)
    welcome = t("invitation-accepted", role=words, area=area.name)
    return message.answer(f"{welcome}\n\n{t(f'role-begin-{grant.role}')}", reply_markup=menu(t))


@renders("invitation-accepted")
def accepted(fields: Fields, t: Texts, to: int) -> SendMessage:
    role = t("role-name", role=fields["role"])
    values: dict[str, Any] = {**fields, "role": role}
    return SendMessage(chat_id=to, text=t("notice-invitation-accepted", **values))


def _roles(roles: Roles, t: Texts) -> list[tuple[str, CallbackData]]:
    return [
        (t("role-name", role=role), InviteAs(role=role)) for role in models.roles.grantable(roles)
    ]
