"""Quizzes: which bin does it go into, this time asked by the bot, with the reason after each."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from pydantic import Field

import models.quizzes
from handlers.buttons import LARGEST_ID, Pressed, changed, column, grid
from handlers.cards import Cards
from handlers.filters import Wish
from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.quizzes import BINS, Riddle
from knowledge.streams import Stream
from models import Session
from models.quizzes import Answered, Quiz, RiddleOver
from models.residents import Resident

ACROSS = 2


class Choice(CallbackData, prefix="quiz"):
    """The answer to a riddle."""

    quiz: int = Field(ge=1, le=LARGEST_ID)
    place: int = Field(ge=0, le=99)
    stream: Stream


class Again(CallbackData, prefix="quiz-again"):
    """Another quiz, for nothing but the fun of it."""


def router() -> Router:
    router = Router(name=__name__)
    private, writes = F.chat.type == ChatType.PRIVATE, {"writes": True}
    message, press = router.message.register, router.callback_query.register
    message(begin, Command("quiz", ignore_case=True), private, flags=writes)
    message(begin, Wish("wish-quiz"), private, flags=writes)
    press(answer, Pressed(Choice), flags=writes)
    press(begin_again, Pressed(Again), flags=writes)
    return router


async def begin(
    message: Message,
    session: Session,
    resident: Resident,
    cards: Cards,
    civil: Civil,
    now: datetime,
) -> SendMessage:
    day = local_time.local_day(now, civil.zone)
    quiz = await models.quizzes.today(session, resident.telegram_id, cards.catalogue, day)
    text, keyboard = _over(quiz, cards) if quiz.is_over else _riddle(quiz, cards)
    return message.answer(text, reply_markup=keyboard)


async def begin_again(
    query: CallbackQuery,
    session: Session,
    resident: Resident,
    cards: Cards,
    civil: Civil,
    now: datetime,
) -> EditMessageText:
    day = local_time.local_day(now, civil.zone)
    quiz = await models.quizzes.today(
        session, resident.telegram_id, cards.catalogue, day, again=True
    )
    return changed(query, *_riddle(quiz, cards))


async def answer(
    query: CallbackQuery,
    callback_data: Choice,
    session: Session,
    resident: Resident,
    cards: Cards,
    civil: Civil,
    now: datetime,
) -> EditMessageText | AnswerCallbackQuery:
    quiz, place = callback_data.quiz, callback_data.place
    try:
        answered = await models.quizzes.answer(
            session, quiz, place, callback_data.stream, resident.telegram_id, civil, now
        )
    except RiddleOver:
        # Somebody with cold hands taps twice: no message for that.
        return query.answer(cards.t("refusal-riddle-over"))
    why = _why(answered, cards)
    if answered.pay is None:
        text, keyboard = _riddle(answered.quiz, cards)
    else:
        text, keyboard = _result(answered, cards), _again(cards)
    return changed(query, f"{why}\n\n{text}", keyboard)


def _riddle(quiz: Quiz, cards: Cards) -> tuple[str, InlineKeyboardMarkup | None]:
    """The next riddle of a quiz, with a button for each bin."""
    riddle = quiz.chosen[quiz.answered]
    text = cards.t(
        "quiz-riddle",
        place=quiz.answered + 1,
        of=len(quiz.chosen),
        item=_name(riddle, cards),
    )
    if not quiz.answered:
        text = cards.t("quiz-intro" if quiz.number == 1 else "quiz-intro-again") + f"\n\n{text}"
    return text, grid([_choice(quiz, stream, cards) for stream in BINS], ACROSS)


def _choice(quiz: Quiz, stream: Stream, cards: Cards) -> tuple[str, CallbackData]:
    bin_ = cards.scheme.bins[stream]
    label = cards.t("button-quiz", mark=bin_.mark, bin=bin_.name.in_(cards.t.language))
    return label, Choice(quiz=quiz.id, place=quiz.answered, stream=stream)


def _why(answered: Answered, cards: Cards) -> str:
    """Right, or kindly not; which bin it is, and why."""
    riddle, t = answered.riddle, cards.t
    bin_ = cards.scheme.bins[riddle.stream]
    lines = [
        t(
            "quiz-right" if answered.right else "quiz-nearly",
            item=_name(riddle, cards),
            mark=bin_.mark,
            bin=bin_.name.in_(t.language),
        )
    ]
    item = cards.catalogue.by_name(riddle.item)
    # Staff may have changed it since; then the reason would be another bin's.
    if item and item.stream_of(riddle.state) is riddle.stream:
        lines.append(t("card-why", reason=cards.reason(item, riddle.state)))
        lines += [*cards.elsewhere(item, riddle.state), *cards.unlike(item)]
    return "\n".join(lines)


def _result(answered: Answered, cards: Cards) -> str:
    """How many were right, and the points."""
    quiz, pay = answered.quiz, answered.pay
    assert pay
    score = cards.t("quiz-score", right=quiz.right, of=len(quiz.chosen))
    return score + "\n" + cards.t("quiz-pay", why=pay.why, points=pay.points, balance=pay.balance)


def _over(quiz: Quiz, cards: Cards) -> tuple[str, InlineKeyboardMarkup | None]:
    """It was done today already."""
    score = cards.t("quiz-score", right=quiz.right, of=len(quiz.chosen))
    return cards.t("quiz-over", score=score), _again(cards)


def _again(cards: Cards) -> InlineKeyboardMarkup | None:
    return column([(cards.t("button-quiz-again"), Again())])


def _name(riddle: Riddle, cards: Cards) -> str:
    item = cards.catalogue.by_name(riddle.item)
    return cards.name(item, riddle.state) if item else riddle.item
