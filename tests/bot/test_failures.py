"""When a call to Telegram fails, it ends in its class of the table, and nothing gets lost."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from unittest import mock

import pytest
from aiogram import Bot
from sqlalchemy.exc import OperationalError

from bot import failures, workers
from bot.app import Place
from bot.failures import TABLE, Outcome
from bot.playground import Playground
from knowledge.catalogue import Catalogue
from knowledge.search import Search
from models import Database, pauses
from tests.people import Person
from tests.trials import failures as trials
from tests.trials import faults, kills
from tests.trials.far_town import FarTown, Report, town_of
from tests.trials.faults import FAULTS, Door, Fault, Faults, FaultyLine, by_name

README = Path(__file__).parents[2] / "README.md"
NEVER_ON_THE_WIRE = {"we are stopped meanwhile", "anything else"}


# The table.


def test_the_readme_shows_the_table_as_it_is() -> None:
    text = README.read_text(encoding="utf-8")

    shown = text.partition("<!-- failures -->\n")[2].partition("\n<!-- /failures -->")[0]
    assert shown == failures.as_markdown(), f"write this:\n{failures.as_markdown()}"


async def test_on_the_wire_every_failure_is_what_the_table_takes_it_for(
    playground: Playground,
) -> None:
    person = playground.person("somebody")
    person.start()
    faults_ = Faults(seed=1)
    door = Door(playground, faults_)
    await door.opens()
    bot = Bot(playground.token, session=FaultyLine(door))
    found: dict[str, str] = {}
    for fault in FAULTS:
        faults_.next("sendMessage", fault)
        try:
            await bot.send_message(person.id, "hello")
        except Exception as error:
            found[fault.name] = failures.failure(error).name
        else:
            found[fault.name] = ""
    await bot.session.close()
    await door.closes()

    assert found == {fault.name: fault.row for fault in FAULTS}
    met = {fault.row for fault in FAULTS if fault.row}
    assert met == {row.name for row in TABLE} - NEVER_ON_THE_WIRE


def test_what_is_no_failure_of_telegrams_is_not_sent_again_and_again() -> None:
    assert failures.judge(UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "?")) is Outcome.FINAL
    assert failures.judge(TypeError("not JSON serializable")) is Outcome.FINAL
    assert failures.judge(asyncio.CancelledError()) is Outcome.UNKNOWN


# Every kind, at every method.


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_every_failure_ends_in_its_class_whatever_the_method(
    fault: Fault, sqlite: Database, place: Place
) -> None:
    report = await trials.kind(fault, sqlite, place, rounds=2, seed=1)

    assert not report.red, "\n".join(report.red)


@pytest.mark.parametrize("fault", trials.LASTING, ids=lambda fault: fault.name)
async def test_an_outage_loses_nothing(fault: Fault, sqlite: Database, place: Place) -> None:
    report = await trials.outage(fault, sqlite, place, seed=1)

    assert not report.red, "\n".join(report.red)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_storm_of_failures_loses_nothing_without_a_note(
    seed: int, database: Database, place: Place, catalogue: Catalogue, search: Search
) -> None:
    names = kills.questions(catalogue, search, 150, seed)

    report = await trials.storm(names, database, place, seed=seed)

    assert not report.red, "\n".join(report.red)


# Without the table.


async def test_if_every_failure_passed_for_sent_the_trial_would_see_losses(
    sqlite: Database, place: Place
) -> None:
    with mock.patch.object(workers, "judge", return_value=Outcome.SENT):
        report = await trials.kind(
            by_name("connection refused"), sqlite, place, rounds=2, seed=1,
            methods=("sendMessage", "editMessageText", "answerInlineQuery"),
        )  # fmt: skip

    assert len(report.lost) == report.trials == 6


async def test_if_every_failure_passed_for_not_sent_the_trial_would_see_doubles(
    sqlite: Database, place: Place
) -> None:
    with mock.patch.object(workers, "judge", return_value=Outcome.NOT_SENT):
        report = await trials.outage(by_name("hung up after delivery"), sqlite, place, seed=1)

    assert report.twice != []


async def test_if_the_second_try_did_not_wait_for_telegram_an_outage_would_lose_replies(
    sqlite: Database, place: Place
) -> None:
    with mock.patch.object(workers, "until_telegram_answers", mock.AsyncMock()):
        report = await trials.outage(by_name("reset before delivery"), sqlite, place, seed=1)

    assert report.lost != []


# Too many requests.


@pytest.mark.parametrize("method", trials.METHODS[:-1])
@pytest.mark.parametrize("seconds", [1, 60, 10_072])
async def test_too_many_requests_silence_the_whole_bot_across_a_restart(
    seconds: int, method: str, sqlite: Database, place: Place
) -> None:
    report = await trials.pause(seconds, method, sqlite, place, seed=1)

    assert not report.red, "\n".join(report.red)


@pytest.mark.parametrize(
    ("name", "seconds"), [("429 without parameters", 7), ("429 without seconds", 5)]
)
async def test_too_many_requests_silence_the_bot_even_if_they_do_not_say_how_long(
    name: str, seconds: int, database: Database, place: Place
) -> None:
    report = await trials.pause(seconds, "sendMessage", database, place, seed=1, fault=name)

    assert not report.red, "\n".join(report.red)


async def test_a_pause_that_cannot_be_stored_is_kept_all_the_same_and_stored_later(
    town: FarTown, wang: Person
) -> None:
    locked = OperationalError("UPDATE pauses", {}, Exception("database is locked"))
    extend = mock.AsyncMock(side_effect=[locked, mock.DEFAULT], wraps=pauses.extend)
    town.faults.next("sendMessage", by_name("429 with parameters"))
    with mock.patch.object(pauses, "extend", extend):
        wang.account.say("香蕉皮")
        async with asyncio.timeout(10):
            while await town.pause() is None:
                await asyncio.sleep(0.002)

    assert wang.screen == []
    await town.settles()
    assert len(wang.screen) == 1


# Updates, as a faulty way brings them.


@pytest.fixture
async def town(sqlite: Database, place: Place) -> AsyncIterator[FarTown]:
    """A town whose bot comes over HTTP."""
    report = Report()
    async with town_of(sqlite, place, Faults(), report, "a town") as town:
        yield town
    assert not report.red


@pytest.fixture
def wang(town: FarTown) -> Person:
    return town.person("王奶奶")


async def test_a_hundred_updates_at_a_time_in_disorder_and_again_are_answered_once_each(
    town: FarTown,
) -> None:
    await town.closes()
    town.door.redelivers = 0.3
    people = [town.person(f"person {number}") for number in range(230)]
    for person in people:
        message_id = person.account.say("香蕉皮")
        if person.id % 3 == 0:
            faults.resend(town.playground, person.account, message_id)
    faults.reorder(town.playground, random.Random(1))

    await town.opens()
    await town.settles()

    assert [len(person.screen) for person in people] == [1] * 230
    assert town.door.batches[:3] == [100, 100, 100]


async def test_one_press_under_twenty_update_ids_is_answered_once(
    town: FarTown, wang: Person
) -> None:
    wang.account.say("电池")
    await town.settles()
    [message] = [m for m in wang.chat.messages.values() if "reply_markup" in m]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    press_id = faults.press_often(wang.account, message["message_id"], data, 20)
    await town.settles()

    calls = town.playground.calls
    assert [c.text("callback_query_id") for c in calls].count(press_id) == 1
    assert not town.playground.refused


async def test_a_press_that_telegram_has_given_up_holds_nobody_up(
    town: FarTown, wang: Person
) -> None:
    await town.closes()
    wang.account.press(1, "bin:AAAAAAAA::0")
    town.clock.passes(seconds=151)
    wang.account.say("香蕉皮")

    await town.opens()
    await town.settles()

    assert len(wang.screen) == 1
    assert town.door.batches[0] == 1


async def test_a_second_poller_takes_nothing_away_from_us(town: FarTown, wang: Person) -> None:
    async with faults.second_poller(town.door):
        for name in ("香蕉皮", "西瓜皮"):
            wang.account.say(name)
            await town.settles()

    assert len(wang.screen) == 2
    assert any(refused.error.code == 409 for refused in town.playground.refused)


async def test_while_nobody_listens_questions_wait_in_telegram(
    town: FarTown, wang: Person
) -> None:
    await town.door.shuts()
    wang.account.say("香蕉皮")
    await asyncio.sleep(0.05)
    assert wang.screen == []

    await town.door.opens()
    await town.settles()

    assert len(wang.screen) == 1
