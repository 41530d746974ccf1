"""Staff plan the days of bulky pickups: how much, days off, what is moved, a day as a file."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.plans import places_in
from knowledge import spreadsheets
from models import areas, households, pickup_bookings
from models.areas import Area
from models.pickup_days import Places
from models.pickups import Pickup
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person
from tests.pickups import CHAIRS, SOFA, Booker, staff, with_rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
"""A Tuesday."""
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden, where 20 homes and 60 items are served a day."""
    town.clock.now = MORNING
    chen = town.person("陈")
    await garden.appoint(chen)
    async with town.database.write() as session:
        await with_rules(session, garden.rules, "households 20; items 60")
    return chen


async def books(garden: Garden, address: str, day: date = WEDNESDAY) -> int:
    booker = Booker(garden.rules, garden.homes[address], staff(garden.rules))
    async with garden.town.database.write() as session:
        return (await booker.books(session, day, SOFA, CHAIRS, now=garden.town.clock())).id


async def day_of(garden: Garden, pickup_id: int) -> date:
    async with garden.town.database.read() as session:
        return (await session.get_one(Pickup, pickup_id)).day


async def test_staff_see_the_days_and_change_how_much_is_collected(
    garden: Garden, town: Town, chen: Person
) -> None:
    await books(garden, "3-1-502")
    booker = Booker(garden.rules, garden.homes["3-1-601"], staff(garden.rules))
    async with town.database.write() as session:
        await booker.holds(session, WEDNESDAY, SOFA, now=MORNING)
    await chen.says("/capacity")

    assert chen.sees.startswith("📅 阳光花园：大件清运")
    assert chen.buttons[:3] == [
        "11月24日（周二） · 0/20 户 · 0/60 件",
        "11月25日（周三） · 2/20 户 · 5/60 件",
        "11月26日（周四） · 0/20 户 · 0/60 件",
    ]

    await chen.taps("11月25日（周三） · 2/20 户 · 5/60 件")

    assert chen.sees == (
        "📅 11月25日（周三） · 阳光花园\n一共能收：20 户、60 件\n已约：1 户、4 件\n"
        "正在约、还没确认：1 户、1 件\n还剩：18 户、55 件"
    )
    await chen.taps("改成 25 户")
    await chen.taps("改成 50 件")

    assert "一共能收：25 户、50 件" in chen.sees

    await chen.taps("✍️ 写数字")
    await chen.says("很多")
    assert "没看懂，没有改" in chen.sees
    await chen.says("1户")
    assert "已经约了 2 户、5 件，不能比这更少" in chen.sees
    await chen.says("两户 八件")
    assert "一共能收：2 户、8 件" in chen.sees


async def test_a_day_off_moves_what_is_booked_and_everybody_hears_it_once(
    garden: Garden, town: Town, chen: Person, wang: Person, li: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await garden.lives(li, "3-1-601")
    moved = [await books(garden, home) for home in ("3-1-502", "3-1-601")]
    await town.settle()
    before = {person.name: len(person.screen) for person in (wang, li)}
    await chen.says("/closed")
    await chen.taps("11月25日（周三） · 2/20 户 · 8/60 件")

    assert chen.sees == "11月25日（周三）约了 2 户、8 件。改到哪一天？"

    await chen.taps("11月26日（周四） · 0/20 户 · 0/60 件")

    assert chen.sees.startswith(
        "11月25日（周三）的 2 户、8 件，改到 11月26日（周四），这天停收。每家都会收到一次通知。"
    )
    assert await day_of(garden, moved[0]) == WEDNESDAY
    await chen.taps("🌀 天气不好")
    await chen.presses(f"moved:{garden.area}:{WEDNESDAY.toordinal()}:0:1:weather")  # once more

    assert "🚫 停收：天气不好" in chen.sees
    assert [await day_of(garden, each) for each in moved] == [THURSDAY] * 2
    for person in (wang, li):
        news = person.screen[before[person.name] :]
        assert len(news) == 1
        assert "11月26日" in news[0]
        assert "天气不好" in news[0]

    await chen.taps("✅ 恢复收运")
    assert "一共能收：20 户、60 件" in chen.sees


async def test_bookings_are_moved_for_a_reason_in_own_words(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    booked = await books(garden, "3-1-502")
    await chen.says("/capacity 阳光")
    await chen.taps("11月25日（周三） · 1/20 户 · 4/60 件")
    await chen.taps("➡️ 把 1 户都改期")
    await chen.taps("11月26日（周四） · 0/20 户 · 0/60 件")
    await chen.says("车 <b>要</b> 年检 http://x.cn")

    assert chen.sees.startswith("✅ 1 户改到 11月26日（周四），都通知了。")
    assert "停收" not in chen.sees.replace("这天停收", "")
    assert "车 b 要 b 年检" in wang.sees
    assert await day_of(garden, booked) == THURSDAY


async def test_a_day_off_that_nobody_has_booked_is_closed_at_once(
    garden: Garden, chen: Person
) -> None:
    await chen.says("/closed")
    await chen.taps("11月25日（周三） · 0/20 户 · 0/60 件")

    assert "这天还没有人约" in chen.sees

    await chen.taps("不说原因，直接办")
    assert chen.sees.startswith(
        "✅ 停收了。没有要改期的。\n\n📅 11月25日（周三） · 阳光花园\n🚫 停收"
    )
    await chen.taps("📅 回日子")
    assert "🚫 11月25日（周三） · 停收 · 0 户" in chen.buttons


async def test_where_a_household_is_booked_on_both_days_nothing_is_moved(
    garden: Garden, chen: Person
) -> None:
    booked = [await books(garden, "3-1-502", day) for day in (WEDNESDAY, THURSDAY)]
    await chen.says("/closed")
    await chen.taps("11月25日（周三） · 1/20 户 · 4/60 件")
    await chen.taps("11月26日（周四） · 1/20 户 · 4/60 件")
    await chen.taps("🚚 车坏了")

    assert "3-1-502 在 11月26日（周四） 已经有预约" in chen.sees
    assert [await day_of(garden, each) for each in booked] == [WEDNESDAY, THURSDAY]


async def test_no_day_with_room_for_all_is_no_choice(
    garden: Garden, town: Town, chen: Person
) -> None:
    async with town.database.write() as session:
        await with_rules(session, garden.rules, "households 1; items 60")
    await chen.says("/capacity")
    await chen.taps("11月25日（周三） · 0/1 户 · 0/60 件")
    await chen.taps("改成 6 户")
    for home in ("3-1-502", "3-1-601"):
        await books(garden, home)
    await chen.taps("📅 回日子")
    await chen.taps("11月25日（周三） · 2/6 户 · 8/60 件")
    await chen.taps("➡️ 把 2 户都改期")

    assert "没有一天放得下" in chen.sees
    assert chen.buttons == ["↩ 返回"]


async def test_a_day_as_a_file(garden: Garden, town: Town, chen: Person, wang: Person) -> None:
    await garden.lives(wang, "3-1-502")
    await books(garden, "3-1-601")
    await books(garden, "3-1-502")
    await chen.says("/capacity")
    await chen.taps("11月25日（周三） · 2/20 户 · 8/60 件")
    await chen.taps("📊 这天的表格（Excel）")

    sent = next(m for m in reversed(chen.chat.messages.values()) if "document" in m)
    assert sent["document"]["file_name"] == "大件-2026-11-25.xlsx"
    file = town.playground.world.files.by_id(sent["document"]["file_id"])
    assert file
    table = spreadsheets.read("day.xlsx", file.content)
    assert [row["地址"] for row in table.rows] == ["3-1-502", "3-1-601"]
    assert "王" not in str(table.rows)


async def test_who_plans_several_areas_chooses_one(garden: Garden, town: Town) -> None:
    town.clock.now = MORNING
    boss = town.person("局长")
    await garden.appoint(boss, garden.city)
    async with town.database.write() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
        await households.found(session, moon, "1", "", "101", MORNING)
    await boss.says("/capacity")

    assert boss.buttons == ["阳光花园", "月亮湾"]

    await boss.taps("月亮湾")
    assert boss.sees.startswith("📅 月亮湾：大件清运")


async def test_an_estate_that_shares_its_communitys_places_is_not_planned_by_its_staff(
    garden: Garden, town: Town, chen: Person
) -> None:
    async with town.database.write() as session:
        (await session.get_one(Area, garden.area)).pickups = None
        (await session.get_one(Area, garden.city)).pickups = "households 5"
    await chen.says("/capacity")

    assert "由上一级统一安排" in chen.sees

    await chen.presses(f"day:{garden.area}:{WEDNESDAY.toordinal()}")
    assert "工作人员或管理员" in chen.sees


async def test_staff_of_elsewhere_see_and_change_nothing(
    garden: Garden, town: Town, chen: Person
) -> None:
    booked = await books(garden, "3-1-502")
    other = town.person("别处的")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
    await garden.appoint(other, moon.id)
    area, day = garden.area, WEDNESDAY.toordinal()
    for data in (
        f"day:{area}:{day}", f"days:{area}:0:0", f"places:{area}:{day}:99:99",
        f"number:{area}:{day}", f"openday:{area}:{day}", f"dayfile:{area}:{day}",
        f"moveday:{area}:{day}:1", f"moveto:{area}:{day}:{day + 1}:1",
        f"moved:{area}:{day}:{day + 1}:1:truck", f"day:{2**31 - 1}:{day}",
    ):  # fmt: skip
        await other.presses(data)
        assert "工作人员或管理员" in (other.toast or ""), data

    assert await day_of(garden, booked) == WEDNESDAY
    assert "3-1-502" not in " ".join(other.screen)


BAD = (
    "", "0 0 0", "-5户", "1e9", "99999户 9件", "户", "件户", "25,", "五", "10.5户", "20户60件70",
    "😀", "x" * 4096, "取消", "'; --", "１００００００户", "null", "25/80/3", "二十五",
)  # fmt: skip


@pytest.mark.parametrize("words", BAD)
def test_bad_numbers_of_places_are_none(words: str) -> None:
    assert places_in(words, Places(20, 60)) is None


@pytest.mark.parametrize(
    ("words", "homes", "items"),
    [("25户 80件", 25, 80), ("25 80", 25, 80), ("25户", 25, 60), ("80件", 20, 80),
     ("25户80件", 25, 80), ("25，80", 25, 80), ("２５ 户 80 件。", 25, 80), ("0户 0件", 0, 0),
      ("25 homes 80 items", 25, 80)],
)  # fmt: skip
def test_numbers_of_places_in_words(words: str, homes: int, items: int) -> None:
    assert places_in(words, Places(20, 60)) == Places(homes, items)


async def test_bad_words_where_numbers_are_asked_for_change_nothing(
    garden: Garden, town: Town, chen: Person
) -> None:
    await chen.says("/capacity")
    await chen.taps("11月25日（周三） · 0/20 户 · 0/60 件")
    await chen.taps("✍️ 写数字")
    for words in ("20户60件70", "-5户", "😀", "x" * 4096, "10.5户", "99999户"):
        await chen.says(words)
        assert "没看懂，没有改" in chen.sees, words
        town.clock.passes(seconds=3)
    for send in (chen.account.send_sticker, chen.account.send_voice):
        send()
        await town.settle()
    await chen.says("/cancel")
    await chen.says("/capacity")

    assert chen.buttons[1] == "11月25日（周三） · 0/20 户 · 0/60 件"


async def test_what_was_cancelled_meanwhile_is_not_moved(
    garden: Garden, town: Town, chen: Person
) -> None:
    booked = await books(garden, "3-1-502")
    await chen.says("/closed")
    await chen.taps("11月25日（周三） · 1/20 户 · 4/60 件")
    await chen.taps("11月26日（周四） · 0/20 户 · 0/60 件")
    async with town.database.write() as session:
        await pickup_bookings.cancel(
            session, booked, staff(garden.rules), garden.rules.civil, MORNING
        )
    await chen.taps("🎉 放假")

    assert "✅ 停收了。没有要改期的。" in chen.sees
    assert await day_of(garden, booked) == WEDNESDAY
