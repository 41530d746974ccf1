"""Groups and channels: the bot comes in, staff say to which place one belongs."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message
from pydantic import Field

from handlers.buttons import LARGEST_ID, Pressed, changed, column
from handlers.filters import Has
from handlers.notices import Fields, renders
from handlers.texts import Texts
from models import Session, actors, groups, notices
from models.residents import Resident
from models.roles import Role, Roles, may

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
MANY = (*GROUPS, ChatType.CHANNEL)

GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)

OFFERED = 20
"""How many areas are on offer at most."""


class Belongs(CallbackData, prefix="belongs"):
    """This group or channel gets the broadcasts of this area."""

    chat: int = Field(ge=-(2**52), le=-1)
    area: int = Field(ge=1, le=LARGEST_ID)


def router() -> Router:
    router = Router(name=__name__)
    staff, writes = Has(Role.STAFF, Role.ADMIN), {"writes": True}
    in_group = F.chat.type.in_(GROUPS)
    router.my_chat_member.register(come_or_gone, F.chat.type.in_(MANY), flags=writes)
    router.message.register(moved, F.migrate_to_chat_id, in_group, flags=writes)
    router.message.register(link, Command("link", ignore_case=True), in_group, staff, flags=writes)
    router.callback_query.register(belongs, Pressed(Belongs), staff, flags=writes)
    return router


async def come_or_gone(
    event: ChatMemberUpdated, session: Session, roles: Roles, now: datetime
) -> None:
    """Staff who brought the bot in are asked to which place the group belongs."""
    title = event.chat.title or ""
    if event.new_chat_member.status in GONE:
        await groups.note_left(session, event.chat.id, now)
        return
    group = await groups.note_joined(session, event.chat.id, title, now)
    if group.area_id is None and may(roles, (Role.STAFF, Role.ADMIN)):
        places = await groups.linkable(session, roles, OFFERED)
        fields = {
            "chat": event.chat.id,
            "title": title,
            "areas": [[area.id, area.name] for area in places],
        }
        about = f"group {event.chat.id} {now:%Y%m%d%H%M}"
        await notices.post(session, event.from_user.id, "group-joined", about, fields, now)


async def moved(message: Message, session: Session) -> None:
    assert message.migrate_to_chat_id  # the filter has looked
    await groups.move(session, message.chat.id, message.migrate_to_chat_id)


async def link(
    message: Message, command: CommandObject, session: Session, resident: Resident, roles: Roles,
    now: datetime, t: Texts,
) -> SendMessage:  # fmt: skip
    places = await groups.linkable(session, roles, OFFERED)
    wanted = (command.args or "").strip()
    meant = [area for area in places if wanted in (area.name, area.code)] if wanted else places
    if len(meant) != 1:
        names = t("comma").join(area.name for area in places)
        return message.answer(t("group-which", areas=names))
    by = await actors.of(session, resident.telegram_id)
    title = message.chat.title or ""
    area = await groups.link(session, roles, message.chat.id, meant[0].id, by, now, title=title)
    return message.answer(t("group-linked", title=title, area=area.name))


async def belongs(
    query: CallbackQuery, callback_data: Belongs, session: Session, resident: Resident,
    roles: Roles, now: datetime, t: Texts,
) -> EditMessageText:  # fmt: skip
    by = await actors.of(session, resident.telegram_id)
    group = await groups.known(session, callback_data.chat)
    area = await groups.link(
        session, roles, group.chat_id, callback_data.area, by, now, title=group.title
    )
    return changed(query, t("group-linked", title=group.title, area=area.name))


@renders("group-joined")
def joined(fields: Fields, t: Texts, to: int) -> SendMessage:
    choices = [
        (name, Belongs(chat=fields["chat"], area=area_id)) for area_id, name in fields["areas"]
    ]
    text = t("notice-group-joined", title=fields["title"])
    return SendMessage(chat_id=to, text=text, reply_markup=column(choices))
