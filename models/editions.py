"""Editions: a number that grows with every change of what places own of the catalogue.

Triggers see to it, on areas, city rules and lessons, so that no way of changing them is forgotten.
Every process compares it before it answers: what staff have taught holds at once in all of them.
"""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Session


class Edition(Base):
    """One row at most; none while nothing was ever changed."""

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


async def current(session: Session) -> int:
    """The number of the edition that holds now."""
    return await session.scalar(_CURRENT) or 0


# Made once: every handful of updates asks it.
_CURRENT = select(Edition.number)
