"""Pickup trials: people book, change and cancel, the crew reports, reminders go out, and the bot
is killed all the while.

The judges are what each chat received, and the books, with all invariants of them. It is morning
in the trial's time zone, whatever the hour is here: the reminders of the day are due.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.playground import Playground
from bot.playground.rules import Json
from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.holidays import Holidays
from models import Database, pickup_rounds
from models.pickups import Draft, Pickup, PickupChange
from models.roles import Role
from tests import city, invariants
from tests.city import Estate
from tests.people import Person
from tests.pickups import Booker, staff, with_rules
from tests.trials.amid import Killed, too_many, unknown
from tests.trials.kills import TOKEN
from tests.trials.tools import Tools, Zygote, as_text

RULES = "days mo-su,holiday,makeup; households 200; items 900; ahead 1-28; cutoff 14:00 1; lock 1"
"""Something is collected every day."""

HOUR = 8
"""What time it is where the trial happens."""

RESENT = 0.2
"""Share of messages that come again under another update id."""

TWICE = 0.25
"""Share of buttons that are pressed twice, and of results that are sent once more."""

DAY = re.compile(r"\d+月\d+日（.+）")
"""A button that names a day, but not the own one."""

PATIENCE_SECONDS = 120

TICK_SECONDS = 0.02

AGAIN_SECONDS = 2.0
"""After so long without an answer people press once more."""


@dataclass(frozen=True)
class Size:
    """How many homes book, are only reminded, and are served; how often the bot is killed."""

    booking: int = 12
    reminded: int = 6
    served: int = 12
    seconds: float = 8.0
    kills: int = 3
    bots: int = 1
    """How many processes share the work, on PostgreSQL."""

    @property
    def homes(self) -> int:
        return self.booking + self.reminded + self.served


async def killed(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """Three times SIGKILL; what went wrong, or nothing. On PostgreSQL two processes work."""
    size = Size(bots=2 if database == "postgresql" else 1)
    return await run(size, seed, tools.zygote, tools.databases.new(database), folder)


async def told_later(tools: Tools, database: str, seed: int, folder: Path) -> str:
    """The control: what people are told is written after the commit, so that some hear nothing."""
    url = tools.databases.new(database)
    wrong = await run(Size(), seed, tools.zygote, url, folder, tell_later=True)
    return "" if "untold" in wrong else f"everybody heard: the trial is blind ({wrong})"


async def run(size: Size, seed: int, zygote: Zygote, url: str, folder: Path, **order: bool) -> str:
    """A morning on this database; what went wrong, or nothing."""
    opened = Database(url)
    try:
        morning = Morning(opened, seed, size)
        await morning.build()
        killed = Killed(
            zygote, morning.playground, url, folder / "log", morning.chance, size.kills,
            after=(0.3, 2.5), bots=size.bots,
        )  # fmt: skip
        await killed.amid(morning.happens(), timezone=morning.zone, strikes=True, **order)
        chats = _chats(morning, await unknown(opened))
        return as_text(**chats, **await _books(morning))
    finally:
        await opened.close()


def zone_where_it_is(hour: int, now: datetime) -> str:
    """The name of a time zone in which it is this hour."""
    offset = (hour - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-offset:+d}"


class Morning:
    """Homes, who lives there, and the crew."""

    def __init__(self, database: Database, seed: int, size: Size) -> None:
        self.database = database
        self.size = size
        self.chance = random.Random(seed)
        self.playground = Playground(token=TOKEN, clock=lambda: datetime.now(UTC))
        self.zone = zone_where_it_is(HOUR, datetime.now(UTC))
        self.members = [self._person(f"member {n}") for n in range(size.homes)]
        self.others = [self._person(f"other {n}") for n in range(size.booking)]
        """Who lives with those who book, and hears of it."""
        self.crew = self._person("crew")
        self.did: list[list[str]] = [[] for _ in range(size.booking)]
        """What each of those who book has done, in order."""
        self.days: list[str] = [""] * size.booking
        """The day that each has chosen last, as its button says it."""
        self.numbers: dict[int, int] = {}
        """What the sheet calls each home that is served."""
        self.reports = 0
        self.estate: Estate

    @property
    def served(self) -> range:
        """The places of the homes that are served."""
        return range(self.size.booking + self.size.reminded, self.size.homes)

    @property
    def booked(self) -> range:
        """Those for which something is booked for today."""
        return range(self.size.booking, self.size.homes)

    def _person(self, name: str) -> Person:
        async def nothing() -> None:
            """The bot works by itself."""

        return Person.of(self.playground, name, nothing)

    async def build(self) -> None:
        """An estate in which some have booked for today."""
        now = datetime.now(UTC)
        civil = Civil(ZoneInfo(self.zone), Holidays.load())
        today = local_time.local_day(now, civil.zone)
        last_evening = local_time.moment(today - timedelta(days=1), 20 * 60, civil.zone)
        rooms = [f"{100 + number}" for number in range(self.size.homes)]
        self.estate = replace(await city.build(self.database, rooms, [], now), civil=civil)
        async with self.database.write() as session:
            await with_rules(session, self.estate, RULES)
            await city.grant_to(session, self.crew.id, Role.CREW, self.estate.area)
            for number, home in enumerate(self.estate.homes):
                people = [*self.members[number : number + 1], *self.others[number : number + 1]]
                for person in people:
                    await city.move_in(
                        session, home, self.estate.area, person.id, person.name, last_evening
                    )
                    person.account.chat.is_open = True
            for number in self.booked:
                booker = Booker.staff(self.estate, self.estate.homes[number])
                await booker.books(session, today, now=last_evening)
            stops = await pickup_rounds.sheet(session, staff(self.estate), today, civil, now)
            places = {home: number for number, home in enumerate(self.estate.homes)}
            self.numbers = {places[each.pickup.household_id]: each.number for each in stops}
        self.crew.account.chat.is_open = True

    async def happens(self) -> None:
        """People book, and the crew reports, side by side."""
        booking = [self._books(number) for number in range(self.size.booking)]
        await asyncio.gather(*booking, self._reports())

    async def _books(self, number: int) -> None:
        """One books, and perhaps changes the day, and perhaps cancels."""
        person = self.members[number]
        await asyncio.sleep(self.chance.uniform(0, self.size.seconds))
        await self._says(person, "/bulky")
        first = ("床垫", "✅ 选好了", "3", "没有电梯", "单元门口", DAY, "✅ 确认预约")
        *_, self.days[number], _ = await self._taps(person, *first, then="✏️ 改")
        self.did[number].append("book")
        if self.chance.random() < 0.6:
            steps = ("✏️ 改", "📅 换日子", DAY, "✅ 确认修改")
            *_, self.days[number], _ = await self._taps(person, *steps, then="✏️ 改")
            self.did[number].append("change")
        if self.chance.random() < 0.4:
            await self._taps(person, "✖ 取消预约", "确定取消", then="🛋 预约大件")
            self.did[number].append("cancel")

    async def _reports(self) -> None:
        """A message for each pickup, some once more, and some several in one."""
        left = [self.numbers[place] for place in self.served]
        self.chance.shuffle(left)
        while left:
            some = [left.pop() for _ in range(min(len(left), self.chance.choice((1, 1, 1, 3))))]
            await asyncio.sleep(self.chance.expovariate(self.size.served / self.size.seconds))
            text = "\n".join(f"{number} 完成" for number in some)
            for _ in range(2 if self.chance.random() < TWICE else 1):
                await self._says(self.crew, text)
                self.reports += 1

    async def _says(self, person: Person, text: str) -> None:
        message_id = person.account.say(text)
        if self.chance.random() < RESENT:
            message = person.account.chat.messages[message_id]
            self.playground.world.updates.add("message", message)

    async def _taps(self, person: Person, *labels: str | re.Pattern[str], then: str) -> list[str]:
        """Press these, each as soon as it is there, until `then` is; what stood on each.

        Some are pressed twice. Where the next does not come, the page was an old one: people
        press once more.
        """
        said: list[str] = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            for place, label in enumerate((*labels, then)):
                waited = 0.0
                while not (found := _buttons(person, label)):
                    await asyncio.sleep(TICK_SECONDS)
                    waited += TICK_SECONDS
                    before = _buttons(person, labels[place - 1]) if place else []
                    if before and waited > AGAIN_SECONDS:
                        said[-1], waited = self._press(person, before), 0.0
                if place < len(labels):
                    said.append(self._press(person, found))
        return said

    def _press(self, person: Person, found: list[tuple[int, Json]]) -> str:
        """Press one of these, perhaps twice; what stands on it."""
        message_id, button = self.chance.choice(found)
        for _ in range(2 if self.chance.random() < TWICE else 1):
            person.account.press(message_id, button["callback_data"])
        return str(button["text"])


def _buttons(person: Person, label: str | re.Pattern[str]) -> list[tuple[int, Json]]:
    """The buttons that say this under the newest message that has buttons, and its number."""
    for id_, message in reversed(person.chat.messages.items()):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        if buttons:
            matches = re.compile(re.escape(label) if isinstance(label, str) else label).fullmatch
            return [(id_, each) for each in buttons if matches(each["text"])]
    return []


def _chats(morning: Morning, unknown: Counter[int]) -> dict[str, list[str]]:
    """What the chats tell: everybody heard of everything, and nothing twice unmarked."""
    found: dict[str, list[str]] = {"untold": [], "told twice": []}

    def heard(person: Person, mark: str, times: int) -> None:
        made = morning.playground.deliveries(person.id)
        texts = [str(each.message.get("text", "")) for each in made]
        told = [text for text in texts if mark in text]
        marked = [text for text in told if "重发" in text]
        if len(told) + unknown[person.id] < times:
            found["untold"].append(f"{person.name} of {mark}: {len(told)} of {times}")
        if len(told) - len(marked) > times:
            found["told twice"].append(f"{person.name} of {mark}: {len(told)} of {times}")

    for number, did in enumerate(morning.did):
        for act, mark in (
            ("book", "家里人预约了"),
            ("change", "家里人改了"),
            ("cancel", "家里人取消了"),
        ):
            heard(morning.others[number], mark, did.count(act))
    for number in morning.booked:
        is_served = number in morning.served
        heard(morning.members[number], "的大件收走了", int(is_served))
        if not is_served:
            heard(morning.members[number], "今天来收大件", 1)
    said = len(morning.playground.deliveries(morning.crew.id))
    answered = [] if said >= morning.reports else [f"{said} of {morning.reports}"]
    return {
        **found,
        "crew not answered": answered,
        "too many unknown": too_many(unknown, morning.size.kills),
    }


async def _books(morning: Morning) -> dict[str, list[str]]:
    """What the books tell: each home has one booking, as its people left it."""
    async with morning.database.read() as session:
        pickups = list(await session.scalars(select(Pickup)))
        changes = list(await session.scalars(select(PickupChange).order_by(PickupChange.revision)))
        drafts = await session.scalar(select(func.count()).select_from(Draft)) or 0
    acts: dict[int, list[str]] = {}
    for each in changes:
        acts.setdefault(each.pickup_id, []).append(str(each.act))
    by_home = Counter(each.household_id for each in pickups)
    of_home = {each.household_id: each for each in pickups}
    wrong = []
    for number, home in enumerate(morning.estate.homes):
        wanted = ["book"]
        if number < morning.size.booking:
            wanted = morning.did[number]
        elif number in morning.served:
            wanted = ["book", "collect"]
        if by_home[home] != 1 or acts[of_home[home].id] != wanted:
            wrong.append(f"home {number}: {by_home[home]}, {wanted}")
            continue
        day = of_home[home].day
        if (
            number < morning.size.booking
            and f"{day.month}月{day.day}日" not in morning.days[number]
        ):
            wrong.append(f"home {number}: {day} and not {morning.days[number]}")
    return {
        "books": wrong,
        "drafts": [str(drafts)] if drafts else [],
        "invariants": await invariants.broken(morning.database),
    }
