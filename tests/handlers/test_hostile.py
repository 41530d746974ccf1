"""Hostile and odd text is answered politely, and changes nothing but the list of questions."""

import random
import re
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import select

from bot.lanes import Pace
from bot.playground.rules import Json
from bot.playground.texts import marked_text
from handlers.start import COMMANDS
from models import Base
from models.case_tables import Case
from models.questions import Question
from models.residents import Resident
from tests.conftest import Town
from tests.garden import Garden
from tests.hostile import HOSTILE
from tests.people import Person

OURS = {("bot_command", f"/{command}") for command in COMMANDS}
"""What our own texts hold for tapping."""
MAY_CHANGE = {"questions", "residents", "updates", "leases"}


async def what_may_not_change(town: Town) -> dict[str, list[tuple[Any, ...]]]:
    """Every other table."""
    async with town.database.read() as session:
        return {
            name: [tuple(row) for row in await session.execute(select(table))]
            for name, table in Base.metadata.tables.items()
            if name not in MAY_CHANGE
        }


async def residents(town: Town) -> list[Resident]:
    async with town.database.read() as session:
        return list(await session.scalars(select(Resident)))


async def kept(town: Town) -> list[str]:
    async with town.database.read() as session:
        return list(await session.scalars(select(Question.text)))


def foreign(messages: Iterable[Json]) -> list[tuple[str, str]]:
    """Links, mentions and the like in messages, but for our own commands."""
    found = [
        (entity["type"], marked_text(message["text"], entity))
        for message in messages
        for entity in message.get("entities", [])
    ]
    return [each for each in found if each not in OURS]


def sent(town: Town) -> list[Json]:
    return [delivery.message for delivery in town.playground.deliveries()]


def random_texts(number: int) -> list[str]:
    """Texts of any characters that there are, the same at every run."""
    chance = random.Random(7)
    kinds = [(0, 0x7F), (0x80, 0x2FFF), (0x3000, 0x9FFF), (0xA000, 0xFFFF), (0x10000, 0x10FFFF)]
    return [
        "".join(chr(chance.randint(*chance.choice(kinds))) for _ in range(chance.randint(1, 60)))
        for _ in range(number)
    ]


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len(HOSTILE) > 100


@pytest.mark.parametrize("texts", [HOSTILE, random_texts(150)], ids=["by hand", "by chance"])
async def test_every_text_is_answered_and_nothing_of_it_comes_to_life(
    town: Town, texts: tuple[str, ...]
) -> None:
    before = await what_may_not_change(town)
    people = [town.person(f"person {number}") for number in range(len(texts))]
    for person, text in zip(people, texts, strict=True):
        person.account.send({"text": text})
    await town.settle()

    unanswered = [text for person, text in zip(people, texts, strict=True) if not person.screen]
    assert unanswered == []
    assert foreign(sent(town)) == []
    assert await what_may_not_change(town) == before
    assert {(each.language, each.left_at) for each in await residents(town)} == {(None, None)}


async def test_what_is_kept_of_them_is_short_and_can_be_shown_to_staff(town: Town) -> None:
    for number, text in enumerate(HOSTILE):
        town.person(f"person {number}").account.send({"text": text})
    await town.settle()

    questions = await kept(town)
    assert questions
    assert max(map(len, questions)) <= 64
    assert [text for text in questions if "\0" in text or re.search(r"\d{5}", text)] == []
    assert "".join(questions).encode()


async def test_in_a_group_nothing_of_it_comes_to_life_either(town: Town) -> None:
    people = [town.person(f"person {number}") for number in range(len(HOSTILE))]
    groups = [town.playground.group("三号楼", [person.account]) for person in people]
    for person, group, text in zip(people, groups, HOSTILE, strict=True):
        whole = text.encode("utf-8", "ignore").decode()  # half a character never gets so far
        command = {"text": f"/bin {whole}", "entities": [_command("/bin")]}
        person.account.send(command, chat=group)
    await town.settle()

    answers = [town.playground.received(group.id) for group in groups]
    assert [len(messages) for messages in answers] == [1] * len(HOSTILE)
    assert foreign(sent(town)) == []


def _command(text: str) -> Json:
    return {"type": "bot_command", "offset": 0, "length": len(text)}


async def test_as_captions_searches_and_buttons_they_do_no_harm(town: Town, wang: Person) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    await wang.says("报纸")
    before = (await what_may_not_change(town), wang.screen)
    people = [town.person(f"person {number}") for number in range(len(HOSTILE))]
    searches = []
    for person, text in zip(people, HOSTILE, strict=True):
        person.account.send({"photo": photo, "caption": text[:1024]})
        searches.append(person.account.search(text[:256]))
        wang.account.press(max(wang.chat.messages), text[:21])
    await town.settle()

    assert [len(person.screen) for person in people] == [1] * len(HOSTILE)
    results = [search.results for search in searches]
    assert None not in results
    assert foreign(each["message"] for found in results for each in found or []) == []
    assert foreign(sent(town)) == []
    assert (await what_may_not_change(town), wang.screen) == before
    presses = town.playground.world.presses.values()
    assert {press.answer["show_alert"] for press in presses if press.answer} == {True}
    assert all(press.answer for press in presses)


async def test_names_of_people_and_groups_are_never_repeated(town: Town) -> None:
    for text in HOSTILE:
        person = town.person(text[:64])
        person.account.say("香蕉皮")
        group = town.playground.group(text[:128], [person.account])
        person.account.say("/bin 香蕉皮", chat=group)
    await town.settle()

    assert len(sent(town)) == 2 * len(HOSTILE)
    assert len({message["text"] for message in sent(town)}) == 1


async def test_without_care_a_link_would_come_to_life(
    town: Town, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.sorting._echo", str)
    await wang.says("http://evil.cn/pay")

    assert foreign(sent(town)) != []


@pytest.fixture
async def chen(town: Town, garden: Garden) -> Person:
    """Staff, who read what residents write."""
    chen = town.person("陈姐")
    await garden.appoint(chen)
    return chen


async def _not_yet() -> None:
    """All speak at once, and the bot is waited for once."""


async def test_nothing_of_it_comes_to_life_before_the_staff(
    town: Town, chen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "SECONDS", 0.0)  # staff look at a hundred in a row
    people = [town.person(f"person {number}") for number in range(len(HOSTILE))]
    for person in (*people, chen):
        person.settle = _not_yet
    for person in people:
        await person.says("人工")
    await town.settle()
    for person in people:
        await person.taps("阳光花园")
    await town.settle()
    for person, text in zip(people, HOSTILE, strict=True):
        person.account.send({"text": text})
    await town.settle()
    async with town.database.read() as session:
        ids = list(await session.scalars(select(Case.id)))
    for id_ in ids:
        await chen.presses(f"case:{id_}")
    await town.settle()

    assert len(ids) > len(HOSTILE) / 2
    assert [person.name for person in people if "出了点问题" in person.sees] == []
    told = [each.message for each in town.playground.deliveries(chen.id)]
    assert foreign(told) == []


async def test_without_care_a_link_would_come_to_life_before_the_staff(
    town: Town, chen: Person, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.homes.inert", str)
    await wang.says("人工")
    await wang.taps("阳光花园")
    await wang.says("看 http://evil.cn/pay")
    await chen.taps("👀 打开")

    told = [each.message for each in town.playground.deliveries(chen.id)]
    assert foreign(told) == [("url", "http://evil.cn/pay")]
