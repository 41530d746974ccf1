"""Booking a bulky pickup, as a conversation; changing it; and what people send instead."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from models import Base
from models.areas import Area
from models.pickups import Draft, Pickup, State
from models.stations import Station
from tests.garden import Garden, garden
from tests.people import Person

__all__ = ["garden"]

HOME, NEXT_DOOR = "3-1-502", "3-1-601"
WEDNESDAY, THURSDAY = "11月25日（周三）", "11月26日（周四）"


@pytest.fixture
async def at_home(garden: Garden, wang: Person) -> Person:
    """Grandma Wang, who lives in 3-1-502; it is half past three on a Monday."""
    await garden.lives(wang, HOME)
    return wang


async def books(person: Person, *, day: str = WEDNESDAY, thing: str = "沙发") -> None:
    """Book something, for the first time or again."""
    await person.says("/bulky")
    await person.taps(thing)
    await person.taps("✅ 选好了")
    if "✅ 和上次一样" in person.buttons:
        await person.taps("✅ 和上次一样")
    else:
        for label in ("5", "有电梯", "单元门口"):
            await person.taps(label)
    await person.taps(day)
    await person.taps("✅ 确认预约")


async def test_a_sofa_is_booked(at_home: Person, garden: Garden) -> None:
    await at_home.says("我想预约大件")
    assert at_home.sees.startswith("🛋 要收什么大件？")
    assert "一次最多 5 件。每家一年 2 件不收费，多的每件 20 元" in at_home.sees
    assert at_home.buttons[-2:] == ["▶ 别的大件", "✖ 不约了"]

    await at_home.taps("沙发")
    assert at_home.sees.startswith("要收的：沙发\n")
    await at_home.taps("➕ 沙发")
    assert at_home.sees.startswith("要收的：沙发×2\n")
    await at_home.taps("✅ 选好了")
    assert at_home.sees.startswith("你家在几楼？")
    await at_home.taps("5")
    await at_home.taps("有电梯")
    assert at_home.sees.startswith("收运那天，东西放在哪里？")
    await at_home.taps("单元门口")
    assert at_home.sees == "哪一天来收？点了日子，名额给你留 30 分钟。"
    assert at_home.buttons == [WEDNESDAY, THURSDAY, "▶ 更晚的日子", "↩ 返回", "✖ 不约了"]
    await at_home.taps(WEDNESDAY)
    assert at_home.sees.splitlines() == [
        "请核对，没问题就点“确认预约”：",
        "📅 11月25日（周三）",
        "🛋 沙发×2",
        "🏠 阳光花园 3-1-502",
        "📍 5楼，有电梯；放在：单元门口",
        "💰 不收费",
        "✏️ 11月24日（周二） 13:30 以前可以改、可以取消",
        "⏳ 名额给你留到 16:00，请在这之前确认",
    ]
    await at_home.taps("✅ 确认预约")
    assert at_home.sees.startswith("✅ 预约好了。")
    assert "📅 11月25日（周三），约好了\n🛋 沙发×2" in at_home.sees
    assert at_home.buttons == ["✏️ 改", "✖ 取消预约", "📋 我家的预约"]

    (pickup,) = await booked(garden)
    assert (pickup.day, pickup.load, pickup.floor, pickup.lift) == (date(2026, 11, 25), 2, 5, True)
    assert (pickup.place, pickup.price, pickup.free) == ("单元门口", 0, 2)


async def test_the_first_booking_takes_nine_taps_at_most_and_a_repeat_six(
    at_home: Person, garden: Garden
) -> None:
    begun = acts(garden)
    await books(at_home, day=WEDNESDAY)
    first = acts(garden)
    await books(at_home, day=THURSDAY)
    repeat = acts(garden)

    assert len(await booked(garden)) == 2
    assert first - begun <= 9
    assert repeat - first <= 6


# What is to be collected.


async def test_things_are_named_in_own_words(at_home: Person) -> None:
    await at_home.says("/bulky")
    await at_home.says("两把椅子，旧鱼缸，一张床")
    assert "要收的：椅子、凳子×2、旧鱼缸、床（床架、床板）" in at_home.sees
    assert at_home.sees.startswith("“旧鱼缸”一般投可回收物，不用预约。")

    await at_home.taps("➖ 旧鱼缸")
    assert at_home.sees.startswith("要收的：椅子、凳子×2、床（床架、床板）\n")
    await at_home.says("再加一把椅子")
    assert at_home.sees.startswith("要收的：椅子、凳子×3、床（床架、床板）\n")


NOT_COLLECTED = {
    "香蕉皮": "“香蕉皮”投厨余垃圾，没有加进来。",
    "过期药品": "“过期药品”投有害垃圾，没有加进来。",
    "碎砖": "“碎砖”是装修垃圾，要另外送，没有加进来。",
    "哈哈哈": "没看懂要收什么。",
    "😀": "没看懂要收什么。",
    "怪物" * 30: "没看懂要收什么。",
    "-1": "没看懂要收什么。",
    "http://evil.cn/a": "没看懂要收什么。",
    "9个沙发": "一次最多收 5 件，这些没有加进来。",
    "沙发，床，桌子，椅子，冰箱，电视机": "一次最多收 5 件",
}


async def test_what_is_not_collected_is_said_and_not_added(
    at_home: Person, garden: Garden
) -> None:
    await at_home.says("/bulky")
    for said, heard in NOT_COLLECTED.items():
        await at_home.says(said)
        assert at_home.sees.startswith(heard)

    assert (await draft(garden)).things == []


async def test_the_rest_of_the_list_is_a_tap_away(at_home: Person, garden: Garden) -> None:
    await at_home.says("/bulky")
    await at_home.taps("▶ 别的大件")
    assert at_home.buttons[-2:] == ["↩ 返回", "✖ 不约了"]
    await at_home.taps("钢琴")
    assert at_home.sees.startswith("要收的：钢琴\n")

    await at_home.taps("➖ 钢琴")
    assert at_home.sees.startswith("🛋 要收什么大件？")
    assert "✅ 选好了" not in at_home.buttons


async def test_more_than_the_free_ones_cost_and_that_is_shown_before(
    at_home: Person, garden: Garden
) -> None:
    await at_home.says("/bulky")
    await at_home.says("三个柜子")
    for label in ("✅ 选好了", "1", "小区门口", WEDNESDAY):
        await at_home.taps(label)
    assert "💰 20 元，收走时付给收运员（有 2 件免费）" in at_home.sees
    assert "📍 1楼；放在：小区门口" in at_home.sees

    await at_home.taps("✅ 确认预约")
    assert [pickup.price for pickup in await booked(garden)] == [2000]


async def test_a_which_bin_answer_leads_to_a_booking(at_home: Person) -> None:
    for asked, thing in (("沙发", "沙发"), ("旧衣柜", "衣柜"), ("按摩椅", "按摩椅")):
        await at_home.says(asked)
        answer = at_home.sees
        await at_home.taps("🛋 预约来收")
        assert at_home.sees.startswith(f"要收的：{thing}\n")
        assert at_home.screen[-2] == answer
        await at_home.taps("✖ 不约了")


async def test_one_of_several_answers_leads_to_a_booking_too(at_home: Person) -> None:
    await at_home.says("香蕉皮，床垫，碎砖")
    wrong = ["👎 香蕉皮", "👎 床垫", "👎 砖头"]
    assert at_home.buttons == ["🛋 预约来收：床垫", "📍 送到哪里", *wrong]
    await at_home.taps("🛋 预约来收：床垫")

    assert at_home.sees.startswith("要收的：床垫\n")


async def test_renovation_waste_is_brought_somewhere(at_home: Person, garden: Garden) -> None:
    await at_home.says("碎砖")
    await at_home.taps("📍 送到哪里")
    assert at_home.sees == "你家附近还没有登记装修垃圾投放点。请问物业或社区。"

    await opens_a_place(garden)
    await at_home.taps("📍 送到哪里")
    assert at_home.sees == "装修垃圾可以自己送到：\n• 大件点，湖边路1号，电话 0000-1"


async def test_nobody_books_in_a_group(at_home: Person, garden: Garden) -> None:
    group = garden.town.playground.group("阳光花园", [at_home.account])
    there = at_home.in_group(group)
    await there.says("/bin 沙发")
    assert "大件" in there.sees
    assert there.buttons == ["👎 答得不对"]
    await there.says("/bulky")
    assert len(there.screen) == 1

    assert await drafts(garden) == []


async def test_who_lives_in_no_household_hears_how_to_join(garden: Garden, li: Person) -> None:
    await li.starts()
    for asked in ("/bulky", "/pickups", "约大件", "🛋 约大件", "我的预约"):
        await li.says(asked)
        assert li.sees.startswith("你还没有加入你家。")
    for button in ("🛋 预约来收", "📍 送到哪里"):
        await li.says("沙发，碎砖")
        await li.taps(button if button in li.buttons else "🛋 预约来收：沙发")
        assert li.sees.startswith("你还没有加入你家。")


# Where it stands.


async def test_floor_and_place_may_be_typed(at_home: Person, garden: Garden) -> None:
    await at_home.says("/bulky")
    await at_home.taps("沙发")
    await at_home.taps("✅ 选好了")
    await at_home.says("十八楼")
    await at_home.taps("没有电梯")
    await at_home.says("荷塘旁边，红色车棚")
    await at_home.taps(WEDNESDAY)

    assert "📍 18楼，没有电梯；放在：荷塘旁边，红色车棚" in at_home.sees


async def test_there_is_a_way_back_and_out_on_every_page(at_home: Person, garden: Garden) -> None:
    await at_home.says("/bulky")
    await at_home.taps("沙发")
    titles = []
    for label in ("✅ 选好了", "5", "有电梯", "单元门口", "▶ 更晚的日子"):
        await at_home.taps(label)
        assert at_home.buttons[-2:] == ["↩ 返回", "✖ 不约了"]
        titles.append(at_home.sees.split("\n")[0])
    back = []
    while "↩ 返回" in at_home.buttons:
        await at_home.taps("↩ 返回")
        back.append(at_home.sees.split("\n")[0])
    assert titles[-1] == back[0]
    assert back[-1] == "要收的：沙发"

    await at_home.taps("✖ 不约了")
    assert at_home.sees == "好的，这次不约。想约的时候，发 /bulky"
    assert await drafts(garden) == []


async def test_cancel_leaves_a_booking_that_is_begun(at_home: Person, garden: Garden) -> None:
    await at_home.says("/bulky")
    await at_home.says("/cancel")
    assert at_home.sees == "好的，这次不约。想约的时候，发 /bulky"
    await at_home.says("/cancel")
    assert at_home.sees.startswith("现在没有要取消的。")

    assert await drafts(garden) == []


# A day that has room.


async def test_later_days_are_a_tap_away(at_home: Person) -> None:
    await reaches(at_home, "days")
    await at_home.taps("▶ 更晚的日子")

    assert at_home.buttons[0] == "11月27日（周五）"
    assert at_home.buttons[-3] == "12月21日（周一）"


async def test_a_day_that_fills_up_meanwhile_is_told_with_the_next_ones(
    at_home: Person, garden: Garden
) -> None:
    await has_rules(garden, "households 1; price 0")
    await reaches(at_home, "days")
    await books(await neighbour(garden), day=WEDNESDAY)
    await at_home.taps(WEDNESDAY)

    assert at_home.sees.startswith("11月25日（周三） 刚刚约满了，没有约上。请选别的日子。")
    assert at_home.buttons[:2] == [THURSDAY, "11月27日（周五）"]
    await at_home.taps(THURSDAY)
    await at_home.taps("✅ 确认预约")
    assert at_home.sees.startswith("✅ 预约好了。")


async def test_a_hold_keeps_the_place_for_half_an_hour(at_home: Person, garden: Garden) -> None:
    await has_rules(garden, "households 1; price 0")
    await reaches(at_home, "summary")
    other = await neighbour(garden)
    await reaches(other, "days")
    assert WEDNESDAY not in other.buttons

    garden.town.clock.passes(minutes=30)
    await other.taps("↩ 返回")
    await other.taps("✅ 就这样")
    await other.taps(WEDNESDAY)
    await other.taps("✅ 确认预约")
    await at_home.taps("✅ 确认预约")
    assert at_home.sees.startswith("11月25日（周三） 刚刚约满了，没有约上。")
    assert at_home.buttons[0] == THURSDAY
    assert [pickup.household_id for pickup in await booked(garden)] == [garden.homes[NEXT_DOOR]]


async def test_who_confirms_later_gets_the_same_day_if_it_has_room(
    at_home: Person, garden: Garden
) -> None:
    await reaches(at_home, "summary")
    garden.town.clock.passes(minutes=31)
    await at_home.taps("📝 写备注")
    await at_home.taps("↩ 返回")
    assert "⏳ 留名额的时间过了。还可以确认，有位置就约上" in at_home.sees
    await at_home.taps("✅ 确认预约")

    assert at_home.sees.startswith("✅ 预约好了。")


async def test_when_all_days_are_full_it_says_where_to_bring_things(
    at_home: Person, garden: Garden
) -> None:
    await has_rules(garden, "households 1; ahead 2-2")
    await opens_a_place(garden)
    await books(await neighbour(garden))
    await reaches(at_home, "days")

    assert at_home.sees.startswith("最近的日子都约满了。")
    assert "• 大件点，湖边路1号，电话 0000-1" in at_home.sees
    assert at_home.buttons == ["↩ 返回", "✖ 不约了"]


async def test_where_nothing_is_collected_it_says_whom_to_call(
    at_home: Person, garden: Garden
) -> None:
    await has_rules(garden, "none", phone="0000-2")
    await opens_a_place(garden)
    await at_home.says("/bulky")

    assert at_home.sees == (
        "这里没有大件上门清运。请打 0000-2。\n\n"
        "大件可以自己送到：\n• 大件点，湖边路1号，电话 0000-1"
    )


# A look at it all.


async def test_notes_and_photos_are_added_to_the_summary(at_home: Person, garden: Garden) -> None:
    await reaches(at_home, "summary")
    await at_home.taps("📝 写备注")
    await at_home.says("沙发很重，要两个人")
    assert "📝 沙发很重，要两个人" in at_home.sees
    await at_home.taps("📷 加照片")
    for shade in range(3):
        await at_home.sends_photo(photo(shade))
        assert at_home.sees.startswith("✅ 照片收到了。")
    await at_home.sends_photo(photo(3))
    assert at_home.sees == "最多 3 张照片，这张没有存。"
    await at_home.taps("↩ 返回")
    assert "📷 3 张照片" in at_home.screen[-2]
    await at_home.taps("✅ 确认预约")

    (pickup,) = await booked(garden)
    assert pickup.notes == "沙发很重，要两个人"
    assert len(pickup.photos) == 3


async def test_notes_and_photos_are_taken_away_again(at_home: Person, garden: Garden) -> None:
    await reaches(at_home, "summary")
    await at_home.taps("📝 写备注")
    await at_home.says("沙发很重")
    await at_home.taps("📷 加照片")
    await at_home.sends_photo(photo(0))
    await at_home.taps("去掉照片")
    await at_home.taps("📝 写备注")
    await at_home.taps("去掉备注")

    assert "📷" not in at_home.sees
    assert "📝" not in at_home.sees
    assert at_home.buttons[-2:] == ["✅ 确认预约", "✖ 不约了"]


async def test_what_was_changed_in_the_summary_leads_back_to_it(
    at_home: Person, garden: Garden
) -> None:
    await reaches(at_home, "summary")
    for label in ("🛋 改东西", "床垫", "✅ 选好了"):
        await at_home.taps(label)
    assert "🛋 沙发、床垫" in at_home.sees
    for label in ("📍 改地点", "2", "没有电梯", "小区门口"):
        await at_home.taps(label)
    assert "📍 2楼，没有电梯；放在：小区门口" in at_home.sees
    for label in ("📅 换日子", THURSDAY):
        await at_home.taps(label)
    assert "📅 11月26日（周四）" in at_home.sees


async def test_an_old_summary_is_not_confirmed(at_home: Person, garden: Garden) -> None:
    await reaches(at_home, "summary")
    old = data_of(at_home, "✅ 确认预约")
    for label in ("🛋 改东西", "床垫", "✅ 选好了"):
        await at_home.taps(label)
    await at_home.presses(old)
    assert at_home.sees.startswith("这一页旧了，内容后来改过。请看最新的。\n\n请核对")
    assert await booked(garden) == []

    await at_home.taps("✅ 确认预约")
    await at_home.presses(old)
    assert at_home.toast == "这一页已经办完了。约好的看 /pickups，要再约发 /bulky"
    assert len(await booked(garden)) == 1


# Half-finished.


async def test_a_booking_that_is_half_finished_survives_a_restart(
    at_home: Person, garden: Garden
) -> None:
    await at_home.says("/bulky")
    for restart_before in ("沙发，床垫", "✅ 选好了", "18", "有电梯", "荷塘边", WEDNESDAY):
        await garden.town.closes()
        await garden.town.opens()
        if restart_before in at_home.buttons:
            await at_home.taps(restart_before)
        else:
            await at_home.says(restart_before)
    await garden.town.closes()
    await garden.town.opens()
    await at_home.taps("✅ 确认预约")

    (pickup,) = await booked(garden)
    assert (pickup.load, pickup.floor, pickup.place) == (2, 18, "荷塘边")


async def test_who_comes_back_goes_on_or_begins_anew(at_home: Person, garden: Garden) -> None:
    await reaches(at_home, "days")
    await at_home.says("/bulky")
    assert at_home.sees == "你上次选到一半：沙发"
    await at_home.taps("▶ 接着来")
    assert at_home.sees.startswith("现在是这样：\n📍 5楼，有电梯；放在：单元门口")

    await at_home.says("/bulky")
    await at_home.taps("🔄 重新约")
    assert at_home.sees.startswith("🛋 要收什么大件？")
    await at_home.says("床")
    await at_home.says("沙发")
    await at_home.taps("✖ 不约了")
    await at_home.says("沙发")
    assert at_home.sees.startswith("🪑") or "大件" in at_home.sees.split("\n")[0]


async def test_the_button_under_an_answer_adds_to_what_is_half_finished(at_home: Person) -> None:
    await reaches(at_home, "days")
    await at_home.says("床垫")
    await at_home.taps("🛋 预约来收")

    assert at_home.sees.startswith("要收的：沙发、床垫\n")


async def test_after_half_an_hour_words_are_a_question_again(
    at_home: Person, garden: Garden
) -> None:
    await at_home.says("/bulky")
    garden.town.clock.passes(minutes=30)
    await at_home.says("香蕉皮")

    assert "厨余垃圾" in at_home.sees
    assert (await draft(garden)).things == []


# Changing.


async def test_a_booking_is_moved_to_another_day(at_home: Person, garden: Garden) -> None:
    await books(at_home)
    await at_home.taps("✏️ 改")
    assert at_home.sees.startswith("要改什么？点下面的：")
    assert "✅ 确认修改" not in at_home.buttons
    await at_home.taps("📅 换日子")
    assert at_home.buttons[0] == "⭐ 11月25日（周三）（现在的日子）"
    await at_home.taps(THURSDAY)
    await at_home.taps("✅ 确认修改")

    assert at_home.sees.startswith("✅ 改好了。\n\n📅 11月26日（周四），约好了")
    assert [(pickup.day.day, pickup.revision) for pickup in await booked(garden)] == [(26, 1)]


async def test_a_change_keeps_the_own_day_although_it_is_full(
    at_home: Person, garden: Garden
) -> None:
    await books(at_home)
    await books(await neighbour(garden))
    await has_rules(garden, "households 2; items 2; per-booking 2")
    await at_home.taps("✏️ 改")
    await at_home.taps("📝 写备注")
    await at_home.says("轻一点")
    await at_home.taps("📅 换日子")
    await at_home.taps("⭐ 11月25日（周三）（现在的日子）")
    await at_home.taps("✅ 确认修改")
    assert at_home.sees.startswith("✅ 改好了。\n\n📅 11月25日（周三），约好了")

    await at_home.taps("✏️ 改")
    await at_home.taps("🛋 改东西")
    await at_home.taps("床垫")
    assert "刚刚约满了" in at_home.sees
    assert [pickup.load for pickup in await booked(garden)] == [1, 1]


async def test_a_change_that_is_left_changes_nothing(at_home: Person, garden: Garden) -> None:
    await books(at_home)
    await at_home.taps("✏️ 改")
    for label in ("🛋 改东西", "床垫", "✅ 选好了", "✖ 不改了"):
        await at_home.taps(label)

    assert at_home.sees.startswith("好的，没有改。\n\n📅 11月25日（周三），约好了\n🛋 沙发\n")
    assert at_home.buttons == ["✏️ 改", "✖ 取消预约", "📋 我家的预约"]
    assert [pickup.revision for pickup in await booked(garden)] == [0]


async def test_a_change_that_changes_nothing_says_so(at_home: Person, garden: Garden) -> None:
    await books(at_home)
    await at_home.taps("✏️ 改")
    for label in ("🛋 改东西", "➕ 沙发", "➖ 沙发", "✅ 选好了", "✅ 确认修改"):
        await at_home.taps(label)

    assert at_home.toast == "和原来一样，没有改。"
    assert [pickup.revision for pickup in await booked(garden)] == [0]


async def test_two_at_home_change_the_same_booking(at_home: Person, garden: Garden) -> None:
    son = garden.town.person("小王")
    await garden.lives(son, HOME)
    await books(at_home)
    await at_home.taps("✏️ 改")
    await son.taps("✏️ 改")
    for person in (son, at_home):
        await person.taps("📅 换日子")
        if person is son:
            await person.taps(THURSDAY)
            await person.taps("✅ 确认修改")

    assert at_home.toast == "这个预约刚刚被改过。发 /pickups 看最新的，再改一次。"
    assert [pickup.day.day for pickup in await booked(garden)] == [26]


# What people send instead.

FILE = {"file_id": "a", "file_unique_id": "b"}

INSTEAD: tuple[dict[str, Any], ...] = (
    {"sticker": FILE | {"type": "regular", "width": 9, "height": 9, "is_animated": False,
                        "is_video": False}},
    {"voice": FILE | {"duration": 3}},
    {"audio": FILE | {"duration": 3}},
    {"video_note": FILE | {"duration": 3, "length": 9}},
    {"animation": FILE | {"width": 9, "height": 9, "duration": 3}},
    {"video": FILE | {"width": 9, "height": 9, "duration": 3}},
    {"document": FILE},
    {"location": {"latitude": 31.2, "longitude": 121.5}},
    {"contact": {"phone_number": "13800000000", "first_name": "李"}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"text": "沙发", "forward_origin": {"type": "hidden_user", "sender_user_name": "某人",
                                       "date": 1}},
)  # fmt: skip
"""What is no words of the person."""

TYPED = (
    "字" * 4096, "a" * 4096, "怪 " * 2048, "😀", "…", "?!", "💩" * 500, "/nothing",
    "http://evil.cn/" + "x" * 200,
)  # fmt: skip
"""Words that no page takes, beside what `INSTEAD` has."""

NO_NUMBERS = ("-1", "0", "100", "12345678901234567890", "NaN", "1.5", "五十百")
"""What is no floor."""


@pytest.mark.parametrize(
    "page", ["things", "floor", "lift", "place", "days", "summary", "notes", "photo"]
)
async def test_bad_input_changes_nothing_and_gets_a_clear_sentence(
    at_home: Person, garden: Garden, page: str
) -> None:
    await books(at_home, day=THURSDAY)
    await reaches(at_home, page)
    before = await books_of(garden)
    typed = (*TYPED, *(NO_NUMBERS if page == "floor" else ()))
    sent = [*({"text": words} for words in typed), *INSTEAD]
    if page != "photo":
        sent.append({"photo": [FILE | {"width": 9, "height": 9}]})
    assert len(sent) >= 20
    for content in sent:
        heard = len(at_home.screen)
        await at_home.sends(content)
        assert len(at_home.screen) > heard, content
        assert "出了点问题" not in at_home.sees

    assert await books_of(garden) == before


async def test_buttons_of_another_household_do_nothing(at_home: Person, garden: Garden) -> None:
    await books(at_home)
    own = [button["callback_data"] for button in buttons_of(at_home)]
    await at_home.taps("✏️ 改")
    own += [button["callback_data"] for button in buttons_of(at_home)]
    other = await neighbour(garden)
    before = await books_of(garden)
    for data in own:
        heard = len(other.screen)
        await other.presses(data)
        if data != "pickups":
            assert other.toast in (
                "这不是你家的预约。发 /pickups 看你家的。",
                "这一页已经办完了。约好的看 /pickups，要再约发 /bulky",
            ), data
            assert "沙发" not in "".join(other.screen[heard:])

    assert await books_of(garden) == before


async def test_it_speaks_english(at_home: Person, garden: Garden) -> None:
    await at_home.speaks_english()
    await at_home.says("bulky pickup")
    await at_home.says("a sofa, 2 chairs")
    assert at_home.sees.startswith("To collect: sofa, chair or stool ×2\n")
    for label in ("✅ That is all", "5", "There is a lift", "at the gate", "Wed 25 Nov"):
        await at_home.taps(label)
    assert at_home.sees.splitlines() == [
        "Please look it over; if it is right, tap “Book it”:",
        "📅 Wed 25 Nov",
        "🛋 sofa, chair or stool ×2",
        "🏠 阳光花园 3-1-502",
        "📍 floor 5, with a lift; put out: at the gate",
        "💰 20 yuan, paid to the crew when it is collected (free of charge: 2)",
        "✏️ Can be changed or cancelled until Tue 24 Nov 13:30",
        "⏳ The place is kept for you until 16:00; please confirm before",
    ]
    await at_home.taps("✅ Book it")
    assert at_home.sees.startswith("✅ It is booked.")


# Behind the scenes.


def photo(shade: int) -> bytes:
    """A small picture, another for each shade."""
    drawn = BytesIO()
    Image.new("L", (16, 16), shade).save(drawn, "PNG")
    return drawn.getvalue()


def acts(garden: Garden) -> int:
    """How often anybody has tapped or sent something."""
    world = garden.town.playground.world
    sent = [
        message
        for chat in world.chats.values()
        for message in chat.messages.values()
        if message["from"]["id"] != world.bot["id"]
    ]
    return len(sent) + len(world.presses)


async def neighbour(garden: Garden) -> Person:
    """Uncle Li, who lives next door."""
    person = garden.town.person("李叔叔")
    await garden.lives(person, NEXT_DOOR)
    return person


async def reaches(person: Person, page: str) -> None:
    """Book a sofa as far as this page."""
    ways = {
        "things": [],
        "floor": ["沙发", "✅ 选好了"],
        "lift": ["5"],
        "place": ["有电梯"],
        "days": ["单元门口"],
        "summary": [WEDNESDAY],
    }
    aside = {"notes": "📝 写备注", "photo": "📷 加照片"}
    await person.says("/bulky")
    for name, labels in ways.items():
        for label in labels:
            if label == "5" and "📍 换个地方" in person.buttons:
                await person.taps("📍 换个地方")
            await person.taps(label)
        if name == page:
            return
    await person.taps(aside[page])


async def has_rules(garden: Garden, rules: str, **more: str) -> None:
    """What the city has decided about pickups."""
    async with garden.town.database.write() as session:
        area = await session.get_one(Area, garden.area)
        area.pickups = rules
        for name, value in more.items():
            setattr(area, name, value)


async def opens_a_place(garden: Garden) -> None:
    """Where bulky things and renovation waste are brought."""
    async with garden.town.database.write() as session:
        session.add(
            Station(
                area_id=garden.area, code="lake", token=b"12345678", name="大件点",
                address="湖边路1号", latitude=None, longitude=None, responsible=None,
                phone="0000-1", destination=None, takes="bulky,renovation",
            )
        )  # fmt: skip


async def booked(garden: Garden) -> list[Pickup]:
    """All bookings that were not cancelled."""
    async with garden.town.database.read() as session:
        query = select(Pickup).where(Pickup.state != State.CANCELLED).order_by(Pickup.id)
        return list(await session.scalars(query))


async def drafts(garden: Garden) -> list[Draft]:
    async with garden.town.database.read() as session:
        return list(await session.scalars(select(Draft)))


async def draft(garden: Garden) -> Draft:
    """The only one."""
    (only,) = await drafts(garden)
    return only


async def books_of(garden: Garden) -> dict[str, list[tuple[Any, ...]]]:
    """What may not change unless somebody means it to."""
    tables = ("pickups", "pickup_items", "pickup_changes", "pickup_drafts", "pickup_slots")
    async with garden.town.database.read() as session:
        return {
            name: [tuple(row) for row in await session.execute(select(Base.metadata.tables[name]))]
            for name in tables
        }


def buttons_of(person: Person) -> list[dict[str, str]]:
    """The buttons under the newest message of the bot."""
    rows = list(person.chat.messages.values())[-1].get("reply_markup", {})["inline_keyboard"]
    return [button for row in rows for button in row]


def data_of(person: Person, label: str) -> str:
    """What a button says to the bot."""
    return next(each["callback_data"] for each in buttons_of(person) if each["text"] == label)
