"""Cases: one table of steps, one case for the same problem, one of the staff has it in hand."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from knowledge import cases as rules
from knowledge.cases import BY_STAFF, Act, Kind, State
from models import (
    Session,
    actors,
    case_handling,
    case_lists,
    case_news,
    case_steps,
    cases,
    notices,
    roles,
)
from models.case_handling import CaseTaken
from models.case_steps import NOTHING, CaseOver, Said
from models.case_tables import Case, Entry, Filed, Reporter
from models.cases import How, StillSo
from models.notices import Notice
from models.pickups import Person
from models.roles import Held, Role
from models.stations import Station
from tests import races
from tests.city import SHANGHAI, STAFF, Estate, grant_to
from tests.races import Halfway

WANG, ZHAO, LI = (Person(id_, ()) for id_ in (201, 202, 203))
AT_NINE = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
"""A Monday."""


def chen(estate: Estate) -> Person:
    return Person(STAFF, (Held(Role.STAFF, estate.area),))


def liu(estate: Estate) -> Person:
    return Person(302, (Held(Role.STAFF, estate.area),))


async def reports(
    session: Session,
    estate: Estate,
    by: Person,
    kind: Kind = Kind.FULL,
    said: Said = NOTHING,
    now: datetime = AT_NINE,
) -> cases.Reported:
    return await cases.report(
        session, by, kind, estate.area, estate.station, said, (), estate.civil, now
    )


async def reported(estate: Estate, *by: Person, kind: Kind = Kind.FULL) -> int:
    """The problem, as these people have reported it."""
    async with estate.database.write() as session:
        (case_id,) = {(await reports(session, estate, each, kind)).case.id for each in by}
        return case_id


async def wrote(estate: Estate, by: Person = WANG, words: str = "灯坏了") -> int:
    async with estate.database.write() as session:
        case = await cases.write(session, by, estate.area, Said(words), (), estate.civil, AT_NINE)
        return case.id


async def handles(
    estate: Estate, case_id: int, by: Person, act: Act, words: str = "", now: datetime = AT_NINE
) -> None:
    async with estate.database.write() as session:
        await case_handling.handle(session, case_id, by, act, Said(words), estate.civil, now)


async def number(estate: Estate, table: type, *where: Any) -> int:
    async with estate.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*where)) or 0


# The table of steps.


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
async def test_only_what_the_table_has_can_be_done(estate: Estate, state: State, act: Act) -> None:
    case_id = await wrote(estate)
    async with estate.database.write() as session:
        case = await session.get_one(Case, case_id)
        case.owner = await actors.of(session, STAFF)
        case.state = state
        case.closed_at = AT_NINE if state in rules.OVER else None
    by, to = chen(estate) if act in BY_STAFF else WANG, rules.STEPS[state].get(act)

    async def does() -> Case:
        async with estate.database.write() as session:
            more: tuple[Any, ...] = (estate.civil, AT_NINE)
            match act:
                case Act.TAKE:
                    return await case_handling.take(session, case_id, by, 0, *more)
                case Act.SEE:
                    return await case_handling.see(session, case_id, by, *more)
                case Act.ANSWER | Act.SOLVE | Act.DISMISS:
                    return await case_handling.handle(session, case_id, by, act, Said("好"), *more)
                case Act.ADD:
                    return await cases.add(session, case_id, by, Said("还有"), (), *more)
                case Act.CONFIRM:
                    return await cases.confirm(session, case_id, by, (), *more)
                case Act.REOPEN:
                    return await cases.reopen(session, case_id, by, (), *more)
            locked = await case_steps.lock(session, case_id)
            assert locked
            await case_steps.step(session, locked, act, 1, NOTHING, AT_NINE)
            return locked

    is_same = (act, state) in {(Act.TAKE, State.UNDER_WAY), (Act.SEE, State.SEEN)}
    if to is None and not is_same:
        with pytest.raises(CaseOver):
            await does()
        assert await number(estate, Entry) == 1
    else:
        assert (await does()).state == (to or state)


async def test_every_step_is_kept_with_who_and_when(estate: Estate) -> None:
    case_id = await wrote(estate)
    await handles(estate, case_id, chen(estate), Act.ANSWER, "明天修")
    await handles(estate, case_id, chen(estate), Act.SOLVE)

    async with estate.database.read() as session:
        case = await session.get_one(Case, case_id)
        kept = [each for each, _ in await case_lists.entries(session, case)]
        people = [await actors.person(session, each.actor_id) for each in kept]
    assert people == [WANG.resident_id, STAFF, STAFF]
    assert [(each.act, each.was, each.state, each.words) for each in kept] == [
        ("report", None, "reported", "灯坏了"),
        ("answer", "reported", "under_way", "明天修"),
        ("solve", "under_way", "solved", None),
    ]
    assert {each.at for each in kept} == {AT_NINE}


async def test_the_database_takes_no_case_that_cannot_be(estate: Estate) -> None:
    case_id = await wrote(estate)
    for wrong in ("state = 'solved'", "state = 'under_way'", f"station_id = {estate.station}"):
        with pytest.raises(IntegrityError):
            async with estate.database.write() as session:
                await session.execute(text(f"UPDATE cases SET {wrong} WHERE id = {case_id}"))


# Two who report the same.


async def test_the_same_of_others_is_one_case_and_all_hear_of_it_once(estate: Estate) -> None:
    async with estate.database.write() as session:
        hows = [(await reports(session, estate, by)).how for by in (WANG, ZHAO, ZHAO, LI)]
        case = await session.scalar(select(Case))
        assert case
    assert hows == [How.NEW, How.JOINED, How.KNOWN, How.JOINED]
    await handles(estate, case.id, chen(estate), Act.SOLVE, "好了")

    told = await number(estate, Notice, Notice.kind == "case")
    assert (told, await number(estate, Reporter)) == (3, 3)


async def test_what_another_reported_is_not_shown_to_a_reporter(estate: Estate) -> None:
    async with estate.database.write() as session:
        await reports(session, estate, WANG, said=Said("我是3-1-502"))
        case = (await reports(session, estate, ZHAO, said=Said("我也看到"))).case
        entries = await case_lists.entries(session, case, ZHAO)

    assert [each.words for each, _ in entries] == ["我也看到"]


async def test_what_was_solved_and_is_reported_again_is_another_case(estate: Estate) -> None:
    first = await reported(estate, WANG)
    await handles(estate, first, chen(estate), Act.SOLVE)
    second = await reported(estate, ZHAO)
    async with estate.database.write() as session:
        await cases.reopen(session, first, WANG, (), estate.civil, AT_NINE)
    third = await reported(estate, LI)

    assert first != second
    assert third in (first, second)


def report_act(estate: Estate, by: Person) -> Callable[[], Awaitable[Any]]:
    async def act() -> None:
        async with estate.database.write() as session:
            await reports(session, estate, by)

    return act


async def test_two_who_report_the_same_at_once_have_one_case(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway = Halfway(monkeypatch, cases, "_same")
    ended = await races.second_waits(
        estate.database, halfway, report_act(estate, WANG), report_act(estate, ZHAO)
    )

    assert ended == ["first", "second"]
    assert (await number(estate, Case), await number(estate, Reporter)) == (1, 2)


async def unlocked_station(session: Session, station_id: int) -> Station:
    return await session.get_one(Station, station_id)


async def test_without_the_lock_of_the_station_the_second_would_fail(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    if estate.database.is_sqlite:
        pytest.skip("SQLite's one writer is alone anyhow")
    monkeypatch.setattr(cases, "_locked_station", unlocked_station)
    halfway = Halfway(monkeypatch, cases, "_same")
    ended = await races.second_overtakes(
        halfway, report_act(estate, WANG), report_act(estate, ZHAO)
    )

    assert ended == ["second", "first: IntegrityError"]


async def test_without_the_index_there_would_be_two(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    if estate.database.is_sqlite:
        pytest.skip("SQLite's one writer is alone anyhow")
    monkeypatch.setattr(cases, "_locked_station", unlocked_station)
    async with estate.database.write() as session:
        await session.execute(text("DROP INDEX uq_cases_station_id_kind_day"))
    halfway = Halfway(monkeypatch, cases, "_same")
    await races.second_overtakes(halfway, report_act(estate, WANG), report_act(estate, ZHAO))

    assert await number(estate, Case) == 2


# Two of the staff.


def take_act(estate: Estate, case_id: int, by: Person) -> Callable[[], Awaitable[Any]]:
    async def act() -> None:
        async with estate.database.write() as session:
            await case_handling.take(session, case_id, by, 0, estate.civil, AT_NINE)

    return act


async def test_of_two_who_take_it_at_once_one_has_it_and_the_other_hears_who(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = await wrote(estate)
    halfway = Halfway(monkeypatch, case_steps, "lock")
    ended = await races.second_waits(
        estate.database,
        halfway,
        take_act(estate, case_id, chen(estate)),
        take_act(estate, case_id, liu(estate)),
    )

    assert ended == ["first", "second: CaseTaken"]
    assert await number(estate, Notice, Notice.kind == "case") == 1


async def test_without_the_lock_of_the_case_the_other_would_meet_a_fault(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    if estate.database.is_sqlite:
        pytest.skip("SQLite's one writer is alone anyhow")
    case_id = await wrote(estate)

    async def unlocked(session: Session, case_id: int) -> Case | None:
        return await session.get(Case, case_id)

    monkeypatch.setattr(case_steps, "lock", unlocked)
    halfway = Halfway(monkeypatch, case_steps, "lock")
    ended = await races.second_overtakes(
        halfway, take_act(estate, case_id, chen(estate)), take_act(estate, case_id, liu(estate))
    )

    assert ended == ["second", "first: IntegrityError"]


async def test_it_is_taken_over_only_from_who_was_seen_to_have_it(estate: Estate) -> None:
    case_id = await wrote(estate)
    await take_act(estate, case_id, chen(estate))()
    async with estate.database.write() as session:
        first = await actors.of(session, STAFF)
    other = Person(303, chen(estate).roles)

    async def over(by: Person) -> None:
        async with estate.database.write() as session:
            await case_handling.take(session, case_id, by, first, estate.civil, AT_NINE)

    await over(liu(estate))
    with pytest.raises(CaseTaken):
        await over(other)
    with pytest.raises(CaseTaken):
        await handles(estate, case_id, chen(estate), Act.ANSWER, "我答")


async def test_who_is_staff_elsewhere_may_do_nothing(estate: Estate) -> None:
    case_id = await wrote(estate)
    elsewhere = Person(STAFF, (Held(Role.STAFF, estate.area + 1000),))

    for act in (Act.ANSWER, Act.SOLVE, Act.DISMISS):
        with pytest.raises(roles.NotAllowed):
            await handles(estate, case_id, elsewhere, act, "好")


# Time.


async def test_still_so_counts_for_two_working_days(estate: Estate) -> None:
    case_id = await wrote(estate)
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=SHANGHAI)
    await handles(estate, case_id, chen(estate), Act.SOLVE, now=friday)
    tuesday = datetime(2026, 12, 1, 23, 59, tzinfo=SHANGHAI)
    async with estate.database.write() as session:
        later = tuesday + timedelta(minutes=1)
        with pytest.raises(StillSo):
            await cases.reopen(session, case_id, WANG, (), estate.civil, later)
        await cases.reopen(session, case_id, WANG, (), estate.civil, tuesday)

    assert await number(estate, Case, Case.state == State.REPORTED) == 1


async def test_words_and_files_are_forgotten_and_what_was_done_is_not(estate: Estate) -> None:
    async with estate.database.write() as session:
        await grant_to(session, STAFF, Role.STAFF, estate.area)
        said = Said("灯坏了", Filed.PHOTO, "file", "album")
        case = await cases.write(session, WANG, estate.area, said, (), estate.civil, AT_NINE)
    await handles(estate, case.id, chen(estate), Act.ANSWER, "明天修")
    await handles(estate, case.id, chen(estate), Act.SOLVE)
    async with estate.database.write() as session:
        for notice in await session.scalars(select(Notice)):
            notice.settled_at, notice.state = AT_NINE, notices.State.SENT
    over = AT_NINE + case_steps.KEPT

    for now, kept in ((over, 1), (over + timedelta(seconds=1), 0)):
        async with estate.database.write() as session:
            await case_steps.forget_details(session, now)
        assert await number(estate, Entry, Entry.file_id.is_not(None)) == kept
        assert await number(estate, Entry, Entry.words.is_not(None)) == 2 * kept
        assert await number(estate, Notice, Notice.kind == "case") == 2 * kept
    assert await number(estate, Entry) == 3


async def test_no_words_of_residents_stand_in_what_staff_are_told(estate: Estate) -> None:
    async with estate.database.write() as session:
        await grant_to(session, STAFF, Role.STAFF, estate.area)
    case_id = await wrote(estate, words="我家里的事")
    async with estate.database.write() as session:
        more = Said("还有一件")
        await cases.add(session, case_id, WANG, more, (), estate.civil, AT_NINE)

    async with estate.database.read() as session:
        told = list(
            await session.scalars(select(Notice).where(Notice.to == STAFF).order_by(Notice.id))
        )
    assert [each.fields["what"] for each in told] == ["opened", "more"]
    assert "我家里的事" not in str([each.fields for each in told])
    assert "还有一件" not in str([each.fields for each in told])


async def test_if_each_word_more_were_a_notice_a_flood_would_be_one(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same flood, with the bundling taken away."""
    async with estate.database.write() as session:
        await grant_to(session, STAFF, Role.STAFF, estate.area)
    counted = iter(range(100))
    counts = []
    for more in (case_news._more, lambda _: f"more {next(counted)}"):
        monkeypatch.setattr(case_news, "_more", more)
        case_id = await wrote(estate)
        before = await number(estate, Notice)
        for _ in range(10):
            async with estate.database.write() as session:
                said = Said("还有")
                await cases.add(session, case_id, WANG, said, (), estate.civil, AT_NINE)
        counts.append(await number(estate, Notice) - before)

    assert counts == [1, 10]


async def test_how_many_are_open_and_since_when(estate: Estate) -> None:
    first = await wrote(estate)
    await reported(estate, ZHAO)
    async with estate.database.read() as session:
        here = await case_lists.figures(session, chen(estate).roles)
        everywhere = await case_lists.figures(session, (Held(Role.ADMIN, 0),))
        nowhere = await case_lists.figures(session, ())
    assert (here.number, here.oldest) == (everywhere.number, everywhere.oldest) == (2, AT_NINE)
    assert (nowhere.number, nowhere.oldest) == (0, None)
    await handles(estate, first, chen(estate), Act.SOLVE)
    async with estate.database.read() as session:
        assert (await case_lists.figures(session, chen(estate).roles)).number == 1


async def test_who_has_a_role_may_report_more(estate: Estate) -> None:
    volunteer = estate.volunteer()
    by = Person(volunteer.resident_id, volunteer.roles)
    for kind in rules.ALIKE:
        await reported(estate, by, kind=kind)
    for who in (by, WANG):
        for _ in range(cases.MOST_OPEN):
            await wrote(estate, who)
    with pytest.raises(cases.TooManyCases):
        await wrote(estate)
    await wrote(estate, by)


async def test_so_many_a_day(estate: Estate) -> None:
    for _ in range(cases.MOST_A_DAY):
        case_id = await wrote(estate)
        async with estate.database.write() as session:
            await cases.confirm(session, case_id, WANG, (), estate.civil, AT_NINE)
    with pytest.raises(cases.TooManyCasesToday):
        await wrote(estate)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-11-24 的车没来，11月25日也没来", "2026-11-24 的车没来，11月25日也没来"),
        ("请打 138 0000 1234 找我", "请打 …找我"),
        ("2026-11-24 请打13800001234", "2026-11-24 请打…"),
        ("20261124", "…"),
        ("2026-13-24", "…"),
        ("020-2026-11-24", "…"),
        ("2026-11-2413800001234", "…"),
        ("3栋1单元1502，7:20-9:30", "3栋1单元1502，7:20-9:30"),
    ],
)
def test_a_day_stays_in_what_was_written_and_a_telephone_number_does_not(
    said: str, kept: str
) -> None:
    assert case_steps.by_resident(said) == kept
