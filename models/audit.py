"""Who of the staff has looked at which household, and when: nobody looks unseen."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models import actors
from models.base import Base, Moment, Session


class Look(Base):
    """One look at a household by somebody who does not live there."""

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


async def note(session: Session, household_id: int, resident_id: int, now: datetime) -> None:
    """Write down that this person looks at the household now. Writes."""
    actor = await actors.of(session, resident_id)
    session.add(Look(actor_id=actor, household_id=household_id, at=now))
    await session.flush()


async def looks(session: Session, household_id: int) -> Sequence[Look]:
    """Who has looked at a household, the last first."""
    found = await session.scalars(
        select(Look).where(Look.household_id == household_id).order_by(Look.id.desc())
    )
    return list(found)
