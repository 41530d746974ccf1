"""A bot that is told to stop stops, whatever it waits for."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot import ending
from bot.network import Pausing
from models import pauses
from tests.conftest import Town
from tests.desk import until


async def test_a_cancellation_that_is_swallowed_is_not_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python 3.11's own way to swallow it: what is waited for happens at the same time."""
    monkeypatch.setattr(ending, "AGAIN_SECONDS", 0.01)
    has_happened = asyncio.Event()

    async def insists() -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(has_happened.wait(), 3600)
            await asyncio.sleep(3600)

    # On its own, as the bot's tasks are: it ends by nothing but `end`.
    task = asyncio.create_task(insists())
    await asyncio.sleep(0)  # it begins to wait
    has_happened.set()
    async with asyncio.timeout(10):
        await ending.end([task])

    assert task.cancelled()


async def test_the_bot_stops_in_a_pause_although_its_menu_is_not_there_yet(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.closes()
    waits, begun, swallowed = Pausing._wait, asyncio.Event(), asyncio.Event()

    async def swallows(self: Pausing, *call: Any) -> None:
        begun.set()
        try:
            await waits(self, *call)
        except asyncio.CancelledError:
            if swallowed.is_set():
                raise
            swallowed.set()

    monkeypatch.setattr(Pausing, "_wait", swallows)
    async with town.database.write() as session:
        await pauses.extend(session, town.playground.me["id"], town.clock() + timedelta(hours=1))
    await town.opens()
    await until(begun.is_set)
    async with asyncio.timeout(10):
        await town.closes()

    assert swallowed.is_set()
