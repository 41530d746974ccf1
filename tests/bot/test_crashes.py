"""The bot dies before and after every commit and every send, and nothing is lost."""

import random
from pathlib import Path

import pytest

from tests.conftest import KINDS, NO_SERVER
from tests.databases import Databases
from tests.trials import crashes
from tests.trials.points import points
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_point_that_the_code_has_is_passed_in_the_trial(
    kind: str, zygote: Zygote, databases: Databases, tmp_path: Path
) -> None:
    if kind == "postgresql" and not databases.server:
        pytest.skip(NO_SERVER)

    crash = await crashes.run(None, zygote, databases.new(kind), tmp_path)

    assert set(points(kind)) - crash.passed == set()
    assert crash.faults() == []


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
async def test_the_bot_dies_at_a_point_and_nothing_is_lost_or_done_twice(
    kind: str, seed: int, zygote: Zygote, databases: Databases, tmp_path: Path
) -> None:
    if kind == "postgresql" and not databases.server:
        pytest.skip(NO_SERVER)
    point = random.Random(seed).choice(points(kind))

    crash = await crashes.run(point, zygote, databases.new(kind), tmp_path)

    assert crash.died
    assert crash.faults() == [], point
