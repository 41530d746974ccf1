"""An estate for the rules, and the books are looked at afterwards."""

from collections.abc import AsyncIterator

import pytest

from models import Database, roles
from models.roles import Held, Role
from tests import city, invariants
from tests.city import (
    MORNING,
    OTHER_VOLUNTEER,
    RESIDENT,
    SHANGHAI,
    STAFF,
    VOLUNTEER,
    Estate,
    add_area,
    begin_shift,
)

__all__ = [
    "MORNING", "OTHER_VOLUNTEER", "RESIDENT", "SHANGHAI", "STAFF", "VOLUNTEER", "Estate",
    "add_area", "begin_shift",
]  # fmt: skip


@pytest.fixture
async def estate(database: Database) -> AsyncIterator[Estate]:
    """阳光花园, with homes 3-1-502 and 3-1-601; Aunt Zhang guards the east gate."""
    built = await city.build(database, ("502", "601"), (VOLUNTEER, OTHER_VOLUNTEER))
    async with database.write() as session:
        await city.move_in(session, built.home, built.area, RESIDENT, "王", MORNING)
    yield built
    if built.is_protected:
        assert await invariants.broken(database, invariants.CHEAP) == []


@pytest.fixture
def staff(estate: Estate) -> roles.Roles:
    return (Held(Role.STAFF, estate.area),)
