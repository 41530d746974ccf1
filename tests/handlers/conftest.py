"""People of an estate who talk with the bot."""

from datetime import datetime, timedelta

import pytest

from models import actors, codes, households, memberships
from models.codes import Kind
from models.roles import Grant, Held, Role
from models.stations import Station
from tests.conftest import Town
from tests.models.conftest import MORNING, Estate, estate
from tests.people import Person

__all__ = ["estate"]


async def grant(town: Town, person: Person, role: Role, area_id: int) -> None:
    """Give somebody a role, as an invitation does."""
    async with town.database.write() as session:
        actor = await actors.of(session, person.id)
        session.add(
            Grant(
                resident_id=person.id, actor_id=actor, role=role, area_id=area_id, granted_by=0,
                granted_at=MORNING - timedelta(days=1), ended_by=None, ended_at=None,
            )
        )  # fmt: skip


async def card_of(town: Town, household_id: int) -> tuple[str, str]:
    """The link on a household's door card, and its number."""
    from knowledge import numbers

    async with town.database.write() as session:
        card = await households.card(session, household_id)
        assert card
        code = await codes.write(session, Kind.HOUSEHOLD, card.token, MORNING)
    return f"https://t.me/greenbin_bot?start={code}", numbers.make(card.number)


async def sign_of(town: Town, station_id: int) -> str:
    """The link on a station's sign."""
    async with town.database.write() as session:
        station = await session.get_one(Station, station_id)
        code = await codes.write(session, Kind.STATION, station.token, MORNING)
    return f"https://t.me/greenbin_bot?start={code}"


async def join(town: Town, person: Person, household_id: int, area_id: int) -> None:
    """Let somebody live in a household."""
    async with town.database.write() as session:
        staff = (Held(Role.STAFF, area_id),)
        token = await memberships.make_slip(session, household_id, staff, 1, MORNING)
        await memberships.use_slip(session, token, person.id, person.name, adult=True, now=MORNING)


@pytest.fixture
def morning(town: Town, estate: Estate) -> datetime:
    """It is 7:30 on a Monday, and the estate is there."""
    town.clock.now = MORNING
    return MORNING


@pytest.fixture
async def zhang(town: Town, estate: Estate, morning: datetime) -> Person:
    """Aunt Zhang, who guards the east gate."""
    person = town.person("张阿姨")
    await person.starts()
    await grant(town, person, Role.VOLUNTEER, estate.area)
    await person.opens(await sign_of(town, estate.station))
    return person


@pytest.fixture
async def at_home(town: Town, estate: Estate, morning: datetime) -> Person:
    """Grandpa Zhao, who lives in 3-1-601."""
    person = town.person("赵爷爷")
    await person.starts()
    await join(town, person, estate.neighbour, estate.area)
    return person


@pytest.fixture
async def boss(town: Town, morning: datetime) -> Person:
    """An admin, as the settings name one."""
    person = town.person("陈主任")
    town.admins.add(person.id)
    await town.closes()
    await town.opens()
    await person.starts()
    return person
