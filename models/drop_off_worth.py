"""What a drop-off is worth: the points are moved, and the household is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, select

from knowledge.calendar import Civil
from knowledge.qualities import Quality
from knowledge.streams import Stream
from knowledge.tariff import Award, award
from models import memberships, notices, points
from models.areas import Policy
from models.base import Session
from models.drop_off_tables import DropOff, Mistake, mistakes_of, parts_of
from models.points import Cause
from models.stations import Station


async def of_day(session: Session, household_id: int, day: date) -> Sequence[DropOff]:
    """What was recorded for a household that day."""
    return list(await session.scalars(_OF_DAY, {"household_id": household_id, "day": day}))


# Made once: every drop-off asks it.
_OF_DAY = (
    select(DropOff)
    .where(
        DropOff.household_id == bindparam("household_id"),
        DropOff.day == bindparam("day"),
        DropOff.voided_at.is_(None),
    )
    .execution_options(populate_existing=True)
)


def worth_of(
    quality: Quality, weights: Mapping[Stream, int], others: Sequence[DropOff], policy: Policy
) -> Award:
    """What the tariff gives for a drop-off beside the others of its day."""
    already_today = sum(each.points + each.frozen for each in others)
    return award(policy.tariff, quality, weights, already_today=already_today)


async def pay(
    session: Session, drop_off: DropOff, own: int, frozen: int, actor: int, now: datetime
) -> int:
    """Move what the drop-off is worth more than before, or less; what the household has then."""
    first = drop_off.revision == 0
    cause = Cause(
        f"drop-off:{drop_off.id}:{drop_off.revision}",
        "drop-off" if first else "correction",
        actor,
        now,
        drop_off.id,
    )
    where = (drop_off.area_id, drop_off.household_id)
    if own > 0:
        balance = await points.earn(session, *where, own, cause)
    elif own < 0:
        balance = await points.take_back(session, *where, -own, cause)
    else:
        balance = (await points.balance(session, drop_off.household_id, now)).points
    if frozen:
        await points.freeze(session, *where, frozen, cause.then("frozen"))
    return balance


async def tell(
    session: Session,
    drop_off: DropOff,
    living: Collection[int],
    station: str,
    wrong: Sequence[Mistake],
    balance: int,
    civil: Civil,
    now: datetime,
) -> None:
    """Let everybody in the household know how it stands, once for each change."""
    fields = {
        "at": drop_off.at.astimezone(civil.zone).isoformat(),
        "station": station,
        "quality": drop_off.quality,
        "points": drop_off.points,
        "frozen": drop_off.frozen,
        "balance": balance,
        "changed": drop_off.revision > 0,
        "withdrawn": drop_off.voided_at is not None,
        "mistakes": [[each.stream or "", each.item, each.belongs or ""] for each in wrong],
    }
    about = f"drop-off {drop_off.id} {drop_off.revision}"
    await notices.post_all(session, living, "drop-off", about, fields, now)


async def settle(
    session: Session,
    drop_off: DropOff,
    policy: Policy | None,
    actor: int,
    civil: Civil,
    now: datetime,
) -> None:
    """Bring points to what a changed drop-off is worth (nothing without a policy), and tell."""
    worth = Award(0)
    if policy:
        parts = await parts_of(session, drop_off.id)
        weights = {Stream(part.stream): part.grams for part in parts if part.grams}
        today = await of_day(session, drop_off.household_id, drop_off.day)
        others = [each for each in today if each.id != drop_off.id]
        worth = worth_of(Quality(drop_off.quality), weights, others, policy)
    own, frozen = worth.to_spend - drop_off.points, worth.kept_back - drop_off.frozen
    drop_off.points, drop_off.frozen = worth.to_spend, worth.kept_back
    balance = await pay(session, drop_off, own, frozen, actor, now)
    living = await memberships.people(session, drop_off.household_id)
    station = await session.get_one(Station, drop_off.station_id)
    wrong = [each.said for each in await mistakes_of(session, drop_off.id)]
    await tell(session, drop_off, living, station.name, wrong, balance, civil, now)
