"""Any text that people could type and any update that could come is dealt with, and quickly."""

import time
from typing import Any

import pytest

from bot.app import Place
from knowledge.search import Search
from models import Database
from tests.trials import odd


async def test_whatever_people_type_is_answered(database: Database, place: Place) -> None:
    assert await odd.texts(database, place, seed_=1, number=100) == []


async def test_whatever_telegram_hands_over_is_answered_or_parked(
    database: Database, place: Place
) -> None:
    assert await odd.mutations(database, place, seed_=1, number=250) == []


async def test_the_trial_would_see_a_text_that_breaks_something_and_one_that_is_slow(
    sqlite: Database, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Search.answers

    def bad(search: Search, asked: str) -> Any:
        if len(asked) % 7 == 0:
            raise ZeroDivisionError
        begun = time.process_time()
        while len(asked) % 7 == 1 and time.process_time() < begun + odd.CPU_SECONDS:
            pass
        return answers(search, asked)

    monkeypatch.setattr(Search, "answers", bad)
    wrong = await odd.texts(sqlite, place, seed_=1, number=50)

    assert any("ZeroDivisionError" in each for each in wrong)
    assert any(" ms: " in each for each in wrong)
