"""Audiences: who is meant by "the residents of this street", as the database finds them."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true

from models import areas
from models.areas import EVERYWHERE, Area
from models.base import Session
from models.households import Household
from models.memberships import Membership
from models.residents import Resident
from models.roles import Grant, Role


class Audience(StrEnum):
    """Which people of an area."""

    RESIDENTS = "residents"
    """Who lives in a household."""
    VOLUNTEERS = "volunteers"
    EVERYBODY = "everybody"
    """Who lives there or has a role there; everywhere, whom the bot has ever met."""
    NOBODY = "nobody"
    """Only groups and channels."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is meant."""

    area_id: int
    """With all that lies in it; `EVERYWHERE` for the whole deployment."""
    audience: Audience
    language: str | None
    """Only who speaks it; None for every language."""
    home_language: str
    """What those speak who have not chosen."""


async def count(session: Session, whom: Whom) -> int:
    """How many people these are: of those who have blocked the bot, none."""
    return await session.scalar(select(func.count()).select_from(Resident).where(are(whom))) or 0


def end_of_slice(cursor: int, size: int) -> Select[int | None]:
    """The id of the last of the next people, whoever they are; None after the last of all."""
    next_ = select(Resident.telegram_id).where(Resident.telegram_id > cursor)
    some = next_.order_by(Resident.telegram_id).limit(size).subquery()
    return select(func.max(some.c.telegram_id))


def between(whom: Whom, cursor: int, last: int) -> Select[int]:
    """Those of these people whose ids come after the cursor and up to the last."""
    slice_ = (Resident.telegram_id > cursor, Resident.telegram_id <= last)
    return select(Resident.telegram_id).where(*slice_, are(whom))


def are(whom: Whom) -> ColumnElement[bool]:
    """Whether a resident is one of them, and there to hear it."""
    chosen = func.coalesce(Resident.language, whom.home_language)
    speaks = true() if whom.language is None else chosen == whom.language
    return Resident.left_at.is_(None) & speaks & _belongs(whom.audience, whom.area_id)


def _belongs(audience: Audience, area_id: int) -> ColumnElement[bool]:
    match audience:
        case Audience.RESIDENTS:
            return _lives(area_id)
        case Audience.VOLUNTEERS:
            return _has_role(area_id, Grant.role == Role.VOLUNTEER)
        case Audience.EVERYBODY if area_id == EVERYWHERE:
            return true()
        case Audience.EVERYBODY:
            return or_(_lives(area_id), _has_role(area_id, true()))
        case Audience.NOBODY:
            return false()


def _lives(area_id: int) -> ColumnElement[bool]:
    home = (
        select(Membership.id)
        .where(Membership.resident_id == Resident.telegram_id, Membership.ended_at.is_(None))
        .correlate(Resident)
    )
    if area_id != EVERYWHERE:
        home = home.join(Household, Household.id == Membership.household_id)
        home = home.where(Household.area_id.in_(inside(area_id)))
    return exists(home)


def _has_role(area_id: int, which: ColumnElement[bool]) -> ColumnElement[bool]:
    held = (
        select(Grant.id)
        .where(Grant.resident_id == Resident.telegram_id, Grant.ended_at.is_(None), which)
        .correlate(Resident)
    )
    if area_id != EVERYWHERE:
        held = held.where(Grant.area_id.in_(inside(area_id)))
    return exists(held)


def inside(area_id: int) -> Select[int]:
    """The ids of an area and of all that lies in it."""
    return select(Area.id).where(areas.inside([area_id]))
