"""Many want the same few places of a day: each is given once, and the trial would see it."""

import pytest

from models import pickup_days
from tests.databases import NO_SERVER, Databases
from tests.trials import bookings
from tests.trials.bookings import Size

SHORT = Size(bookers=120, turns=4, changes_of_capacity=6)


@pytest.mark.parametrize("seed", [1])
async def test_everybody_wants_the_same_day_and_nobody_has_a_place_that_is_not_there(
    seed: int, database_url: str
) -> None:
    assert await bookings.run(SHORT, database_url, seed) == ""


async def test_the_trial_sees_what_is_booked_without_the_days_lock(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not databases.server:
        pytest.skip(NO_SERVER)
    lock = pickup_days.lock

    async def unlocked(session, area_id, day):  # type: ignore[no-untyped-def]
        """The day, for anybody at once."""
        known = await session.get(pickup_days.Slot, (area_id, day))
        return known or await lock(session, area_id, day)

    monkeypatch.setattr(pickup_days, "lock", unlocked)

    few = Size(bookers=80, places=5, turns=12, changes_of_capacity=0)
    assert "homes" in await bookings.run(few, databases.new("postgresql"), 1)
