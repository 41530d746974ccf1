"""The clock strikes for repeats."""

from typing import Any

import pytest

from bot import repeating
from models import repeat_plans
from tests.repeats import RULES, SHANGHAI, Office, at, office

__all__ = ["office"]


async def test_one_that_breaks_does_not_hold_up_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = await office.runs("每天 9:00"), await office.runs("每天 9:00")
    step = repeat_plans.step

    async def break_down(session: Any, repeat_id: int, *more: Any) -> Any:
        if repeat_id == first:
            raise ZeroDivisionError
        return await step(session, repeat_id, *more)

    monkeypatch.setattr(repeat_plans, "step", break_down)
    await repeating.repeat(office.database, lambda: at("9:00"), SHANGHAI, rules=RULES)
    assert await office.made() == ["11-24 09:00:00"]
    assert f"repeat {first}" in caplog.text

    monkeypatch.undo()
    await repeating.repeat(office.database, lambda: at("9:01"), SHANGHAI, rules=RULES)
    assert len(await office.made()) == 2
