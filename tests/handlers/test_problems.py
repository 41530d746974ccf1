"""Problem here: a station, what is wrong, a photo; a number, and everybody hears how it goes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.pictures import qr
from models.roles import Role
from models.stations import Station
from tests import city
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
"""A Tuesday."""


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden."""
    town.clock.now = MORNING
    chen = town.person("陈姐")
    await garden.appoint(chen)
    return chen


@pytest.fixture
async def at_home(garden: Garden, chen: Person, wang: Person) -> Person:
    await garden.lives(wang, "3-1-502")
    return wang


@pytest.fixture
async def next_door(garden: Garden, chen: Person, li: Person) -> Person:
    await garden.lives(li, "3-1-601")
    return li


async def sign(garden: Garden) -> str:
    async with garden.town.database.write() as session:
        code = await city.sign(session, garden.rules.station, garden.town.clock())
    return f"https://t.me/greenbin_bot?start={code}"


async def reports_full(person: Person) -> None:
    await person.says("桶满了")
    await person.taps("东门")
    await person.taps("📤 直接报")


async def test_a_problem_has_a_number_a_status_and_an_end(
    chen: Person, at_home: Person, next_door: Person
) -> None:
    await at_home.says("/problem")
    assert at_home.sees == "哪里不对？"
    assert at_home.buttons == [
        "🗑 桶满了", "🚛 车没来", "🔀 混装混运", "🧹 脏乱", "🔧 设施坏了", "🔒 该开没开",
        "❗ 别的问题",
    ]  # fmt: skip
    await at_home.taps("🗑 桶满了")
    assert at_home.sees == (
        "阳光花园：在哪个投放点？把位置发给我（📎 → 位置），我找最近的。位置只用这一次，不保存。"
    )
    assert at_home.buttons == ["东门", "不在这些投放点"]
    await at_home.taps("东门")
    await at_home.sends_photo(qr.make("https://t.me/greenbin_bot", number=""), "厨余桶满了")
    assert at_home.sees == (
        "✅ 报上去了，工单 1。\n🗑 桶满了 · 东门\n"
        "现在：已收到。11月24日（周二） 17:30 前答复你，每一步都告诉你。"
    )
    assert chen.sees == "📥 新工单 1\n🗑 桶满了 · 东门（阳光花园）"

    await reports_full(next_door)
    assert next_door.sees == (
        "✅ 今天有人报过，给你加上了：工单 1，一共 2 人。\n🗑 桶满了 · 东门\n"
        "现在：已收到。11月24日（周二） 17:30 前答复你，每一步都告诉你。"
    )
    assert len([each for each in chen.screen if "新工单" in each]) == 1

    await chen.says("/inbox")
    assert chen.sees == "📥 要办的工单 1 个，最早的等了不到 1 小时。点一个来看。"
    await chen.taps("1　🗑 桶满了 · 东门 👥2　不到 1 小时")
    assert "👥 2 人报的" in chen.sees
    await chen.taps("📷 照片 1")
    assert chen.picture is not None

    await chen.taps("👀 看到了")
    for person in (at_home, next_door):
        assert person.sees.startswith("👀 工单 1：工作人员看到了。\n🗑 桶满了 · 东门")
    await chen.taps("🙋 我来办")
    for person in (at_home, next_door):
        assert person.sees.startswith("🔧 工单 1：有人在办了。")
    await chen.taps("✅ 解决了")
    await chen.says("已经清空了。")
    assert chen.sees == "工单 1：✅ 已解决，已经通知报的人。"
    assert at_home.sees == (
        "✅ 工单 1：解决了。\n🗑 桶满了 · 东门\n\n已经清空了。\n\n你写的：厨余桶满了"
    )
    assert next_door.sees == "✅ 工单 1：解决了。\n🗑 桶满了 · 东门\n\n已经清空了。"


async def test_what_was_solved_is_opened_once_more_within_two_working_days(
    town: Town, chen: Person, at_home: Person, next_door: Person
) -> None:
    await reports_full(at_home)
    await reports_full(next_door)
    await chen.taps("👀 打开")
    await chen.taps("✅ 解决了")
    await chen.taps("不写，直接办结")
    town.clock.passes(days=1)
    await at_home.taps("❗ 还没好")

    assert at_home.sees.startswith("❗ 工单 1 重新打开了，会再去看。")
    assert next_door.sees.startswith("❗ 工单 1：有人说还没好，会再去看。")
    assert chen.sees.startswith("❗ 工单 1：居民说还没好")
    await chen.taps("👀 打开")
    await chen.taps("✅ 解决了")
    await chen.taps("不写，直接办结")
    assert "❗ 还没好" not in at_home.buttons
    await at_home.presses("stillso:1")
    assert at_home.toast == "“还没好”只能在两个工作日内说一次。请重新报：/problem"


async def test_later_than_that_it_is_reported_anew(
    town: Town, chen: Person, at_home: Person
) -> None:
    await reports_full(at_home)
    await chen.taps("👀 打开")
    await chen.taps("✅ 解决了")
    await chen.taps("不写，直接办结")
    town.clock.now = MORNING.replace(day=27, hour=0, minute=0)
    await at_home.taps("❗ 还没好")

    assert at_home.toast == "“还没好”只能在两个工作日内说一次。请重新报：/problem"


async def test_what_is_no_problem_is_said_with_a_reason(chen: Person, at_home: Person) -> None:
    await reports_full(at_home)
    await chen.taps("👀 打开")
    await chen.taps("🚫 不是问题")
    assert "不写，直接办结" not in chen.buttons
    await chen.presses("caseend:1:dismiss:1")
    assert chen.toast == "请写一句为什么，报的人都会看到。"
    await chen.says("下午才收。")

    assert at_home.sees == "📋 工单 1：看过了，不用处理。\n🗑 桶满了 · 东门\n\n下午才收。"
    await at_home.taps("👀 看工单")
    assert at_home.sees.startswith("工单 1　不用处理\n🗑 桶满了 · 东门")
    await at_home.presses("writeon:1")
    assert (at_home.toast or "").startswith("这个工单已经答复了。")


async def test_reporting_twice_is_told_and_changes_nothing(
    garden: Garden, chen: Person, at_home: Person
) -> None:
    await reports_full(at_home)
    await at_home.presses(f"report:full:{garden.rules.station}")
    assert "你今天报过了：工单 1，不用再报。" in " ".join(at_home.screen)
    await at_home.says("/problems")

    assert at_home.sees == "你的工单，没办完的在前。点一个来看。"
    assert at_home.buttons == ["1　🗑 桶满了 · 东门　已收到", "🚮 这里有问题", "🙋 找人工"]


async def test_another_thing_another_day_and_other_things_are_cases_of_their_own(
    town: Town, chen: Person, at_home: Person, next_door: Person
) -> None:
    await reports_full(at_home)
    await next_door.says("车没来")
    await next_door.taps("东门")
    await next_door.taps("📤 直接报")
    assert next_door.sees.startswith("✅ 报上去了，工单 2。")
    for number, person in ((3, at_home), (4, next_door)):
        await person.says("/problem")
        await person.taps("❗ 别的问题")
        await person.taps("东门")
        assert person.buttons == []
        await person.says(f"第 {number} 件怪事")
        assert person.sees.startswith(f"✅ 报上去了，工单 {number}。")
    town.clock.passes(days=1)
    await reports_full(next_door)
    assert next_door.sees.startswith("✅ 报上去了，工单 5。")


async def test_the_sign_of_a_station_leads_there(
    garden: Garden, chen: Person, at_home: Person
) -> None:
    await at_home.opens(await sign(garden))
    assert at_home.sees.startswith("📍 东门")
    await at_home.taps("🚮 这里有问题")
    assert at_home.sees == "东门：哪里不对？"
    await at_home.taps("🔀 混装混运")
    assert at_home.sees.startswith("🔀 混装混运 · 东门")
    await at_home.taps("📤 直接报")

    assert at_home.sees.startswith("✅ 报上去了，工单 1。\n🔀 混装混运 · 东门")


async def test_a_place_that_is_sent_has_the_nearest_stations(chen: Person, li: Person) -> None:
    await li.says("桶满了")
    await li.sends_location(30.0, 100.0)
    assert li.sees.startswith("5 公里内没有我知道的投放点。")
    await li.sends_location(31.2, 121.501)
    assert li.sees == "离你最近的。是哪一个？"
    assert li.buttons == ["东门（约 100 米）", "🗺 东门"]
    await li.taps("🗺 东门")
    await li.taps("东门（约 100 米）")
    await li.says("三个桶都满了")

    assert li.sees.startswith("✅ 报上去了，工单 1。\n🗑 桶满了 · 东门")


async def test_the_name_of_a_station_does_too_and_anything_else_is_asked_for_again(
    chen: Person, at_home: Person
) -> None:
    await at_home.says("桶满了")
    await at_home.says("天边")
    assert at_home.sees.startswith("没找到这个投放点。")
    await at_home.sends({"dice": {"emoji": "🎲", "value": 3}})
    assert at_home.sees.startswith("没找到这个投放点。")
    await at_home.says("东门")
    assert at_home.sees.startswith("🗑 桶满了 · 东门")
    await at_home.sends({"dice": {"emoji": "🎲", "value": 3}})
    assert at_home.sees.startswith("这个转不了。")


async def test_elsewhere_words_say_where(chen: Person, at_home: Person) -> None:
    await at_home.says("脏乱")
    await at_home.taps("不在这些投放点")
    assert at_home.buttons == []
    await at_home.says("五号楼后面有一堆")

    assert at_home.sees.startswith("✅ 报上去了，工单 1。\n🧹 脏乱 · 阳光花园")


async def test_a_volunteer_on_shift_says_it_in_a_word(
    town: Town, garden: Garden, chen: Person, at_home: Person
) -> None:
    zhang = Person(town.playground.person("张阿姨"), town.settle)
    await zhang.starts()
    async with town.database.write() as session:
        await city.grant_to(session, zhang.id, Role.VOLUNTEER, garden.area)
    town.clock.now = MORNING.replace(hour=7, minute=30)
    await zhang.opens(await sign(garden))
    await zhang.says("车没来")

    assert zhang.sees.startswith("✅ 报上去了，工单 1。\n🚛 车没来 · 东门")


async def test_problems_can_be_seen_station_by_station(
    town: Town, garden: Garden, chen: Person, at_home: Person, next_door: Person
) -> None:
    async with town.database.write() as session:
        session.add(
            Station(area_id=garden.area, code="a", token=b"12345678", name="A 门", address=None,
                    latitude=None, longitude=None, responsible=None, phone=None, destination=None)
        )  # fmt: skip
    await at_home.says("人工")
    await at_home.says("在吗")
    await reports_full(at_home)
    town.clock.passes(hours=26)
    await next_door.says("车没来")
    await next_door.taps("A 门")
    await next_door.taps("📤 直接报")
    await chen.says("/inbox")
    assert chen.buttons == [
        "1　📨 留言 · 阳光花园　1 天", "2　🗑 桶满了 · 东门　1 天",
        "3　🚛 车没来 · A 门　不到 1 小时",
        "📍 按投放点看问题",
    ]  # fmt: skip
    await chen.taps("📍 按投放点看问题")

    assert chen.buttons == [
        "3　🚛 车没来 · A 门　不到 1 小时", "2　🗑 桶满了 · 东门　1 天", "⏳ 按时间看全部"
    ]  # fmt: skip


async def test_a_long_list_has_pages(garden: Garden, chen: Person, town: Town) -> None:
    people = [town.person(f"人 {number}") for number in range(10)]
    for person in people:
        await person.says("人工")
        await person.taps("阳光花园")
        await person.says("你好")
    await chen.says("/inbox")
    assert len(chen.buttons) == 8 + 2
    await chen.taps("更多 →")
    assert len(chen.buttons) == 2 + 2
    await chen.taps("← 前面的")
    assert len(chen.buttons) == 8 + 2


async def test_in_english(chen: Person, at_home: Person) -> None:
    await at_home.speaks_english()
    await at_home.says("the bin is full")
    await at_home.taps("东门")
    await at_home.taps("📤 Report it now")

    assert at_home.sees == (
        "✅ Reported: case 1.\n🗑 Bins full · 东门\n"
        "Now: received. You get an answer by Tue 24 Nov 17:30, and hear of each step."
    )
