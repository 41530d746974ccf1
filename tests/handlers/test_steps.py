"""When the bot asked for words, the next ones are the answer; commands and keys go first."""

from datetime import datetime, timedelta

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import Message
from sqlalchemy import event

import handlers
from bot import app
from handlers.filters import Step
from models import Session, people, steps
from models.residents import Resident
from tests.conftest import Town
from tests.people import Person


def asking() -> Router:
    """A feature of tests only: it asks for a name."""

    async def ask(
        message: Message, session: Session, resident: Resident, now: datetime
    ) -> SendMessage:
        later = now + timedelta(minutes=10)
        await steps.open_(session, resident.telegram_id, "name", {"of": "cat"}, later)
        return message.answer("它叫什么？")

    async def hear(
        message: Message, session: Session, resident: Resident, now: datetime
    ) -> SendMessage:
        step = await steps.take(session, resident.telegram_id, "name", now)
        return message.answer(f"{step.fields['of']}: {message.text}" if step else "晚了")

    router = Router()
    router.message.register(ask, Command("name"), flags={"writes": True})
    router.message.register(hear, Step("name"), flags={"writes": True})
    return router


@pytest.fixture
async def asking_town(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    await town.closes()

    def routers() -> list[Router]:
        routers = handlers.routers()
        place = [each.name for each in routers].index("handlers.steps")
        return [*routers[:place], asking(), *routers[place:]]

    monkeypatch.setattr(app, "routers", routers)
    await town.opens()
    return town


async def test_the_words_that_were_asked_for_are_the_answer_and_only_once(
    asking_town: Town, wang: Person
) -> None:
    await wang.says("/name")
    await wang.says("香蕉皮")
    assert wang.sees == "cat: 香蕉皮"

    await wang.says("香蕉皮")
    assert "厨余垃圾" in wang.sees


async def test_words_sent_right_after_the_question_are_the_answer_too(
    asking_town: Town, wang: Person
) -> None:
    await asking_town.closes()
    for words in ("/name", "咪咪", "香蕉皮"):
        wang.account.say(words)
    await asking_town.opens()
    await asking_town.settle()

    assert wang.screen[:2] == ["它叫什么？", "cat: 咪咪"]
    assert "厨余垃圾" in wang.sees


async def test_commands_and_keys_go_before_the_step_and_leave_it_open(
    asking_town: Town, wang: Person
) -> None:
    await wang.starts()
    await wang.says("/name")
    await wang.says("/help")
    assert "我能帮你" in wang.sees
    await wang.taps("❓ 帮助")
    assert "我能帮你" in wang.sees

    await wang.says("咪咪")
    assert wang.sees == "cat: 咪咪"


async def test_a_step_is_one_persons(asking_town: Town, wang: Person, li: Person) -> None:
    await wang.says("/name")
    await li.says("香蕉皮")

    assert "厨余垃圾" in li.sees


async def test_after_a_while_words_are_a_question_again(asking_town: Town, wang: Person) -> None:
    await wang.says("/name")
    asking_town.clock.passes(minutes=10)
    await wang.says("香蕉皮")

    assert "厨余垃圾" in wang.sees


async def test_cancel_closes_the_step(asking_town: Town, wang: Person) -> None:
    await wang.says("/name")
    await wang.says("/cancel")
    assert wang.sees == "好的，不填了。要扔什么，随时问我。"
    await wang.says("/cancel")
    assert wang.sees == "现在没有要取消的。要扔什么，随时问我。"

    await wang.says("香蕉皮")
    assert "厨余垃圾" in wang.sees


async def test_a_picture_is_no_words(asking_town: Town, wang: Person) -> None:
    await wang.says("/name")
    await wang.sends_photo(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10")

    assert "看不懂图片" in wang.sees


async def test_steps_that_nobody_went_on_with_are_forgotten(
    asking_town: Town, wang: Person
) -> None:
    await wang.says("/name")
    async with asking_town.database.write() as session:
        await steps.forget_expired(session, asking_town.clock.now + timedelta(minutes=9))
    assert await _open(asking_town, wang)

    async with asking_town.database.write() as session:
        await steps.forget_expired(session, asking_town.clock.now + timedelta(minutes=10))
    assert not await _open(asking_town, wang)


async def _open(town: Town, person: Person) -> bool:
    async with town.database.read() as session:
        met = await people.met(session, [person.id], (), town.clock())
    return met[person.id].step is not None


async def test_knowing_the_step_costs_no_query(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮")
    asked: list[str] = []
    for engine in town.database.engines:
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _, __, statement, *___: asked.append(statement),
        )
    await wang.says("香蕉皮")

    assert len([statement for statement in asked if "FROM residents" in statement]) == 1
    assert not [statement for statement in asked if "FROM steps" in statement]
