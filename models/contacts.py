"""Whom one calls: the community of a place, else who takes its waste away."""

from dataclasses import dataclass

from knowledge.calendar import Civil
from models import areas, collections
from models.base import Session


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers, and the number."""

    name: str
    phone: str | None
    """None where nothing is published."""


async def of_area(session: Session, area_id: int, civil: Civil) -> Contact | None:
    """Whom to call in an area; None if there is no such area."""
    chain = await areas.above(session, area_id)
    if not chain:
        return None
    if decided := next((area for area in chain if area.phone is not None), None):
        return Contact(decided.name, decided.phone)
    for one in await collections.of_chain(session, chain, civil.holidays):
        if one.responsible and one.phone:
            return Contact(one.responsible, one.phone)
    return Contact(chain[0].name, None)
