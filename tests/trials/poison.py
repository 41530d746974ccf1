"""Trials of poison: updates that something is wrong with, among the questions of neighbours."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import TelegramMethod
from sqlalchemy import select

from bot.playground import Playground, PlaygroundSession
from models.updates import State, StoredUpdate
from tests.conftest import TOKEN, Clock, Town
from tests.people import Person
from tests.poison import ANSWERED, PARKED, POISON, STRANGER, Poison
from tests.trials.odd import taken_from
from tests.trials.tools import Tools


@dataclass
class Telegram:
    """The next answers to getUpdates, as texts; when there are none left, the playground's."""

    answers: list[str] = field(default_factory=list)
    offsets: list[int | None] = field(default_factory=list)
    """What every getUpdates asked for."""
    hears: Callable[[int | None], Awaitable[object]] | None = None
    """Called with each of them."""
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def will_say(self, *texts: str) -> None:
        self.answers.append('{"ok":true,"result":[' + ",".join(texts) + "]}")

    async def was_heard(self) -> None:
        """Wait until the bot has dealt with all the answers and asks again."""
        await self._heard.wait()

    def takes_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand between every bot and the playground."""
        make_request = PlaygroundSession.make_request

        async def answered(
            session: PlaygroundSession,
            bot: Bot,
            method: TelegramMethod[Any],
            timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
        ) -> Any:
            if method.__api_method__ != "getUpdates":
                return await make_request(session, bot, method, timeout)
            offset = method.offset  # type: ignore[attr-defined]
            self.offsets.append(offset)
            if self.hears:
                await self.hears(offset)
            if not self.answers:
                self._heard.set()
                return await make_request(session, bot, method, timeout)
            return session.check_response(bot, method, 200, self.answers.pop(0)).result

        monkeypatch.setattr(PlaygroundSession, "make_request", answered)


@dataclass
class Batch:
    """The questions of neighbours, with poison between them."""

    neighbours: list[Person]
    stranger: Person
    """In whose name the poison was sent."""
    poison: list[Poison]
    texts: list[str]
    parked: list[str]
    """Those of the texts that have to be parked."""

    FIRST_ID = 700_000_001

    @classmethod
    def of(cls, town: Town, poison: list[Poison], neighbours: int = 20, seed: int = 1) -> "Batch":
        stranger = Person(town.playground.person("某人", STRANGER["id"]), town.settle)
        stranger.chat.is_open = True
        people = [town.person(f"neighbour {number}") for number in range(neighbours)]
        for person in people:
            person.account.say("香蕉皮")
        good = [
            Poison("", json.dumps(each | {"update_id": "UPDATE"}), ANSWERED)
            for each in taken_from(town.playground)
        ]
        *some, last = good
        mixed = some + poison
        random.Random(seed).shuffle(mixed)
        mixed.append(last)  # its id is the highest
        texts = [each.text(cls.FIRST_ID + place) for place, each in enumerate(mixed)]
        parked = [text for text, each in zip(texts, mixed, strict=True) if each.ends == PARKED]
        return cls(people, stranger, poison, texts, parked)

    @property
    def last_id(self) -> int:
        return self.FIRST_ID + len(self.texts) - 1

    @property
    def answered(self) -> int:
        """How many of the neighbours have their one answer."""
        good = [each for each in self.neighbours if "香蕉皮 → 厨余垃圾" in each.sees]
        return len([each for each in good if len(each.screen) == 1])


async def stored(town: Town) -> list[StoredUpdate]:
    async with town.database.read() as session:
        return list(await session.scalars(select(StoredUpdate).order_by(StoredUpdate.id)))


def as_sent(body: object) -> object:
    """What was sent, read if this Python can: newer ones read deeper nesting."""
    try:
        return json.loads(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return body


# In the campaign.


async def one_batch(tools: Tools, database: str, seed: int, _: Path) -> str:
    """All poison in one answer; every third time only what lets the answer be read as a whole."""
    if seed % 3:
        # What stands in no brackets is nothing that could be found again.
        poison = [each for each in POISON if each.template[0] in "{["]
    else:
        poison = [each for each in POISON if each.readable]
    clock = Clock()
    async with tools.opened(database) as opened:
        town = Town(Playground(token=TOKEN, clock=clock), opened, tools.place, clock)
        telegram, batch = Telegram(), Batch.of(town, poison, 100 - len(poison), seed)
        telegram.will_say(*batch.texts)
        with pytest.MonkeyPatch.context() as monkeypatch:
            telegram.takes_over(monkeypatch)
            await town.opens()
            await telegram.was_heard()
            await town.app.workers.idle()
            await town.closes()
        return "; ".join(await _wrong(town, telegram, batch))


async def _wrong(town: Town, telegram: Telegram, batch: Batch) -> list[str]:
    wrong = []
    if batch.answered != len(batch.neighbours):
        wrong.append(f"{len(batch.neighbours) - batch.answered} neighbours not answered once")
    if telegram.offsets != [None, batch.last_id + 1]:
        wrong.append(f"not in one poll: {telegram.offsets}")
    updates = await stored(town)
    ended = Counter(str(update.state) for update in updates)
    wanted = Counter(each.ends for each in batch.poison) + Counter(answered=len(batch.neighbours))
    if ended != wanted:
        wrong.append(f"ended {ended}, not {wanted}")
    parked = [update for update in updates if update.state == State.PARKED]
    if [as_sent(json.loads(each.body or "")) for each in parked] != list(
        map(as_sent, batch.parked)
    ):
        wrong.append("what is parked is not what was sent")
    return wrong + [f"{each.body} has no note" for each in parked if not each.note]
