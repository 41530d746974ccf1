"""Trials of failing calls: every kind of failure, for every method that the bot calls.

Each function carries out one seeded trial on an empty database and counts what the playground's
chats received.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.app import Place
from bot.failures import TABLE, Outcome
from bot.playground import Chat, Playground
from handlers.texts import LANGUAGES
from models import Database
from models.updates import State, StoredUpdate
from tests.people import Person
from tests.trials import faults, kills
from tests.trials.far_town import FarTown, Report, town_of
from tests.trials.faults import FAULTS, Fault, Faults
from tests.trials.tools import Tools

METHODS = (
    "sendMessage", "editMessageText", "answerCallbackQuery", "answerInlineQuery",
    "setMyCommands", "getUpdates",
)  # fmt: skip
QUERIES = ("answerCallbackQuery", "answerInlineQuery")
SHORT_LIVED = (*QUERIES, "editMessageText")
"""What answers somebody who waits for it a few seconds only."""
SECOND = timedelta(seconds=1)


# Each kind of failure, one after the other.


@dataclass
class Scene:
    """Somebody does something for which the bot makes one call of a method."""

    act: Callable[[], object]
    count: Callable[[], int]
    """How often Telegram has carried that call out."""
    chat_id: int
    person: Person


async def kind(
    fault: Fault,
    database: Database,
    place: Place,
    *,
    rounds: int,
    seed: int,
    methods: Sequence[str] = METHODS,
) -> Report:
    """A failure befalls each method in turn, and ends in its class of the table."""
    report = Report()
    faults = Faults(seed)
    async with town_of(database, place, faults, report, f"{fault.name}, seed {seed}") as town:
        for method in methods:
            if fault.only and method not in fault.only:
                continue
            for number in range(rounds):
                what = f"{fault.name} at {method}, round {number} of seed {seed}"
                try:
                    await _round(town, fault, method, number, what, report)
                except Exception as error:
                    report.wrong.append(f"{what}: {type(error).__name__}: {error}")
                    return report
                report.trials += 1
    return report


async def _round(
    town: FarTown, fault: Fault, method: str, number: int, what: str, report: Report
) -> None:
    if method == "getUpdates":
        await _intake_round(town, fault, what, report)
        return
    outcome = outcome_of(fault)
    many = outcome is Outcome.NOT_SENT and fault.name != "400 migrate"
    is_pause = fault.name.startswith("429") and many
    if method in SHORT_LIVED and is_pause:
        many = False  # or nobody would wait for the answer any more
    town.faults.pauses = (1, 9) if method in SHORT_LIVED else (1, 10_072)
    times = town.faults.chance.randint(1, 3) if many else 1
    scene = await _scene(town, fault, method, f"{method} {number}")
    begun = len(town.faults.calls)
    noted = len(town.faults.happened)
    town.faults.next(method, *[fault] * times)
    if method == "setMyCommands":
        await town.closes()
        await town.opens()
        last = f"'{LANGUAGES[-1]}'"
        await town.until(lambda: last in _menus(town))
        update = None
    else:
        scene.act()
        await town.settles()
        update = await town.ended(scene.chat_id)
    town.faults.stop()
    tries = town.faults.calls[begun:].count(method) - (len(LANGUAGES) - 1) * (update is None)
    carried_out = sum(each.carried_out for each in town.faults.happened[noted:])
    _compare(fault, method, times, tries, carried_out, scene.count(), update, what, report)
    if update and outcome is Outcome.FINAL:
        await _goes_on(town, scene, what, report)


def outcome_of(fault: Fault) -> Outcome:
    """The class of the table that a fault has to end in."""
    if not fault.row:
        return Outcome.SENT
    return next(row.outcome for row in TABLE if row.name == fault.row)


LASTING = tuple(
    fault
    for fault in faults.FAULTS
    if outcome_of(fault) in (Outcome.NOT_SENT, Outcome.UNKNOWN)
    and fault.name not in ("429 with parameters", "400 migrate")
)
"""What a whole outage can be made of."""


def _compare(
    fault: Fault,
    method: str,
    times: int,
    tries: int,
    carried_out: int,
    count: int,
    update: StoredUpdate | None,
    what: str,
    report: Report,
) -> None:
    """Hold what was counted against the table."""
    outcome = outcome_of(fault)
    least, most, tried, note = 1, 1, times + 1, ""
    match outcome:
        case Outcome.SENT:
            least = most = carried_out
            tried = 1
        case Outcome.FINAL:
            least = most = 0
            tried, note = 1, "final"
        case Outcome.UNKNOWN:
            most = 2
            if method in QUERIES and carried_out:
                note = "query is too old"  # the first was carried out: nobody waits for a second
        case Outcome.NOT_SENT if fault.name == "400 migrate" and method == "editMessageText":
            # What stands in the old group cannot be edited in the new one.
            least = most = 0
            note = "final"
    if update is None and outcome is Outcome.UNKNOWN:
        most = 2
    if count < least:
        report.lost.append(f"{what}: received {count} times")
    if count > most:
        report.twice.append(f"{what}: received {count} times")
    if tries != tried:
        report.wrong.append(f"{what}: tried {tries} times, not {tried}")
    if update is None:
        return
    written = update.note or ""
    if update.state != State.ANSWERED or note not in written or (written and not note):
        report.wrong.append(f"{what}: ended {update.state}, {written!r}")


async def _goes_on(town: FarTown, scene: Scene, what: str, report: Report) -> None:
    """After a no, the chat goes on."""
    seen = len(town.playground.deliveries(scene.person.id))
    scene.person.account.say("香蕉皮")
    await town.settles()
    if len(town.playground.deliveries(scene.person.id)) != seen + 1:
        report.wrong.append(f"{what}: the next question was not answered")


async def _intake_round(town: FarTown, fault: Fault, what: str, report: Report) -> None:
    """Asking for updates fails again and again: it goes on by itself and loses nothing."""
    person = town.person("somebody")
    names = ("香蕉皮", "西瓜皮", "苹果核", "鱼骨头")[: town.faults.chance.randint(2, 4)]
    for name in names:
        town.faults.next("getUpdates", fault)
        person.account.say(name)
        await town.settles()
    await asyncio.sleep(0.005)
    for name in names:
        count = sum(f" {name} →" in text for text in person.screen)
        if count != 1:
            problem = f"{what}: {name} received {count} times"
            (report.twice if count else report.lost).append(problem)


async def _scene(town: FarTown, fault: Fault, method: str, name: str) -> Scene:
    person = town.person(name)
    person.account.start()
    await town.settles()
    playground, account, ids = town.playground, person.account, list[str]()
    match method:
        case "sendMessage" if fault.name == "400 migrate":
            return _moving_group(town, person)
        case "sendMessage":
            seen = len(playground.deliveries(person.id))
            return Scene(
                lambda: account.say("香蕉皮"),
                lambda: len(playground.deliveries(person.id)) - seen,
                person.id, person,
            )  # fmt: skip
        case "editMessageText" | "answerCallbackQuery":
            account.say("电池")
            await town.settles()
            shown = [m for m in person.chat.messages.values() if "reply_markup" in m][-1]
            data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

            def count() -> int:
                if method == "editMessageText":
                    made = playground.deliveries(person.id)
                    return sum(each.method == "editmessagetext" for each in made)
                return _answered(playground, "callback_query_id", ids)

            return Scene(
                lambda: ids.append(account.press(shown["message_id"], data)), count,
                person.id, person,
            )  # fmt: skip
        case "answerInlineQuery":
            return Scene(
                lambda: ids.append(account.search("香蕉皮").id),
                lambda: _answered(playground, "inline_query_id", ids),
                person.id, person,
            )  # fmt: skip
        case "setMyCommands":
            playground.calls.clear()
            return Scene(lambda: None, lambda: _menus(town).count("''"), person.id, person)
    raise AssertionError(method)


def _moving_group(town: FarTown, person: Person) -> Scene:
    """A group that became a supergroup: what is said in the old one is heard in the new one."""
    old, new = (town.playground.group(title, [person.account]) for title in ("三号楼", "三号楼 +"))
    town.faults.moved_to = new.id
    seen = len(town.playground.deliveries(old.id))

    def count() -> int:
        assert len(town.playground.deliveries(old.id)) == seen, "said in the old group"
        return len(town.playground.deliveries(new.id))

    return Scene(lambda: _asks(person, old), count, old.id, person)


def _asks(person: Person, group: Chat) -> None:
    person.account.say("/bin 香蕉皮", chat=group)


def _answered(playground: Playground, name: str, ids: list[str]) -> int:
    """How often these queries were answered."""
    return sum(call.text(name) in ids for call in playground.calls)


def _menus(town: FarTown) -> list[str]:
    """The languages of the command menus that were taken, in quotes."""
    made = town.playground.calls
    return [repr(c.text("language_code")) for c in made if c.method == "setmycommands"]


# An outage: everything fails in the same way for a while.


async def outage(fault: Fault, database: Database, place: Place, *, seed: int) -> Report:
    """While everything fails, nothing is lost, and nothing comes more often than twice."""
    report = Report(trials=1)
    what = f"outage with {fault.name}, seed {seed}"
    faults = Faults(seed)
    async with town_of(database, place, faults, report, what) as town:
        await town.until(lambda: len(_menus(town)) == len(LANGUAGES))
        people = [town.person(f"person {number}") for number in range(5)]
        await _pour(town, people, fault)
        begun = len(faults.calls)
        length = faults.chance.randint(20, 60)
        await town.until(lambda: len(faults.calls) >= begun + length)
        faults.outage = None
        await town.settles()
        most = 2 if outcome_of(fault) is Outcome.UNKNOWN else 1
        for person in people:
            count = len(town.playground.deliveries(person.id))
            if not count:
                report.lost.append(f"{what}: {person.name}")
            if count > most:
                report.twice.append(f"{what}: {person.name} received {count}")
            update = await town.ended(person.id)
            if update.state != State.ANSWERED or update.note:
                report.wrong.append(f"{what}: ended {update.state}, {update.note!r}")
    return report


async def _pour(town: FarTown, people: list[Person], fault: Fault) -> None:
    """People ask; the outage begins when their questions are stored and not yet answered, or
    before, so that the questions have to wait in Telegram."""
    if town.faults.chance.random() < 0.5:
        town.faults.outage = fault
        for person in people:
            person.account.say("香蕉皮")
        return
    town.faults.begin_at = ("sendMessage", fault)
    for person in people:
        person.account.say("香蕉皮")
    await town.until(lambda: town.faults.outage is not None)


# A pause.


async def pause(
    seconds: int,
    method: str,
    database: Database,
    place: Place,
    *,
    seed: int,
    fault: str = "429 with parameters",
) -> Report:
    """After one "too many requests" nobody hears anything until the pause is over, whatever
    happens: another chat, a press, a search, a restart. Updates are fetched all the time."""
    report = Report(trials=1)
    what = f"a pause of {seconds} s after {method}, seed {seed}"
    faults_ = Faults(seed)
    faults_.pauses = (seconds, seconds)
    too_many = faults.by_name(fault)
    async with town_of(database, place, faults_, report, what) as town:
        await town.until(lambda: len(_menus(town)) == len(LANGUAGES))
        scene = await _scene(town, too_many, method, "first")
        begins = town.clock.now
        others = [town.person(f"person {number}") for number in range(3)]
        faults_.next(method, too_many)
        if method == "setMyCommands":
            await town.closes()
            await town.opens()
        scene.act()
        async with asyncio.timeout(20):
            while await town.pause() is None:
                await asyncio.sleep(0.002)
        quiet = _Quiet(town)
        for number, other in enumerate(others):
            other.account.say("香蕉皮")
            other.account.search("香蕉皮")
            await _is_fetched(town)
            if number == 1:
                await town.closes()
                await town.opens()
            await asyncio.sleep(0.02)
        if await town.pause() != begins + seconds * SECOND:
            report.wrong.append(f"{what}: the database says {await town.pause()}")
        town.clock.now = begins + (seconds - 0.5) * SECOND
        await asyncio.sleep(0.02)
        report.wrong += [f"{what}: {broken}" for broken in quiet.broken()]
        town.clock.now = begins + seconds * SECOND
        await town.settles()
        # Nobody waits that long for an answer to a search; and what a press has changed was
        # said before the restart, so that only the button's own answer is given up.
        given_up = method == "answerCallbackQuery" or (method in QUERIES and seconds > 10)
        if scene.count() != 1 and not given_up:
            report.lost.append(f"{what}: received {scene.count()} times")
        for other in others:
            count = len(town.playground.deliveries(other.id))
            if count != 1:
                problem = f"{what}: {other.name} received {count}"
                (report.twice if count else report.lost).append(problem)
    return report


class _Quiet:
    """What the bot calls from here on, but for asking for updates and who it is."""

    def __init__(self, town: FarTown) -> None:
        self._town = town
        self._made = len(town.playground.calls)
        self._tried = len(town.faults.calls)

    def broken(self) -> list[str]:
        made = [call.method for call in self._town.playground.calls[self._made :]]
        tried = self._town.faults.calls[self._tried :]
        # The start asks once who it is, before it knows of the pause.
        return [f"called {name}" for name in made + tried if name.lower() not in _ALLOWED]


_ALLOWED = ("getupdates", "getme")


async def _is_fetched(town: FarTown) -> None:
    async with asyncio.timeout(20):
        while town.playground.pending():
            await asyncio.sleep(0.002)


# A storm: everything at once.


async def storm(
    names: list[str], database: Database, place: Place, *, seed: int, rate: float = 0.25
) -> Report:
    """Many ask, calls fail at random, updates come again and in disorder. Whoever got no answer
    has a note that says why, and nobody got more answers than failures account for."""
    report = Report(trials=1)
    what = f"storm, seed {seed}"
    faults_ = Faults(seed)
    chance = random.Random(seed)
    async with town_of(database, place, faults_, report, what) as town:
        await town.closes()
        people = [town.person(f"person {number}") for number in range(-(-len(names) // 10))]
        asked = {name: people[number % len(people)] for number, name in enumerate(names)}
        for name, person in asked.items():
            message_id = person.account.say(name)
            if chance.random() < 0.1:
                faults.resend(town.playground, person.account, message_id)
        faults.reorder(town.playground, chance)
        town.door.redelivers = 0.2
        faults_.rate = rate
        await town.opens()
        await town.settles(120)
        notes = await _notes(town)
        received = Counter(_asked_name(delivery.message) for delivery in _sent(town))
        for name in asked:
            if not received[name] and not notes[name]:
                report.lost.append(f"{what}: {name}")
        unknown = [each for each in faults_.happened if each.carried_out and each.fault.row]
        more = sum(count - 1 for count in received.values() if count > 1)
        if more > sum(each.method == "sendMessage" for each in unknown):
            report.twice.append(f"{what}: {more} more than failures account for")
        if max(received.values()) > 2:
            report.twice.append(f"{what}: {received.most_common(3)}")
        if max(town.door.batches) != min(100, len(names)):
            report.wrong.append(f"{what}: batches of {town.door.batches}")
    return report


def _sent(town: FarTown) -> list[Any]:
    return [each for each in town.playground.deliveries() if each.method == "sendmessage"]


def _asked_name(message: dict[str, Any]) -> str:
    line = str(message.get("text", "")).split("\n", maxsplit=1)[0]
    return line.partition(" ")[2].partition(" → ")[0]


async def _notes(town: FarTown) -> Counter[str]:
    """The questions whose updates say why they were not answered."""
    async with town.database.read() as session:
        found = await session.scalars(
            select(StoredUpdate.origin).where(
                StoredUpdate.state == State.ANSWERED, StoredUpdate.note.is_not(None)
            )
        )
        noted = {" ".join(origin.split()[2:4]) for origin in found}
    texts = {
        f"{chat.id} {message['message_id']}": message.get("text", "")
        for chat in town.playground.world.chats.values()
        for message in chat.messages.values()
    }
    return Counter(texts[each] for each in noted)


# In the campaign.

ROUNDS = 10
"""Of one kind of failure at each method, in one trial."""

FIFTY = 5
"""Trials of each kind that make fifty rounds."""

PAUSES = (1, 60, 10_072)


async def one_kind(tools: Tools, database: str, seed: int, _: Path) -> str:
    """Each kind in its turn."""
    fault = FAULTS[(seed - 1) % len(FAULTS)]
    async with tools.opened(database) as opened:
        report = await kind(fault, opened, tools.place, rounds=ROUNDS, seed=seed)
    return "; ".join(report.red)


async def one_outage(tools: Tools, database: str, seed: int, _: Path) -> str:
    """Each kind that lasts in its turn."""
    fault = LASTING[(seed - 1) % len(LASTING)]
    async with tools.opened(database) as opened:
        report = await outage(fault, opened, tools.place, seed=seed)
    return "; ".join(report.red)


async def one_pause(tools: Tools, database: str, seed: int, _: Path) -> str:
    """Each method in its turn, and each length."""
    method = METHODS[:-1][(seed - 1) % (len(METHODS) - 1)]
    seconds = PAUSES[(seed - 1) // (len(METHODS) - 1) % len(PAUSES)]
    async with tools.opened(database) as opened:
        report = await pause(seconds, method, opened, tools.place, seed=seed)
    return "; ".join(report.red)


async def one_storm(tools: Tools, database: str, seed: int, _: Path) -> str:
    names = kills.questions(tools.catalogue, tools.search, 300, seed)
    async with tools.opened(database) as opened:
        report = await storm(names, opened, tools.place, seed=seed)
    return "; ".join(report.red)
