"""A queue is scanned while the bot is killed; races: each household is recorded once."""

from pathlib import Path

import pytest
from sqlalchemy import text

from models import Database
from tests.databases import NO_SERVER, Databases
from tests.races import without_lock
from tests.trials import races, scans
from tests.trials.scans import Size
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORT = Size(homes=20, seconds=2.0, kills=2)


@pytest.mark.parametrize("seed", [1])
async def test_killed_while_a_queue_is_scanned_each_household_is_recorded_once(
    seed: int, zygote: Zygote, database_url: str, tmp_path: Path
) -> None:
    assert await scans.run(SHORT, seed, zygote, database_url, tmp_path) == ""


@pytest.mark.parametrize("seed", [1, 2])
async def test_everybody_does_something_at_once_and_the_books_are_right(
    seed: int, database_url: str
) -> None:
    assert await races.run(database_url, seed) == ""


async def test_the_trial_sees_what_is_recorded_twice_without_lock_and_index(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not databases.server:
        pytest.skip(NO_SERVER)
    url = databases.new("postgresql")
    opened = Database(url)
    async with opened.write() as session:
        await session.execute(text("DROP INDEX uq_drop_offs_window"))
    await opened.close()
    without_lock(monkeypatch)

    assert "I4: window" in await races.run(url, 1)
