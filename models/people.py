"""People, as an update finds them: who it is, what the person may do, and where they guard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from models import roles, shifts, steps
from models.base import Session
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


NOBODY = Met()


async def met(
    session: Session, resident_ids: Collection[int], admins: Collection[int], now: datetime
) -> dict[int, Met]:
    """These people, all in a few queries."""
    known = await steps.known(session, resident_ids)
    held = await roles.held(session, resident_ids, admins)
    on_shift = await shifts.latest(session, held, now)
    nobody: tuple[Resident | None, Step | None] = (None, None)
    found = {id_: known.get(id_, nobody) for id_ in resident_ids}
    return {
        id_: Met(resident, step, held.get(id_, ()), on_shift.get(id_))
        for id_, (resident, step) in found.items()
    }
