"""Choosing a home by buttons: area, building, unit, room."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from handlers.buttons import LARGEST_ID, grid
from handlers.texts import Texts
from models import Session, areas, households
from models.areas import Area
from models.households import Household, NoSuchHousehold

PAGE = 12
"""How many choices are on offer at once."""


class Level(StrEnum):
    AREA = "area"
    BUILDING = "building"
    UNIT = "unit"


NEXT = {Level.AREA: "place", Level.BUILDING: "unit", Level.UNIT: "room"}
"""What is chosen there."""


class Browse(CallbackData, prefix="at"):
    """Show what lies in an area, a building or a unit.

    A building and a unit are named by a household in them: names may be too long for a button.
    """

    level: Level = Level.AREA
    id: int = Field(default=0, ge=0, le=LARGEST_ID)
    """Of the area, 0 for the top; or of the household."""
    page: int = Field(default=0, ge=0, le=9999)


class Home(CallbackData, prefix="home"):
    """This is where I live."""

    household: int = Field(ge=1, le=LARGEST_ID)


class NotNow(CallbackData, prefix="notnow"):
    """I would rather not."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A step of the choice."""

    text: str
    keyboard: InlineKeyboardMarkup | None


Labels = list[tuple[str, CallbackData]]


async def screen(session: Session, asked: Browse, t: Texts) -> Screen:
    """What can be chosen here; where there is only one choice, what comes after it."""
    at = asked
    while len(found := await _inside(session, at, t)) == 1 and isinstance(found[0][1], Browse):
        at = found[0][1]
    page = min(asked.page if at == asked else 0, max(0, len(found) - 1) // PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    below: Labels = []
    if (page + 1) * PAGE < len(found):
        below.append((t("button-next"), at.model_copy(update={"page": page + 1})))
    if page:
        below.append((t("button-previous"), at.model_copy(update={"page": page - 1})))
    if back := await _back(session, at, t):
        below.append((t("button-back"), back))
    below.append((t("button-not-now"), NotNow()))
    across = 1 if at.level is Level.AREA else 3
    return Screen(await _title(session, at, found, t), grid(shown, across, below))


async def _inside(session: Session, at: Browse, t: Texts) -> Labels:
    if at.level is Level.AREA:
        area_id = at.id or None
        found: Labels = [
            (area.name, Browse(id=area.id)) for area in await areas.children(session, area_id)
        ]
        buildings = await households.buildings(session, at.id) if area_id else []
        return found + [
            (t("building", building=one.building), Browse(level=Level.BUILDING, id=one.id))
            for one in buildings
        ]
    household = await households.by_id(session, at.id)
    if at.level is Level.BUILDING:
        return [
            (t("unit", unit=one.unit), Browse(level=Level.UNIT, id=one.id))
            for one in await households.units(session, household)
        ]
    return [
        (one.room, Home(household=one.id)) for one in await households.rooms(session, household)
    ]


async def _back(session: Session, at: Browse, t: Texts) -> Browse | None:
    """The nearest step before this one at which there was a choice."""
    before = await _before(session, at)
    while before is not None and len(await _inside(session, before, t)) == 1:
        before = await _before(session, before)
    return before


async def _before(session: Session, at: Browse) -> Browse | None:
    if at.level is Level.AREA:
        return Browse(id=(await _area(session, at.id)).parent_id or 0) if at.id else None
    household = await households.by_id(session, at.id)
    if at.level is Level.BUILDING:
        return Browse(id=household.area_id)
    return Browse(level=Level.BUILDING, id=household.id)


async def _title(session: Session, at: Browse, found: Sequence[object], t: Texts) -> str:
    where = await _where(session, at, t)
    if not found:
        return t("join-nothing-here", where=where)
    return t("join-choose", where=where, what=NEXT[at.level])


async def _where(session: Session, at: Browse, t: Texts) -> str:
    if at.level is Level.AREA:
        return (await _area(session, at.id)).name if at.id else t("join-everywhere")
    household = await households.by_id(session, at.id)
    return t(
        "address",
        place=(await households.area_of(session, household)).name,
        address=_part(household, at.level),
    )


def _part(household: Household, level: Level) -> str:
    unit = household.unit if level is Level.UNIT else ""
    return "-".join(filter(None, (household.building, unit)))


async def _area(session: Session, area_id: int) -> Area:
    area = await areas.by_id(session, area_id)
    if area is None:
        raise NoSuchHousehold
    return area
