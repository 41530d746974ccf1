"""A broadcast goes on through kills, and nobody hears it twice."""

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.trials import broadcasts
from tests.trials.broadcasts import Size
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL = Size(people=300, kills=3, rate=200)


async def test_killed_three_times_nobody_hears_a_broadcast_twice_and_nobody_is_forgotten(
    zygote: Zygote, database_url: str, tmp_path: Path
) -> None:
    assert await broadcasts.run(SMALL, 1, zygote, database_url, tmp_path) == ""


async def test_the_trial_sees_who_hears_it_twice_when_it_is_sent_again_blindly(
    zygote: Zygote, databases: Databases, tmp_path: Path
) -> None:
    url = databases.new("sqlite")

    wrong = await broadcasts.run(SMALL, 2, zygote, url, tmp_path, retry_blindly=True)

    assert wrong.startswith("twice: ")
