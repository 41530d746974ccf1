"""What a household and the staff of the place are told about its pickups."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from knowledge.pickups import REMINDERS, Days
from models import areas, memberships, notices, roles
from models.base import Session
from models.households import Household
from models.roles import Role

if TYPE_CHECKING:
    from models.pickups import Act, Pickup, Standing, Thing


async def stepped(
    session: Session,
    household: Household,
    pickup: "Pickup",
    things: Sequence["Thing"],
    act: "Act",
    by: "Standing",
    days: Days,
    before: date | None,
    note: str,
    now: datetime,
) -> None:
    """Tell those who live there what was done to their booking; who did it knows."""
    fields = {
        **await facts(session, household, pickup, things),
        "act": act,
        "by": by.who,
        "day_before": before.isoformat() if before else "",
        "note": note,
        "why": pickup.why or "",
        "why_words": pickup.why_words or "",
        "until": until(pickup, days, now),
    }
    living = await memberships.people(session, household.id)
    to = [person for person in living if person != by.resident_id]
    about = f"pickup {pickup.id} {pickup.revision}"
    await notices.post_all(session, to, "pickup", about, fields, now)


async def disputed(
    session: Session,
    household: Household,
    pickup: "Pickup",
    things: Sequence["Thing"],
    note: str,
    now: datetime,
) -> None:
    """Tell the staff of the place that a household says that it is still there."""
    fields = {**await facts(session, household, pickup, things), "note": note}
    area = await areas.of(session, household.area_id)
    to = await roles.held_in(session, Role.STAFF, area.path)
    about = f"pickup-disputed {pickup.id} {pickup.revision}"
    await notices.post_all(session, to, "pickup-disputed", about, fields, now)


async def withdraw_reminders(session: Session, pickup: "Pickup") -> None:
    """Take back what has not left of its day's reminders: it is another day now, or none."""
    if pickup.reminded is None:
        return
    to = await memberships.ever(session, pickup.household_id)
    abouts = [reminder_about(pickup, each.days_before) for each in REMINDERS]
    await notices.take_back(session, to, abouts)


def reminder_about(pickup: "Pickup", days_before: int) -> str:
    """What a reminder tells of."""
    return f"pickup {pickup.id} reminder {days_before} {pickup.day.isoformat()}"


async def facts(
    session: Session, household: Household, pickup: "Pickup", things: Sequence["Thing"]
) -> dict[str, Any]:
    """What every notice of a booking says."""
    area = await areas.of(session, household.area_id)
    return {
        "pickup": pickup.id,
        "revision": pickup.revision,
        "state": pickup.state,
        "area": area.name,
        "address": household.address,
        "day": pickup.day.isoformat(),
        "things": [[each.key, each.words, each.count] for each in things],
        "items": pickup.load,
        "price": pickup.price,
        "place": pickup.place or "none",
    }


def until(pickup: "Pickup", days: Days, now: datetime) -> str:
    """Until when they may change it, or say that it is still there; the clock of the place.

    Nothing if that is over.
    """
    if pickup.closed_at is not None:
        ends_at = days.disputable_until(pickup.closed_at)
    else:
        ends_at = days.told_cut_off(pickup.day)
    return ends_at.astimezone(days.civil.zone).isoformat() if now < ends_at else ""
