"""Open steps: the bot has asked somebody for words, and the next ones they type are the answer.

One a person at most: a new step takes the place of the one before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models import base
from models.base import Base, Fields, Moment, Session


class Step(Base):
    """What a person was asked for."""

    __tablename__ = "steps"

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.telegram_id", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]] = mapped_column(Fields)
    """What was known when the bot asked."""
    expires_at: Mapped[datetime] = mapped_column(Moment)


async def open_(
    session: Session, resident_id: int, what: str, fields: Mapping[str, Any], expires_at: datetime
) -> None:
    """From now on, wait for this person's words."""
    insert = base.insert_of(session)
    values = {"what": what, "fields": dict(fields), "expires_at": expires_at}
    await session.execute(
        insert(Step)
        .values(resident_id=resident_id, **values)
        .on_conflict_do_update(index_elements=[Step.resident_id], set_=values)
    )


async def take(session: Session, resident_id: int, what: str, now: datetime) -> Step | None:
    """Close the step that the person's words answer; None if it is not open any more."""
    return await session.scalar(
        delete(Step)
        .where(Step.resident_id == resident_id, Step.what == what, Step.expires_at > now)
        .returning(Step)
        .execution_options(synchronize_session=False)
    )


async def waiting(session: Session, resident_id: int, what: str, now: datetime) -> Step | None:
    """The step that waits for this person's words."""
    return await session.scalar(
        select(Step).where(
            Step.resident_id == resident_id, Step.what == what, Step.expires_at > now
        )
    )


async def close(session: Session, resident_id: int) -> None:
    """Wait for nothing any more."""
    await session.execute(
        delete(Step)
        .where(Step.resident_id == resident_id)
        .execution_options(synchronize_session=False)
    )


async def forget_expired(session: Session, now: datetime) -> None:
    """Delete the steps that nobody has answered in time."""
    await session.execute(
        delete(Step).where(Step.expires_at <= now).execution_options(synchronize_session=False)
    )
