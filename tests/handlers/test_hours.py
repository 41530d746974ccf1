"""Staff change the hours of a day: `/when` is right at once, and who was told hears of it once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot import reminding
from models.areas import Area
from models.hours import HourChange
from models.stations import Station
from tests.conftest import Town
from tests.garden import Garden
from tests.models.conftest import SHANGHAI
from tests.people import Person


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


async def clock_strikes(town: Town, moment: str) -> None:
    town.clock.now = at(moment)
    await reminding.plan(town.database, town.clock, town.place.civil, rate=25, admins=town.admins)
    await town.settle()


@pytest.fixture
async def liu(town: Town, garden: Garden) -> Person:
    """Sister Liu, the staff of the estate, on a Monday at noon."""
    town.clock.now = at("2026-11-23T12:00")
    async with town.database.write() as session:
        area = await session.get_one(Area, garden.area)
        area.windows = "mo-su 07:00-09:00 18:30-20:30"
        session.add(
            Station(area_id=area.id, code="pond", token=b"pondpond", name="荷塘", address=None,
                    latitude=None, longitude=None, responsible=None, phone=None, destination=None)
        )  # fmt: skip
    liu = town.person("刘姐")
    await garden.appoint(liu)
    return liu


@pytest.fixture
async def at_home(garden: Garden, wang: Person, liu: Person) -> Person:
    """Grandma Wang, who is reminded of the windows on the evening before."""
    await garden.lives(wang, "3-1-502")
    await wang.says("/reminders")
    await wang.taps("⬜ 投放点开门")
    return wang


async def changes(liu: Person, day: str, hours: str, what: str) -> None:
    await liu.says("/hours")
    await liu.taps("阳光花园")
    await liu.taps(day)
    await liu.taps(hours)
    await liu.taps(what)


TOMORROW = "明天 11月24日（周二）"


async def test_a_window_is_closed_and_when_is_right_at_once(liu: Person, at_home: Person) -> None:
    await changes(liu, TOMORROW, "18:30–20:30", "🚫 不开")
    assert liu.sees == (
        "阳光花园，11月24日（周二） 18:30–20:30\n🚫 不开\n\n"
        "这里有 4 户，1 户在用机器人。\n"
        "设了投放提醒的 1 人会听到新时间；其中 0 人已经听过旧时间，会收到一条更正。\n"
        "/when 马上就是新的。"
    )
    await liu.taps("是，就这样改")
    assert liu.sees.endswith("提醒一分钟内跟着改。要恢复：/hours")

    await at_home.says("明天几点开")
    assert "• 投放：07:00–09:00\n" in at_home.sees + "\n"
    assert "18:30" not in at_home.sees


async def test_another_station_serves(town: Town, liu: Person, at_home: Person) -> None:
    await changes(liu, TOMORROW, "18:30–20:30", "➡ 改到荷塘")
    await liu.taps("是，就这样改")
    await clock_strikes(town, "2026-11-23T19:00")

    assert at_home.sees.endswith("• 投放点开门：18:30–20:30（改在荷塘）")
    await at_home.says("/when")
    assert "明天 11月24日（周二）\n• 投放：07:00–09:00、18:30–20:30（改在荷塘）" in at_home.sees


async def test_who_was_told_gets_one_correction(town: Town, liu: Person, at_home: Person) -> None:
    """Row 1, and 10: one staff action corrects those already reminded, once."""
    await clock_strikes(town, "2026-11-23T19:00")
    await changes(liu, TOMORROW, "18:30–20:30", "🚫 不开")
    assert "其中 1 人已经听过旧时间" in liu.sees
    await liu.taps("是，就这样改")
    for minute in range(1, 4):
        await clock_strikes(town, f"2026-11-23T19:0{minute}")

    said = [each for each in at_home.screen if each.startswith("⚠️")]
    assert said == ["⚠️ 时间改了：明天 11月24日（周二），阳光花园\n• 投放点开门：07:00–09:00"]


async def test_what_was_changed_is_taken_back(town: Town, liu: Person, at_home: Person) -> None:
    await changes(liu, TOMORROW, "全天", "🚫 不开")
    await liu.taps("是，就这样改")
    await at_home.says("明天几点开")
    assert "• 投放：不开" in at_home.sees

    await liu.says("改投放时间")
    await liu.taps("阳光花园")
    await liu.taps(TOMORROW)
    await liu.taps("↩ 恢复原来的时间")
    assert "现在定的是：07:00–09:00、18:30–20:30" in liu.sees
    await at_home.says("明天几点开")
    assert "• 投放：07:00–09:00、18:30–20:30" in at_home.sees
    async with town.database.read() as session:
        found = list(await session.scalars(select(HourChange.change).order_by(HourChange.id)))
    assert found == ["2026-11-24 closed", None]


async def test_a_press_twice_changes_once(town: Town, liu: Person) -> None:
    await changes(liu, TOMORROW, "18:30–20:30", "➡ 改到荷塘")
    data = [m for m in liu.chat.messages.values() if "reply_markup" in m][-1]
    sure = data["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await liu.presses(sure)
    await liu.presses(sure)

    async with town.database.read() as session:
        assert len(list(await session.scalars(select(HourChange.id)))) == 1
    (same,) = town.playground.refused  # which is as good as done (`bot/failures.py`)
    assert "message is not modified" in same.error.description
    town.playground.refused.clear()


async def test_a_window_that_is_over_is_not_on_offer_and_not_taken(
    town: Town, liu: Person
) -> None:
    await liu.says("/hours")
    await liu.taps("阳光花园")
    await liu.taps("今天 11月23日（周一）")
    assert liu.buttons == ["18:30–20:30"]
    await liu.taps("18:30–20:30")
    await liu.taps("🚫 不开")
    town.clock.now = at("2026-11-23T20:30")
    await liu.taps("是，就这样改")

    assert liu.sees.startswith("这一段已经过了")


async def test_what_is_moved_cannot_be_moved_elsewhere_by_mistake(liu: Person) -> None:
    await changes(liu, TOMORROW, "18:30–20:30", "➡ 改到荷塘")
    await liu.taps("是，就这样改")
    await changes(liu, TOMORROW, "18:30–20:30", "➡ 改到东门")
    await liu.taps("是，就这样改")

    assert liu.sees.startswith("这一段已经改过了。")


async def test_staff_of_the_city_change_it_for_all_estates(
    town: Town, garden: Garden, liu: Person, at_home: Person, li: Person
) -> None:
    await garden.appoint(li, garden.city)
    await li.says("/hours")
    await li.taps("江城")
    await li.taps("整个江城")
    await li.taps(TOMORROW)
    await li.taps("全天")
    await li.taps("🚫 不开")
    await li.taps("是，就这样改")

    await at_home.says("明天几点开")
    assert "• 投放：不开" in at_home.sees
