"""A neighbourhood in which everybody stands who may speak with the bot, for the role matrix.

After each cell it can be put back as it was, so that each persona finds the same morning.
"""

import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
import pytest_asyncio
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import TelegramObject
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import Place
from bot.lanes import Pace
from bot.playground import Playground
from handlers import broadcast_drafts
from handlers.disputes import NOTE
from handlers.pictures import qr
from handlers.touring import WHY
from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.cases import Act, Kind
from knowledge.catalogue import Catalogue
from knowledge.holidays import Holidays
from knowledge.lessons import Says
from knowledge.schemes import load_scheme
from knowledge.search import Search
from models import (
    Base,
    Refusal,
    Session,
    areas,
    broadcasts,
    case_handling,
    cases,
    codes,
    drop_offs,
    groups,
    invitations,
    joining,
    memberships,
    pickup_bookings,
    pickup_rounds,
    pickups,
    questions,
    quizzes,
    repeat_moves,
    repeats,
    shifts,
    steps,
)
from models import roles as granted
from models.areas import Area
from models.broadcasts import Broadcast, Content
from models.case_steps import NOTHING, Said
from models.case_tables import Filed
from models.drop_offs import Report, Volunteer
from models.lessons import Lesson
from models.notices import Notice
from models.pickups import Draft
from models.repeats import By, Reached, Repeat
from models.roles import Grant, Held, Role
from models.stations import Station
from models.updates import State, StoredUpdate
from tests import city
from tests.city import MORNING, SHANGHAI
from tests.conftest import TOKEN, Clock, Town
from tests.databases import Databases, open_quickly
from tests.people import Person

Rows = list[tuple[Any, ...]]

CODE = 200
"""Pixels of a code that are enough to be read where nothing is in its way."""

MAY_CHANGE = {"questions", "residents", "updates", "leases", "editions"}
"""What any update leaves behind: no business."""

HOME, NEXT_DOOR, LEFT, EMPTY, RELIEVED_ONES = "3-1-502", "3-1-601", "3-2-101", "10-201", "3-2-102"
"""Where people live; next door; where nobody lives any more, with points; where nobody ever
lived; and what a volunteer recorded who was relieved since."""

MONDAY = MORNING.astimezone(SHANGHAI).date()
ABOUT = {NOTE: "disputed", WHY: "today"}
"""About which of the pickups the bot has asked in these steps."""

TODAY, TOMORROW, LATER = (MONDAY + timedelta(days=days) for days in (0, 1, 2))

MOON = "1-101"
"""In the other estate."""

FRIDAY_AT_TEN = MORNING - timedelta(days=2, hours=21, minutes=30)
FRIDAY = FRIDAY_AT_TEN.date()


class Still:
    """A timetable on which nothing happens: what changes here, somebody has done."""

    def __init__(self, *_: object) -> None:
        """Nothing is asked of what the bot's own needs."""

    def start(self) -> None:
        """Nothing begins."""

    def shutdown(self, wait: bool = True) -> None:
        """Nothing ends."""


class Who(StrEnum):
    """Everybody who may speak with the bot."""

    STRANGER = "stranger"
    ADULT = "adult"
    CHILD = "child"
    RETURNED = "returned"
    """An adult of the same household, who blocked the bot and came back."""
    NEIGHBOUR = "neighbour"
    ON_SHIFT = "volunteer on shift"
    OFF_SHIFT = "volunteer off shift"
    ON_SHIFT_ELSEWHERE = "volunteer on shift elsewhere"
    STAFF = "staff"
    STAFF_ELSEWHERE = "staff elsewhere"
    ADMIN = "admin"
    CREW = "crew"
    CREW_ELSEWHERE = "crew elsewhere"
    RELIEVED = "relieved"
    """Was volunteer on shift and staff here until a moment ago."""


@dataclass
class Outcome:
    """Which handlers the updates of each person came to, and how each ended."""

    ended: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By the person's id."""

    def done(self, person: Person, handler: str) -> bool:
        """Whether this one returned."""
        return (handler, "done") in self.ended[person.id]


class Watching(BaseMiddleware):
    """Writes down which handler was asked, and whether it refused."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        name = name_of(data["handler"].callback)
        ended = self._outcome.ended[data["event_from_user"].id]
        try:
            result = await handler(event, data)
        except (Refusal, SkipHandler) as why:
            ended.append((name, type(why).__name__))
            raise
        ended.append((name, "done"))
        return result


def name_of(callback: Callable[..., Any]) -> str:
    """What the matrix calls a handler: "registry.find"."""
    return f"{callback.__module__.removeprefix('handlers.')}.{callback.__name__}"


@dataclass
class Neighbourhood:
    """Who is there, and what can be named in an update."""

    town: Town
    people: dict[Who, Person] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    """What the code on each door says."""
    numbers: dict[str, str] = field(default_factory=dict)
    memberships: dict[Who, int] = field(default_factory=dict)
    grants: dict[Who, int] = field(default_factory=dict)
    sunny: int = 0
    station: int = 0
    """At the east gate."""
    drop_off: int = 0
    """What the volunteer on shift has just recorded, next door."""
    drop_off_of_relieved: int = 0
    asks_members: int = 0
    """The wish to join that the adults at home may answer."""
    asks_staff: int = 0
    question: int = 0
    """What the adults at home have asked, and nobody has answered."""
    lesson: int = 0
    """What was taught for the estate."""
    quiz: int = 0
    """What the adult at home has begun today."""
    pickups: dict[str, int] = field(default_factory=dict)
    """By what is the matter with them: booked for today, booked for tomorrow, disputed."""
    pickup: int = 0
    """What the adult at home has booked."""
    pickup_done: int = 0
    """What the crew has collected there on Friday."""
    drafts: dict[Who, Draft] = field(default_factory=dict)
    """What each resident is putting together, all but confirmed."""
    broadcast_draft: int = 0
    broadcast_later: int = 0
    """With a time chosen."""
    broadcast: int = 0
    """Under way; it is held at night."""
    cases: dict[str, int] = field(default_factory=dict)
    """What the adult at home has reported: a message with a photo, full bins, a thing solved."""
    album: str = "777"
    """What marks that photo and those that were sent with it."""
    asked_for: int = 0
    """Needs a second person's yes."""
    repeat_draft: int = 0
    repeat: int = 0
    """It goes on."""
    repeat_paused: int = 0
    repeat_asked: int = 0
    """Needs a second person's yes."""
    group: int = -77
    """Where the bot is, and nobody has said to which place it belongs."""
    sign: str = ""
    slip: str = ""
    invitation: str = ""
    outcome: Outcome = field(default_factory=Outcome)
    all_speak: bool = False
    """Whether many speak at once, and the bot is waited for once."""
    morning: dict[str, Rows] = field(default_factory=dict)
    """The books, as everybody finds them."""
    before: dict[str, Rows] = field(default_factory=dict)
    """The books when the update came."""

    async def presses(self, who: Who, *data: str) -> None:
        """Press buttons under the bot's first message to this person, well-formed or not."""
        person = self.people[who]
        ours = person.account.world.bot["id"]
        shown = [m["message_id"] for m in person.chat.messages.values() if m["from"]["id"] == ours]
        for each in data:
            person._remember(person.account.press(shown[0], each))
        await self.settle()

    async def settle(self) -> None:
        """Let the bot deal with what waits; where many speak at once, when all have spoken."""
        if not self.all_speak:
            await self.town.settle()

    async def are_asked(self, people: Iterable[Who], what: str) -> None:
        """The bot has asked these people for words."""
        fields = {
            "drop_off": self.drop_off, "household": self.homes[LEFT], "photo": None,
            "question": self.question,
            "pickup": self.pickups.get(ABOUT.get(what, ""), self.pickup_done),
            "page": what.rpartition("-")[2],
            "area": self.sunny, "day": TOMORROW.toordinal(), "to": LATER.toordinal(),
            "closing": True, "kind": Kind.OTHER, "station": self.station,
            "case": self.cases["message"], "act": Act.SOLVE,
        }  # fmt: skip
        if what.startswith("broadcast-"):
            fields |= broadcast_drafts.Draft(id=self.broadcast_draft).model_dump(mode="json")
        if what.startswith("repeat-"):
            fields["id"] = self.repeat_draft
        until = MORNING + timedelta(minutes=4)
        async with self.town.database.write() as session:
            for who in people:
                asked = fields | {"draft": self.draft(who).id}
                await steps.open_(session, self.people[who].id, what, asked, until)
        self.before = await self.books()

    def draft(self, who: Who) -> Draft:
        """The own draft; who has none names somebody else's."""
        return self.drafts.get(who, self.drafts[Who.ADULT])

    async def books(self) -> dict[str, Rows]:
        """All that may not change unless somebody may change it."""
        tables = [name for name in Base.metadata.tables if name not in MAY_CHANGE]
        if self.town.database.is_sqlite:
            with closing(sqlite3.connect(str(self.town.database.file))) as connection:
                # By their row ids, so that what was not touched comes in the same order.
                return {
                    name: list(connection.execute(f'SELECT * FROM "{name}"')) for name in tables
                }
        async with self.town.database.read() as session:
            return {
                name: sorted(
                    map(tuple, await session.execute(text(f'SELECT * FROM "{name}"'))), key=repr
                )
                for name in tables
            }

    async def changed(self) -> list[str]:
        """The tables that are not as they were."""
        now = await self.books()
        return sorted(name for name, rows in now.items() if rows != self.before[name])

    async def failed(self) -> list[str | None]:
        """The notes of updates whose handler crashed."""
        async with self.town.database.read() as session:
            wanted = select(StoredUpdate.note).where(StoredUpdate.state == State.FAILED)
            return list(await session.scalars(wanted))

    async def put_back(self, changed: Collection[str]) -> None:
        """Make everything as it was in the morning."""
        if self.before is not self.morning:
            changed = {*changed, "steps"}
        if not changed:
            return
        async with self.town.database.write() as session:
            connection = await session.connection()
            put_back = _sqlite if self.town.database.is_sqlite else _postgresql
            await connection.exec_driver_sql("UPDATE questions SET lesson_id = NULL")
            await put_back(connection, {name: self.morning[name] for name in changed})
            # Nobody may go on with what is not so any more.
            await connection.exec_driver_sql("UPDATE editions SET number = number + 1")
        self.before = self.morning

    def picture(self, address: str) -> bytes:
        """A photo of the code on a door card."""
        link = f"https://t.me/greenbin_bot?start={self.cards[address]}"
        return qr.as_png(qr.squares(link, CODE))


async def _sqlite(connection: AsyncConnection, tables: Mapping[str, Rows]) -> None:
    run = connection.exec_driver_sql
    await run("PRAGMA defer_foreign_keys = ON")
    triggers = list(await run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, _ in triggers:
        await run(f"DROP TRIGGER {name}")
    await _fill(connection, tables, lambda _: "?")
    for _, made in triggers:
        await run(made)


async def _postgresql(connection: AsyncConnection, tables: Mapping[str, Rows]) -> None:
    await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    await _fill(connection, tables, lambda number: f"${number}")


async def _fill(
    connection: AsyncConnection, tables: Mapping[str, Rows], mark: Callable[[int], str]
) -> None:
    for name, rows in tables.items():
        await connection.exec_driver_sql(f'DELETE FROM "{name}"')
        if rows:
            marks = ", ".join(mark(number) for number in range(1, len(rows[0]) + 1))
            await connection.exec_driver_sql(f'INSERT INTO "{name}" VALUES ({marks})', rows)


@asynccontextmanager
async def opened(url: str, catalogue: Catalogue, search: Search) -> AsyncIterator[Neighbourhood]:
    """A neighbourhood on this database."""
    clock = Clock()
    four_way, holidays = load_scheme("four_way"), Holidays.load()
    place = Place(catalogue, four_way, search, "zh", "Asia/Shanghai", holidays)
    database = open_quickly(url, in_line=True)
    town = Town(Playground(token=TOKEN, clock=clock), database, place, clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pace, "SECONDS", 0.0)  # everybody says a hundred things in a row
        town.timetable = Still
        await town.opens()
        yield await build(town)
        await town.closes()
        await town.database.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(
    databases: Databases, catalogue: Catalogue, search: Search
) -> AsyncIterator[Neighbourhood]:
    """One for all tests of a module: each leaves it as it was."""
    async with opened(databases.new("sqlite"), catalogue, search) as built:
        yield built


async def build(town: Town) -> Neighbourhood:
    """Everybody at their places, at half past seven on a Monday."""
    town.clock.now = MORNING
    here = Neighbourhood(town)
    for who in Who:
        here.people[who] = town.person(who)
        here.people[who].settle = here.settle
    await town.closes()
    town.admins.add(here.people[Who.ADMIN].id)
    await town.opens()
    for observer in ("message", "callback_query", "inline_query", "my_chat_member"):
        getattr(town.app.dispatcher, observer).middleware(Watching(here.outcome))
    asking = [town.person("亲戚"), town.person("来客")]
    for person in (*here.people.values(), *asking):
        await person.starts()
    async with town.database.write() as session:
        await _places(session, here)
        await _homes(session, here)
        await _team(session, here)
        await _drop_offs(session, here)
        await _round(session, here)
        await _papers(session, here, *asking)
        await _broadcasts(session, here)
        await _repeats(session, here)
        await _unknown(session, here)
        await _pickups(session, here)
        await _cases(session, here)
    returned = here.people[Who.RETURNED]
    await town.settle()
    await returned.blocks()
    await returned.unblocks()
    await town.settle()
    here.outcome.ended.clear()
    here.before = here.morning = await here.books()
    return here


async def _places(session: Session, here: Neighbourhood) -> None:
    top = await city.add_area(session, "江城", areas.Kind.CITY, None)
    sunny = await city.add_area(session, "阳光花园", areas.Kind.ESTATE, top)
    moon = await city.add_area(session, "月亮湾", areas.Kind.ESTATE, top)
    here.sunny = sunny.id
    for area, address in (
        *((sunny, each) for each in (HOME, NEXT_DOOR, LEFT, EMPTY, RELIEVED_ONES)),
        (moon, MOON),
    ):
        home = here.homes[address] = await city.add_home(session, area, address, MORNING)
        card = await city.door_card(session, home, MORNING)
        here.cards[address], here.numbers[address] = card
    gate = await city.add_station(session, sunny)
    here.sign, here.station = await city.sign(session, gate.id, MORNING), gate.id
    await city.add_station(session, moon, "西门", 121.7)


async def _homes(session: Session, here: Neighbourhood) -> None:
    for who, address in (
        (Who.ADULT, HOME), (Who.RETURNED, HOME), (Who.CHILD, HOME), (Who.NEIGHBOUR, NEXT_DOOR),
    ):  # fmt: skip
        person = here.people[who]
        await city.move_in(
            session, here.homes[address], here.sunny, person.id, person.name, MORNING,
            adult=who is not Who.CHILD,
        )  # fmt: skip
        joined = await memberships.of(session, person.id)
        assert joined
        here.memberships[who] = joined.id


async def _team(session: Session, here: Neighbourhood) -> None:
    sunny, moon = await _area(session, "阳光花园"), await _area(session, "月亮湾")
    begun = MORNING - timedelta(minutes=30)
    colleague = 999
    for who, role, area in (
        (Who.ON_SHIFT, Role.VOLUNTEER, sunny),
        (Who.OFF_SHIFT, Role.VOLUNTEER, sunny),
        (Who.ON_SHIFT_ELSEWHERE, Role.VOLUNTEER, moon),
        (Who.STAFF, Role.STAFF, sunny),
        (Who.STAFF_ELSEWHERE, Role.STAFF, moon),
        (Who.CREW, Role.CREW, sunny),
        (Who.CREW_ELSEWHERE, Role.CREW, moon),
        (Who.RELIEVED, Role.VOLUNTEER, sunny),
        (Who.RELIEVED, Role.STAFF, sunny),
    ):
        person = here.people[who]
        grant = await granted.grant(session, person.id, person.name, role, area, 0, begun)
        here.grants[who] = grant.id
    await granted.grant(session, colleague, "老周", Role.VOLUNTEER, sunny, 0, begun)
    for person_id, area, name in (
        (here.people[Who.ON_SHIFT].id, sunny, "东门"),
        (colleague, sunny, "东门"),
        (here.people[Who.RELIEVED].id, sunny, "东门"),
        (here.people[Who.ON_SHIFT_ELSEWHERE].id, moon, "西门"),
    ):
        station = await session.scalar(select(Station).where(Station.name == name))
        assert station
        civil = here.town.place.civil
        policy = await areas.policy(session, area.id, civil.holidays)
        await shifts.begin(
            session, station, person_id, (Held(Role.VOLUNTEER, area.id),), policy.calendar,
            zone=civil.zone, now=begun,
        )  # fmt: skip


async def _drop_offs(session: Session, here: Neighbourhood) -> None:
    """One that can be changed, one too old for that, and one of somebody who was relieved."""
    made = {}
    for who, address, minutes in (
        (Who.ON_SHIFT, LEFT, 10), (Who.ON_SHIFT, NEXT_DOOR, 1), (Who.RELIEVED, RELIEVED_ONES, 1),
    ):  # fmt: skip
        at = MORNING - timedelta(minutes=minutes)
        by = Volunteer(here.people[who].id, (Held(Role.VOLUNTEER, here.sunny),))
        civil, home = here.town.place.civil, here.homes[address]
        made[address] = await drop_offs.record(session, home, by, Report(at), civil, at)
    here.drop_off = made[NEXT_DOOR].id
    here.drop_off_of_relieved = made[RELIEVED_ONES].id
    admin = (Held(Role.ADMIN, granted.EVERYWHERE),)
    relieved = here.people[Who.RELIEVED].id
    for grant in await session.scalars(select(Grant).where(Grant.resident_id == relieved)):
        await shifts.relieve(session, admin, grant.id, 0, MORNING - timedelta(seconds=30))


async def _round(session: Session, here: Neighbourhood) -> None:
    """One today, numbered 1; one tomorrow; one that is said to be there still."""
    civil = here.town.place.civil
    staff = pickups.Person(here.people[Who.STAFF].id, (Held(Role.STAFF, here.sunny),))
    for what, address, day in (
        ("disputed", EMPTY, TODAY), ("today", RELIEVED_ONES, TODAY), ("tomorrow", EMPTY, TOMORROW),
    ):  # fmt: skip
        draft = await pickup_bookings.begin(session, here.homes[address], staff, civil, MORNING)
        things = [pickups.Thing("sofa", None, 1)]
        await pickup_bookings.put_things(session, draft.id, staff, things, civil, MORNING)
        await pickup_bookings.choose(session, draft.id, staff, day, civil, MORNING)
        found = await pickup_bookings.summary(session, draft.id, staff, civil, MORNING)
        booked = await pickup_bookings.confirm(
            session, draft.id, found.draft.revision, found.cost.fen, staff, civil, MORNING
        )
        here.pickups[what] = booked.id
        if what == "disputed":
            went = pickup_rounds.Outcome(pickups.State.DONE)
            await pickup_rounds.close(session, booked.id, staff, went, civil, MORNING)
            await pickup_rounds.dispute(session, booked.id, staff, "", civil, MORNING)
    await pickup_rounds.sheet(session, staff, TODAY, civil, MORNING)


async def _papers(session: Session, here: Neighbourhood, relative: Person, guest: Person) -> None:
    """Wishes to join, a slip and an invitation."""
    asked = [
        await joining.ask(
            session, here.homes[address], person.id, person.name, adult=True, now=MORNING
        )
        for person, address in ((relative, HOME), (guest, EMPTY))
    ]
    here.asks_members, here.asks_staff = (wish.request.id for wish in asked)
    staff = (Held(Role.STAFF, here.sunny),)
    slip = await joining.make_slip(session, here.homes[EMPTY], staff, 0, MORNING)
    sunny = await _area(session, "阳光花园")
    invitation = invitations.new(session, Role.CREW, sunny, 0, MORNING)
    here.slip = await codes.write(session, codes.Kind.SLIP, slip, MORNING)
    here.invitation = await codes.write(session, codes.Kind.INVITATION, invitation, MORNING)


async def _unknown(session: Session, here: Neighbourhood) -> None:
    """A question that waits for staff, a lesson that they have given, and a quiz."""
    asker = here.people[Who.ADULT].id
    asked = questions.Asked("虫洞发生器", "虫洞发生器", asker, here.sunny)
    await questions.keep(session, [asked], MORNING)
    here.question = await session.scalar(select(questions.Question.id)) or 0
    lesson = Lesson(
        area_id=here.sunny, key="量子仪", name="量子仪", says=Says.NO_RUBBISH, item=None,
        group_key=None, taught_by=0, taught_at=MORNING, undone_by=None, undone_at=None,
    )  # fmt: skip
    session.add(lesson)
    await session.flush()
    here.lesson = lesson.id
    day = local_time.local_day(MORNING, here.town.place.civil.zone)
    here.quiz = (await quizzes.today(session, asker, here.town.place.catalogue, day)).id


async def _pickups(session: Session, here: Neighbourhood) -> None:
    """One that was collected on Friday, one that is coming, and what is being put together."""
    civil = here.town.place.civil
    adult = pickups.Person(here.people[Who.ADULT].id, ())
    crew = pickups.Person(999, (Held(Role.CREW, here.sunny),))
    thursday = MORNING.date() + timedelta(days=3)
    for day, now in ((FRIDAY, FRIDAY_AT_TEN - timedelta(days=4)), (thursday, MORNING)):
        draft = await _draft(session, here.homes[HOME], adult, day, civil, now)
        pickup = await pickup_bookings.confirm(
            session, draft.id, draft.revision, 0, adult, civil, now
        )
        here.pickup_done, here.pickup = here.pickup or pickup.id, pickup.id
    done = pickup_rounds.Outcome(pickups.State.DONE)
    await pickup_rounds.close(session, here.pickup_done, crew, done, civil, FRIDAY_AT_TEN)
    for who in (Who.ADULT, Who.CHILD, Who.RETURNED, Who.NEIGHBOUR):
        home = here.homes[NEXT_DOOR if who is Who.NEIGHBOUR else HOME]
        by, day = pickups.Person(here.people[who].id, ()), thursday + timedelta(days=1)
        here.drafts[who] = await _draft(session, home, by, day, civil, MORNING)
        session.expunge(here.drafts[who])


async def _draft(
    session: Session,
    home: int,
    by: pickups.Person,
    day: date,
    civil: Civil,
    now: datetime,
) -> Draft:
    """A chair, at the door, on this day; its place is held."""
    draft = await pickup_bookings.begin(session, home, by, civil, now)
    chair = pickups.Thing("chair", None, 1)
    await pickup_bookings.put_things(session, draft.id, by, [chair], civil, now)
    await pickup_bookings.describe(session, draft.id, by, civil, now, place="单元门口")
    return await pickup_bookings.choose(session, draft.id, by, day, civil, now)


async def _broadcasts(session: Session, here: Neighbourhood) -> None:
    """Drafts, one under way, and one that needs a second yes; all by staff who have left."""
    held, author = (Held(Role.STAFF, here.sunny),), 77

    async def drafted() -> Broadcast:
        made = await broadcasts.draft(session, held, here.sunny, author, "zh", MORNING)
        made.content = Content(text="先写的", entities=[]).fields
        return made

    here.broadcast_draft = (await drafted()).id
    later = await drafted()
    later.starts_at = MORNING + timedelta(days=1)
    here.broadcast_later = later.id
    under_way = await drafted()
    under_way.state, under_way.begun_at = broadcasts.State.SENDING, MORNING
    # As if its list were made and one notice of it were in the air for ever.
    under_way.planned_at = under_way.shown_at = MORNING + timedelta(days=1)
    session.add(
        Notice(
            to=1, about=f"broadcast {under_way.id}", kind="broadcast", fields={},
            broadcast_id=under_way.id, posted_at=MORNING, due_at=MORNING,
            until=None, state="sending", repeated=False, claim=2**40, settled_at=None, note=None,
        )
    )  # fmt: skip
    here.broadcast = under_way.id
    asked = await drafted()
    asked.state = broadcasts.State.ASKED
    here.asked_for = asked.id
    await groups.note_joined(session, here.group, "业主群", MORNING)


async def _repeats(session: Session, here: Neighbourhood) -> None:
    """A draft, one that goes on, one paused, and one that needs a second yes."""
    held, civil = (Held(Role.STAFF, here.sunny),), here.town.place.civil
    author = By(77, "以前的同事")

    async def drafted() -> Repeat:
        made = await repeats.draft(session, held, here.sunny, author, "zh", MORNING)
        made.content = Content(text="先写的", entities=[]).fields
        made.repetition = "every sat 09:00"
        return made

    async def begun() -> Repeat:
        draft = await drafted()
        reached = Reached(draft.whom, rooms=False, people=1, groups=0)
        return await repeat_moves.hand_in(
            session, held, draft.id, author, reached, civil, MORNING,
            through_night=False, second_above=500, admins=(),
        )  # fmt: skip

    here.repeat_draft = (await drafted()).id
    here.repeat = (await begun()).id
    paused = await begun()
    paused.state, here.repeat_paused = repeats.State.PAUSED, paused.id
    asked = await drafted()
    asked.state, here.repeat_asked = repeats.State.ASKED, asked.id


async def _cases(session: Session, here: Neighbourhood) -> None:
    """What the adult at home has written, and reported of the east gate."""
    civil, sunny = here.town.place.civil, here.sunny
    adult = pickups.Person(here.people[Who.ADULT].id, ())
    staff = pickups.Person(here.people[Who.STAFF].id, (Held(Role.STAFF, sunny),))
    photo = Said("灯坏了", Filed.PHOTO, "a", here.album)
    wrote = await cases.write(session, adult, sunny, photo, (), civil, MORNING)
    here.cases["message"] = wrote.id
    for what, kind in (("full", Kind.FULL), ("solved", Kind.MISSED)):
        asked = (kind, sunny, here.station, NOTHING, (), civil, MORNING)
        here.cases[what] = (await cases.report(session, adult, *asked)).case.id
    solved = here.cases["solved"]
    await case_handling.handle(session, solved, staff, Act.SOLVE, NOTHING, civil, MORNING)


async def _area(session: Session, code: str) -> Area:
    area = await areas.by_code(session, code)
    assert area
    return area
