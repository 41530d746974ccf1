"""Who of the staff has looked at which household, and when: nobody looks unseen."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models import actors, households, settlements
from models.base import Base, Moment, Session
from models.households import Household
from models.roles import Roles


class Look(Base):
    """One look at a household by somebody who does not live there."""

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


async def look(
    session: Session, household_id: int, resident_id: int, held: Roles, now: datetime
) -> Household:
    """A household for staff of the place, who are seen looking; raises `NotAllowed`. Writes."""
    household = await households.by_id(session, household_id)
    await settlements.in_charge(session, household, held)
    actor = await actors.of(session, resident_id)
    session.add(Look(actor_id=actor, household_id=household_id, at=now))
    await session.flush()
    return household


async def looks(session: Session, household_id: int) -> Sequence[Look]:
    """Who has looked at a household, the last first."""
    found = await session.scalars(
        select(Look).where(Look.household_id == household_id).order_by(Look.id.desc())
    )
    return list(found)
