"""What is answered to somebody depends on where they live: scheme, city rules, and the day."""

from datetime import date, datetime

import pytest
from sqlalchemy import text

from models import areas, imports
from models.areas import Area
from models.places import MOST_KEPT
from tests.conftest import Clock, Town
from tests.garden import Garden
from tests.models.conftest import add_area
from tests.people import Person
from tests.tables import table

SINCE = "2026-11-01"
RULES = f"""
area,from,name,group,also,source
江城,{SINCE},花生壳,hard_shell,尖嘴壳,江城市通告
江城,2027-01-01,花生壳,usual,,江城市通告二
"""


async def bring_in(town: Town, rows: str) -> None:
    async with town.database.write() as session:
        await imports.run(session, [table(rows, "rules.csv")], town.clock())


@pytest.fixture
async def at_home(garden: Garden, wang: Person) -> Person:
    await garden.lives(wang, "3-1-502")
    return wang


async def elsewhere(garden: Garden) -> None:
    """There is another city, so that strangers are not taken to live in this one."""
    async with garden.town.database.write() as session:
        await add_area(session, "海城", areas.Kind.CITY, None)


async def test_residents_are_answered_by_the_rules_of_their_city(
    town: Town, garden: Garden, at_home: Person, li: Person
) -> None:
    await elsewhere(garden)
    await bring_in(town, RULES)
    await at_home.says("花生壳")
    await li.says("花生壳")

    assert at_home.sees.startswith("⚫ 花生壳 → 其他垃圾")
    assert li.sees.startswith("🟢 花生壳 → 厨余垃圾")


async def test_a_name_that_only_the_city_knows_is_understood_there(
    town: Town, at_home: Person
) -> None:
    await at_home.says("尖嘴壳")
    assert "我还不认识" in at_home.sees or "大概" in at_home.sees
    await bring_in(town, RULES)
    await at_home.says("请问尖嘴壳怎么扔")

    assert at_home.sees.startswith("⚫ 花生壳 → 其他垃圾")


async def test_rules_begin_and_end_on_their_day(town: Town, at_home: Person, clock: Clock) -> None:
    await bring_in(town, RULES)
    said = []
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1)):
        clock.now = datetime.combine(day, clock.now.timetz())
        await at_home.says("花生壳")
        said.append(at_home.sees[:1])

    assert said == ["🟢", "⚫", "⚫", "🟢"]


async def test_where_there_is_one_city_who_has_not_joined_is_answered_by_its_rules(
    town: Town, garden: Garden, li: Person
) -> None:
    await bring_in(town, RULES)
    await li.says("花生壳")

    assert li.sees.startswith("⚫ 花生壳 → 其他垃圾")


async def test_an_estate_with_rules_of_its_own_follows_these(
    town: Town, garden: Garden, at_home: Person
) -> None:
    await bring_in(town, RULES)
    await bring_in(town, f"area,from,name,group,source\n阳光花园,{SINCE},椰子壳,big_item,物业通知")
    await at_home.says("花生壳")
    assert at_home.sees.startswith("🟢")
    await at_home.says("椰子壳")

    assert "大件垃圾" in at_home.sees


async def test_bins_are_called_as_where_one_lives(
    town: Town, garden: Garden, at_home: Person, li: Person
) -> None:
    await elsewhere(garden)
    async with town.database.write() as session:
        area = await session.get_one(Area, garden.city)
        area.scheme = "dry_wet"
    await at_home.says("香蕉皮")
    await li.says("香蕉皮")

    assert "易腐垃圾" in at_home.sees or "湿垃圾" in at_home.sees
    assert "厨余垃圾" in li.sees
    await at_home.says("湿垃圾")
    assert "例如" in at_home.sees


async def test_inline_answers_follow_the_rules_too(town: Town, at_home: Person) -> None:
    await bring_in(town, RULES)
    await at_home.searches("花生壳")

    assert at_home.results[0].startswith("⚫ 花生壳 → 其他垃圾")


async def test_buttons_are_answered_by_the_rules_too(town: Town, at_home: Person) -> None:
    await at_home.says("玻璃温油计")
    await bring_in(town, f"area,from,name,group,source\n江城,{SINCE},水银体温计,big_item,试行")
    await at_home.taps("水银体温计")

    assert "大件垃圾" in at_home.sees


async def test_without_the_trigger_nobody_would_hear_of_a_new_rule(
    town: Town, garden: Garden, at_home: Person
) -> None:
    """The same conversation, with the protection taken away."""
    await at_home.says("花生壳")
    async with town.database.write() as session:
        on = "" if town.database.is_sqlite else " ON city_rules"
        name = "city_rules_INSERT_edition" if town.database.is_sqlite else "city_rules_edition"
        await session.execute(text(f"DROP TRIGGER {name}{on}"))
    await bring_in(town, RULES)
    await at_home.says("花生壳")

    assert at_home.sees.startswith("🟢")


async def test_places_that_answer_alike_share_one_search(town: Town, garden: Garden) -> None:
    await bring_in(town, RULES)
    async with town.database.read() as session:
        known = await town.app.places.afresh(session)
    day = town.app.places.day(town.clock())

    assert known.at(garden.area, day).search is known.at(garden.city, day).search
    assert known.at(0, day).search is known.at(garden.city, day).search
    assert MOST_KEPT >= 2
