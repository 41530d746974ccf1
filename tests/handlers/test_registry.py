"""Households as the staff of a place see and mend them; a household without any phone."""

import pytest
from sqlalchemy import select

from models.audit import Look
from models.settlements import Settlement, Why
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person

NOT_FOR_YOU = "这件事要由社区的工作人员或管理员来做。"


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden."""
    chen = town.person("陈")
    await garden.appoint(chen)
    return chen


async def looks(town: Town) -> list[int]:
    """The households that were looked at, in order."""
    async with town.database.read() as session:
        return list(await session.scalars(select(Look.household_id).order_by(Look.id)))


async def settled(town: Town) -> list[tuple[int, int | None, int, str]]:
    async with town.database.read() as session:
        found = await session.scalars(select(Settlement))
        return [(one.household_id, one.to_id, one.points, one.why) for one in found]


@pytest.mark.parametrize("named", ["number", "3-1-502", "3栋1单元502室"])
async def test_staff_see_a_household_by_number_or_address_and_it_is_written_down(
    garden: Garden, town: Town, chen: Person, wang: Person, named: str
) -> None:
    await garden.lives(wang, "3-1-502")
    number = await garden.number("3-1-502")
    await chen.says("/household " + (number if named == "number" else named))

    assert chen.sees == (
        f"🏠 阳光花园 3-1-502\n编号：{number}\n登记的人：1（王奶奶）\n积分：0\n"
        "等着加入的人：0\n这次查看已记下。"
    )
    assert chen.buttons == ["🎫 发一张加入单", "🔄 换新的码", "🛋 大件预约", "👤 移除王奶奶"]
    assert await looks(town) == [garden.homes["3-1-502"]]


async def test_a_scanned_card_and_a_typed_number_show_it_to_staff_too(
    garden: Garden, town: Town, chen: Person
) -> None:
    await chen.starts(await garden.code("3-1-601"))
    await chen.says(await garden.number("3-1-601"))

    assert [text.splitlines()[0] for text in chen.screen[-2:]] == ["🏠 阳光花园 3-1-601"] * 2
    assert await looks(town) == [garden.homes["3-1-601"]] * 2


async def test_what_is_asked_before_a_change_is_a_look_too(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    home = garden.homes["3-1-502"]
    asks = ("expel:1:0", f"renew:{home}:0", f"settle:{home}:1", f"close:{home}:moved:0")
    for data in asks:
        await chen.presses(data)

    assert await looks(town) == [home] * len(asks)


async def test_an_address_that_fits_several_is_asked_back(garden: Garden, chen: Person) -> None:
    await garden.builds("3", "2", rooms=1)
    await garden.builds("3", "1", rooms=1)
    await chen.says("/household 3栋1室")
    assert chen.sees == "有好几户，是哪一户？"
    await chen.taps("阳光花园 3-2-1")

    assert chen.sees.startswith("🏠 阳光花园 3-2-1\n")


async def test_staff_who_name_no_household_hear_how_to(garden: Garden, chen: Person) -> None:
    await chen.says("/household")

    assert chen.sees == "看一户：发 /household 加编号或地址，例如 /household 3-1-502"


@pytest.mark.parametrize("said", ["9-9-999", "哪里", "123"])
async def test_what_cannot_be_found_is_said(garden: Garden, chen: Person, said: str) -> None:
    await chen.says(f"/household {said}")

    assert chen.sees.startswith("没有找到这一户。")


async def test_staff_of_another_place_see_nothing(
    garden: Garden, town: Town, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    other = town.person("外人")
    await garden.appoint(other, area=garden.area + 1)
    await other.says(f"/household {await garden.number('3-1-502')}")
    assert other.sees == NOT_FOR_YOU
    await other.says("/household 3-1-502")
    assert other.sees.startswith("没有找到这一户。")
    for data in ("open:1", "expel:1:1", "renew:1:1", "handout:1", "settle:1:1"):
        await other.presses(data)
        assert other.toast == NOT_FOR_YOU

    assert await looks(town) == []
    assert await garden.living("3-1-502") == ["王奶奶"]


async def test_a_resident_with_arguments_sees_the_own_household(
    garden: Garden, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await wang.says("/household 3-1-601")

    assert wang.sees.startswith("🏠 阳光花园 3-1-502\n")


async def test_staff_hand_out_a_slip_that_lets_somebody_in(
    garden: Garden, chen: Person, wang: Person
) -> None:
    await chen.says("/household 3-1-601")
    await chen.taps("🎫 发一张加入单")
    assert chen.sees.startswith("🎫 加入单：阳光花园 3-1-601\n")
    assert "只能用一次，14 天内有效" in chen.sees
    link = next(line for line in chen.sees.splitlines() if line.startswith("https://t.me/"))
    await wang.starts(link.partition("start=")[2])
    await wang.taps("✅ 我是成年人，同意")

    assert await garden.living("3-1-601") == ["王奶奶"]


async def test_staff_remove_a_member_who_is_told(
    garden: Garden, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await chen.says("/household 3-1-502")
    await chen.taps("👤 移除王奶奶")
    await chen.taps("确定移除")

    assert wang.sees.startswith("你现在不在 阳光花园 3-1-502 这个家里了。")
    assert await garden.living("3-1-502") == []


async def test_a_household_without_a_phone_gets_a_new_card_from_staff(
    garden: Garden, chen: Person
) -> None:
    old = await garden.number("3-1-601")
    await chen.says("/household 3-1-601")
    await chen.taps("🔄 换新的码")
    await chen.taps("确定换新的码")

    new = await garden.number("3-1-601")
    assert new != old
    assert f"新编号：{new}" in chen.sees


async def test_those_who_wait_at_an_empty_household_are_let_in_from_there(
    garden: Garden, chen: Person, wang: Person
) -> None:
    await wang.starts(await garden.code("3-1-601"))
    await wang.taps("✅ 我是成年人，同意")
    await chen.says("/household 3-1-601")
    assert "等着加入的人：1" in chen.sees
    await chen.taps("✅ 让王奶奶加入")

    assert await garden.living("3-1-601") == ["王奶奶"]


async def test_points_are_passed_on_to_another_household_by_name(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await garden.drops_off("3-1-601")
    await chen.says("/household 3-1-601")
    await chen.taps("⭐ 把 5 分转给另一户")
    await chen.says("3-9-999")
    assert "没有找到这一户" in chen.sees
    await chen.says("3-1-502")
    assert chen.sees == "把 5 分转给 阳光花园 3-1-502，为什么？"
    await chen.taps("两户并一户")
    assert chen.sees == "要把 阳光花园 3-1-601 的 5 分全部转给 阳光花园 3-1-502 吗？"
    await chen.taps("确定转过去")

    assert chen.sees.startswith("✅ 5 分转给了 阳光花园 3-1-502。")
    assert wang.sees.startswith("⭐ 社区工作人员给你家转来 5 分，现在有 5 分。")
    homes = garden.homes
    assert await settled(town) == [(homes["3-1-601"], homes["3-1-502"], 5, Why.MERGED)]


async def test_a_second_press_passes_nothing_on(garden: Garden, town: Town, chen: Person) -> None:
    await garden.drops_off("3-1-601")
    data = f"passon:{garden.homes['3-1-601']}:{garden.homes['3-1-502']}:moved:1"
    await chen.presses(data)
    await chen.presses(data)

    assert chen.toast == "这一户没有积分可转，可能刚刚转过了。"
    assert len(await settled(town)) == 1


async def test_closing_takes_the_points_back_and_leaves_an_empty_household(
    garden: Garden, town: Town, chen: Person
) -> None:
    old = await garden.number("3-1-601")
    await garden.drops_off("3-1-601")
    await chen.says("/household 3-1-601")
    await chen.taps("🔒 关闭这一户")
    await chen.taps("搬走了")
    assert "它的 5 分收回社区" in chen.sees
    await chen.taps("确定关闭")
    assert chen.sees == "🔒 阳光花园 3-1-601 关闭了，收回 5 分。"

    assert await settled(town) == [(garden.homes["3-1-601"], None, 5, Why.MOVED)]
    await chen.says(f"/household {old}")
    assert chen.sees.startswith("🏠 阳光花园 3-1-601（已关闭）")
    assert chen.buttons == []


async def test_points_of_those_who_moved_out_are_passed_on_from_the_message(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await garden.drops_off("3-1-502")
    await wang.says("/household")
    await wang.taps("📦 全家搬走")
    await wang.taps("确定全家搬走")
    await garden.lives(wang, "3-1-601")
    await chen.taps("🏠 打开这一户")
    await chen.taps("⭐ 把 5 分转给另一户")
    await chen.says(await garden.number("3-1-601"))
    await chen.taps("搬走了")
    await chen.taps("确定转过去")
    await wang.says("/history")

    assert "+5 分　社区转分" in wang.sees


async def test_a_household_where_people_live_is_not_closed(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await chen.presses(f"close:{garden.homes['3-1-502']}:moved:1")

    assert "这一户还有人登记" in (chen.toast or "")
    assert await settled(town) == []
