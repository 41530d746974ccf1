"""People, as an update finds them: who it is, what the person may do, and where they guard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from models import editions, roles, shifts
from models.base import Session
from models.households import Household
from models.memberships import Membership
from models.residents import Resident
from models.roles import Roles
from models.shifts import Shift
from models.steps import Step


@dataclass(frozen=True, slots=True)
class Met:
    """What is known of a person before a handler is asked; a transaction reads it again."""

    resident: Resident | None = None
    """None if the bot has not met the person."""
    step: Step | None = None
    """What the person was asked for words for."""
    roles: Roles = ()
    shift: Shift | None = None
    """The shift that goes on, or that ended a short while ago."""
    area_id: int = 0
    """Where the person lives, else where a role is held; 0 if no area is known."""
    edition: int = 0
    """Of what the places own of the catalogue, as it was then."""


NOBODY = Met()


async def met(
    session: Session, resident_ids: Collection[int], admins: Collection[int], now: datetime
) -> dict[int, Met]:
    """These people, all in a few queries."""
    known = await _known(session, resident_ids)
    held = await roles.held(session, resident_ids, admins)
    on_shift = await shifts.latest(session, held, now)
    edition = await editions.current(session)
    nobody: tuple[Resident | None, Step | None, int | None] = (None, None, None)
    met = {}
    for id_ in resident_ids:
        resident, step, lives_in = known.get(id_, nobody)
        its = held.get(id_, ())
        area_id = lives_in or next((one.area_id for one in its if one.area_id), 0)
        met[id_] = Met(resident, step, its, on_shift.get(id_), area_id, edition)
    return met


async def _known(
    session: Session, telegram_ids: Collection[int]
) -> dict[int, tuple[Resident, Step | None, int | None]]:
    """Those of these people whom the bot has met: with the open step, and where they live."""
    if not telegram_ids:
        return {}
    found = await session.execute(
        select(Resident, Step, Household.area_id)
        .outerjoin(Step, Step.resident_id == Resident.telegram_id)
        .outerjoin(
            Membership,
            and_(Membership.resident_id == Resident.telegram_id, Membership.ended_at.is_(None)),
        )
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Resident.telegram_id.in_(telegram_ids))
    )
    return {resident.telegram_id: (resident, step, area) for resident, step, area in found}
