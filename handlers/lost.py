"""What nobody else understood."""

from aiogram import F, Router
from aiogram.enums import ChatType, ContentType
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message

from handlers.texts import Texts

SPOKEN = (ContentType.VOICE, ContentType.AUDIO, ContentType.VIDEO_NOTE)
SHOWN = (ContentType.PHOTO, ContentType.VIDEO, ContentType.ANIMATION, ContentType.DOCUMENT)
SENT_BY_PEOPLE = (
    *SPOKEN,
    *SHOWN,
    ContentType.STICKER,
    ContentType.CONTACT,
    ContentType.POLL,
    ContentType.DICE,
    ContentType.STORY,
    ContentType.TEXT,
)
"""Anything else is Telegram telling of something, such as a pinned message."""


def router() -> Router:
    router = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(no_such_command, F.text.startswith("/"), private)
    router.message.register(cannot_hear, F.content_type.in_(SPOKEN), private)
    router.message.register(cannot_see, F.content_type.in_(SHOWN), private)
    router.message.register(cannot_read, F.content_type.in_(SENT_BY_PEOPLE), private)
    router.callback_query.register(button_from_before)
    return router


async def no_such_command(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("lost-command"))


async def cannot_hear(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("lost-voice"))


async def cannot_see(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("lost-picture"))


async def cannot_read(message: Message, t: Texts) -> SendMessage:
    return message.answer(t("lost-other"))


async def button_from_before(query: CallbackQuery, t: Texts) -> AnswerCallbackQuery:
    return query.answer(t("lost-button"), show_alert=True)
