"""What the features about places share: which area is meant, and what its hours are in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from handlers.buttons import LARGEST_ID, Choices, grid
from handlers.texts import Texts
from knowledge.calendar import Calendar, Civil, DayPlan, Open, Window
from models import Session, areas, stations

PAGE = 12
"""How many areas are on offer at once."""

STEP_METRES = 50
"""How exactly a distance is told: places are as exact as a phone, or as a map, found them."""

KILOMETRE = 1000


class At(CallbackData, prefix="place"):
    """The area that is meant, or one in which it lies; 0 for the top.

    Each feature has its own, so that the choice leads to it.
    """

    area: int = Field(default=0, ge=0, le=LARGEST_ID)
    page: int = Field(default=0, ge=0, le=9999)


class Near(CallbackData, prefix="near"):
    """Which stations are in this area?"""

    area: int = Field(ge=1, le=LARGEST_ID)


class OnMap(CallbackData, prefix="map"):
    """Show this station on the map."""

    station: int = Field(ge=1, le=LARGEST_ID)


class Remind(At, prefix="remind"):
    """What am I reminded of, and where? 0 for at home."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of these is meant?"""

    text: str
    keyboard: InlineKeyboardMarkup | None


async def meant(session: Session, asked: At, t: Texts) -> int | Choice:
    """The area that is meant, or what is asked back: one lives at the bottom of the tree."""
    at = asked.area
    if at:
        await areas.known(session, at)
    while len(inside := await areas.children(session, at or None)) == 1:
        at = inside[0].id
    if not inside:
        return at or Choice(t("place-nowhere"), None)
    page = min(asked.page, (len(inside) - 1) // PAGE)
    here: Choices = [
        (area.name, asked.model_copy(update={"area": area.id, "page": 0}))
        for area in inside[page * PAGE : (page + 1) * PAGE]
    ]
    below = []
    if (page + 1) * PAGE < len(inside):
        below.append((t("button-next"), asked.model_copy(update={"area": at, "page": page + 1})))
    if page:
        below.append(
            (t("button-previous"), asked.model_copy(update={"area": at, "page": page - 1}))
        )
    return Choice(t("place-which"), grid(here, 1, below))


async def moved_to(session: Session, *calendars: Calendar) -> Mapping[str, str]:
    """The names of the stations that serve in place of others, by their codes."""
    return await stations.names(session, {code for each in calendars for code in each.stations()})


def status(
    calendar: Calendar, now: datetime, civil: Civil, names: Mapping[str, str], t: Texts
) -> str:
    """Whether it is open now, and until when; or when it opens."""
    found = calendar.status(now, civil.zone)
    if isinstance(found, Open):
        station = _other(found.window, names)
        if found.until is None:
            return t("place-open-always", station=station)
        return t("place-open", until=found.until.astimezone(civil.zone), station=station)
    following = found.following
    if following is None:
        return t("place-shut")
    if not calendar.plan(following.day, civil.zone).is_certain:
        return t("place-shut-unknown")
    today = now.astimezone(civil.zone).date()
    return t(
        "place-opens",
        day=following.day,
        which=which_day(following.day, today),
        at=following.starts_at.astimezone(civil.zone),
        station=_other(following, names),
    )


def hours(plan: DayPlan, civil: Civil, names: Mapping[str, str], t: Texts) -> str:
    """The windows of a day: "07:00-09:00, 18:30-20:30"; or that there are none, or not yet."""
    if not plan.is_certain:
        return t("place-not-published")
    said = [
        t(
            "place-window",
            begins=window.starts_at.astimezone(civil.zone),
            ends=window.ends_at.astimezone(civil.zone),
            station=_other(window, names),
        )
        for window in plan.windows
    ]
    return t("comma").join(said) or t("place-closed")


def far(metres: float, t: Texts) -> str:
    """A distance, about: in steps of 50 m, then in tenths of a kilometre."""
    if metres < KILOMETRE:
        steps = max(1, round(metres / STEP_METRES))
        return t("near-metres", metres=steps * STEP_METRES)
    return t("near-kilometres", kilometres=f"{metres / KILOMETRE:.1f}")


def which_day(day: date, today: date) -> str:
    """Which words a day has: "today", "tomorrow", or "other"."""
    return {0: "today", 1: "tomorrow"}.get((day - today).days, "other")


def _other(window: Window, names: Mapping[str, str]) -> str:
    """The other station that serves; "no" if it is the usual one."""
    code = window.planned.station
    return names.get(code, code) if code else "no"
