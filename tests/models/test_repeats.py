"""Repeats: each time is one broadcast, whatever happens to clocks, processes and people."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from knowledge.calendar import Civil
from knowledge.holidays import DayKind, Holidays
from knowledge.repetitions import OnHoliday
from models import (
    Database,
    actors,
    areas,
    broadcasts,
    repeat_moves,
    repeat_plans,
    repeats,
    residents,
    roles,
    shifts,
)
from models.areas import EVERYWHERE, Area
from models.audiences import Audience
from models.broadcasts import Broadcast, Content
from models.notices import Notice
from models.repeat_plans import Counted, Rules
from models.repeats import By, Move, Outcome, Reached, Repeat, RepeatOccurrence, State
from models.roles import Grant, Held, Role
from tests import city
from tests.conftest import MONDAY
from tests.races import Halfway, second_overtakes, second_waits

SHANGHAI = Civil(ZoneInfo("Asia/Shanghai"), Holidays.load())
BERLIN = Civil(ZoneInfo("Europe/Berlin"), Holidays.load())
LIU, CHEN, ADMIN = 301, 302, 303
"""Two of the staff, and an admin: Telegram ids."""

EVERYWHERE_ADMIN = (Held(Role.ADMIN, EVERYWHERE),)
RULES = Rules(second_above=500, admins=(ADMIN,))
NEWS = Content(text="周六收有害垃圾", entities=[])


@dataclass
class Desk:
    """What the staff of an estate do, and what the clock strikes."""

    database: Database
    area: int
    civil: Civil = SHANGHAI
    rules: Rules = RULES
    now: datetime = MONDAY
    people: Reached = Reached(10, 10)
    actors: dict[int, int] = field(default_factory=dict)

    async def by(self, who: int = LIU) -> By:
        async with self.database.write() as session:
            return By(await actors.of(session, who), f"刘{who}")

    @property
    def held(self) -> roles.Roles:
        return (Held(Role.STAFF, self.area),)

    async def draft(
        self, words: str = "每天 9:00", on: OnHoliday = OnHoliday.ANYWAY, who: int = LIU
    ) -> int:
        by = await self.by(who)
        async with self.database.write() as session:
            made = await repeats.draft(session, self.held, self.area, by, "zh", self.now)
            await repeats.write(session, self.held, made.id, NEWS)
            today = self.now.astimezone(self.civil.zone).date()
            await repeats.put_when(session, self.held, made.id, repeats.repetition(words, today))
            await repeats.put(session, self.held, made.id, on_holiday=on)
            return made.id

    async def hands_in(self, id_: int, who: int = LIU, *, through_night: bool = False) -> Repeat:
        by = await self.by(who)
        async with self.database.write() as session:
            return await repeat_moves.hand_in(
                session, self.held, id_, by, self.people, self.civil, self.now,
                through_night=through_night, second_above=self.rules.second_above,
                admins=self.rules.admins,
            )  # fmt: skip

    async def runs(
        self, words: str = "每天 9:00", on: OnHoliday = OnHoliday.ANYWAY, *,
        through_night: bool = False,
    ) -> int:  # fmt: skip
        id_ = await self.draft(words, on)
        return (await self.hands_in(id_, through_night=through_night)).id

    async def alters(self, id_: int, who: int = LIU) -> int:
        by = await self.by(who)
        async with self.database.write() as session:
            return (await repeats.alter(session, self.held, id_, by, self.now)).id

    async def says(self, id_: int, words: str) -> None:
        async with self.database.write() as session:
            await repeats.write(session, self.held, id_, Content(text=words, entities=[]))

    async def comes(self, id_: int, words: str) -> None:
        async with self.database.write() as session:
            when = repeats.repetition(words, self.now.astimezone(self.civil.zone).date())
            await repeats.put_when(session, self.held, id_, when)

    async def moves(self, id_: int, move: Move, who: int = LIU) -> Repeat:
        by = await self.by(who)
        async with self.database.write() as session:
            return await repeat_moves.change(
                session, self.held, id_, move, by, self.civil, self.now
            )

    async def answers(self, id_: int, who: int, *, agrees: bool) -> Repeat:
        by = await self.by(who)
        async with self.database.write() as session:
            return await repeat_moves.answer(
                session, self.held, id_, by.actor, self.civil, self.now, agrees=agrees
            )

    async def strikes(self, now: datetime | None = None, database: Database | None = None) -> None:
        """The clock strikes, as each second."""
        self.now = now or self.now
        database = database or self.database
        async with database.read() as session:
            due = await repeat_plans.due(session, self.now)
        await self._step(due, database)

    async def looks_after(self) -> None:
        """As each minute."""
        async with self.database.read() as session:
            amiss = await repeat_plans.amiss(session, self.rules, self.civil)
        await self._step(amiss, self.database)

    async def _step(self, ids: Sequence[int], database: Database) -> None:
        for id_ in ids:
            async with database.read() as session:
                counted = await repeat_plans.count(session, id_)
            counted = replace(counted, reached=self.people)
            async with database.write() as session:
                await repeat_plans.step(session, id_, counted, self.rules, self.civil, self.now)

    async def of(self, id_: int) -> Repeat:
        async with self.database.read() as session:
            return await session.get_one(Repeat, id_)

    async def ended(self) -> list[tuple[str, Outcome]]:
        """The days on which it came, and how."""
        async with self.database.read() as session:
            found = await session.scalars(select(RepeatOccurrence).order_by(RepeatOccurrence.day))
            return [(f"{one.day:%m-%d}", Outcome(one.outcome)) for one in found]

    async def made(self) -> list[str]:
        """The broadcasts, by the local times at which they begin."""
        async with self.database.read() as session:
            found = await session.scalars(select(Broadcast.starts_at).order_by(Broadcast.id))
            return [f"{at.astimezone(self.civil.zone):%m-%d %H:%M:%S}" for at in found if at]

    async def told(self, kind: str) -> list[int]:
        async with self.database.read() as session:
            found = await session.scalars(select(Notice).where(Notice.kind == kind))
            return sorted(one.to for one in found)


MADE, EXPIRED = Outcome.MADE, Outcome.EXPIRED


@pytest.fixture
async def desk(database: Database) -> Desk:
    async with database.write() as session:
        top = await city.add_area(session, "江城", areas.Kind.CITY, None)
        area = await city.add_area(session, "阳光花园", areas.Kind.ESTATE, top)
        await residents.note_seen(session, [LIU, CHEN, ADMIN], MONDAY)
        for person in (LIU, CHEN):
            await roles.grant(session, person, "刘姐", Role.STAFF, area, 0, MONDAY)
    return Desk(database, area.id)


def at(clock: str, day: int = 24, zone: ZoneInfo | None = None) -> datetime:
    """A time in November 2026; MONDAY is the 23rd, at 15:30."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    there = datetime(2026, 11, 1, hour, minute, *second, tzinfo=zone or SHANGHAI.zone)
    return (there + timedelta(days=day - 1)).astimezone(UTC)


async def test_each_time_it_makes_one_broadcast_at_its_moment(desk: Desk) -> None:
    await desk.runs("每天 9:00")
    await desk.strikes(at("8:59:59"))
    assert await desk.made() == []

    for day in (24, 25, 26):
        for clock in ("9:00:00", "9:00:01", "9:01:00"):
            await desk.strikes(at(clock, day))

    assert await desk.made() == ["11-24 09:00:00", "11-25 09:00:00", "11-26 09:00:00"]
    assert await desk.ended() == [("11-24", MADE), ("11-25", MADE), ("11-26", MADE)]


async def test_the_broadcast_is_as_the_repeat_says(desk: Desk) -> None:
    id_ = await desk.draft()
    async with desk.database.write() as session:
        options = {"audience": Audience.NOBODY, "language": "en", "in_groups": False}
        await repeats.put(session, desk.held, id_, **options)
    await desk.hands_in(id_, through_night=True)
    await desk.strikes(at("9:00"))

    async with desk.database.read() as session:
        made = await session.scalar(select(Broadcast))
        assert made
        assert await repeats.is_occurrence(session, made.id)
        assert not await repeats.is_occurrence(session, made.id + 1)
        assert await broadcasts.author(session, made) == LIU
    assert (made.audience, made.language, made.in_groups) == (Audience.NOBODY, "en", True)
    assert (made.state, made.through_night) == (broadcasts.State.READY, True)
    assert made.content == NEWS.fields
    assert made.expected == desk.people.total


@pytest.mark.parametrize(
    ("down", "ended", "made"),
    [
        (timedelta(seconds=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (timedelta(minutes=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (timedelta(hours=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (
            timedelta(hours=25),
            [("11-24", EXPIRED), ("11-25", MADE)],
            ["11-25 09:00:00"],
        ),
        (
            timedelta(days=4),
            [("11-24", EXPIRED), ("11-25", EXPIRED), ("11-26", EXPIRED), ("11-27", EXPIRED),
             ("11-28", MADE)],
            ["11-28 09:00:00"],
        ),
    ],
)  # fmt: skip
async def test_after_the_bot_was_down_each_time_is_made_once_or_noted_as_expired(
    desk: Desk, down: timedelta, ended: list[tuple[str, Outcome]], made: list[str]
) -> None:
    await desk.runs("每天 9:00")
    await desk.strikes(at("8:59:59"))
    for _ in range(3):
        await desk.strikes(at("8:59:59") + timedelta(seconds=1) + down)

    assert await desk.ended() == ended
    assert await desk.made() == made
    missed = sum(outcome is EXPIRED for _, outcome in ended)
    assert await desk.told("repeat-trouble") == [LIU] * bool(missed)


@pytest.mark.parametrize(
    ("clock", "through_night", "outcome"),
    [
        ("21:29:59", False, MADE), ("21:30:00", False, EXPIRED), ("23:59:59", False, EXPIRED),
        ("23:59:59", True, MADE), ("24:00:00", True, EXPIRED),
    ],
)  # fmt: skip
async def test_what_is_late_is_of_use_before_the_night_of_that_day(
    desk: Desk, clock: str, through_night: bool, outcome: Outcome
) -> None:
    await desk.runs("每天 9:00", through_night=through_night)
    now = at("0:00", 25) if clock.startswith("24") else at(clock)
    await desk.strikes(now)

    assert await desk.ended() == [("11-24", outcome)]


@pytest.mark.parametrize("civil", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
async def test_over_three_years_no_time_is_left_out_and_none_comes_twice(
    sqlite: Database, civil: Civil
) -> None:
    """The clock strikes at the moment, a second before and a second after."""
    async with sqlite.write() as session:
        await residents.note_seen(session, [ADMIN], MONDAY)
    desk = Desk(sqlite, EVERYWHERE, civil)
    by = await desk.by(ADMIN)
    start = datetime(2025, 1, 1, tzinfo=civil.zone).astimezone(UTC)
    held = EVERYWHERE_ADMIN
    async with sqlite.write() as session:
        made = await repeats.draft(session, held, EVERYWHERE, by, "zh", start)
        await repeats.write(session, held, made.id, NEWS)
        when = repeats.repetition("every sunday 2:30", date(2025, 1, 1))
        await repeats.put_when(session, held, made.id, when)
        await repeat_moves.hand_in(
            session, held, made.id, by, desk.people, civil, start,
            through_night=True, second_above=500, admins=(ADMIN,),
        )  # fmt: skip
    sundays = [date(2025, 1, 5) + timedelta(weeks=number) for number in range(3 * 52)]
    skipped = {date(2025, 3, 30), date(2026, 3, 29), date(2027, 3, 28)} if civil is BERLIN else ()
    for sunday in sundays:
        clock = (3, 0) if sunday in skipped else (2, 30)
        moment = datetime(*sunday.timetuple()[:3], *clock, tzinfo=civil.zone).astimezone(UTC)
        for second in (-1, 0, 1, 3600):
            await desk.strikes(moment + timedelta(seconds=second))
            count = len(await desk.made())
            assert count == sundays.index(sunday) + (second >= 0), f"{moment} {second}"

    assert [day for day, _ in await desk.ended()] == sorted(f"{day:%m-%d}" for day in sundays) or (
        {outcome for _, outcome in await desk.ended()} == {MADE}
    )


async def test_of_two_processes_one_makes_it(desk: Desk) -> None:
    await desk.runs("每天 9:00")
    other = Database(desk.database.url.render_as_string(hide_password=False))
    try:
        desk.now = at("9:00")
        await asyncio.gather(
            *(desk.strikes(database=database) for database in (desk.database, other) * 5)
        )
    finally:
        await other.close()

    assert await desk.made() == ["11-24 09:00:00"]


@pytest.fixture
async def unlocked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Without the lock on the row: both are half-way at once."""
    if desk.database.is_sqlite:
        pytest.skip("SQLite's one writer is its own protection")
    lock = select(Repeat).with_for_update().__class__.with_for_update
    monkeypatch.setattr(
        select(Repeat).__class__, "with_for_update",
        lambda statement, **how: statement if how.get("skip_locked") else lock(statement, **how),
    )  # fmt: skip
    return desk


async def _both(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    desk.now = at("9:00")
    halfway = Halfway(monkeypatch, repeat_plans, "_is_answered_for")
    return await second_overtakes(halfway, desk.strikes, desk.strikes)


async def test_without_the_lock_the_day_is_still_unique(
    unlocked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unlocked.runs("每天 9:00")
    await _both(unlocked, monkeypatch)

    assert await unlocked.made() == ["11-24 09:00:00"]


async def test_without_the_lock_and_the_key_there_are_two(
    unlocked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unlocked.runs("每天 9:00")
    async with unlocked.database.write() as session:
        drop = "ALTER TABLE repeat_occurrences DROP CONSTRAINT pk_repeat_occurrences"
        await session.execute(text(drop))
    await _both(unlocked, monkeypatch)

    assert await unlocked.made() == ["11-24 09:00:00"] * 2


async def test_who_stops_it_at_that_moment_waits_or_comes_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await desk.runs("每天 9:00")
    desk.now = at("9:00")
    by = await desk.by()

    async def stops() -> None:
        async with desk.database.write() as session:
            await repeat_moves.change(session, desk.held, id_, Move.STOP, by, desk.civil, desk.now)

    halfway = Halfway(monkeypatch, repeat_plans, "_is_answered_for")
    assert await second_waits(desk.database, halfway, desk.strikes, stops) == ["first", "second"]
    assert (await desk.of(id_)).state == State.STOPPED
    assert await desk.made() == ["11-24 09:00:00"]
    await desk.strikes(at("9:00", 25))
    assert await desk.made() == ["11-24 09:00:00"]


# Changing.


async def test_a_change_holds_from_the_next_time_on(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    await desk.strikes(at("9:00"))
    change = await desk.alters(id_)
    await desk.says(change, "改了")
    await desk.strikes(at("9:00", 25))
    desk.now = at("10:00", 25)
    assert (await desk.hands_in(change)).id == id_
    await desk.strikes(at("9:00", 26))

    async with desk.database.read() as session:
        found = await session.scalars(select(Broadcast.content).order_by(Broadcast.id))
        assert [one["text"] for one in found if one] == [NEWS.text, NEWS.text, "改了"]
    assert [day for day, _ in await desk.ended()] == ["11-24", "11-25", "11-26"]
    assert (await desk.of(change)).state == State.SAVED


async def test_another_time_on_a_day_on_which_it_has_come_is_the_next_day(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    await desk.strikes(at("9:00"))
    desk.now = at("10:00")
    change = await desk.alters(id_)
    await desk.comes(change, "每天 11:00")
    repeat = await desk.hands_in(change)
    assert repeat.next_at == at("11:00", 25)
    await desk.strikes(at("11:00"))
    await desk.strikes(at("11:00", 25))

    assert await desk.made() == ["11-24 09:00:00", "11-25 11:00:00"]


async def test_what_has_come_already_is_dealt_with_before_it_is_changed(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    change = await desk.alters(id_)
    await desk.comes(change, "每天 11:00")
    desk.now = at("9:00")
    with pytest.raises(repeats.RepeatBusy):
        await desk.hands_in(change)
    await desk.strikes()
    await desk.hands_in(change)

    assert await desk.made() == ["11-24 09:00:00"]
    assert (await desk.of(id_)).next_at == at("11:00", 25)


async def test_of_two_who_change_it_the_second_hears_of_the_first(desk: Desk) -> None:
    id_ = await desk.runs()
    one, other = await desk.alters(id_), await desk.alters(id_, CHEN)
    assert await desk.alters(id_) == one
    await desk.says(one, "刘姐改的")
    await desk.says(other, "陈主任改的")
    await desk.hands_in(one)
    with pytest.raises(repeats.RepeatGone):
        await desk.hands_in(other, CHEN)

    assert ((await desk.of(id_)).content or {})["text"] == "刘姐改的"
    assert await desk.alters(id_, CHEN) not in (one, other)


async def test_two_who_hand_in_at_once_are_one_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await desk.draft()

    async def hands_in() -> None:
        await desk.hands_in(id_)

    by = await desk.by()
    monkeypatch.setattr(Desk, "by", lambda *_: asyncio.sleep(0, by))
    halfway = Halfway(monkeypatch, repeats, "draft_of")
    ended = await second_waits(desk.database, halfway, hands_in, hands_in)

    assert ended == ["first", "second: RepeatGone"]


async def test_paused_it_does_not_come_and_is_not_made_up_for(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    await desk.moves(id_, Move.PAUSE)
    await desk.strikes(at("9:00"))
    desk.now = at("10:00")
    await desk.moves(id_, Move.RESUME)
    await desk.strikes()
    await desk.strikes(at("9:00", 25))

    assert await desk.ended() == [("11-25", MADE)]


async def test_it_ends_on_its_last_day(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00 到11月25日")
    for day in (24, 25, 26):
        await desk.strikes(at("9:00", day))

    assert await desk.made() == ["11-24 09:00:00", "11-25 09:00:00"]
    over = await desk.of(id_)
    assert (over.state, over.next_at, over.ended_at) == (State.DONE, None, at("9:00", 25))
    assert await desk.told("repeat-trouble") == []


async def test_down_until_after_the_last_day_all_is_noted(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00 到11月25日")
    await desk.strikes(at("9:00", 30))

    assert await desk.ended() == [("11-24", EXPIRED), ("11-25", EXPIRED)]
    assert (await desk.of(id_)).state == State.DONE
    assert await desk.told("repeat-trouble") == [LIU]


async def test_every_other_move_is_refused(desk: Desk) -> None:
    for state in State:
        for move, (from_, _) in repeats.MOVES.items():
            if state in from_:
                continue
            repeat = Repeat(state=state)
            with pytest.raises(repeats.RepeatGone):
                repeats.move(repeat, move, MONDAY)


async def test_what_would_never_come_or_says_nothing_is_refused(desk: Desk) -> None:
    never = await desk.draft("每天 9:00 到2026-11-22")
    with pytest.raises(repeats.RepeatNever):
        await desk.hands_in(never)
    without_time = await desk.draft("每月15号")
    with pytest.raises(repeats.NoTimeYet):
        await desk.hands_in(without_time)
    by = await desk.by()
    async with desk.database.write() as session:
        empty = await repeats.draft(session, desk.held, desk.area, by, "zh", desk.now)
    with pytest.raises(broadcasts.BroadcastEmpty):
        await desk.hands_in(empty.id)
    desk.people = Reached(0, 0)
    with pytest.raises(broadcasts.NobodyToHear):
        await desk.hands_in(await desk.draft())


# The second person.


async def test_many_need_a_second_yes_once_and_again_for_another_text(desk: Desk) -> None:
    desk.people = Reached(501, 501)
    id_ = (await desk.hands_in(await desk.draft("每天 9:00"))).id
    assert (await desk.of(id_)).state == State.ASKED
    assert await desk.told("repeat-asked") == [CHEN, ADMIN]
    await desk.strikes(at("9:00"))
    assert await desk.made() == []
    with pytest.raises(broadcasts.OwnBroadcast):
        await desk.answers(id_, LIU, agrees=True)
    desk.now = at("10:00")
    await desk.answers(id_, CHEN, agrees=True)
    await desk.strikes(at("9:00", 25))
    await desk.strikes(at("9:00", 26))
    assert len(await desk.made()) == 2

    later = await desk.alters(id_)
    await desk.comes(later, "每天 10:00")
    desk.now = at("9:30", 26)
    assert (await desk.hands_in(later)).state == State.RUNNING
    other_text = await desk.alters(id_)
    await desk.says(other_text, "改了")
    assert (await desk.hands_in(other_text)).state == State.ASKED
    await desk.strikes(at("10:00", 27))
    await desk.answers(other_text, CHEN, agrees=True)
    await desk.strikes(at("10:00", 28))

    async with desk.database.read() as session:
        found = await session.scalars(select(Broadcast.content).order_by(Broadcast.id))
        assert [one["text"] for one in found if one] == [NEWS.text] * 3 + ["改了"]


async def test_a_no_is_a_no_and_what_was_running_goes_on(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    change = await desk.alters(id_)
    await desk.says(change, "改了")
    desk.people = Reached(501, 501)
    await desk.hands_in(change)
    await desk.answers(change, CHEN, agrees=False)
    with pytest.raises(repeats.RepeatGone):
        await desk.answers(change, CHEN, agrees=True)
    desk.people = Reached(10, 10)
    await desk.strikes(at("9:00"))

    assert (await desk.of(change)).state == State.REFUSED
    assert await desk.made() == ["11-24 09:00:00"]


async def test_when_more_people_have_come_the_second_person_is_asked_and_it_waits(
    desk: Desk,
) -> None:
    id_ = await desk.runs("每天 9:00")
    desk.people = Reached(501, 501)
    await desk.strikes(at("9:00"))
    await desk.strikes(at("9:01"))
    assert (await desk.of(id_)).state == State.ASKED
    assert await desk.told("repeat-asked") == [CHEN, ADMIN]
    assert await desk.made() == []
    desk.now = at("9:30")
    await desk.answers(id_, CHEN, agrees=True)
    await desk.strikes()
    await desk.strikes(at("9:00", 25))

    assert await desk.made() == ["11-24 09:00:00", "11-25 09:00:00"]


async def test_where_nobody_else_could_agree_it_rests_and_the_author_hears_it(
    desk: Desk,
) -> None:
    id_ = await desk.runs("每天 9:00")
    async with desk.database.write() as session:
        await session.execute(delete(Grant).where(Grant.resident_id == CHEN))
    desk.rules = Rules(500)
    desk.people = Reached(501, 501)
    await desk.strikes(at("9:00"))

    assert (await desk.of(id_)).state == State.PAUSED
    assert await desk.told("repeat-trouble") == [LIU]
    with pytest.raises(broadcasts.NobodyElse):
        await desk.hands_in(await desk.draft())


# Who answers for it.


async def _relieve(desk: Desk, who: int) -> None:
    async with desk.database.write() as session:
        grant = await session.scalar(select(Grant).where(Grant.resident_id == who))
        assert grant
        await shifts.relieve(session, EVERYWHERE_ADMIN, grant.id, 0, desk.now)


async def test_when_its_authors_role_has_ended_others_are_told_and_may_take_it_over(
    desk: Desk,
) -> None:
    id_ = await desk.runs("每天 9:00")
    await desk.looks_after()
    assert (await desk.of(id_)).state == State.RUNNING
    await _relieve(desk, LIU)
    await desk.looks_after()
    await desk.looks_after()
    assert (await desk.of(id_)).state == State.PAUSED
    assert await desk.told("repeat-left") == [CHEN, ADMIN]
    await desk.strikes(at("9:00"))
    assert await desk.made() == []

    desk.now = at("10:00")
    taken = await desk.moves(id_, Move.RESUME, CHEN)
    await desk.looks_after()
    await desk.strikes(at("9:00", 25))

    assert (taken.by_name, taken.halt) == (f"刘{CHEN}", None)
    assert await desk.made() == ["11-25 09:00:00"]


async def test_a_role_that_ended_a_second_ago_sends_nothing(desk: Desk) -> None:
    """Also before anybody has looked after it."""
    await desk.runs("每天 9:00")
    await _relieve(desk, LIU)
    await desk.strikes(at("9:00"))

    assert await desk.made() == []
    assert await desk.told("repeat-left") == [CHEN, ADMIN]


async def test_if_nobody_asked_for_the_role_it_would_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr(repeat_plans, "_is_answered_for", always)
    await desk.runs("每天 9:00")
    await _relieve(desk, LIU)
    await desk.strikes(at("9:00"))

    assert await desk.made() == ["11-24 09:00:00"]


async def test_an_author_who_was_erased_answers_for_nothing(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    async with desk.database.write() as session:
        await session.execute(text("UPDATE actors SET resident_id = NULL"))
    await desk.looks_after()

    assert (await desk.of(id_)).state == State.PAUSED
    assert await desk.told("repeat-left") == [LIU, CHEN, ADMIN]


async def test_when_its_area_is_gone_it_stops(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    async with desk.database.write() as session:
        await session.execute(delete(Grant))
        await session.execute(delete(Area).where(Area.id == desk.area))
    await desk.looks_after()
    await desk.strikes(at("9:00"))

    assert (await desk.of(id_)).state == State.STOPPED
    assert await desk.told("repeat-trouble") == [LIU]
    assert await desk.made() == []


# Holidays.


async def test_a_notice_of_holidays_that_comes_later_moves_it(desk: Desk) -> None:
    id_ = await desk.runs("每月8号 9:00", OnHoliday.BEFORE)
    assert (await desk.of(id_)).next_day == date(2026, 12, 8)
    kinds = {**SHANGHAI.holidays.kinds, date(2026, 12, 8): DayKind.HOLIDAY}
    desk.civil = Civil(SHANGHAI.zone, Holidays(kinds, SHANGHAI.holidays.years))
    await desk.looks_after()
    assert (await desk.of(id_)).next_day == date(2026, 12, 7)
    await desk.strikes(at("9:00", 37))
    await desk.strikes(at("9:00", 38))

    assert await desk.made() == ["12-07 09:00:00"]


# What the database itself refuses.


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE repeats SET content = NULL",
        "UPDATE repeats SET next_at = NULL",
        "UPDATE repeats SET repetition = NULL",
        "UPDATE repeats SET changes_id = id",
        "INSERT INTO repeat_occurrences VALUES (1, '2026-11-24', '2026-11-24', 'made', NULL,"
        " '2026-11-24')",
        "INSERT INTO repeat_occurrences VALUES (99, '2026-11-24', '2026-11-24', 'expired', NULL,"
        " '2026-11-24')",
    ],
)
async def test_wrong_states_cannot_be_written(desk: Desk, order: str) -> None:
    await desk.runs()
    with pytest.raises(IntegrityError):
        async with desk.database.write() as session:
            await session.execute(text(order))


async def test_a_change_of_people_meanwhile_is_counted_anew(desk: Desk) -> None:
    id_ = await desk.runs("每天 9:00")
    old = Counted(5, Reached(1, 1))
    async with desk.database.write() as session:
        assert await repeat_plans.step(session, id_, old, RULES, SHANGHAI, at("9:00")) is None

    assert await desk.made() == []
