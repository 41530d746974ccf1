"""First contact: hello, the menu, help, and which language."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, ReplyKeyboardMarkup

from handlers.buttons import column
from handlers.filters import Key, Wish
from handlers.menu import menu
from handlers.texts import LANGUAGES, Texts, texts
from knowledge.calendar import Civil
from models import Session, contacts
from models.left_behind import LeftBehind
from models.places import Here
from models.residents import Resident
from models.roles import Roles

COMMANDS = (
    "bin", "quiz", "when", "near", "reminders", "code", "points", "history", "bulky",
    "pickups", "talk", "problem", "problems", "household", "join", "help", "language", "start",
)  # fmt: skip
"""What Telegram's command menu offers; each is described by the text `command-…`."""


class Speak(CallbackData, prefix="language"):
    """From now on, this language."""

    language: str


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    message = router.message.register
    message(welcome, CommandStart(ignore_case=True))
    message(help_, Command("help", ignore_case=True))
    message(offer_languages, Command("language", ignore_case=True))
    message(help_, Key("menu-help"), private)
    message(offer_languages, Key("menu-language"), private)
    message(help_, Wish("wish-help"), private)
    message(offer_languages, Wish("wish-language"), private)
    router.callback_query.register(
        speak, Speak.filter(F.language.in_(LANGUAGES)), flags={"writes": True}
    )
    router.my_chat_member.register(come_or_gone, F.chat.type == ChatType.PRIVATE)
    return router


async def welcome(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("welcome"), reply_markup=_menu(message, t))


async def help_(
    message: Message, roles: Roles, session: Session, here: Here, civil: Civil, t: Texts
) -> SendMessage:
    held = {f"help-{one.role}" for one in roles}
    lines = [t("help"), *(t(key) for key in sorted(held) if key in t)]
    if message.chat.type == ChatType.PRIVATE:
        lines.append(await _whom_to_ask(session, here.area_id, civil, t))
    return message.answer("\n\n".join(lines), reply_markup=_menu(message, t))


async def offer_languages(message: Message, t: Texts) -> SendMessage:
    choices = [
        (texts(language)("language-name"), Speak(language=language)) for language in LANGUAGES
    ]
    return message.answer(t("language-choose"), reply_markup=column(choices))


async def speak(query: CallbackQuery, callback_data: Speak, resident: Resident) -> SendMessage:
    resident.language = callback_data.language
    t = texts(callback_data.language)
    # A new message and not an edit: only a new one can bring the keyboard in the new language.
    chat_id = query.message.chat.id if query.message else query.from_user.id
    private = query.message is None or query.message.chat.type == ChatType.PRIVATE
    return SendMessage(
        chat_id=chat_id, text=t("language-chosen"), reply_markup=menu(t) if private else None
    )


async def come_or_gone(event: ChatMemberUpdated, left: LeftBehind) -> None:
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        left.seen.clear()
        left.gone.add(event.from_user.id)
    else:
        left.seen.add(event.from_user.id)


async def _whom_to_ask(session: Session, area_id: int, civil: Civil, t: Texts) -> str:
    """The community of the place and its phone; and that staff answer in the chat."""
    contact = await contacts.of_area(session, area_id, civil)
    return t(
        "help-contact",
        name=contact.name if contact else "none",
        phone=(contact.phone if contact else None) or "none",
    )


def _menu(message: Message, t: Texts) -> ReplyKeyboardMarkup | None:
    """The keyboard, where it is one person's: in a group it would open for everybody."""
    return menu(t) if message.chat.type == ChatType.PRIVATE else None
