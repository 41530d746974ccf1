"""Whatever is repeated, lost or interrupted: each question is answered, and once."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey
from sqlalchemy import text

from bot import workers
from bot.playground import Answer, Call, ConnectionLost, PlaygroundSession
from bot.playground.rules import Json
from bot.playground.updates import _Update
from bot.workers import Workers
from models.updates import State
from tests.conftest import Town
from tests.desk import all_updates, lent, no_time_passes, states, until
from tests.people import Person

BANANA = "香蕉皮 → 厨余垃圾"


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
    monkeypatch.setattr(Workers, "_pause", no_time_passes)
    town.playground.hook = Lost("sendmessage", times=9)
    await wang.says("香蕉皮")

    assert len(wang.screen) == 2
    (update,) = await all_updates(town)
    assert update.state == State.ANSWERED
    assert "SendMessage unknown" in (update.note or "")


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
