"""People of an estate who talk with the bot."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from models import Database, residents
from models.roles import Role
from tests import city
from tests.conftest import Town
from tests.databases import open_quickly
from tests.garden import garden
from tests.models.conftest import MORNING, RESIDENT, Estate, estate
from tests.people import Person

__all__ = ["estate", "garden"]


async def grant(town: Town, person: Person, role: Role, area_id: int) -> None:
    """Give somebody a role, as an invitation does."""
    async with town.database.write() as session:
        await city.grant_to(session, person.id, role, area_id)


async def card_of(town: Town, household_id: int) -> tuple[str, str]:
    """The link on a household's door card, and its number."""
    async with town.database.write() as session:
        code, number = await city.door_card(session, household_id, MORNING)
    return f"https://t.me/greenbin_bot?start={code}", number


async def sign_of(town: Town, station_id: int) -> str:
    """The link on a station's sign."""
    async with town.database.write() as session:
        code = await city.sign(session, station_id, MORNING)
    return f"https://t.me/greenbin_bot?start={code}"


async def join(town: Town, person: Person, household_id: int, area_id: int) -> None:
    """Let somebody live in a household."""
    async with town.database.write() as session:
        await city.move_in(session, household_id, area_id, person.id, person.name, MORNING)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = open_quickly(database_url, in_line=True)  # here one speaks after the other
    yield database
    await database.close()


@pytest.fixture
async def morning(town: Town, estate: Estate) -> datetime:
    """It is 7:30 on a Monday, and the estate is there; who lives at 3-1-502 has no phone now."""
    town.clock.now = MORNING
    async with town.database.write() as session:
        await residents.note_seen(session, [RESIDENT], MORNING)
        await residents.note_left(session, [RESIDENT], MORNING)
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
