"""Getting out of a step: the bot asked for words, and the person would rather not."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import Message

from handlers.texts import Texts
from models import Session, steps
from models.residents import Resident


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(cancel, Command("cancel", ignore_case=True), flags={"writes": True})
    return router


async def cancel(
    message: Message, session: Session, resident: Resident, step: steps.Step | None, t: Texts
) -> SendMessage:
    await steps.close(session, resident.telegram_id)
    return message.answer(t("step-cancelled" if step else "step-none"))
