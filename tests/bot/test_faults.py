"""What breaks is tried once more, apologised for and written down; a no is explained."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.workers import Workers
from handlers.texts import texts
from knowledge.search import Search
from models import Database, Session, notices, updates
from models.notices import State as NoticeState
from models.questions import Question
from models.updates import State
from tests.conftest import TOKEN, Town
from tests.desk import all_updates, lent, no_time_passes, states
from tests.people import Person

LEAK = f"broken, by the way my token is {TOKEN}"
SORRY = texts("zh")("fault")
BANANA = "香蕉皮 → 厨余垃圾"


# Faults.


class Broken:
    """Makes the search fail for one thing, as often as is wanted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, typed: str, times: int = 1000) -> None:
        self.calls = 0
        answers = Search.answers

        def broken(search: Search, asked: str) -> Any:
            if asked == typed:
                self.calls += 1
                if self.calls <= times:
                    raise RuntimeError(LEAK)
            return answers(search, asked)

        monkeypatch.setattr(Search, "answers", broken)


async def test_a_fault_is_tried_once_more_and_then_apologised_for(
    wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken(monkeypatch, "坏掉的东西")
    await wang.says("坏掉的东西")

    assert broken.calls == 2
    assert wang.screen == [SORRY]


async def test_a_fault_that_goes_away_is_not_noticed(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "香蕉皮", times=1)
    await wang.says("香蕉皮")

    assert len(wang.screen) == 1
    assert BANANA in wang.sees
    assert await states(town) == ["answered"]


async def test_a_fault_is_written_down_with_its_traceback_and_without_the_token(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "坏掉的东西")
    await wang.says("坏掉的东西")

    (update,) = await all_updates(town)
    assert update.state == State.FAILED
    assert update.note
    assert "Traceback" in update.note
    assert "broken, by the way my token is ***" in update.note
    assert "坏掉的东西" in (update.body or "").encode().decode("unicode_escape")


async def test_after_a_fault_the_chat_goes_on(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "坏掉的东西")
    await town.closes()
    wang.account.say("坏掉的东西")
    wang.account.say("香蕉皮")
    await town.opens()
    await town.settle()

    assert wang.screen[0] == SORRY
    assert BANANA in wang.screen[1]
    assert len(wang.screen) == 2


async def test_a_fault_on_a_button_is_apologised_for_in_the_chat_and_on_the_button(
    wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.says("报纸")
    monkeypatch.setattr("handlers.cards.Cards.card", lambda *_: 1 // 0)
    await wang.taps("如果是有油污、弄脏的")

    assert wang.screen[1:] == [SORRY]
    assert wang.toast == SORRY


async def test_a_fault_in_a_search_is_borne_in_silence(
    town: Town, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "坏掉的东西")
    await li.searches("坏掉的东西")

    assert li.results == []
    assert await states(town) == ["failed"]


async def test_a_fault_in_a_writing_handler_takes_everything_back(
    lending: Town, wang: Person
) -> None:
    await wang.says("/break")

    assert await lent(lending) == 0
    assert wang.screen == [SORRY]
    assert await states(lending) == ["failed"]


async def test_a_reply_that_is_no_reply_is_a_fault(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.sorting._reply", lambda *_: "just words")
    await wang.says("香蕉皮")

    assert wang.screen == [SORRY]
    assert "a handler returned str, which is no reply" in ((await all_updates(town))[0].note or "")


# Those who run the bot hear of it.


async def watching(town: Town, admin: Person) -> None:
    """The town has somebody who runs it, and who has pressed Start."""
    await admin.starts()
    await town.closes()
    town.admins = {admin.id}
    await town.opens()


async def test_whoever_runs_the_bot_hears_of_a_fault_once_a_day_and_kind(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching(town, li)
    Broken(monkeypatch, "坏掉的东西")
    await wang.says("坏掉的东西")
    await wang.says("坏掉的东西")
    assert len(li.screen) == 2
    assert "机器人出了故障：RuntimeError" in li.sees
    assert "2026-11-23" in li.sees

    town.clock.passes(hours=24)
    await wang.says("坏掉的东西")
    assert len(li.screen) == 3
    assert "2026-11-24" in li.sees


async def test_another_kind_of_fault_is_told_as_well(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching(town, li)
    Broken(monkeypatch, "坏掉的东西")
    await wang.says("坏掉的东西")
    monkeypatch.setattr("handlers.sorting._reply", lambda *_: "just words")
    await wang.says("香蕉皮")

    assert len(li.screen) == 3
    assert "TypeError" in li.sees


async def test_a_notice_that_fails_is_a_fault_too_unless_it_tells_of_one(
    town: Town, li: Person
) -> None:
    await watching(town, li)
    async with town.database.write() as session:
        await notices.post(session, 7, "no-such-words", "a", {}, town.clock.now)
        await notices.post(session, 8, "fault", "b", {}, town.clock.now)
    await town.settle()

    assert len(li.screen) == 2
    assert "KeyError" in li.sees
    async with town.database.read() as session:
        counts = await notices.counts(session)
    assert counts == {NoticeState.FAILED: 2, NoticeState.SENT: 1}


async def test_where_nobody_runs_it_nobody_is_told(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "坏掉的东西")
    await wang.says("坏掉的东西")

    async with town.database.read() as session:
        assert await notices.counts(session) == {}


# Refusals.


async def test_a_refusal_takes_back_what_was_written_and_says_why(
    lending: Town, wang: Person
) -> None:
    await wang.says("/refuse")

    assert await lent(lending) == 0
    assert wang.screen == ["都借完了。"]
    assert await states(lending) == ["answered"]


# Effect, reply and mark are one.


async def test_when_the_mark_cannot_be_written_nothing_has_happened(
    lending: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(updates, "done", fail)
    await wang.says("/lend")

    assert await lent(lending) == 0
    assert wang.screen == [SORRY]
    assert await states(lending) == ["failed"]


async def test_when_the_reply_cannot_be_stored_nothing_has_happened(
    lending: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.middlewares.pack", lambda _: 1 // 0)
    await wang.says("/lend")

    assert await lent(lending) == 0
    assert wang.screen == [SORRY]


class LostCommits:
    """Commits happen, but whoever made them does not hear so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.times = times
        write = Database.write

        @asynccontextmanager
        async def unheard(database: Database) -> AsyncIterator[Session]:
            async with write(database) as session:
                yield session
                written = await session.scalar(select(func.count()).select_from(Question))
            if written and self.times:
                self.times -= 1
                raise ConnectionResetError

        monkeypatch.setattr(Database, "write", unheard)


async def test_a_commit_of_which_nobody_heard_counts_once_and_is_answered_once(
    lending: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workers, "_pause", no_time_passes)
    lost = LostCommits(monkeypatch, times=1)
    await wang.says("/lend")

    assert lost.times == 0
    assert await lent(lending) == 1
    assert wang.screen == ["借给你了"]


async def test_without_the_mark_a_commit_of_which_nobody_heard_would_count_twice(
    lending: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_mark(*_: object) -> None:
        """Forget that it was done."""

    monkeypatch.setattr(updates, "done", no_mark)
    monkeypatch.setattr(Workers, "_pause", no_time_passes)
    LostCommits(monkeypatch, times=1)
    await wang.says("/lend")

    assert await lent(lending) == 2
