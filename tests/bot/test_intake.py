"""What comes is stored first, and nothing that comes can stop what comes after it."""

import asyncio
import itertools
import json
import logging
import math
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import TelegramMethod
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from bot import intake
from bot.intake import LARGEST_ID, apart, arrival
from bot.playground import Answer, ApiError, Call, ConnectionLost, Playground, PlaygroundSession
from bot.playground.rules import Json
from models import updates
from models.updates import State, StoredUpdate
from tests.conftest import Town
from tests.people import Person
from tests.poison import POISON, STRANGER, Poison


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


@pytest.fixture
async def telegram(town: Town, monkeypatch: pytest.MonkeyPatch) -> Telegram:
    """The town's bot is closed; what Telegram says when it opens can be prepared."""
    await town.closes()
    telegram = Telegram()
    telegram.takes_over(monkeypatch)
    return telegram


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the bot waits after each failure; no time passes."""
    waited: list[float] = []

    async def at_once(seconds: float) -> list[Any]:
        waited.append(seconds)
        return []

    monkeypatch.setattr(intake, "_nothing_for", at_once)
    return waited


async def stored(town: Town) -> list[StoredUpdate]:
    async with town.database.read() as session:
        return list(await session.scalars(select(StoredUpdate).order_by(StoredUpdate.id)))


def taken_from(playground: Playground) -> list[Json]:
    """What waits for the bot in the playground; it waits there no longer."""
    waiting = playground.world.updates
    found: list[Json] = [{"update_id": each.id, **each.content} for each in waiting._waiting]
    waiting.forget()
    return found


# Poison.


@dataclass
class Batch:
    """The questions of twenty neighbours, with poison between them."""

    neighbours: list[Person]
    stranger: Person
    """In whose name the poison was sent."""
    poison: list[Poison]
    texts: list[str]

    FIRST_ID = 700_000_001

    @classmethod
    def of(cls, town: Town, poison: list[Poison]) -> "Batch":
        stranger = Person(town.playground.person("某人", STRANGER["id"]), town.settle)
        stranger.chat.is_open = True
        neighbours = [town.person(f"neighbour {number}") for number in range(20)]
        for neighbour in neighbours:
            neighbour.account.say("香蕉皮")
        good = [Poison("", json.dumps(each)) for each in taken_from(town.playground)]
        share = math.ceil(len(poison) / len(good))
        left = iter(poison)
        mixed = [each for one in good for each in (*itertools.islice(left, share), one)]
        texts = [each.text(cls.FIRST_ID + place) for place, each in enumerate(mixed)]
        for place, each in enumerate(mixed):
            if not each.name:
                update = json.loads(texts[place])
                texts[place] = json.dumps(update | {"update_id": cls.FIRST_ID + place})
        return cls(neighbours, stranger, poison, texts)

    @property
    def last_id(self) -> int:
        return self.FIRST_ID + len(self.texts) - 1

    @property
    def answered(self) -> int:
        """How many of the neighbours have their one answer."""
        good = [each for each in self.neighbours if "香蕉皮 → 厨余垃圾" in each.sees]
        return len([each for each in good if len(each.screen) == 1])


READABLE = [each for each in POISON if each.readable]
UNREADABLE = [each for each in POISON if not each.readable]
EACH_KIND = pytest.mark.parametrize(
    "poison", [READABLE, UNREADABLE], ids=["readable as a whole", "not readable as a whole"]
)


@EACH_KIND
async def test_poison_does_not_hold_up_its_neighbours_in_the_same_poll(
    town: Town, telegram: Telegram, poison: list[Poison]
) -> None:
    batch = Batch.of(town, poison)
    telegram.will_say(*batch.texts)
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    assert len(batch.texts) <= 100
    assert batch.answered == 20
    assert telegram.offsets == [None, batch.last_id + 1]
    town.playground.refused.clear()


@EACH_KIND
async def test_poison_that_cannot_be_read_is_parked_with_its_text_and_the_reason(
    town: Town, telegram: Telegram, poison: list[Poison]
) -> None:
    batch = Batch.of(town, poison)
    telegram.will_say(*batch.texts)
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    found = await stored(town)
    assert Counter(str(update.state) for update in found) == (
        Counter(each.ends for each in poison) + Counter({"answered": 20})
    )
    parked = [update for update in found if update.state == State.PARKED]
    assert all(update.note for update in parked)
    bodies = [_as_sent(json.loads(update.body or "")) for update in parked]
    assert bodies == [_as_sent(batch.texts[place]) for place in _places(batch)]
    town.playground.refused.clear()


def _places(batch: Batch) -> Iterator[int]:
    """Where in the batch stands what is to be parked."""
    share = math.ceil(len(batch.poison) / 20)
    for number, each in enumerate(batch.poison):
        if each.ends == "parked":
            yield number + number // share


async def test_a_strange_message_that_can_be_read_is_answered(
    town: Town, telegram: Telegram
) -> None:
    strange = [each for each in READABLE if each.ends == "answered" and '"text"' in each.template]
    batch = Batch.of(town, strange)
    telegram.will_say(*batch.texts)
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    assert len(batch.stranger.screen) == 9
    town.playground.refused.clear()


@EACH_KIND
async def test_aiograms_own_polling_would_stand_still_before_it(
    town: Town, telegram: Telegram, poison: list[Poison]
) -> None:
    batch = Batch.of(town, poison)
    telegram.will_say(*batch.texts)
    bot = Bot(town.playground.token, session=PlaygroundSession(town.playground))

    with pytest.raises(ClientDecodeError):
        await bot.get_updates()


async def test_without_taking_the_answer_apart_nobody_would_be_answered(
    town: Town, telegram: Telegram, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "apart", lambda answer: [])
    batch = Batch.of(town, UNREADABLE)
    for _ in range(3):
        telegram.will_say(*batch.texts)
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    assert batch.answered == 0
    assert telegram.offsets == [None] * 4
    assert waits == [1, 2, 4]


async def test_of_an_answer_that_was_cut_off_the_whole_updates_are_taken(
    town: Town, telegram: Telegram, wang: Person, li: Person
) -> None:
    wang.account.say("香蕉皮")
    li.account.say("报纸")
    first, second = taken_from(town.playground)
    whole = json.dumps({"ok": True, "result": [first, second]})
    telegram.answers.append(whole[:-40])
    telegram.will_say(json.dumps(second))
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    assert telegram.offsets == [None, first["update_id"] + 1, second["update_id"] + 1]
    assert len(wang.screen) == len(li.screen) == 1


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("", []),
        ("<html>502 Bad Gateway</html>", []),
        ('{"ok":true,"result":[]}', []),
        ('{"ok":true,"result":[{"a":1},{"b":"]}\\"["}]}', [{"a": 1}, {"b": ']}"['}]),
        ('{"ok":true,"result":[{"a":1},{"b":', [{"a": 1}]),
        ('{"result":[{"a":1},{"b":nan},[2]],"more":[{"c":3}]}', [{"a": 1}, '{"b":nan}', [2]]),
        ('{"result":[{"a":"\t"},{"b":2}]}', ['{"a":"\t"}', {"b": 2}]),
    ],
)
def test_an_answer_is_taken_apart_at_its_brackets(answer: str, found: list[Any]) -> None:
    assert apart(answer) == found


# Stored first.


async def test_what_telegram_is_told_we_have_is_on_disk(
    town: Town, telegram: Telegram, wang: Person
) -> None:
    committed: list[bool] = []

    async def look(offset: int | None) -> None:
        if offset:
            ids = [update.update_id for update in await stored(town)]
            committed.append(offset - 1 in ids)

    telegram.hears = look
    for _ in range(3):
        wang.account.say("香蕉皮")
    await town.opens()
    await town.settle()

    assert committed
    assert all(committed)


async def test_what_could_not_be_stored_is_not_confirmed_and_comes_again(
    town: Town,
    telegram: Telegram,
    wang: Person,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = updates.store
    faults = [sqlite3.OperationalError("disk I/O error"), RuntimeError("?")]

    async def sometimes(*args: Any) -> None:
        if faults:
            raise faults.pop()
        await store(*args)

    monkeypatch.setattr(updates, "store", sometimes)
    await town.opens()
    await wang.says("香蕉皮")

    assert telegram.offsets[:3] == [None, None, None]
    assert len(wang.screen) == 1
    assert waits == [1, 2]


async def test_only_the_kinds_of_news_that_we_have_use_for_are_asked_for(
    town: Town, wang: Person
) -> None:
    await wang.says("香蕉皮")

    allowed = town.playground.world.updates.allowed
    assert allowed == {"message", "callback_query", "inline_query", "my_chat_member"}


# Telegram out of reach.


class Trouble:
    """Breaks the next calls of getUpdates."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def before(self, call: Call) -> None:
        if call.method == "getupdates" and self.errors:
            raise self.errors.pop(0)

    async def after(self, call: Call, answer: Answer) -> None:
        """What was carried out stays so."""


CONFLICT = ApiError(409, "Conflict: terminated by other getUpdates request")
FLOOD = ApiError(429, "Too Many Requests: retry after 77", {"retry_after": 77})
RESTART = ApiError(500, "Internal Server Error: restart")


@pytest.mark.parametrize(
    ("errors", "seconds"),
    [
        ([ConnectionLost()] * 5, [1, 2, 4, 8, 16]),
        ([RESTART, ConnectionLost()], [1, 2]),
        ([FLOOD], [77]),
        ([CONFLICT, CONFLICT], [1, 2]),
    ],
    ids=["no network", "Telegram restarts", "too many requests", "another program polls"],
)
async def test_while_telegram_is_out_of_reach_the_bot_asks_less_and_less_and_loses_nothing(
    town: Town, wang: Person, waits: list[float], errors: list[Exception], seconds: list[float]
) -> None:
    await town.closes()
    town.playground.hook = Trouble(*errors)
    await town.opens()
    await wang.says("香蕉皮")

    assert waits == seconds
    assert len(wang.screen) == 1
    town.playground.refused.clear()


async def test_another_program_with_our_token_is_an_alarm(
    town: Town, wang: Person, waits: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    await town.closes()
    town.playground.hook = Trouble(CONFLICT)
    await town.opens()
    await wang.says("香蕉皮")

    (alarm,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert "another program uses this token" in alarm.getMessage()
    town.playground.refused.clear()


# What has to be known of an update.


ANY_TEXT = some.text(some.characters(), max_size=100)
"""Halves of characters and zeros, too."""
ANY_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | ANY_TEXT,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=10,
)
ANY_ID = some.integers() | ANY_JSON
ANY_OWNER = some.fixed_dictionaries({"id": ANY_ID}) | ANY_JSON
ANY_EVENT = some.fixed_dictionaries(
    {"message_id": ANY_ID, "from": ANY_OWNER, "chat": ANY_OWNER, "id": ANY_ID | ANY_TEXT}
)
ANY_UPDATE = ANY_JSON | some.fixed_dictionaries(
    {"update_id": ANY_ID},
    optional=dict.fromkeys(("message", "callback_query", "inline_query"), ANY_EVENT | ANY_JSON),
)


@given(ANY_UPDATE)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_can_be_stored(raw: Any) -> None:
    arrived = arrival(raw, 42)

    assert arrived.body.isascii()
    assert arrived.origin.isascii()
    assert len(arrived.origin) <= 100
    numbers = (arrived.update_id, arrived.chat_id, arrived.person_id)
    assert all(abs(number or 0) <= LARGEST_ID for number in numbers)


def test_a_message_is_known_by_its_chat_its_number_and_its_words() -> None:
    message = {"message_id": 7, "chat": {"id": 5}, "from": {"id": 5}, "text": "香蕉皮"}
    first = arrival({"update_id": 1, "message": message}, 42)
    again = arrival({"update_id": 2, "message": message}, 42)
    other_words = arrival({"update_id": 3, "message": message | {"text": "报纸"}}, 42)
    other_bot = arrival({"update_id": 1, "message": message}, 43)

    assert (first.chat_id, first.person_id) == (5, 5)
    assert first.origin == again.origin
    assert len({first.origin, other_words.origin, other_bot.origin}) == 3


def test_a_press_is_known_by_the_number_of_the_query() -> None:
    press = {"id": "77", "from": {"id": 5}, "message": {"chat": {"id": -9}}}
    first = arrival({"update_id": 1, "callback_query": press}, 42)
    again = arrival({"update_id": 2, "callback_query": press}, 42)
    search = arrival({"update_id": 1, "inline_query": {"id": "77", "from": {"id": 5}}}, 42)

    assert (first.chat_id, first.person_id) == (-9, 5)
    assert first.origin == again.origin
    assert (search.chat_id, search.person_id) == (5, 5)
    assert search.origin != first.origin


def _as_sent(body: object) -> object:
    """What was sent, read if this Python can: newer ones read deeper nesting."""
    try:
        return json.loads(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return body
