"""When a part of the bot ends with a fault, the rest ends in order, and the fault is seen."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import App
from bot.intake import Intake
from bot.sender import Sender
from bot.workers import Workers
from tests.conftest import Town
from tests.desk import until

PARTS = (Intake, Workers, Sender)


class Broken(Exception):
    """A mistake of ours, where nobody expects one."""


async def breaks(_: object) -> None:
    raise Broken


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_that_breaks_ends_the_others_and_is_seen(
    part: type, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.closes()
    ended: list[type] = []

    def noted(each: type, run: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Any]:
        async def runs(self: object) -> None:
            await run(self)
            ended.append(each)

        return runs

    for each in PARTS:
        monkeypatch.setattr(each, "run", breaks if each is part else noted(each, each.run))
    await town.opens()
    await until(town.has_ended)
    with pytest.raises(Broken):
        await town.closes()

    assert {*ended} == {*PARTS} - {part}


async def test_to_look_around_for_other_processes_is_such_a_part(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.closes()
    monkeypatch.setattr(App, "_look_around", breaks)
    await town.opens()
    await until(town.has_ended)
    with pytest.raises(Broken):
        await town.closes()
