"""Questions the catalogue could not answer surely, kept for staff to look at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, Session

LONGEST = 64
"""What is kept of a question, in characters: an item's name is far shorter."""

_DIGITS = re.compile(r"(?:\d[\s\-.()]*){5,}")
"""A telephone, identity or account number, however it is spaced. `\\d` is any script's digit."""


class Question(Base):
    """What a resident asked and the bot could not answer surely."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_text", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST))
    asked_by: Mapped[int] = mapped_column(BigInteger)
    """Telegram id, so that the person can be told when staff have found the answer."""
    asked_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be kept, as the handler leaves it behind."""

    text: str
    asked_by: int


def without_numbers(text: str) -> str:
    """The question without telephone numbers and other long digits: staff need only the item."""
    return _DIGITS.sub("…", text)


async def keep(session: Session, asked: Iterable[Asked], now: datetime) -> None:
    """Keep questions for staff, each cut to what an item's name can be."""
    rows = [
        {"text": storable(question.text), "asked_by": question.asked_by, "asked_at": now}
        for question in asked
    ]
    if rows:
        await session.execute(insert(Question), rows)


def storable(text: str) -> str:
    """A question as it is kept: without numbers, short, and fit for any database.

    NUL ends a text for SQLite and is refused by PostgreSQL; a lone surrogate is no text at all.
    """
    clean = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return without_numbers(clean).strip()[:LONGEST]
