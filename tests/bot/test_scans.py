"""A queue is scanned while the bot is killed: every household is recorded once, and hears of it.

That the trial would see what is recorded twice is shown without a kill: `tests/models/test_races`
takes the lock and the index away.
"""

from pathlib import Path

import pytest

from tests.trials import races, scans
from tests.trials.scans import Size
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORT = Size(homes=20, seconds=2.0, kills=2)


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_while_a_queue_is_scanned_each_household_is_recorded_once(
    seed: int, zygote: Zygote, database_url: str, tmp_path: Path
) -> None:
    assert await scans.run(SHORT, seed, zygote, database_url, tmp_path) == ""


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_everybody_does_something_at_once_and_the_books_are_right(
    seed: int, database_url: str
) -> None:
    assert await races.run(database_url, seed) == ""
