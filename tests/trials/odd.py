"""Trials of what may come: any text that people could type, any update that could be handed over.

The bot deals with one after the other, on the stop-watch, so that what is slow is known by name.
"""

import copy
import gc
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from bot.app import App, Place
from bot.lanes import Turn
from bot.playground import Playground, PlaygroundSession
from bot.playground.rules import Json
from models import Database, updates
from models.left_behind import LeftBehind
from models.people import NOBODY
from models.updates import Settled, State, Work
from tests.conftest import TOKEN, Clock
from tests.hostile import HOSTILE
from tests.trials.tools import Tools

CPU_SECONDS = 0.05
"""What one update may cost."""

EACH = 500
"""Texts or updates in one trial."""


class Said(PlaygroundSession):
    """Telegram: what it hands over is given as text, everything else is the playground's."""

    answer = ""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        if method.__api_method__ != "getUpdates":
            return await super().make_request(bot, method, timeout)
        return self.check_response(bot, method, 200, self.answer).result


@dataclass
class OneByOne:
    """A bot that deals with one update after the other."""

    database: Database
    session: Said
    app: App
    ended: list[State] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, playground: Playground, database: Database, place: Place) -> "OneByOne":
        session = Said(playground)
        bot = Bot(playground.token, session=session)
        app = App(bot, await bot.me(), database, place, playground.clock)
        return cls(database, session, app)

    async def deals_with(self, written: Sequence[str]) -> None:
        """Take updates in, as they stand in one answer of Telegram's, and deal with each."""
        self.session.answer = '{"ok":true,"result":[' + ",".join(written) + "]}"
        begun = time.process_time()
        await self.app.intake._store(await self.app.intake._get_updates())
        took = (time.process_time() - begun) / len(written)
        if took > CPU_SECONDS:
            self.wrong.append(f"{took * 1000:.0f} ms to take each of these in: {written}")
        while works := await self._taken_up():
            ended = [await self._deal_with(work) for work in works]
            await self.app.workers._mark(ended)

    async def _taken_up(self) -> list[Work]:
        async with self.database.write() as session:
            return await updates.claim(session, "one", 100)

    async def _deal_with(self, work: Work) -> tuple[Settled, LeftBehind]:
        took = 1.0
        turn, settled = Turn(work, NOBODY, "zh"), None
        for _ in range(2):  # what was slow by chance is not slow again
            turn = Turn(work, NOBODY, "zh")
            begun = time.process_time()
            try:
                settled = await self.app.workers._deal_with(turn)
            except Exception as error:  # that is what the trial looks for
                self.wrong.append(f"{type(error).__name__}: {error}: {work.body}")
                return Settled(work.id, State.FAILED), LeftBehind()
            took = min(took, time.process_time() - begun)
            if took <= CPU_SECONDS:
                break
        else:
            self.wrong.append(f"{took * 1000:.0f} ms: {work.body}")
        assert settled
        self.ended.append(settled.state)
        if settled.state not in (State.ANSWERED, State.PARKED):
            self.wrong.append(f"{settled.state}: {work.body}: {settled.note}")
        return settled, turn.left


async def carry_out(
    database: Database,
    place: Place,
    playground: Playground,
    answers: Sequence[Sequence[str]],
) -> OneByOne:
    """Have a bot deal with these updates, so many in an answer."""
    bot = await OneByOne.of(playground, database, place)
    gc.collect()
    gc.freeze()  # as the command `greenbin` does
    try:
        for written in answers:
            await bot.deals_with(written)
    finally:
        gc.unfreeze()
    return bot


# Texts.


def generated(names: Sequence[str], number: int, seed_: int) -> list[str]:
    """Texts that Hypothesis thinks of: of any characters, and of the things that we know."""
    found: list[str] = []
    any_ = some.text(some.characters(exclude_categories=()), min_size=1, max_size=80)
    between = some.sampled_from(
        (" ", "，", "和", "\n", "/", "、", "?", "的", "", "\u200b", "是什么")
    )
    known = some.sampled_from(names)
    mixed = some.lists(some.one_of(known, between, any_, some.sampled_from(HOSTILE)), min_size=1)

    @seed(seed_)
    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(some.one_of(any_, mixed.map("".join), some.text(min_size=500, max_size=4096)))
    def think(text: str) -> None:
        found.append(text[:4096] or "?")

    think()
    return found


def typed(playground: Playground, said: Sequence[str], chance: random.Random) -> None:
    """People type these: to the bot, in a group, in a search, under a photo, on a button."""
    person = playground.person("somebody")
    person.start()
    group = playground.group("三号楼", [person])
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    command = [{"type": "bot_command", "offset": 0, "length": 4}]
    ways: list[Callable[[str], object]] = [
        lambda text: person.send({"text": text}),
        lambda text: person.send(
            {"text": f"/bin {_in_full(text)}", "entities": command}, chat=group
        ),
        lambda text: person.send({"photo": photo, "caption": text[:1024]}),
        lambda text: person.search(text[:256]),
        lambda text: person.press(1, text[:21]),
    ]
    for text in said:
        chance.choices(ways, (6, 1, 1, 1, 1))[0](text)


def _in_full(text: str) -> str:
    """Without half characters, which get into no group's command."""
    return text.encode("utf-8", "ignore").decode()


def taken_from(playground: Playground) -> list[Json]:
    """What waits for the bot in the playground; it waits there no longer."""
    waiting = playground.world.updates
    found: list[Json] = [{"update_id": each.id, **each.content} for each in waiting._waiting]
    waiting.forget()
    return found


async def texts(database: Database, place: Place, *, seed_: int, number: int = EACH) -> list[str]:
    """Every text is answered, whatever it is; what went wrong."""
    names = [name for item in place.catalogue.items for name in item.names]
    playground = Playground(token=TOKEN, clock=Clock())
    typed(playground, generated(names, number, seed_), random.Random(seed_))
    written = [json.dumps(update) for update in taken_from(playground)]
    bot = await carry_out(database, place, playground, list(_hundreds(written)))
    unanswered = len(written) - bot.ended.count(State.ANSWERED)
    return [
        *bot.wrong,
        *[f"{unanswered} not answered"] * bool(unanswered),
        *(f"Telegram refused: {each.error.description}" for each in playground.refused),
    ]


def _hundreds(written: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(written), 100):
        yield written[place : place + 100]


# Updates.

ODD = (
    None, True, False, 0, -1, 0.5, 2**31, 2**63, -(2**63) - 1, 10**30, 1e308, float("nan"), "",
    " ", "0", "null", "\0", "\ud83d", "\u202e", "<b>", "x" * 5000, "香" * 5000, [], {}, [[]], [{}],
    {"id": 1}, {"type": "private"},
)  # fmt: skip


def mutated(update: Json, number: int, chance: random.Random) -> str:
    """The update, anew, with something odd in it, as text; almost always still with its id."""
    update = _anew(update, number)
    for _ in range(chance.choice((1, 1, 1, 1, 2, 5))):
        places = list(_places(update))
        if places:
            _mutate(*chance.choice(places), places, chance)
    if chance.random() < 0.95:
        update["update_id"] = 700_100_000 + number
    text = json.dumps(update)
    return _misspelt(text, chance) if chance.random() < 0.1 else text


def _anew(update: Json, number: int) -> Json:
    """The same, but another message, press or search: nothing that has been answered."""
    update = copy.deepcopy(update)
    for kind, event in update.items():
        if kind in ("message", "edited_message"):
            event["message_id"] = number + 1
        elif kind in ("callback_query", "inline_query"):
            event["id"] = str(number + 1)
    return update


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everything in it: the container, and the key or index."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in list(inside):
        yield value, key
        if isinstance(each, (dict, list)):
            yield from _places(each)


def _mutate(holder: Any, key: Any, places: list[tuple[Any, Any]], chance: random.Random) -> None:
    value = holder[key]
    way = chance.choices(range(7), (1, 1, 1, 6, 4, 2, 1))[0]
    match way:
        case 0:
            del holder[key]
        case 1:
            other, its_key = chance.choice(places)
            holder[key] = copy.deepcopy(other[its_key]) if _has(other, its_key) else None
        case 2:
            holder[key] = chance.choice((str(value), [value], {"id": value}))
        case 3 if isinstance(value, str):
            letters = [chr(chance.randrange(0x11_0000)) for _ in range(chance.randint(1, 9))]
            holder[key] = value[: chance.randint(0, len(value))] + "".join(letters)
        case 4 if isinstance(value, int):
            holder[key] = value + chance.choice((-1, 1, 10**6, -(10**12)))
        case 5 if isinstance(holder, dict):
            name = chance.choice(("reply_markup", "entities", "quote", "via_bot", f"{key}_new"))
            holder[name] = copy.deepcopy(chance.choice((value, *ODD)))
        case _ if isinstance(value, (dict, list)) and way > 2:
            _mutate(*chance.choice(places), places, chance)  # rather something small
        case _:
            holder[key] = copy.deepcopy(chance.choice(ODD))


def _has(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _misspelt(text: str, chance: random.Random) -> str:
    """A letter or figure is another one; brackets and quotes stay, as Telegram sets them."""
    place = chance.randrange(len(text))
    if text[place] in '{}[]"\\':
        return text
    return text[:place] + chance.choice("0a-:,. \t\x01") + text[place + 1 :]


def whole(playground: Playground) -> list[Json]:
    """One good update of each kind that comes."""
    person = playground.person("somebody", username="somebody")
    group = playground.group("三号楼", [person])
    person.start("payload")
    asked = person.say("香蕉皮和电池")
    person.say("那个呢", reply_to=asked)
    person.edit(asked, "苹果核")
    person.say("/bin@greenbin_bot 香蕉皮", chat=group)
    person.say("@greenbin_bot 香蕉皮 https://example.com", chat=group)
    person.send_photo(b"", "香蕉皮")
    person.send({"location": {"latitude": 31.2, "longitude": 121.5}})
    person.search("香蕉皮")
    person.press(asked, "bin:AAAAAAAA::0")
    person.press(asked, "language:en")
    person.block()
    return taken_from(playground)


async def mutations(
    database: Database, place: Place, *, seed_: int, number: int = EACH
) -> list[str]:
    """Whatever is handed over, it is answered or parked; what went wrong."""
    chance = random.Random(seed_)
    playground = Playground(token=TOKEN, clock=Clock())
    good = whole(playground)
    written = [mutated(chance.choice(good), n, chance) for n in range(number)]
    bot = await carry_out(database, place, playground, list(_hundreds(written)))
    return bot.wrong


# In the campaign.


async def some_texts(tools: Tools, database: str, seed_: int, _: Path) -> str:
    async with tools.opened(database) as opened:
        return "; ".join(await texts(opened, tools.place, seed_=seed_))


async def some_updates(tools: Tools, database: str, seed_: int, _: Path) -> str:
    async with tools.opened(database) as opened:
        return "; ".join(await mutations(opened, tools.place, seed_=seed_))
