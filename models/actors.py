"""Actors: who did it, as a number that says nothing.

What a volunteer or a member of staff did is kept for years; the person behind it may be erased.
So lasting rows name an actor, and only this table knows whose number it is.
"""

from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, mapped_column

from models import base
from models.base import Base, Session

SYSTEM = 0
"""The bot itself: what happens because time has passed, or because a file was imported."""


class Actor(Base):
    """A person's number in the books."""

    __tablename__ = "actors"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """Telegram id; None once the person is erased."""


async def of(session: Session, resident_id: int) -> int:
    """The number of this person, given out now if there was none. Writes."""
    known = select(Actor.id).where(Actor.resident_id == resident_id)
    found = await session.scalar(known)
    if found is None:
        insert = base.insert_of(session)
        await session.execute(insert(Actor).on_conflict_do_nothing(), {"resident_id": resident_id})
        found = await session.scalar(known)
    assert found is not None
    return found


async def person(session: Session, actor: int) -> int | None:
    """The Telegram id behind a number; None if it was erased, or if it is the bot."""
    return await session.scalar(select(Actor.resident_id).where(Actor.id == actor))
