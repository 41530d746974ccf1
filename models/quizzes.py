"""Quizzes: how far somebody has come today, and the points that a household gets for it, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import local_time, quizzes
from knowledge.calendar import Civil
from knowledge.catalogue import Catalogue
from knowledge.quizzes import Riddle
from knowledge.streams import Stream
from models import actors, areas, households, memberships, points
from models.base import Base, Fields, Refusal, Session
from models.points import Cause, Transfer

KEPT = timedelta(days=7)
"""How long we remember how somebody did."""


class QuizOver(Refusal):
    """It is a quiz of another day, or somebody else's."""


class RiddleOver(Refusal):
    """This riddle was answered already."""


class Quiz(Base):
    """The riddles that somebody was given on a day."""

    __tablename__ = "quizzes"
    __table_args__ = (
        UniqueConstraint("resident_id", "day", "number"),
        Index("ix_quizzes_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(BigInteger)
    """Telegram id."""
    day: Mapped[date]
    number: Mapped[int]
    """Of this day; only the first is for points."""
    riddles: Mapped[dict[str, Any]] = mapped_column(Fields)
    """As they were chosen: what is answered does not change when the catalogue does."""
    answered: Mapped[int]
    right: Mapped[int]

    @property
    def chosen(self) -> Sequence[Riddle]:
        found = self.riddles["riddles"]
        return [Riddle(item, state, Stream(stream)) for item, state, stream in found]

    @property
    def is_over(self) -> bool:
        return self.answered >= len(self.chosen)


class Why(StrEnum):
    """Why a quiz gave points, or none."""

    EARNED = "earned"
    NO_HOUSEHOLD = "no_household"
    """The person has not joined one."""
    FAMILY = "family"
    """Somebody else of the household was first today."""
    AGAIN = "again"
    """It was not the first of the day."""
    NONE = "none"
    """Nothing was right, or the area gives no points for quizzes."""


@dataclass(frozen=True, slots=True)
class Pay:
    """What a quiz gave."""

    why: Why
    points: int = 0
    balance: int = 0
    """What the household has then."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer."""

    quiz: Quiz
    riddle: Riddle
    right: bool
    pay: Pay | None
    """None while there are more riddles."""


async def today(
    session: Session, resident_id: int, catalogue: Catalogue, day: date, *, again: bool = False
) -> Quiz:
    """The quiz that somebody is at, or has finished; `again`: then another one. Writes."""
    quiz = await session.scalar(
        select(Quiz)
        .where(Quiz.resident_id == resident_id, Quiz.day == day)
        .order_by(Quiz.number.desc())
        .limit(1)
    )
    if quiz and not (again and quiz.is_over):
        return quiz
    number = quiz.number + 1 if quiz else 1
    chosen = quizzes.riddles(catalogue, f"{resident_id} {day} {number}")
    quiz = Quiz(
        resident_id=resident_id, day=day, number=number, answered=0, right=0,
        riddles={"riddles": [[each.item, each.state, each.stream] for each in chosen]},
    )  # fmt: skip
    session.add(quiz)
    await session.flush()  # its buttons name it
    return quiz


async def answer(
    session: Session,
    quiz_id: int,
    place: int,
    stream: Stream,
    resident_id: int,
    civil: Civil,
    now: datetime,
) -> Answered:
    """Answer the riddle at this place of a quiz, counted from 0. Writes.

    Raises `QuizOver`, `RiddleOver`. The last answer pays, if it is the first quiz of the day.
    """
    quiz = await session.get(Quiz, quiz_id, with_for_update=True, populate_existing=True)
    day = local_time.local_day(now, civil.zone)
    if quiz is None or quiz.resident_id != resident_id or quiz.day != day:
        raise QuizOver
    if place != quiz.answered:
        raise RiddleOver
    riddle = quiz.chosen[place]
    is_right = stream is riddle.stream
    quiz.answered += 1
    quiz.right += is_right
    pay = await _pay(session, quiz, civil, now) if quiz.is_over else None
    return Answered(quiz, riddle, is_right, pay)


async def forget_old(session: Session, today: date) -> None:
    """Delete what is old; the points stay in the books."""
    await session.execute(
        delete(Quiz).where(Quiz.day < today - KEPT).execution_options(synchronize_session=False)
    )


async def _pay(session: Session, quiz: Quiz, civil: Civil, now: datetime) -> Pay:
    """Points for what was right, up to what the area gives, to a household once a day."""
    if quiz.number > 1:
        return Pay(Why.AGAIN)
    home = await memberships.of(session, quiz.resident_id)
    if home is None:
        return Pay(Why.NO_HOUSEHOLD)
    household = await households.lock(session, home.household_id)
    policy = await areas.policy(session, household.area_id, civil.holidays)
    worth = min(quiz.right, policy.tariff.quiz)
    key = f"quiz {household.id} {quiz.day}"
    # Whoever has the household's lock sees whether anybody of it was first.
    if await session.scalar(select(Transfer.id).where(Transfer.key == key)):
        return Pay(Why.FAMILY)
    if not worth:
        return Pay(Why.NONE)
    actor = await actors.of(session, quiz.resident_id)
    cause = Cause(key, "quiz", actor, now)
    balance = await points.earn(session, household.area_id, household.id, worth, cause)
    return Pay(Why.EARNED, worth, balance)
