"""What goes on beside something else, and what becomes of the one when the other ends."""

import asyncio

import pytest

from bot.beside import beside


async def test_at_the_end_it_is_stopped_and_finishes() -> None:
    stopping, done = asyncio.Event(), []

    async def work() -> None:
        await stopping.wait()
        done.append("work")

    async with beside(work(), stopping.set):
        await asyncio.sleep(0)
        done.append("body")

    assert done == ["body", "work"]


async def test_its_fault_ends_what_waits() -> None:
    async def work() -> None:
        msg = "broken for a test"
        raise RuntimeError(msg)

    nobody_noticed = False

    async def waits() -> None:
        nonlocal nobody_noticed
        async with beside(work(), asyncio.Event().set):
            await asyncio.sleep(5)
            nobody_noticed = True

    with pytest.raises(RuntimeError, match="broken for a test"):
        await waits()
    await asyncio.sleep(0)  # and only that: whoever called goes on

    task = asyncio.current_task()
    assert task
    assert (nobody_noticed, task.cancelling()) == (False, 0)


async def test_a_fault_of_the_body_is_raised_as_it_is_once_the_work_has_finished() -> None:
    stopping, done = asyncio.Event(), []

    async def work() -> None:
        await stopping.wait()
        done.append("work")

    async def breaks() -> None:
        async with beside(work(), stopping.set):
            await asyncio.sleep(0)
            msg = "the body's"
            raise ValueError(msg)

    with pytest.raises(ValueError, match="the body's"):
        await breaks()

    assert done == ["work"]


async def test_who_is_cancelled_stays_cancelled() -> None:
    stopping = asyncio.Event()

    async def work() -> None:
        await stopping.wait()

    async def waits() -> None:
        async with beside(work(), stopping.set):
            await asyncio.Event().wait()

    waiting = asyncio.create_task(waits())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert stopping.is_set()
