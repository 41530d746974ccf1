"""What a household's people and the staff of the place are told about it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models import notices, roles
from models.areas import Area
from models.base import Session
from models.households import Household
from models.roles import Role

if TYPE_CHECKING:
    from models.joining import JoinRequest
    from models.memberships import Membership


async def asks(
    session: Session,
    request: "JoinRequest",
    household: Household,
    to: Iterable[int],
    asked: str,
    waits: timedelta,
) -> None:
    """Have those asked who may let somebody in."""
    fields = {
        **await _where(session, household),
        "request": request.id,
        "name": request.name,
        "who": "adult" if request.is_adult else "child",
        "asked": asked,
    }
    now = request.asked_at
    about = f"join-request {request.id}"
    await notices.post_all(session, to, "join-request", about, fields, now, until=now + waits)


async def answered(
    session: Session, request: "JoinRequest", household: Household, now: datetime
) -> None:
    """Tell who has asked how it was answered."""
    answer = "yes" if request.approved else "no"
    fields = {**await _where(session, household), "answer": answer}
    about = f"join-answer {request.id}"
    await notices.post(session, request.resident_id, "join-answer", about, fields, now)


async def joined(
    session: Session,
    household: Household,
    member: "Membership",
    others: Sequence["Membership"],
    now: datetime,
) -> None:
    """Tell those who lived there already."""
    fields = {**await _where(session, household), "name": member.name}
    about = f"member-joined {member.id}"
    await notices.post_all(session, _phones(others), "member-joined", about, fields, now)


async def removed(
    session: Session, household: Household, member: "Membership", now: datetime
) -> None:
    """Tell who was removed."""
    fields = await _where(session, household)
    about = f"member-removed {member.id}"
    await notices.post_all(session, _phones([member]), "member-removed", about, fields, now)


async def moved(
    session: Session, household: Household, others: Sequence["Membership"], now: datetime
) -> None:
    """Tell the rest of a household that it has moved out."""
    about = f"moved-out {household.id}"
    fields = await _where(session, household)
    await notices.post_all(session, _phones(others), "moved-out", about, fields, now)


async def nobody_left(
    session: Session, household: Household, about: str, points: int, children: int, now: datetime
) -> None:
    """Tell the staff of the place, once, that no adult is there any more."""
    fields = {
        **await _where(session, household),
        "household": household.id,
        "points": points,
        "left": "children" if children else "nobody",
    }
    to = await staff_of(session, household)
    await notices.post_all(session, to, "household-empty", about, fields, now)


async def points_came(
    session: Session,
    living: Sequence["Membership"],
    about: str,
    points: int,
    balance: int,
    now: datetime,
) -> None:
    """Tell a household that staff have passed points on to it."""
    fields = {"points": points, "balance": balance}
    await notices.post_all(session, _phones(living), "points-passed", about, fields, now)


async def staff_of(session: Session, household: Household) -> Sequence[int]:
    """The Telegram ids of the staff of the place."""
    area = await session.get_one(Area, household.area_id)
    return await roles.held_in(session, Role.STAFF, area.path)


def _phones(members: Iterable["Membership"]) -> list[int]:
    return [one.resident_id for one in members if one.resident_id is not None]


async def _where(session: Session, household: Household) -> dict[str, str | int]:
    area = await session.get_one(Area, household.area_id)
    return {"place": area.name, "address": household.address}
