"""Crash trials: the bot dies at a named point, is started again, and everything is counted."""

import asyncio
import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.playground import Answer, ApiError, Call, Playground
from bot.playground.door import serve
from knowledge.reminders import Wishes
from models import (
    Database,
    actors,
    areas,
    broadcast_plans,
    broadcasts,
    notices,
    reminders,
    repeat_plans,
    repeats,
    residents,
)
from models.audiences import Audience
from models.broadcasts import Broadcast, Content
from models.notices import Notice
from models.repeats import RepeatOccurrence
from models.residents import Resident
from models.roles import EVERYWHERE, Held, Role
from models.updates import State, StoredUpdate
from tests import city
from tests.city import SHANGHAI
from tests.trials.kills import TOKEN
from tests.trials.points import points
from tests.trials.tools import Tools, Zygote

THINGS = ("香蕉皮", "旧报纸", "过期药品", "鸡蛋壳", "玻璃瓶", "易拉罐", "餐巾纸", "充电器")
REFUSED = "请拒绝我"
TOLD = "请通知我"
TOLD_SO = "机器人出了故障"
"""What the notice says, in the trial of no consequence."""
MANAGER = 998
"""Who answers for what repeats."""
AGAIN = "（重发）"
SECONDS = 30.0
"""How long the bot may take for all of it."""


class TooManyOnce:
    """Telegram says once "too many requests", so that the pause is stored, too."""

    def __init__(self) -> None:
        self.said = False

    async def before(self, call: Call) -> None:
        if not self.said and call.method == "sendmessage":
            self.said = True
            raise ApiError(429, "Too Many Requests: retry after 1", {"retry_after": 1})

    async def after(self, call: Call, answer: Answer) -> None:
        pass


@dataclass
class Crash:
    """How a crash trial ended."""

    point: str | None
    died: bool = False
    passed: set[str] = field(default_factory=set)
    """Every point that was passed, in any of the bot's lives."""
    lost: list[str] = field(default_factory=list)
    too_often: list[str] = field(default_factory=list)
    """What came more than once more than the bot died."""
    wrong: list[str] = field(default_factory=list)
    """What does not hold in the database afterwards."""

    def faults(self) -> list[str]:
        """Everything that should not have happened."""
        return [
            *(f"{name} was lost" for name in self.lost),
            *(f"{name} came too often" for name in self.too_often),
            *self.wrong,
        ]


async def run(
    point: str | None, zygote: Zygote, database_url: str, folder: Path, *, time: int = 1
) -> Crash:
    """Die at `point` the given time it is passed; without one, only see what is passed."""
    playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC), hook=TooManyOnce())
    runner, address = await serve(playground, port=0, page=False)
    people = [playground.person(thing) for thing in THINGS]
    speaker, refused = playground.person("speaker"), playground.person("refused")
    told, guard = playground.person("told"), playground.person("guard")
    guard.chat.is_open = True
    await _forget_to_end_a_shift(database_url, guard.id)
    await _somebody_is_reminded(database_url)
    await _a_broadcast_is_due(database_url)
    await _a_repeat_is_due(database_url)
    crash = Crash(point)
    log = folder / "points.log"
    log.touch()
    try:
        for person, thing in zip(people, THINGS, strict=True):
            person.say(thing)
        speaker.say("/language")
        refused.say(REFUSED)
        told.say(TOLD)

        async def finish() -> None:
            while not speaker.chat.messages.keys() - {1} or len(speaker.chat.messages) < 2:
                await asyncio.sleep(0.02)
            speaker.press(max(speaker.chat.messages), "language:en")
            while (
                len(speaker.chat.messages) < 3
                or not all(_answers(playground, person.id) for person in (*people, refused, told))
                or not _told(playground, told.id)
                or not _heard(playground, guard.id)
            ):
                await asyncio.sleep(0.02)

        pressing = asyncio.create_task(finish())
        for life in (1, 2):
            child = await zygote.do(
                do="start", seed=0, least=0, most=0, own_polling=False, log=str(folder / "log"),
                points={"log": str(log), "deadly": point if life == 1 else None, "time": time},
                environment={
                    "GREENBIN_TOKEN": TOKEN, "GREENBIN_API_BASE": address,
                    "GREENBIN_DATABASE_URL": database_url,
                },
            )  # fmt: skip
            ending = asyncio.create_task(zygote.do(do="wait", process=child))
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS):
                    await asyncio.wait((pressing, ending), return_when=asyncio.FIRST_COMPLETED)
                    await _settled(database_url, ending)
            if not ending.done():
                os.kill(child, 15)
            if await ending == -9:
                crash.died = True
            else:
                break
        pressing.cancel()
        await asyncio.gather(pressing, return_exceptions=True)
    finally:
        await runner.cleanup()
    crash.passed = set(log.read_text("utf-8").splitlines())
    most = 2 if crash.died else 1
    heard = Counter(
        {person.id: len(_answers(playground, person.id)) for person in (*people, refused, told)}
    )
    heard[speaker.id] = len(_heard(playground, speaker.id)) // 2
    everybody = (*people, speaker, refused, told)
    names = {person.id: str(person.about["first_name"]) for person in everybody}
    crash.lost = [name for id_, name in names.items() if not heard[id_]]
    crash.too_often = [name for id_, name in names.items() if heard[id_] > most]
    crash.wrong = await _wrong(database_url, speaker.id)
    crash.wrong += _wrongly_told(_told(playground, told.id), most)
    crash.wrong += _wrongly_told(_heard(playground, guard.id), most)
    return crash


async def _forget_to_end_a_shift(database_url: str, volunteer: int) -> None:
    """It began yesterday; the bot will end it, and tell so."""
    database = Database(database_url)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await city.build(database, ("502", "601"), [volunteer], yesterday)
    await database.close()


async def _somebody_is_reminded(database_url: str) -> None:
    """There is somebody for whom reminders are planned, though not before the year 9999."""
    database, now = Database(database_url), datetime.now(UTC)
    async with database.write() as session:
        await residents.note_seen(session, [1], now)
        await reminders.save(session, 1, None, Wishes(), date(9999, 1, 1), now, pickups=True)
    await database.close()


async def _a_broadcast_is_due(database_url: str) -> None:
    """It is for those who speak English, and nobody does: it is planned, and over."""
    database, now = Database(database_url), datetime.now(UTC)
    admin = (Held(Role.ADMIN, EVERYWHERE),)
    async with database.write() as session:
        made = await broadcasts.draft(session, admin, EVERYWHERE, 999, "zh", now)
        made.audience, made.language, made.state = Audience.EVERYBODY, "en", broadcasts.State.READY
        made.content = Content(text="fire", entities=[]).fields
    await database.close()


async def _a_repeat_is_due(database_url: str) -> None:
    """It came two minutes ago, for volunteers who speak English, and there are none."""
    database, now = Database(database_url), datetime.now(UTC)
    came = (now - timedelta(minutes=2)).astimezone(SHANGHAI)
    async with database.write() as session:
        estate = await areas.by_code(session, "sunny")
        assert estate
        await city.grant_to(session, MANAGER, Role.STAFF, estate.id)
        by = repeats.By(await actors.of(session, MANAGER), "manager")
        held = (Held(Role.STAFF, estate.id),)
        made = await repeats.draft(session, held, estate.id, by, "zh", now)
        made.content = Content(text="fire", entities=[]).fields
        made.audience, made.language, made.through_night = Audience.VOLUNTEERS, "en", True
        made.repetition, made.state = f"daily {came:%H:%M}", repeats.State.RUNNING
        made.since = came.replace(second=0, microsecond=0) - timedelta(minutes=1)
        made.next_at, made.next_day = made.since + timedelta(minutes=1), came.date()
    await database.close()


def _heard(playground: Playground, chat_id: int) -> list[str]:
    return [str(each.message.get("text")) for each in playground.deliveries(chat_id)]


def _answers(playground: Playground, chat_id: int) -> list[str]:
    return [text for text in _heard(playground, chat_id) if TOLD_SO not in text]


def _told(playground: Playground, chat_id: int) -> list[str]:
    return [text for text in _heard(playground, chat_id) if TOLD_SO in text]


def _wrongly_told(told: list[str], most: int) -> list[str]:
    """What is wrong with how often a person was told: once, or once more as a repeat."""
    if not told:
        return ["the notice was lost"]
    unmarked = [text for text in told[1:] if not text.startswith(AGAIN)]
    if len(told) > most or unmarked:
        return [f"the notice came {len(told)} times, {1 + len(unmarked)} as if for the first"]
    return []


async def _settled(database_url: str, ending: asyncio.Task[int]) -> None:
    """Wait until nothing is left to do, or the bot has died."""
    database = Database(database_url)
    try:
        while not ending.done():
            async with database.read() as session:
                left = await session.scalars(
                    select(StoredUpdate.id).where(StoredUpdate.settled_at.is_(None))
                )
                now = datetime.now(UTC)
                # Each may bring forth what comes after it, and is therefore asked before it.
                if not (
                    left.first()
                    or await repeat_plans.due(session, now)
                    or await broadcast_plans.due(session, now)
                    or await notices.open_now(session, now)
                ):
                    return
            await asyncio.sleep(0.05)
    finally:
        await database.close()


async def _wrong(database_url: str, speaker_id: int) -> list[str]:
    database = Database(database_url)
    wrong = []
    async with database.read() as session:
        wrong += [
            f"update {update.origin} is {update.state}: {update.note}"
            for update in await session.scalars(select(StoredUpdate))
            if update.state != State.ANSWERED
        ]
        wrong += [
            f"the notice about {notice.about} is {notice.state}: {notice.note}"
            for notice in await session.scalars(select(Notice))
            if notice.state != notices.State.SENT
        ]
        made = list(await session.scalars(select(RepeatOccurrence.broadcast_id)))
        if len(made) != 1 or await session.scalar(select(func.count(Broadcast.id))) != 2:
            wrong.append(f"what repeats was made {len(made)} times")
        speaker = await session.get(Resident, speaker_id)
        if speaker is None or speaker.language != "en":
            wrong.append("the language that was chosen is not kept")
    await database.close()
    return wrong


# In the campaign.


async def at_a_point(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """Every point in its turn, the second time round at its second passing."""
    every = points(database)
    url = tools.databases.new(database)
    place, time = (seed - 1) % len(every), 1 + (seed - 1) // len(every) % 2
    crash = await run(every[place], tools.zygote, url, folder, time=time)
    return "; ".join(f"{every[place]}: {fault}" for fault in crash.faults())
