"""When a call to Telegram fails, it ends in its class of the table, and nothing gets lost."""

from pathlib import Path

import pytest

from bot.app import Place
from models import Database
from tests.trials import failures
from tests.trials.faults import FAULTS, Fault


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_failure_ends_in_its_class(fault: Fault, sqlite: Database, place: Place) -> None:
    report = await failures.kind(fault, sqlite, place, rounds=2, seed=1)

    assert report.red == []
