"""When it is open, what is taken away, by whom and where to: right today, and never a guess."""

from datetime import UTC, datetime

import pytest

from handlers.texts import texts
from knowledge.streams import Stream
from models.areas import Area
from models.collections import CollectionRule
from models.stations import Station
from tests.conftest import Town
from tests.garden import Garden
from tests.models.conftest import SHANGHAI
from tests.people import Person

HOURS = "mo-fr 07:00-09:00 18:30-20:30; sa,su,holiday 08:00-10:00; 2026-11-25 at west 18:30-20:30"
ZH = texts("zh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
async def published(town: Town, garden: Garden) -> None:
    """The city names who takes what; the estate has its hours."""
    async with town.database.write() as session:
        area = await session.get_one(Area, garden.area)
        area.windows, area.phone = HOURS, "8001000"
        session.add_all(
            CollectionRule(area_id=id_, stream=stream, hours=hours, responsible=who, phone=phone,
                           destination=to)
            for id_, stream, hours, who, phone, to in (
                (garden.city, Stream.FOOD, "mo-su 09:30-10:30", "环卫二所", "8001", "厨余厂"),
                (garden.city, Stream.HAZARDOUS, "sa 09:00-11:00", "危废队", None, "危废中心"),
                (garden.area, Stream.HAZARDOUS, "tu 09:00-11:00; holiday closed", None, "8003",
                 None),
            )
        )  # fmt: skip
        session.add(
            Station(area_id=garden.area, code="west", token=b"12345678", name="西门", address=None,
                    latitude=None, longitude=None, responsible=None, phone=None, destination=None)
        )  # fmt: skip


@pytest.fixture
async def at_home(wang: Person, garden: Garden, published: None) -> Person:
    """Grandma Wang, who lives in 3-1-502."""
    await garden.lives(wang, "3-1-502")
    return wang


async def test_who_asks_hears_first_whether_it_is_open(town: Town, at_home: Person) -> None:
    town.clock.now = at("2026-11-23T18:45")
    await at_home.says("几点收垃圾？")

    assert at_home.sees.split("\n\n") == [
        "📍 阳光花园",
        "🟢 现在开着，开到 20:30。",
        "今天 11月23日（周一）\n• 投放：07:00–09:00、18:30–20:30\n• 🟢 厨余垃圾 收运：09:30–10:30",
        (
            "明天 11月24日（周二）\n• 投放：07:00–09:00、18:30–20:30\n"
            "• 🔴 有害垃圾 收运：09:00–11:00\n• 🟢 厨余垃圾 收运：09:30–10:30"
        ),
        "有问题找社区：8001000",
    ]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-23T06:59:59", "⚪ 现在没开，今天 07:00 开。"),
        ("2026-11-23T07:00", "🟢 现在开着，开到 09:00。"),
        ("2026-11-23T20:29:59", "🟢 现在开着，开到 20:30。"),
        ("2026-11-23T20:30", "⚪ 现在没开，明天 07:00 开。"),
        ("2026-11-24T00:00", "⚪ 现在没开，今天 07:00 开。"),
        ("2026-11-24T07:59", "🟢 现在开着，开到 09:00。"),
        ("2026-11-25T12:00", "⚪ 现在没开，今天 18:30 开，改在西门。"),
        ("2026-11-25T19:00", "🟢 现在开着，开到 20:30，改在西门。"),
        ("2026-11-27T21:00", "⚪ 现在没开，明天 08:00 开。"),
        ("2026-09-30T21:00", "⚪ 现在没开，明天 08:00 开。"),
    ],
)
async def test_it_stays_open_until_the_window_ends(
    town: Town, at_home: Person, now: str, said: str
) -> None:
    """Rows 4 and 5: not the next one too early, and no day off between midnight and eight."""
    town.clock.now = at(now)
    await at_home.says("/when")

    assert at_home.sees.split("\n\n")[1] == said


async def test_tomorrow_is_told_by_a_wish(town: Town, at_home: Person) -> None:
    town.clock.now = at("2026-11-24T00:30")
    await at_home.says("明天收什么")

    assert at_home.sees.split("\n\n")[1] == (
        "明天 11月25日（周三）\n• 投放：07:00–09:00、18:30–20:30（改在西门）\n"
        "• 🟢 厨余垃圾 收运：09:30–10:30"
    )


async def test_the_week_names_holidays_and_the_special_days(town: Town, at_home: Person) -> None:
    """Row 3: a holiday in the week has the hours of holidays, and no hazardous waste is taken."""
    town.clock.now = at("2026-09-28T12:00")
    await at_home.says("/when")
    await at_home.taps(ZH("button-when-week"))

    assert at_home.sees.split("\n\n")[1].split("\n") == [
        "9月28日（周一）　07:00–09:00、18:30–20:30",
        "9月29日（周二）　07:00–09:00、18:30–20:30",
        "• 🔴 有害垃圾 收运：09:00–11:00",
        "9月30日（周三）　07:00–09:00、18:30–20:30",
        "10月1日（周四）　放假　08:00–10:00",
        "10月2日（周五）　放假　08:00–10:00",
        "10月3日（周六）　放假　08:00–10:00",
        "10月4日（周日）　放假　08:00–10:00",
    ]


async def test_who_takes_it_away_and_where_to(town: Town, at_home: Person) -> None:
    """Row 9: the estate decides about its day, the city about the rest."""
    town.clock.now = at("2026-11-23T12:00")
    await at_home.says("谁来收")

    assert at_home.sees.split("\n\n")[1:3] == [
        (
            "🔴 有害垃圾\n这周 11月24日（周二） 09:00–11:00 收运\n"
            "危废队 来收，电话 8003\n运到 危废中心"
        ),
        "🟢 厨余垃圾\n每天 09:30–10:30 收运\n环卫二所 来收，电话 8001\n运到 厨余厂",
    ]


async def test_where_holidays_are_not_published_nothing_is_guessed(
    town: Town, at_home: Person
) -> None:
    """Row 2: 2027 has no notice yet, and the hours differ on holidays."""
    town.clock.now = at("2027-02-08T21:00")
    await at_home.says("/when")

    _, state, today, tomorrow, _ = at_home.sees.split("\n\n")
    assert state == "⚪ 现在没开。下一次是哪天，要等放假安排公布。"
    assert today.startswith("今天 2月8日（周一）　放假\n• 投放：08:00–10:00")
    assert "• 投放：放假安排还没公布" in tomorrow
    assert "• 🔴 有害垃圾 收运：放假安排还没公布" in tomorrow


async def test_who_lives_nowhere_says_where(town: Town, wang: Person, published: None) -> None:
    town.clock.now = at("2026-11-23T12:00")
    await wang.says("/when")

    assert wang.sees == "你问的是哪里？"
    assert wang.buttons == ["月亮湾", "阳光花园"]
    await wang.taps("阳光花园")
    assert wang.sees.startswith("📍 阳光花园\n\n⚪ 现在没开，今天 18:30 开。")


async def test_where_there_is_nothing_yet_it_says_so(wang: Person) -> None:
    await wang.says("/when")

    assert wang.sees.startswith("这里还没有公布投放时间和站点。")


async def test_english(town: Town, at_home: Person) -> None:
    await at_home.speaks_english()
    town.clock.now = at("2026-11-25T12:00")
    await at_home.says("opening hours")

    assert at_home.sees.split("\n\n")[1:3] == [
        "⚪ Not open now; it opens today at 18:30, at 西门.",
        (
            "Today, Wed 25 Nov\n• Drop-off: 07:00–09:00, 18:30–20:30 (at 西门)\n"
            "• 🟢 Food waste is taken away: 09:30–10:30"
        ),
    ]
