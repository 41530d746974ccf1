"""A repeat comes once, also when the bot dies at the moment when it does."""

from pathlib import Path

import pytest

from tests.conftest import KINDS, NO_SERVER
from tests.databases import Databases
from tests.trials import crashes
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", KINDS)
async def test_killed_at_the_commit_it_comes_once(
    kind: str, when: str, zygote: Zygote, databases: Databases, tmp_path: Path
) -> None:
    if kind == "postgresql" and not databases.server:
        pytest.skip(NO_SERVER)
    point = f"{when} commit in bot.repeating:_step"

    crash = await crashes.run(point, zygote, databases.new(kind), tmp_path)

    assert crash.died
    assert crash.faults() == []
