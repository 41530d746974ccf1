"""Killed while people book, change and cancel, reminders go out, and the crew reports."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.databases import Databases
from tests.trials import pickups
from tests.trials.pickups import Size
from tests.trials.tools import Zygote

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORT = Size(booking=5, reminded=3, served=6, seconds=3.0, kills=2)


@pytest.mark.parametrize("seed", [2])
async def test_killed_amid_bookings_and_rounds_nothing_is_lost_or_doubled(
    seed: int, zygote: Zygote, database_url: str, tmp_path: Path
) -> None:
    size = replace(SHORT, bots=1 if database_url.startswith("sqlite") else seed)
    assert await pickups.run(size, seed, zygote, database_url, tmp_path) == ""


async def test_told_after_the_commit_somebody_would_hear_nothing(
    zygote: Zygote, databases: Databases, tmp_path: Path
) -> None:
    url = databases.new("sqlite")
    wrong = await pickups.run(SHORT, 1, zygote, url, tmp_path, tell_later=True)
    assert "untold" in wrong


async def test_it_is_morning_somewhere_at_every_hour() -> None:
    for hour in range(24):
        now = datetime(2026, 11, 24, hour, 59, tzinfo=UTC)
        zone = ZoneInfo(pickups.zone_where_it_is(pickups.HOUR, now))
        assert now.astimezone(zone).hour == pickups.HOUR
