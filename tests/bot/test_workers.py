"""Stored updates are dealt with: in order, fairly, once, whatever goes wrong on the way."""

import asyncio
import dataclasses
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.exceptions import TelegramNetworkError
from aiogram.filters import Command
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.types import Message
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey
from fluent.runtime import FluentResource
from sqlalchemy import func, select, text

import handlers
from bot import app, lanes, workers
from bot.intake import arrival
from bot.playground import Answer, Call, ConnectionLost, PlaygroundSession
from bot.playground.rules import Json
from bot.playground.updates import _Update
from bot.replies import pack
from bot.workers import Workers
from handlers.texts import texts
from knowledge.search import Search
from models import Database, Refusal, Session, updates
from models.questions import Question
from models.updates import State, StoredUpdate
from tests.conftest import TOKEN, Town
from tests.people import Person

FELL_DOWN = "the shelf fell down \ud83d \0"
"""With half a character and a zero, which no database takes."""
LEAK = f"broken, by the way my token is {TOKEN}"
SORRY = texts("zh")("fault")
BANANA = "香蕉皮 → 厨余垃圾"


class NoneLeft(Refusal):
    """All the composting buckets are lent out."""


def desk() -> Router:
    """A feature of tests only: composting buckets are lent, and kept account of as questions."""

    async def lend(message: Message, session: Session) -> SendMessage:
        await write_down(message, session)
        return message.answer("借给你了")

    async def refuse(message: Message, session: Session) -> None:
        await write_down(message, session)
        raise NoneLeft

    async def break_down(message: Message, session: Session) -> None:
        await write_down(message, session)
        raise RuntimeError(FELL_DOWN)

    async def write_down(message: Message, session: Session) -> None:
        assert message.from_user
        session.add(Question(text="bucket", asked_by=message.from_user.id, asked_at=message.date))
        await session.flush()  # so that there is something to roll back

    router = Router()
    for handler, command in ((lend, "lend"), (refuse, "refuse"), (break_down, "break")):
        router.message.register(handler, Command(command), flags={"writes": True})
    return router


@pytest.fixture
async def lending(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town with the desk, and words for its refusal."""
    await town.closes()
    monkeypatch.setattr(app, "routers", lambda: [desk(), *handlers.routers()])
    texts("zh")._bundle.add_resource(FluentResource("refusal-none-left = 都借完了。"))
    await town.opens()
    return town


@pytest.fixture(autouse=True)
def _own_words() -> Iterator[None]:
    yield
    texts.cache_clear()


async def lent(town: Town) -> int:
    async with town.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Question)) or 0


async def all_updates(town: Town) -> list[StoredUpdate]:
    async with town.database.read() as session:
        return list(await session.scalars(select(StoredUpdate).order_by(StoredUpdate.id)))


async def states(town: Town) -> list[str]:
    return [str(update.state) for update in await all_updates(town)]


async def until(true: Callable[[], object]) -> None:
    """Let the others work until something is so; ten seconds are more than enough."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 (nobody tells us)
            await asyncio.sleep(0)


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


# Refusals.


async def test_a_refusal_takes_back_what_was_written_and_says_why(
    lending: Town, wang: Person
) -> None:
    await wang.says("/refuse")

    assert await lent(lending) == 0
    assert wang.screen == ["都借完了。"]
    assert await states(lending) == ["answered"]


# The bot is closed before the words are out.


class NoWay:
    """Some calls do not even reach Telegram."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, kind: type = SendMessage) -> None:
        self.tried = asyncio.Event()
        make_request = PlaygroundSession.make_request
        key = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)

        async def fail(
            session: PlaygroundSession,
            bot: Bot,
            method: TelegramMethod[Any],
            timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
        ) -> Any:
            if not isinstance(method, kind):
                return await make_request(session, bot, method, timeout)
            self.tried.set()
            unreachable = ClientConnectorError(key, OSError("no route to host"))
            raise TelegramNetworkError(method, "no route to host") from unreachable

        monkeypatch.setattr(PlaygroundSession, "make_request", fail)


@pytest.mark.parametrize(
    ("typed", "heard", "left"),
    [
        ("/lend", ["借给你了"], 1),
        ("/refuse", ["都借完了。"], 0),
    ],
)
async def test_words_that_could_not_leave_are_kept_and_said_once_after_the_restart(
    lending: Town, wang: Person, typed: str, heard: list[str], left: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        no_way = NoWay(patch)
        wang.account.say(typed)
        await until(no_way.tried.is_set)
        await lending.closes()
    assert await states(lending) == ["done"]
    assert await lent(lending) == left

    await lending.opens()
    await lending.settle()
    assert wang.screen == heard
    assert await lent(lending) == left
    assert await states(lending) == ["answered"]


async def test_a_question_that_could_not_be_answered_is_answered_after_the_restart(
    town: Town, wang: Person
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        no_way = NoWay(patch)
        wang.account.say("香蕉皮")
        await until(no_way.tried.is_set)
        await town.closes()
    assert await states(town) == ["new"]

    await town.opens()
    await town.settle()
    assert len(wang.screen) == 1
    assert BANANA in wang.sees


async def test_what_is_said_already_is_not_said_again_because_the_buttons_answer_did_not_leave(
    town: Town, wang: Person
) -> None:
    await wang.says("/language")
    with pytest.MonkeyPatch.context() as patch:
        no_way = NoWay(patch, AnswerCallbackQuery)
        wang.account.press(max(wang.chat.messages), "language:en")
        await until(no_way.tried.is_set)
        await town.closes()
    await town.opens()
    await town.settle()

    assert wang.screen[1:] == ["All right, English from now on."]


async def test_six_restarts_without_a_way_out_do_not_wear_an_update_out(
    town: Town, wang: Person
) -> None:
    await town.closes()
    wang.account.say("香蕉皮")
    for _ in range(workers.MOST_TRIES + 1):
        with pytest.MonkeyPatch.context() as patch:
            no_way = NoWay(patch)
            await town.opens()
            await until(no_way.tried.is_set)
            await town.closes()
    await town.opens()
    await town.settle()

    assert len(wang.screen) == 1
    assert BANANA in wang.sees


class Lost:
    """The answer to some calls is lost after they were carried out."""

    def __init__(self, method: str, times: int) -> None:
        self.method = method
        self.times = times

    async def before(self, call: Call) -> None:
        """The call arrives."""

    async def after(self, call: Call, answer: Answer) -> None:
        if call.method == self.method and self.times:
            self.times -= 1
            raise ConnectionLost


async def test_a_reply_of_which_nobody_knows_whether_it_arrived_is_sent_once_more_and_noted(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workers, "_pause", _no_time_passes)
    town.playground.hook = Lost("sendmessage", times=9)
    await wang.says("香蕉皮")

    assert len(wang.screen) == 2
    (update,) = await all_updates(town)
    assert update.state == State.ANSWERED
    assert "SendMessage unknown" in (update.note or "")


async def _no_time_passes(*_: object) -> None:
    await asyncio.sleep(0)


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
    monkeypatch.setattr(Workers, "_pause", _no_time_passes)
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
    monkeypatch.setattr(Workers, "_pause", _no_time_passes)
    LostCommits(monkeypatch, times=1)
    await wang.says("/lend")

    assert await lent(lending) == 2


# Once, however often it comes.


def comes_again(town: Town, update: Json, *, under_another_id: bool) -> None:
    """Telegram has something once more."""
    waiting = town.playground.world.updates
    content = {key: value for key, value in update.items() if key != "update_id"}
    if under_another_id:
        ((kind, event),) = content.items()
        waiting.add(kind, event)
    else:
        expires = town.clock.now + timedelta(days=1)
        waiting._waiting.append(_Update(update["update_id"], content, expires, 0))


async def without(town: Town, *constraints: str) -> None:
    """Take constraints away from the table of updates, which is empty."""
    async with town.database.write() as session:
        if not town.database.is_sqlite:
            for name in constraints:
                await session.execute(text(f"ALTER TABLE updates DROP CONSTRAINT {name}"))
            return
        schema = "SELECT sql FROM sqlite_master WHERE name = 'updates'"
        sql = (await session.scalar(text(schema))).replace("\n", " ")
        for name in constraints:
            sql, found = re.subn(rf",\s*CONSTRAINT {name} UNIQUE \([^)]*\)", "", sql)
            assert found
        await session.execute(text("DROP TABLE updates"))
        await session.execute(text(sql))


@pytest.mark.parametrize("under_another_id", [False, True])
async def test_a_message_that_comes_again_is_answered_once(
    town: Town, wang: Person, under_another_id: bool
) -> None:
    await town.closes()
    wang.account.say("香蕉皮")
    (update,) = town.playground.world.updates._take(0, 1)
    for _ in range(5):
        comes_again(town, update, under_another_id=under_another_id)
    town.clock.passes(seconds=1)  # or Telegram would hand out one at a time
    await town.opens()
    await town.settle()

    assert len(wang.screen) == 1
    assert len(await all_updates(town)) == 1


async def test_a_message_that_comes_again_after_it_was_answered_is_not_answered_again(
    town: Town, wang: Person
) -> None:
    await wang.says("香蕉皮")
    town.clock.passes(hours=23)
    town.playground.world.updates.add("message", wang.chat.messages[1])
    await town.settle()

    assert len(wang.screen) == 1


async def test_two_messages_with_the_same_words_are_two(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮")
    await wang.says("香蕉皮")

    assert len(wang.screen) == 2


async def test_what_could_not_be_confirmed_is_answered_once_after_a_restart(
    town: Town, wang: Person
) -> None:
    class CannotConfirm:
        async def before(self, call: Call) -> None:
            if call.method == "getupdates" and call.text("offset"):
                raise ConnectionLost

        async def after(self, call: Call, answer: Answer) -> None:
            """What was carried out stays so."""

    town.playground.hook = CannotConfirm()
    wang.account.say("香蕉皮")
    await until(lambda: wang.screen)
    await town.closes()
    assert town.playground.pending() == 1
    town.playground.hook = None
    await town.opens()
    await town.settle()

    assert len(wang.screen) == 1


@pytest.mark.parametrize(
    ("under_another_id", "constraints", "answers"),
    [
        (True, ["uq_updates_origin"], 2),
        (False, ["uq_updates_origin"], 1),
        (False, ["uq_updates_origin", "uq_updates_bot_id_update_id"], 2),
    ],
)
async def test_it_is_the_unique_columns_that_keep_it_from_being_answered_twice(
    town: Town, wang: Person, under_another_id: bool, constraints: list[str], answers: int
) -> None:
    await town.closes()
    await without(town, *constraints)
    wang.account.say("香蕉皮")
    (update,) = town.playground.world.updates._take(0, 1)
    comes_again(town, update, under_another_id=under_another_id)
    town.clock.passes(seconds=1)
    await town.opens()
    await town.settle()

    assert len(wang.screen) == answers


async def presses_twenty_times(town: Town, person: Person) -> None:
    """One tap on English, which the app sends again and again."""
    await person.says("/language")
    await town.closes()
    person.account.press(max(person.chat.messages), "language:en")
    (update,) = town.playground.world.updates._take(0, 1)
    for _ in range(19):
        comes_again(town, update, under_another_id=True)
    await town.opens()
    await town.settle()


async def test_one_press_under_twenty_ids_has_one_effect(town: Town, wang: Person) -> None:
    await presses_twenty_times(town, wang)

    assert wang.screen[1:] == ["All right, English from now on."]


async def test_without_knowing_the_press_it_would_have_twenty(town: Town, wang: Person) -> None:
    await town.closes()
    await without(town, "uq_updates_origin")
    await town.opens()
    await presses_twenty_times(town, wang)

    assert len(wang.screen[1:]) == 20
    town.playground.refused.clear()


# In order, and fairly.


class Held:
    """The first message to one chat, and only that, is held up until somebody lets it go."""

    def __init__(self, chat_id: int) -> None:
        self.chat_id = chat_id
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

    async def before(self, call: Call) -> None:
        is_message = call.method == "sendmessage" and call.text("chat_id") == str(self.chat_id)
        if is_message and not self.begun.is_set():
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
    held = town.playground.hook = Held(wang.id)
    wang.account.say("香蕉皮")
    wang.account.say("烟头")
    await held.begun.wait()
    await until(lambda: wang.screen)
    assert "烟头" in wang.sees

    held.let_go.set()
    await town.settle()
    assert "香蕉皮" in wang.sees


async def test_a_flood_of_one_person_does_not_make_another_wait_behind_it(
    town: Town, wang: Person, li: Person
) -> None:
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
    await town.closes()
    for _ in range(500):
        wang.account.say("香蕉皮")
    li.account.say("沙发")
    town.clock.passes(seconds=1)
    await town.opens()
    await until(lambda: len(wang.screen) == lanes.Pace.BURST)
    await until(lambda: not town.playground.pending())
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


async def test_marks_that_could_not_be_written_are_written_later(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workers, "_pause", _no_time_passes)
    settle = updates.settle
    faults: list[Exception] = [RuntimeError("disk on fire"), ValueError("odd")]

    async def sometimes(session: Session, settled: Any, now: Any) -> None:
        if faults:
            raise faults.pop()
        await settle(session, settled, now)

    monkeypatch.setattr(updates, "settle", sometimes)
    await wang.says("魔法棒")

    assert await states(town) == ["answered"]
    assert await lent(town) == 1  # the question for staff
    assert len(wang.screen) == 1


async def test_what_people_wrote_is_forgotten_once_it_is_answered(
    town: Town, wang: Person
) -> None:
    await wang.says("香蕉皮")

    (update,) = await all_updates(town)
    assert (update.body, update.reply, update.note) == (None, None, None)
    assert update.settled_at == town.clock.now
