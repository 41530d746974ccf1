"""Questions the catalogue could not answer surely, kept for staff to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, insert
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from knowledge import privacy, wording
from models import base
from models.base import Base, Moment, Session

LONGEST = 64
"""What is kept of a question, in characters: an item's name is far shorter."""

LEAST_DIGITS = 5
"""So many digits are a telephone, identity or account number rather than an item's."""


class Question(Base):
    """What a resident asked and the bot could not answer surely, or answered wrongly."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_lesson_id", "lesson_id"),
        # Only what is open: the list stays cheap beside years of what is answered.
        Index(
            "ix_questions_open", "key", "area_id", "asked_by", "is_wrong",
            sqlite_where=sql("lesson_id IS NULL"), postgresql_where=sql("lesson_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST))
    key: Mapped[str] = mapped_column(String(LONGEST), default="")
    """What is asked about, without the words around it: the same for everybody who asks it.
    Empty if nothing is."""
    area_id: Mapped[int] = mapped_column(default=0)
    """Whose rules the person was answered by; 0 if no area's."""
    is_wrong: Mapped[bool] = mapped_column(default=False)
    """Whether the person found the answer wrong."""
    asked_by: Mapped[int] = mapped_column(BigInteger)
    """Telegram id, so that the person can be told when staff have found the answer."""
    asked_at: Mapped[datetime] = mapped_column(Moment)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lessons.id"))
    """What staff have taught about it; None while it is open."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be kept, as the handler leaves it behind."""

    text: str
    name: str
    """What it is about, without the words around it."""
    asked_by: int
    area_id: int
    is_wrong: bool = False


async def keep(session: Session, asked: Iterable[Asked], now: datetime) -> None:
    """Keep questions for staff, each cut to what an item's name can be."""
    rows = [
        {
            "text": storable(question.text),
            "key": key_of(question.name),
            "area_id": question.area_id,
            "is_wrong": question.is_wrong,
            "asked_by": question.asked_by,
            "asked_at": now,
        }
        for question in asked
    ]
    if rows:
        await session.execute(insert(Question), rows)


def key_of(name: str) -> str:
    """What two spellings of one name have in common, as far as it is kept."""
    return wording.key(storable(name))[:LONGEST]


def storable(text: str) -> str:
    """A question as it is kept: without numbers, short, and fit for any database."""
    return privacy.without_numbers(base.fit(text), LEAST_DIGITS).strip()[:LONGEST]
