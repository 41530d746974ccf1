"""What is always true of the books, however things were interrupted, repeated or done at once.

Each function says in a line each what is not as it should be; nothing is the right answer.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select, text
from sqlalchemy.exc import DBAPIError

from knowledge.holidays import Holidays
from models import Database, Session, areas, points
from models.actors import SYSTEM, Actor
from models.areas import Area, ids_of
from models.drop_off_tables import DropOff, DropOffChange
from models.households import Household
from models.memberships import Membership
from models.notices import Notice
from models.pickup_days import Slot
from models.pickups import STEPS, USES_FREE, Pickup, PickupChange, PickupItem
from models.pickups import State as PickupState
from models.points import Account, Kind, Transfer
from models.roles import Grant, Role
from models.settlements import Settlement
from models.stations import Station
from models.updates import State, StoredUpdate

HOLIDAYS = Holidays.load()

Check = Callable[[Database], Awaitable[list[str]]]

ONE_WAITS = timedelta(seconds=30)
"""How long a transaction may wait for another one: its clock was read before."""


async def i1(database: Database) -> list[str]:
    """All balances add up to zero."""
    async with database.read() as session:
        total = await points.total(session)
    return [f"the sum is {total}"] if total else []


async def i2(database: Database) -> list[str]:
    """Each balance is what its transfers add up to."""
    async with database.read() as session:
        return [f"account {each}" for each in await points.unbalanced(session)]


async def i3(database: Database) -> list[str]:
    """No household has fewer points than none, and nobody is owed less than nothing."""
    below = (Kind.ISSUED, Kind.OWED)
    async with database.read() as session:
        accounts = await session.scalars(select(Account))
        return [
            f"{each.kind} {each.owner_id}: {each.balance}"
            for each in accounts
            if (each.balance > 0 if each.kind in below else each.balance < 0)
        ]


async def i4(database: Database) -> list[str]:
    """A household has one drop-off in a window, and its points moved once for each cause."""
    async with database.read() as session:
        windows = Counter(
            tuple(row)
            for row in await session.execute(
                select(DropOff.household_id, DropOff.day, DropOff.window).where(
                    DropOff.voided_at.is_(None)
                )
            )
        )
        keys = Counter(await session.scalars(select(Transfer.key)))
        first = Counter(
            await session.scalars(
                select(Transfer.drop_off_id).where(Transfer.reason == "drop-off")
            )
        )
        moved = list(
            await session.scalars(select(Transfer).where(Transfer.drop_off_id.is_not(None)))
        )
        kinds = {each.id: each.kind for each in await session.scalars(select(Account))}
        said = {each.id: each.points for each in await session.scalars(select(DropOff))}
    given: Counter[int | None] = Counter()
    for each in moved:
        between = {kinds[each.debit_id], kinds[each.credit_id]}
        if Kind.ISSUED in between and Kind.FROZEN not in between:
            sign = 1 if kinds[each.debit_id] == Kind.ISSUED else -1
            given[each.drop_off_id] += sign * each.points
    found = [f"window {key}: {number}" for key, number in windows.items() if number > 1]
    found += [f"key {key}: {number}" for key, number in keys.items() if number > 1]
    found += [f"drop-off {id_} paid {number} times" for id_, number in first.items() if number > 1]
    return found + [
        f"drop-off {id_} says {number} and gave {given[id_]}"
        for id_, number in said.items()
        if given[id_] != number
    ]


async def i5(database: Database) -> list[str]:
    """No household gets more on a day than its tariff allows."""
    async with database.read() as session:
        days = await session.execute(
            select(
                DropOff.household_id,
                DropOff.day,
                DropOff.area_id,
                func.sum(DropOff.points + DropOff.frozen),
            )
            .where(DropOff.voided_at.is_(None))
            .group_by(DropOff.household_id, DropOff.day, DropOff.area_id)
        )
        holidays, found = Holidays.load(), []
        for household_id, day, area_id, got in days.all():
            most = (await areas.policy(session, area_id, holidays)).tariff.day
            if most is not None and got > most:
                found.append(f"household {household_id} got {got} of {most} on {day}")
        return found


async def i7(database: Database) -> list[str]:
    """Nobody can change or delete a transfer, whatever they say to the database."""
    found = []
    for order in ("UPDATE transfers SET points = points + 1", "DELETE FROM transfers"):
        try:
            async with database.write() as session:
                if not await session.scalar(select(func.count()).select_from(Transfer)):
                    return []
                await session.execute(text(order))
                found.append(f"{order} went through")
                raise _Undone
        except (DBAPIError, _Undone):
            continue
    return found


class _Undone(Exception):
    """What went through is taken back."""


async def i8(database: Database) -> list[str]:
    """Bookings are no more than places, and each is as its history says; none is free twice."""
    async with database.read() as session:
        found = await overbooked(session)
        found += [*await _booked_twice(session), *await _free_twice(session)]
        return [*found, *await _unlike_history(session)]


async def overbooked(session: Session) -> list[str]:
    """Days of areas on which more is booked than there are places."""
    rows = await session.execute(
        select(
            Pickup.area_id, Pickup.day, func.count(), func.sum(Pickup.load),
            Slot.households, Slot.items,
        )
        .outerjoin(Slot, and_(Slot.area_id == Pickup.area_id, Slot.day == Pickup.day))
        .where(Pickup.state != PickupState.CANCELLED)
        .group_by(Pickup.area_id, Pickup.day, Slot.households, Slot.items)
    )  # fmt: skip
    found = []
    for area_id, day, homes, items, households, most_items in rows.all():
        rules = (await areas.policy(session, area_id, HOLIDAYS)).pickups
        most = (
            rules.households if households is None else households,
            rules.items if most_items is None else most_items,
        )
        if homes > most[0] or items > most[1]:
            found.append(f"{homes}/{most[0]} homes, {items}/{most[1]} items on {day}")
    return found


async def _booked_twice(session: Session) -> list[str]:
    rows = await session.execute(
        select(Pickup.household_id, Pickup.day, func.count())
        .where(Pickup.state == PickupState.BOOKED)
        .group_by(Pickup.household_id, Pickup.day)
        .having(func.count() > 1)
    )
    return [f"household {id_} is booked {number} times on {day}" for id_, day, number in rows]


async def _free_twice(session: Session) -> list[str]:
    rows = await session.execute(
        select(Pickup.household_id, Pickup.year, Household.area_id, func.sum(Pickup.free))
        .join(Household, Household.id == Pickup.household_id)
        .where(Pickup.state.in_(USES_FREE))
        .group_by(Pickup.household_id, Pickup.year, Household.area_id)
    )
    found = []
    for household_id, year, area_id, free in rows.all():
        most = (await areas.policy(session, area_id, HOLIDAYS)).pickups.free
        if free > most:
            found.append(f"household {household_id} had {free} of {most} free in {year}")
    return found


async def _unlike_history(session: Session) -> list[str]:
    """Bookings that came to where they stand by no way, or of which somebody was not told."""
    told = {
        tuple(row)
        for row in await session.execute(
            select(Notice.to, Notice.about).where(Notice.kind == "pickup")
        )
    }
    bookings = {each.id: each for each in await session.scalars(select(Pickup))}
    living = list(await session.scalars(select(Membership)))
    people = {each.id: each.resident_id for each in await session.scalars(select(Actor))}
    loads: Counter[int] = Counter()
    for item in await session.scalars(select(PickupItem)):
        loads[item.pickup_id] += item.count
    history: dict[int, list[PickupChange]] = {id_: [] for id_ in bookings}
    steps = select(PickupChange).order_by(PickupChange.pickup_id, PickupChange.revision)
    for step in await session.scalars(steps):
        history[step.pickup_id].append(step)
    found = []
    for id_, pickup in bookings.items():
        was, day = None, None
        for number, step in enumerate(history[id_]):
            leads = STEPS[was].get(step.act) if step.was == was else None
            if (step.revision, leads, step.day_before) != (number, step.state, day):
                found.append(f"pickup {id_}: step {number} does not follow")
            was, day = PickupState(step.state), step.day
            found += [
                f"{one.resident_id} was not told of pickup {id_}, step {number}"
                for one in living
                if one.household_id == pickup.household_id and _lived(one, step.at)
                if one.resident_id != people.get(step.actor_id)
                if (one.resident_id, f"pickup {id_} {number}") not in told
            ]
        stands = (pickup.state, pickup.day, pickup.revision + 1, pickup.load)
        if stands != (was, day, len(history[id_]), loads[id_]):
            found.append(f"pickup {id_} stands otherwise than its history says")
    known = {f"pickup {id_} {step.revision}" for id_ in bookings for step in history[id_]}
    return found + [f"{to} was told of {about}" for to, about in told if about not in known]


async def i12(database: Database) -> list[str]:
    """Every update that was taken in is answered, or parked with a reason."""
    async with database.read() as session:
        stored = await session.scalars(
            select(StoredUpdate).where(StoredUpdate.state != State.ANSWERED)
        )
        return [
            f"update {each.id} is {each.state}: {(each.note or '').strip()[-200:]}"
            for each in stored
            if each.state != State.PARKED or not each.note
        ]


async def i13(database: Database) -> list[str]:
    """Every change of a drop-off is told once to each who lives there, and names who made it."""
    async with database.read() as session:
        told = {tuple(row) for row in await session.execute(select(Notice.to, Notice.about))}
        actors = {SYSTEM, *await session.scalars(select(Actor.id))}
        living = list(await session.scalars(select(Membership)))
        drop_offs = {each.id: each for each in await session.scalars(select(DropOff))}
        changes = list(await session.scalars(select(DropOffChange)))
        settlements = list(await session.scalars(select(Settlement)))
    moments = [(each, 0, each.recorded_at, each.volunteer_id) for each in drop_offs.values()]
    moments += [
        (drop_offs[each.drop_off_id], each.revision + 1, each.at, each.actor_id)
        for each in changes
    ]
    found = [
        f"{one.resident_id} was not told of drop-off {drop_off.id}, change {revision}"
        for drop_off, revision, at, _ in moments
        for one in living
        if one.household_id == drop_off.household_id and _lived(one, at)
        if (one.resident_id, f"drop-off {drop_off.id} {revision}") not in told
    ]
    found += [f"nobody changed drop-off {each[0].id}" for each in moments if each[3] not in actors]
    return found + [
        f"nobody settled {each.id}" for each in settlements if each.actor_id not in actors
    ]


def _lived(member: Membership, at: datetime) -> bool:
    """Whether somebody certainly lived there: who comes or goes at that moment may miss it."""
    came_before = member.joined_at < at
    return (
        member.resident_id is not None
        and came_before
        and (member.ended_at is None or member.ended_at > at + ONE_WAITS)
    )


async def i17(database: Database) -> list[str]:
    """Whoever recorded a drop-off was volunteer of that place at that time."""
    async with database.read() as session:
        held = list(await session.scalars(select(Grant).where(Grant.role == Role.VOLUNTEER)))
        stations = await session.execute(select(Station.id, Area.path).join(Area))
        paths: dict[int, str] = dict(stations.all())  # type: ignore[arg-type]
        drop_offs = list(await session.scalars(select(DropOff)))
    return [
        f"drop-off {each.id} by {each.volunteer_id}"
        for each in drop_offs
        if not any(
            one.actor_id == each.volunteer_id
            and one.area_id in ids_of(paths[each.station_id])
            and one.granted_at <= each.recorded_at
            and (one.ended_at is None or each.recorded_at <= one.ended_at + ONE_WAITS)
            for one in held
        )
    ]


ALL: dict[str, Check] = {
    "I1": i1, "I2": i2, "I3": i3, "I4": i4, "I5": i5, "I7": i7, "I8": i8, "I12": i12, "I13": i13,
    "I17": i17,
}  # fmt: skip
CHEAP = ("I1", "I2", "I8", "I13")
"""Looked at after every test with a town or an estate."""


async def broken(database: Database, names: Collection[str] = tuple(ALL)) -> list[str]:
    """What is not as it should be."""
    return [f"{name}: {each}" for name in names for each in await ALL[name](database)]
