"""While people ask, the database is locked, full or cut off; the bot goes on by itself."""

from functools import partial
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.search import Search
from tests.databases import NO_SERVER, Databases
from tests.trials import kills, troubles
from tests.trials.kills import Outcome
from tests.trials.tools import Zygote
from tests.trials.troubles import Trouble

pytestmark = pytest.mark.asyncio(loop_scope="session")

TROUBLES: dict[str, tuple[str, Trouble]] = {
    "locked": ("sqlite", partial(troubles.locked, seconds=5.5)),  # it waits five by itself
    "locked too": ("postgresql", partial(troubles.locked, seconds=1)),
    "full": ("sqlite", partial(troubles.full, seconds=2)),
    "ended": ("postgresql", troubles.ended),
}


class Town:
    """Where the trouble comes."""

    def __init__(
        self, zygote: Zygote, catalogue: Catalogue, search: Search, databases: Databases, log: Path
    ) -> None:
        self.zygote = zygote
        self.names = kills.questions(catalogue, search, 60, 1)
        self.databases = databases
        self.log = log

    async def comes(self, name: str, *, confirm_first: bool = False) -> Outcome:
        kind, trouble = TROUBLES[name]
        if kind == "postgresql" and not self.databases.server:
            pytest.skip(NO_SERVER)
        return await troubles.run(
            trouble, self.zygote, self.names, self.databases.new(kind), self.log,
            seed=1, times=1, seconds=2, confirm_first=confirm_first,
        )  # fmt: skip


@pytest.fixture
def town(
    zygote: Zygote, catalogue: Catalogue, search: Search, databases: Databases, tmp_path: Path
) -> Town:
    return Town(zygote, catalogue, search, databases, tmp_path / "log")


@pytest.mark.parametrize("name", TROUBLES)
async def test_it_comes_and_goes_and_nothing_is_lost_and_nothing_comes_twice(
    town: Town, name: str
) -> None:
    outcome = await town.comes(name)

    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.statuses == [0]


async def test_if_updates_were_confirmed_before_they_are_stored_some_would_be_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(troubles, "PATIENCE_SECONDS", 5)
    outcome = await town.comes("full", confirm_first=True)

    assert outcome.lost != []
