"""The bot is killed and stopped while people ask. What they received is counted."""

import signal
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.search import Search
from tests.databases import Databases
from tests.trials import kills
from tests.trials.kills import Plan
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("seed", [1])
async def test_stopped_three_times_nothing_is_lost_and_nothing_comes_twice(
    seed: int,
    zygote: Zygote,
    catalogue: Catalogue,
    search: Search,
    database_url: str,
    tmp_path: Path,
) -> None:
    plan = Plan(seed, signal.SIGTERM)
    names = kills.questions(catalogue, search, plan.questions, seed)

    outcome = await kills.run(plan, zygote, names, database_url, tmp_path / "log")

    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.slowest_stop < 10
    assert outcome.statuses == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", [2])
async def test_killed_three_times_nothing_is_lost_and_what_was_marked_does_not_come_again(
    seed: int,
    zygote: Zygote,
    catalogue: Catalogue,
    search: Search,
    database_url: str,
    tmp_path: Path,
) -> None:
    plan = Plan(seed, signal.SIGKILL)
    names = kills.questions(catalogue, search, plan.questions, seed)

    outcome = await kills.run(plan, zygote, names, database_url, tmp_path / "log")

    assert outcome.lost == []
    assert outcome.twice_though_marked == []
    assert outcome.statuses == [-9, -9, -9, 0]


async def test_the_trial_sees_what_aiograms_own_polling_loses(
    zygote: Zygote, catalogue: Catalogue, search: Search, databases: Databases, tmp_path: Path
) -> None:
    plan = Plan(3, signal.SIGTERM, own_polling=True)
    names = kills.questions(catalogue, search, plan.questions, 3)

    outcome = await kills.run(plan, zygote, names, databases.new("sqlite"), tmp_path / "log")

    assert outcome.lost != []
