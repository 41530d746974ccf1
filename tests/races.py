"""Two at once, without luck: one stops half-way, the other comes, and we see who waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from models import Database, Session, households
from models.households import Household

Act = Callable[[], Awaitable[Any]]


class Halfway:
    """The first who comes to a function stops behind it until it may go on."""

    def __init__(self, patch: pytest.MonkeyPatch, place: object, name: str) -> None:
        self.reached = asyncio.Event()
        self.may_go_on = asyncio.Event()
        function = getattr(place, name)

        async def stop(*args: Any, **more: Any) -> Any:
            result = await function(*args, **more)
            if not self.reached.is_set():
                self.reached.set()
                await self.may_go_on.wait()
            return result

        patch.setattr(place, name, stop)


async def second_waits(database: Database, halfway: Halfway, first: Act, second: Act) -> list[str]:
    """The second comes while the first is half-way, and has to wait: how each ended, in order."""
    ended: list[str] = []
    one = asyncio.create_task(_do("first", first, ended))
    await halfway.reached.wait()
    two = asyncio.create_task(_do("second", second, ended))
    await somebody_waits(database)
    halfway.may_go_on.set()
    await asyncio.gather(one, two)
    return ended


async def second_overtakes(halfway: Halfway, first: Act, second: Act) -> list[str]:
    """The second comes while the first is half-way, and is through before it."""
    ended: list[str] = []
    one = asyncio.create_task(_do("first", first, ended))
    await halfway.reached.wait()
    await _do("second", second, ended)
    halfway.may_go_on.set()
    await one
    return ended


async def somebody_waits(database: Database) -> None:
    """Wait until a transaction waits for another one."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while True:
        if database.is_sqlite:
            if database._turn.locked() and database._turn._waiters:
                return
            await asyncio.sleep(0.001)
            continue
        async with database.read() as session:
            if await session.scalar(waiting):
                return


async def no_lock(session: Session, household_id: int) -> Household:
    """In the place of `households.lock`: the household, for anybody at once."""
    return await session.get_one(Household, household_id)


def without_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(households, "lock", no_lock)


async def _do(who: str, act: Act, ended: list[str]) -> None:
    try:
        await act()
        ended.append(who)
    except Exception as error:
        ended.append(f"{who}: {type(error).__name__}")
