"""What a household is shown: its weeks, its month, and page by page where each point is from."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from models import drop_offs, points, statements
from models.drop_off_tables import DropOff
from models.points import Cause, Kind
from models.statements import Page
from tests.models.conftest import MORNING, Estate


@pytest.fixture
async def visited(estate: Estate) -> Estate:
    """The household has dropped off today, and has paid two points for something."""
    async with estate.database.write() as session:
        await drop_offs.record(
            session, estate.home, estate.volunteer(), estate.report(), estate.civil, MORNING
        )
        cause = Cause("spent", "closed", actor_id=1, at=MORNING)
        await points.pass_on(session, estate.home, (Kind.CLOSED, estate.area), cause)
    return estate


async def page(estate: Estate, length: int, **where: int) -> Page:
    async with estate.database.read() as session:
        return await statements.page(session, estate.home, length, **where)


async def fill(estate: Estate, number: int) -> None:
    async with estate.database.write() as session:
        for each in range(number):
            cause = Cause(f"given {each}", "drop-off", actor_id=1, at=MORNING)
            await points.earn(session, estate.area, estate.home, each + 1, cause)


async def test_each_transfer_is_traced_to_its_drop_off(visited: Estate) -> None:
    spent, earned = (await page(visited, 10)).lines

    assert (spent.points, spent.reason, spent.drop_off) == (-5, "closed", None)
    assert (earned.points, earned.reason, earned.station) == (5, "drop-off", "东门")
    assert earned.drop_off
    assert earned.drop_off.at == MORNING


async def test_pages_go_back_and_forth_without_a_gap(estate: Estate) -> None:
    await fill(estate, 25)

    newest = await page(estate, 10)
    second = await page(estate, 10, before=newest.lines[-1].id)
    last = await page(estate, 10, before=second.lines[-1].id)
    back = await page(estate, 10, after=last.lines[0].id)
    first = await page(estate, 10, after=second.lines[0].id)

    assert [line.points for line in newest.lines] == list(range(25, 15, -1))
    assert [line.points for line in second.lines] == list(range(15, 5, -1))
    assert [line.points for line in last.lines] == list(range(5, 0, -1))
    assert (back.lines, first.lines) == (second.lines, newest.lines)
    flags = [(each.has_newer, each.has_older) for each in (newest, second, last, back, first)]
    assert flags == [(False, True), (True, True), (True, False), (True, True), (False, True)]


async def test_the_weeks_end_with_this_one_and_begin_on_mondays(visited: Estate) -> None:
    async with visited.database.write() as session:
        await session.execute(update(DropOff).values(day=date(2026, 11, 22)))
    async with visited.database.read() as session:
        weeks = await statements.weeks(session, visited.home, date(2026, 11, 23))

    assert [week.monday for week in weeks][-2:] == [date(2026, 11, 16), date(2026, 11, 23)]
    assert [week.points for week in weeks] == [0] * 10 + [5, 0]


async def test_the_month_begins_on_its_first_day(visited: Estate) -> None:
    async with visited.database.read() as session:
        assert await statements.month(session, visited.home, date(2026, 11, 30)) == 5
        assert await statements.month(session, visited.home, date(2026, 12, 1)) == 0


async def test_what_was_withdrawn_does_not_count(visited: Estate) -> None:
    async with visited.database.write() as session:
        (line,) = [each for each in (await page(visited, 10)).lines if each.drop_off]
        assert line.drop_off
        await drop_offs.withdraw(
            session,
            line.drop_off.id,
            visited.volunteer(),
            visited.civil,
            MORNING + timedelta(minutes=1),
        )  # fmt: skip
    async with visited.database.read() as session:
        assert await statements.month(session, visited.home, date(2026, 11, 30)) == 0
