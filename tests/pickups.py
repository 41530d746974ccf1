"""People who book pickups behind the scenes: what a conversation does, in one step each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models import Session, actors, pickup_bookings
from models.pickups import Person, Pickup, Thing
from models.roles import Held, Role
from tests.city import MORNING, RESIDENT, STAFF, Estate

WEDNESDAY = date(2026, 11, 25)
"""The first day that a resident may book on the Monday on which tests happen."""
THURSDAY = WEDNESDAY + timedelta(days=1)
FRIDAY = WEDNESDAY + timedelta(days=2)

SOFA = Thing("sofa", None, 1)
CHAIRS = Thing("chair", None, 3)
TANK = Thing(None, "旧鱼缸", 1)

CREW = 501


@dataclass(frozen=True)
class Booker:
    """Somebody who books for one household."""

    estate: Estate
    home: int
    person: Person

    @classmethod
    def resident(cls, estate: Estate, resident_id: int = RESIDENT, home: int = 0) -> "Booker":
        return cls(estate, home or estate.home, Person(resident_id, ()))

    @classmethod
    def staff(cls, estate: Estate, home: int = 0) -> "Booker":
        return cls(estate, home or estate.neighbour, staff(estate))

    async def draft(
        self, session: Session, *things: Thing, now: datetime = MORNING
    ) -> pickup_bookings.Draft:
        """Begin, and say what it is about."""
        civil = self.estate.civil
        begun = await pickup_bookings.begin(session, self.home, self.person, civil, now)
        return await pickup_bookings.put_things(
            session, begun.id, self.person, things or (SOFA,), civil, now
        )

    async def holds(
        self, session: Session, day: date, *things: Thing, now: datetime = MORNING
    ) -> pickup_bookings.Draft:
        """The same, and choose a day."""
        begun = await self.draft(session, *things, now=now)
        return await pickup_bookings.choose(
            session, begun.id, self.person, day, self.estate.civil, now
        )

    async def confirms(
        self, session: Session, draft_id: int, *, now: datetime = MORNING
    ) -> Pickup:
        """Confirm it as it is shown at this moment."""
        shown = await pickup_bookings.summary(
            session, draft_id, self.person, self.estate.civil, now
        )
        return await pickup_bookings.confirm(
            session, draft_id, shown.draft.revision, shown.cost.fen, self.person,
            self.estate.civil, now,
        )  # fmt: skip

    async def books(
        self, session: Session, day: date, *things: Thing, now: datetime = MORNING
    ) -> Pickup:
        """All of it."""
        held = await self.holds(session, day, *things, now=now)
        return await self.confirms(session, held.id, now=now)

    async def changes(
        self,
        session: Session,
        pickup: Pickup,
        *,
        day: date | None = None,
        things: Sequence[Thing] = (),
        now: datetime = MORNING,
    ) -> Pickup:
        """Change a booking, and confirm."""
        civil = self.estate.civil
        begun = await pickup_bookings.begin_change(session, pickup.id, self.person, civil, now)
        if things:
            await pickup_bookings.put_things(session, begun.id, self.person, things, civil, now)
        if day:
            await pickup_bookings.choose(session, begun.id, self.person, day, civil, now)
        return await self.confirms(session, begun.id, now=now)


def staff(estate: Estate) -> Person:
    return Person(STAFF, (Held(Role.STAFF, estate.area),))


def crew(estate: Estate) -> Person:
    return Person(CREW, (Held(Role.CREW, estate.area),))


async def with_rules(session: Session, estate: Estate, text: str) -> None:
    """From now on these rules hold in the estate."""
    from models.areas import Area

    area = await session.get_one(Area, estate.area)
    area.pickups = text
    await session.flush()


async def actor(session: Session, resident_id: int) -> int:
    return await actors.of(session, resident_id)
