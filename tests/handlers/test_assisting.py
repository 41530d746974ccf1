"""Staff book bulky pickups for a household without a phone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import areas
from models.pickups import Pickup, PickupItem
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
"""A Tuesday."""


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden."""
    town.clock.now = MORNING
    chen = town.person("陈")
    await garden.appoint(chen)
    return chen


async def booked(town: Town) -> list[tuple[date, str, int]]:
    async with town.database.read() as session:
        found = await session.execute(
            select(Pickup.day, Pickup.state, PickupItem.count)
            .join(PickupItem, PickupItem.pickup_id == Pickup.id)
            .order_by(Pickup.id, PickupItem.number)
        )
        return [(day, str(state), count) for day, state, count in found]


async def books(chen: Person) -> None:
    """By the number, the card or the address, and then as at home."""
    await chen.says("/household 3-1-502")
    await chen.taps("🛋 大件预约")
    await chen.taps("➕ 替这家预约")
    await chen.says("一张沙发，两把椅子")
    await chen.taps("✅ 选好了")
    await chen.taps("3")
    await chen.taps("没有电梯")
    await chen.says("单元门口")
    await chen.taps("11月24日（周二）")
    await chen.taps("✅ 确认预约")


async def test_staff_book_for_a_household_without_a_phone(
    garden: Garden, town: Town, chen: Person
) -> None:
    await books(chen)

    assert "3-1-502" in chen.sees
    assert chen.buttons == ["🛋 大件预约"]
    assert await booked(town) == [
        (date(2026, 11, 24), "booked", 1), (date(2026, 11, 24), "booked", 2),
    ]  # fmt: skip

    await chen.taps("🛋 大件预约")

    assert chen.sees == (
        "🛋 阳光花园 3-1-502：约了 1 次。\n📅 11月24日（周二）：沙发、椅子、凳子×2"
    )


async def test_staff_change_and_cancel_for_them_and_who_lives_there_hears_it(
    garden: Garden, town: Town, chen: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await books(chen)
    await town.settle()
    assert "11月24日" in wang.sees

    await chen.taps("🛋 大件预约")
    await chen.taps("✏️ 改 11月24日（周二）的")
    await chen.taps("📅 换日子")
    await chen.taps("11月25日（周三）")
    await chen.taps("✅ 确认修改")
    assert "11月25日" in wang.sees

    await chen.taps("🛋 大件预约")
    await chen.taps("❌ 取消 11月25日（周三）的")
    await chen.taps("是，取消")

    assert chen.sees.startswith("❌ 11月25日（周三）的大件预约取消了。")
    assert {state for _, state, _ in await booked(town)} == {"cancelled"}
    assert "取消" in wang.sees


async def test_staff_of_elsewhere_book_nothing_here(
    garden: Garden, town: Town, chen: Person
) -> None:
    await books(chen)
    other = town.person("别处的")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
        pickup = await session.scalar(select(Pickup.id))
    await garden.appoint(other, moon.id)
    home = garden.homes["3-1-502"]
    for data in (
        f"bookfor:{home}",
        f"newfor:{home}",
        f"changefor:{pickup}",
        f"cancelfor:{pickup}:1",
    ):
        await other.presses(data)
        assert other.toast, data

    assert {state for _, state, _ in await booked(town)} == {"booked"}
    assert "3-1-502" not in " ".join(other.screen)
