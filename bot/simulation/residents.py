"""Residents in a simulated month: they join, show their code, ask, and look at their points."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import demo
from bot.simulation.acts import Asks, Blocks, Event, Hits, Opens, OpensSlip, Says, Taps
from bot.simulation.city import Estate, Home
from bot.simulation.habits import Habit

FIRST_RESIDENT = 6_000_000_001
"""Telegram ids of residents begin here."""

WITH_PHONE = 0.8
"""How many households ever use the bot."""

SECOND = 0.2
"""How many of these have a second member who does."""

ASKS, LOOKS, TRACES, FLEES = 0.06, 0.02, 0.5, 0.0005
"""How likely it is on a day that a resident asks, looks at the points, and blocks the bot; and how
likely that one who looks at the points wants to know where they are from."""

SHOWS_CODE = 0.4
"""How many look at their code in the chat; the others have the door card."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
CALLED = ("奶奶", "爷爷", "阿姨", "叔叔", "先生", "女士", "小姐", "老师", "师傅")

NONSENSE = ("哈哈哈", "今天天气怎么样", "你是谁", "随便", "那个东西", "asdf")


@dataclass(slots=True)
class Resident:
    """Somebody who lives there and has Telegram."""

    id: int
    name: str
    habit: Habit
    joins_on: int
    """The day of the month, from 0."""
    admitted_by: int
    """Who says yes: the first of the household, or staff."""
    by: str
    """slip, card or number."""
    is_gone: bool = False

    @property
    def home(self) -> Home:
        return self.habit.home


def made_up(
    estate: Estate,
    habits: Sequence[Habit],
    days: int,
    people: dict[int, str],
    chance: random.Random,
) -> list[Resident]:
    """Who joins in the course of the month; their names are added to `people`."""
    known = {demo.GRANDMA: "王奶奶", demo.SON: "小王"}
    people.setdefault(demo.STAFF, "刘姐")
    found: list[Resident] = []

    def joins(id_: int, name: str, habit: Habit, day: int, admitted_by: int, by: str) -> None:
        people[id_] = name
        found.append(Resident(id_, name, habit, day, admitted_by, by))

    for place, habit in enumerate(habits):
        first = min(int(chance.expovariate(1 / 4)), days * 2)
        by = chance.choice(("slip", "card", "card", "number"))
        if habit.home.door.address == "-".join(demo.HOME[1:]) and demo.GRANDMA not in people:
            joins(demo.GRANDMA, known[demo.GRANDMA], habit, 0, demo.STAFF, "card")
            joins(demo.SON, known[demo.SON], habit, min(1, days - 1), demo.GRANDMA, "number")
        elif guard := estate.lives_here(place):
            joins(guard, estate.volunteers[guard], habit, 0, demo.STAFF, "slip")
        elif chance.random() < WITH_PHONE:
            id_, surname = FIRST_RESIDENT + len(people), chance.choice(SURNAMES)
            joins(id_, surname + chance.choice(CALLED), habit, first, demo.STAFF, by)
            if chance.random() < SECOND:
                id_, day = FIRST_RESIDENT + len(people), first + chance.randint(1, 6)
                name = "小" + surname
                joins(id_, name, habit, day, found[-1].id, chance.choice(("card", "number")))
    return [one for one in found if one.joins_on < days]


def day(
    resident: Resident,
    midnight: datetime,
    number: int,
    things: Sequence[str],
    chance: random.Random,
) -> Iterator[Event]:
    """What a resident does on a day, apart from dropping off."""
    if number < resident.joins_on or resident.is_gone:
        return
    if number == resident.joins_on:
        # In the office's hours, between the windows.
        at = midnight + timedelta(hours=chance.uniform(9.5, 16))
        yield from _join(resident, at, chance)
        resident.habit.hears = True
        return
    if chance.random() < ASKS:
        at = midnight + timedelta(hours=chance.triangular(6, 22.5, 18))
        for _ in range(chance.choice((1, 1, 2, 3))):
            thing = chance.choice(things) if chance.random() < 0.93 else chance.choice(NONSENSE)
            yield Event(at, resident.id, Asks(_typed(thing, chance)))
            at += timedelta(seconds=chance.randint(15, 60))
    if chance.random() < LOOKS:
        at = midnight + timedelta(hours=chance.triangular(7, 22, 20.5))
        yield Event(at, resident.id, Hits("menu-points"))
        if chance.random() < TRACES:
            at += timedelta(seconds=20)
            on = Taps("button-history") if chance.random() < 0.5 else Says("/history")
            yield Event(at, resident.id, on)
    if chance.random() < FLEES:
        resident.is_gone = True
        resident.habit.hears = False
        yield Event(midnight + timedelta(hours=22.8), resident.id, Blocks())


def _join(resident: Resident, at: datetime, chance: random.Random) -> Iterator[Event]:
    """Start, join by a slip or ask, be let in, and look at the code."""
    me, door = resident.id, resident.home.door
    where = f"{door.place} {door.address}"
    yield Event(at, me, Opens())
    at += timedelta(seconds=chance.randint(20, 90))
    if resident.by == "slip":
        yield Event(at, demo.STAFF, Says(f"/household {door.address}"), (door,))
        yield Event(at + timedelta(seconds=8), demo.STAFF, Taps("button-slip", about=where))
        yield Event(at + timedelta(seconds=40), me, OpensSlip(door), (door,))
    elif resident.by == "card":
        yield Event(at + timedelta(seconds=40), me, Opens(resident.home.code), (door,))
    else:
        yield Event(at + timedelta(seconds=40), me, Says(resident.home.number), (door,))
    at += timedelta(seconds=75)
    yield Event(at, me, Taps("button-adult-agrees", about=where), (door,))
    if resident.by != "slip":
        at += timedelta(minutes=chance.uniform(1, 90))
        tap = Taps("button-admit", resident.name, where)
        yield Event(at, resident.admitted_by, tap, (door,))
    at += timedelta(seconds=chance.randint(30, 300))
    if chance.random() < SHOWS_CODE:
        yield Event(at, me, Hits("menu-code"))


def _typed(thing: str, chance: random.Random) -> str:
    """As people type it: now and then a sign is missing, or there is more around it."""
    if len(thing) > 3 and chance.random() < 0.06:
        gone = chance.randrange(len(thing))
        return thing[:gone] + thing[gone + 1 :]
    return chance.choice(("{}", "{}", "{}", "{}扔哪个桶", "{}是什么垃圾？")).format(thing)
