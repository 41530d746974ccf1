"""What comes is stored first, and nothing that comes can stop what comes after it."""

import json
import logging
import sqlite3
from collections import Counter
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError
from hypothesis import given, settings
from hypothesis import strategies as some

from bot import intake
from bot.intake import LARGEST_ID, apart, arrival
from bot.playground import Answer, ApiError, Call, ConnectionLost, PlaygroundSession
from models import updates
from models.updates import State
from tests.conftest import Town
from tests.people import Person
from tests.poison import POISON, Poison
from tests.trials.odd import taken_from
from tests.trials.poison import Batch, Telegram, as_sent, stored


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


# Poison.


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
    bodies = [as_sent(json.loads(update.body or "")) for update in parked]
    assert bodies == [as_sent(text) for text in batch.parked]
    town.playground.refused.clear()


async def test_a_strange_message_that_can_be_read_is_answered(
    town: Town, telegram: Telegram
) -> None:
    strange = [each for each in READABLE if each.ends == "answered" and '"text"' in each.template]
    batch = Batch.of(town, strange)
    telegram.will_say(*batch.texts)
    await town.opens()
    await telegram.was_heard()
    await town.app.workers.idle()

    assert len(batch.stranger.screen) == 8
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
