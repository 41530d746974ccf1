"""Stored updates are dealt with in order and fairly, and their marks are written together."""

import asyncio
import dataclasses
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from aiogram.methods import SendMessage

from bot import lanes, workers
from bot.app import Place
from bot.intake import arrival
from bot.playground import Answer, Call, Playground
from bot.replies import pack
from bot.workers import Workers
from models import Database, Session, questions, updates
from models.questions import Asked
from tests.conftest import Clock, Town
from tests.desk import all_updates, lent, no_time_passes, states, until
from tests.people import Person

BANANA = "香蕉皮 → 厨余垃圾"


@pytest.fixture
def pace() -> None:
    """Here it is what is seen: a burst, then a message a second."""


# In order, and fairly.


class Held:
    """The first message to one chat that says this is held up until somebody lets it go."""

    def __init__(self, chat_id: int, says: str = "") -> None:
        self.chat_id = chat_id
        self.says = says
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

    async def before(self, call: Call) -> None:
        is_message = call.method == "sendmessage" and call.text("chat_id") == str(self.chat_id)
        if is_message and self.says in call.text("text") and not self.begun.is_set():
            self.begun.set()
            await self.let_go.wait()

    async def after(self, call: Call, answer: Answer) -> None:
        """What was carried out stays so."""


async def test_questions_are_answered_in_the_order_they_were_asked(
    town: Town, wang: Person
) -> None:
    names = ["香蕉皮", "烟头", "沙发", "砖头", "易拉罐", "药品", "床垫", "瓷砖"]
    await town.closes()
    for name in names:
        wang.account.say(name)
    await town.opens()
    await town.settle()

    assert [screen.split(" ")[1] for screen in wang.screen] == names


async def test_while_one_chat_is_held_up_the_others_are_answered_and_its_own_wait(
    town: Town, wang: Person, li: Person
) -> None:
    held = town.playground.hook = Held(wang.id)
    wang.account.say("香蕉皮")
    wang.account.say("烟头")
    await held.begun.wait()
    li.account.say("沙发")
    await until(lambda: li.screen)
    assert wang.screen == []

    held.let_go.set()
    await town.settle()
    assert [screen.split(" ")[1] for screen in wang.screen] == ["香蕉皮", "烟头"]


async def test_without_lanes_the_second_question_would_overtake_the_first(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = lanes.Lanes.put

    def apart(self: lanes.Lanes, turn: lanes.Turn) -> None:
        turn.work = dataclasses.replace(turn.work, chat_id=turn.work.id)
        put(self, turn)

    monkeypatch.setattr(lanes.Lanes, "put", apart)
    held = town.playground.hook = Held(wang.id, "香蕉皮")
    wang.account.say("香蕉皮")
    wang.account.say("烟头")
    await held.begun.wait()
    await until(lambda: wang.screen)
    assert "烟头" in wang.sees

    held.let_go.set()
    await town.settle()
    assert "香蕉皮" in wang.sees


async def test_a_flood_of_one_person_does_not_make_another_wait_behind_it(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes.Pace, "SECONDS", 60.0)  # so that no slow machine is through with it
    await town.closes()
    for _ in range(500):
        wang.account.say("香蕉皮")
    li.account.say("沙发")
    town.clock.passes(seconds=1)
    await town.opens()
    await until(lambda: li.screen)

    assert "沙发 → 大件垃圾" in li.sees
    assert len(wang.screen) <= lanes.Pace.BURST


async def test_without_the_length_of_lanes_everybody_would_wait_behind_the_flood(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "LANE", 1_000_000)
    monkeypatch.setattr(lanes.Pace, "SECONDS", 60.0)
    await town.closes()
    for _ in range(500):
        wang.account.say("香蕉皮")
    town.clock.passes(seconds=1)
    await town.opens()
    await until(lambda: len(wang.screen) == lanes.Pace.BURST)
    await until(lambda: not town.playground.pending())
    await until(lambda: town.app.workers._lanes.held > workers.TAKEN_UP // 2)
    li.account.say("沙发")
    await until(iter([*[False] * 500, True]).__next__)

    assert li.screen == []


async def test_ten_floods_do_not_keep_a_newcomer_waiting(town: Town, li: Person) -> None:
    await town.closes()
    flooding = [town.person(str(number)) for number in range(10)]
    for person in flooding:
        for _ in range(100):
            person.account.say("香蕉皮")
    li.account.say("沙发")
    town.clock.passes(seconds=1)
    await town.opens()
    await until(lambda: li.screen)

    assert "沙发 → 大件垃圾" in li.sees


def test_a_chat_may_have_a_burst_and_then_one_reply_a_second() -> None:
    pace = lanes.Pace()
    for _ in range(pace.BURST):
        assert pace.wait(7, now=1000.0) == 0
        pace.note(7, now=1000.0)

    assert pace.wait(7, now=1000.0) == 1
    assert pace.wait(7, now=1000.4) == pytest.approx(0.6)
    assert pace.wait(7, now=1001.0) == 0
    assert pace.wait(8, now=1000.0) == 0


def test_after_a_rest_the_burst_is_there_again() -> None:
    pace = lanes.Pace()
    for _ in range(pace.BURST):
        pace.note(7, now=1000.0)

    assert pace.wait(7, now=1000.0 + pace.BURST) == 0
    pace.note(7, now=1000.0 + pace.BURST)
    assert pace.wait(7, now=1000.0 + pace.BURST) == 0


def test_the_pace_of_people_who_are_gone_is_forgotten() -> None:
    pace = lanes.Pace()
    for chat_id in range(10_001):
        pace.note(chat_id, now=float(chat_id))

    assert len(pace._full_at) < 10


async def test_when_all_is_done_nothing_is_left_in_memory(town: Town, wang: Person) -> None:
    people = [wang, *(town.person(str(number)) for number in range(30))]
    for person in people:
        person.account.say("香蕉皮")
    await town.settle()

    assert town.app.workers._lanes.held == 0
    assert town.app.workers._lanes._lanes == {}


# What ends processes, and what is written together.


async def took_up_and_died(town: Town, times: int) -> None:
    """So many processes take everything up, and are killed before they finish."""
    for _ in range(times):
        async with town.database.write() as session:
            await updates.claim(session, "a process that was killed", 100)
        async with town.database.write() as session:
            await updates.release(session)


async def stores(town: Town, person: Person, *typed: str) -> None:
    """The updates are in the database and no longer at Telegram; nobody dealt with them."""
    for each in typed:
        person.account.say(each)
    found = town.playground.world.updates._take(0, 100)
    town.playground.world.updates.forget()
    bot_id = town.playground.me["id"]
    async with town.database.write() as session:
        arrived = [arrival(each, bot_id) for each in found]
        await updates.store(session, bot_id, arrived, town.clock.now)


async def test_an_update_that_ended_five_processes_is_parked_and_the_chat_goes_on(
    town: Town, wang: Person
) -> None:
    await town.closes()
    await stores(town, wang, "香蕉皮")
    await took_up_and_died(town, workers.MOST_TRIES)
    wang.account.say("报纸")
    await town.opens()
    await town.settle()

    assert await states(town) == ["parked", "answered"]
    assert len(wang.screen) == 1
    assert "报纸" in wang.sees
    (parked, _) = await all_updates(town)
    assert parked.note == "taken up 6 times, never finished"
    assert parked.body


async def test_an_update_that_ended_four_processes_is_tried_again(
    town: Town, wang: Person
) -> None:
    await town.closes()
    await stores(town, wang, "香蕉皮")
    await took_up_and_died(town, workers.MOST_TRIES - 1)
    await town.opens()
    await town.settle()

    assert await states(town) == ["answered"]
    assert BANANA in wang.sees


async def test_what_is_committed_is_answered_however_often_processes_died(
    lending: Town, wang: Person
) -> None:
    await lending.closes()
    await stores(lending, wang, "/lend")
    (work,) = await all_updates(lending)
    async with lending.database.write() as session:
        reply = pack([SendMessage(chat_id=wang.id, text="借给你了")])
        await updates.done(session, work.id, reply)
    await took_up_and_died(lending, 9)
    await lending.opens()
    await lending.settle()

    assert wang.screen == ["借给你了"]
    assert await lent(lending) == 0


async def test_the_marks_of_many_are_written_together(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    settle = updates.settle

    async def count(session: Session, settled: Any, now: Any) -> None:
        batches.append(len(settled))
        await settle(session, settled, now)

    monkeypatch.setattr(updates, "settle", count)
    await town.closes()
    for number in range(100):
        town.person(str(number)).account.say("香蕉皮")
    await town.opens()
    await town.settle()

    assert sum(batches) == 100
    assert len(batches) < 50


async def test_while_nothing_waits_nobody_looks_for_more(
    sqlite: Database, playground: Playground, place: Place, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    looked: list[int] = []
    claim = updates.claim

    async def count(session: Session, by: str, *more: Any) -> list[Any]:
        claimed = await claim(session, by, *more)
        looked.append(len(claimed))
        return claimed

    town = Town(playground, sqlite, place, clock)
    await town.opens()
    wang = town.person("王奶奶")
    await wang.says("香蕉皮")
    monkeypatch.setattr(updates, "claim", count)
    wang.account.say("烟头")
    await until(lambda: len(wang.screen) == 2)
    wang.account.say("沙发")
    await until(lambda: len(wang.screen) == 3)
    assert looked == [1, 1]
    await town.closes()


async def test_marks_that_could_not_be_written_are_written_later(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workers, "_pause", no_time_passes)
    settle = updates.settle
    faults: list[Exception] = [RuntimeError("disk on fire"), ValueError("odd")]

    async def sometimes(session: Session, settled: Any, now: Any) -> None:
        if faults:
            raise faults.pop()
        await settle(session, settled, now)

    monkeypatch.setattr(updates, "settle", sometimes)
    await wang.says("虫洞发生器")

    assert await states(town) == ["answered"]
    assert await lent(town) == 1  # the question for staff
    assert len(wang.screen) == 1


async def test_a_mark_that_can_never_be_written_is_noted_and_holds_up_no_other(
    town: Town, wang: Person, li: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = questions.keep

    async def too_much(session: Session, asked: Iterable[Asked], now: datetime) -> None:
        if any(question.asked_by == wang.id for question in asked):
            raise OverflowError
        await keep(session, asked, now)

    monkeypatch.setattr(questions, "keep", too_much)
    await town.closes()
    for person in (wang, li):
        person.account.say("嘎嘎乌拉")
    await town.opens()
    await town.settle()

    of_wang, of_li = await all_updates(town)
    assert of_wang.state == of_li.state == "answered"
    assert "OverflowError" in (of_wang.note or "")
    assert of_li.note is None
    assert await lent(town) == 1


async def test_what_people_wrote_is_forgotten_once_it_is_answered(
    town: Town, wang: Person
) -> None:
    await wang.says("香蕉皮")

    (update,) = await all_updates(town)
    assert (update.body, update.reply, update.note) == (None, None, None)
    assert update.settled_at == town.clock.now
