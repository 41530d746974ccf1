"""My household's code and points: pictures, history, and what is heard of each drop-off."""

import pytest

from handlers.pictures import qr
from knowledge.qualities import Quality
from knowledge.streams import Stream
from models.drop_off_tables import Mistake
from tests.conftest import Clock, Town
from tests.garden import Garden
from tests.people import Person


@pytest.fixture
async def home(garden: Garden, wang: Person) -> Garden:
    """Grandma Wang lives at 3-1-502."""
    await garden.lives(wang, "3-1-502")
    return garden


@pytest.mark.parametrize("asked", ["/code", "📱 我家的码", "二维码", "我家的码", "qr code"])
async def test_the_code_is_a_picture_that_a_volunteer_can_scan(
    home: Garden, town: Town, wang: Person, asked: str
) -> None:
    await wang.says(asked)

    number, code = await home.number("3-1-502"), await home.code("3-1-502")
    assert wang.sees.startswith(f"📱 阳光花园 3-1-502\n编号：{number}\n")
    assert wang.picture
    name = town.playground.world.bot["username"]
    assert qr.read(wang.picture) == [f"https://t.me/{name}?start={code}"]


@pytest.mark.parametrize("asked", ["/points", "⭐ 我的积分", "查积分", "我的积分", "points"])
async def test_points_are_shown_with_a_picture(home: Garden, wang: Person, asked: str) -> None:
    await wang.says(asked)

    assert wang.sees == "⭐ 你家现在有 0 分\n这个月投放得了 0 分"
    assert wang.picture


async def test_new_points_can_be_spent_after_their_undo(
    home: Garden, clock: Clock, wang: Person
) -> None:
    await home.drops_off("3-1-502")
    await wang.says("/points")
    assert wang.sees.splitlines() == [
        "⭐ 你家现在有 5 分", "其中 5 分刚得到，5分钟后才能用", "这个月投放得了 5 分",
    ]  # fmt: skip
    clock.passes(minutes=6)
    await wang.says("/points")

    assert wang.sees == "⭐ 你家现在有 5 分\n这个月投放得了 5 分"


async def test_a_right_drop_off_is_thanked_for(home: Garden, wang: Person) -> None:
    await home.drops_off("3-1-502")

    assert wang.sees == (
        "✅ 分得对，谢谢！11月23日（周一） 15:30，东门。\n得 5 分。\n你家现在有 5 分。"
    )


async def test_a_wrong_one_says_kindly_what_belonged_where(home: Garden, wang: Person) -> None:
    await home.drops_off(
        "3-1-502",
        Quality.WRONG,
        Mistake(Stream.FOOD, "塑料袋 @x", Stream.RESIDUAL),
        Mistake(Stream.RECYCLABLE, "怪东西"),
        Mistake(Stream.RECYCLABLE),
    )

    assert wang.sees == (
        "🟠 谢谢来投放，这次没分对。11月23日（周一） 15:30，东门。\n"
        "• 塑料袋 x：下次投其他垃圾。\n"
        "• 怪东西：下次先问我投哪个桶，发名字就行。\n"
        "得 0 分。\n你家现在有 0 分。"
    )


async def test_corrections_and_withdrawals_are_heard(
    home: Garden, clock: Clock, wang: Person
) -> None:
    drop_off = await home.drops_off("3-1-502")
    clock.passes(minutes=1)
    await home.judges(drop_off, Quality.PARTLY)
    assert wang.sees.startswith("✏ 11月23日（周一） 15:30 东门 的那次投放更正了：大部分分对了。")
    await home.withdraws(drop_off)

    assert wang.sees == (
        "↩ 11月23日（周一） 15:30 东门 的那次投放取消了。\n得 0 分。\n你家现在有 0 分。"
    )


async def test_each_point_is_traced_to_its_drop_off(
    home: Garden, clock: Clock, wang: Person
) -> None:
    drop_off = await home.drops_off("3-1-502")
    clock.passes(minutes=1)
    await home.judges(drop_off, Quality.PARTLY)
    await wang.says("/history")

    when = "11月23日（周一） 15:30 东门，部分分对"
    assert wang.sees == (
        f"🧾 你家的积分，最近的在前\n\n−2 分　更正\n{when}\n\n+5 分　投放\n{when}"
    )
    assert wang.buttons == []


async def test_the_history_is_a_button_below_the_picture(home: Garden, wang: Person) -> None:
    await wang.says("/points")
    await wang.taps("🧾 每一分从哪里来")

    assert wang.sees == "还没有积分。投放时给志愿者扫你家的码，就有了：/code"


async def test_the_history_has_pages_of_ten(home: Garden, clock: Clock, wang: Person) -> None:
    for _ in range(12):
        clock.passes(days=1)
        await home.begins_shift()
        await home.drops_off("3-1-502")
    await wang.says("/history")
    newest, shown = wang.sees, len(wang.screen)
    assert newest.count("+5 分") == 10
    assert wang.buttons == ["▶ 更早的"]
    await wang.taps("▶ 更早的")
    assert wang.sees.count("+5 分") == 2
    assert wang.buttons == ["◀ 更近的"]
    await wang.taps("◀ 更近的")

    assert (wang.sees, len(wang.screen)) == (newest, shown)


async def test_the_history_of_others_is_out_of_reach(
    home: Garden, town: Town, wang: Person
) -> None:
    await home.drops_off("3-1-502")
    li = town.person("小李")
    await li.starts()
    for data in ("history:0:0:0", "history:9:0:1", "history:0:1:0", "history:00:0:0"):
        await li.presses(data)
        assert li.toast

    assert not any("东门" in text for text in li.screen)


async def test_in_english_it_reads_as_well(home: Garden, clock: Clock, wang: Person) -> None:
    await wang.speaks_english()
    await home.drops_off("3-1-502")
    assert wang.sees == (
        "✅ Sorted right, thank you! Mon 23 Nov 15:30, 东门.\n5 points for it.\n"
        "Your household has 5 points now."
    )
    clock.passes(minutes=6)
    await wang.says("my points")

    assert wang.sees == ("⭐ Your household has 5 points\n5 points from drop-offs this month")
