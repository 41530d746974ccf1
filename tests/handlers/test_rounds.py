"""The crew on its round: the sheet of the day, and how it went, in one message or one tap."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from models import pickup_bookings
from models.pickups import Person as By
from models.pickups import Pickup, Thing
from models.roles import Held, Role
from tests.city import grant_to
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
"""A Tuesday."""

HOMES = ("3-1-502", "3-1-601", "3-2-101", "10-201")
"""In building order."""


async def books(
    garden: Garden,
    address: str,
    *things: Thing,
    day: date = TODAY,
    photos: tuple[str, ...] = (),
    **said: object,
) -> int:
    """Staff book for a household; the booking's number in the books."""
    town, staff = garden.town, By(900, (Held(Role.STAFF, garden.area),))
    now, civil = town.clock(), town.place.civil
    things = things or (Thing("sofa", None, 1),)
    async with town.database.write() as session:
        home = garden.homes[address]
        draft = await pickup_bookings.begin(session, home, staff, civil, now)
        await pickup_bookings.put_things(session, draft.id, staff, things, civil, now)
        if said:
            await pickup_bookings.describe(session, draft.id, staff, civil, now, **said)  # type: ignore[arg-type]  # as the test says it
        for photo in photos:
            await pickup_bookings.describe(session, draft.id, staff, civil, now, photo=photo)
        draft = await pickup_bookings.choose(session, draft.id, staff, day, civil, now)
        shown = await pickup_bookings.summary(session, draft.id, staff, civil, now)
        booked = await pickup_bookings.confirm(
            session, draft.id, draft.revision, shown.cost.fen, staff, civil, now
        )
    return booked.id


async def state(garden: Garden, pickup_id: int) -> str:
    async with garden.town.database.read() as session:
        return str((await session.get_one(Pickup, pickup_id)).state)


async def makes_crew(garden: Garden, person: Person, area: int | None = None) -> None:
    """Somebody collects in the garden, or elsewhere."""
    await person.starts()
    async with garden.town.database.write() as session:
        await grant_to(session, person.id, Role.CREW, area or garden.area)


@pytest.fixture
async def zhao(garden: Garden, town: Town) -> Person:
    """Old Zhao, who drives the truck, on a Tuesday morning."""
    town.clock.now = MORNING
    zhao = town.person("老赵")
    await makes_crew(garden, zhao)
    return zhao


@pytest.fixture
async def round_(garden: Garden, zhao: Person) -> dict[str, int]:
    """A pickup at each home, booked in disorder."""
    return {address: await books(garden, address) for address in reversed(HOMES)}


async def test_a_round_by_messages(
    garden: Garden, town: Town, zhao: Person, wang: Person, round_: dict[str, int]
) -> None:
    await garden.lives(wang, "3-1-502")
    await zhao.says("/run")

    assert zhao.sees.startswith("🚚 11月24日（周二）的单子：共 4 户，还有 4 户。")
    assert [f"{n}. 阳光花园 {home}" in zhao.sees for n, home in enumerate(HOMES, 1)] == [True] * 4
    assert "王" not in zhao.sees

    town.clock.passes(minutes=12)
    await zhao.says("1 完成")

    assert zhao.sees == "✅ 1 号 3-1-502：收走了。\n还有 3 户。"
    assert "收走了" in wang.sees

    town.clock.passes(minutes=5)
    await zhao.says("1 完成")  # the network is bad, and he is not sure

    assert "✅ 1 号 3-1-502：收走了。 07:42 已经记过，不用再发。" in zhao.sees
    assert len([text for text in wang.screen if "收走了" in text]) == 1

    await zhao.says("2 没放，敲门没人\n3 不收 太重\n4 不收 玻璃没包好")

    assert zhao.sees == (
        "🔍 2 号 3-1-601：没放出来。\n⚠️ 3 号 3-2-101：没有收。\n⚠️ 4 号 10-201：没有收。\n"
        "今天的都办完了，辛苦了！"
    )
    await zhao.says("/run")
    assert zhao.sees.startswith("🚚 11月24日（周二）的单子：4 户都办完了，辛苦了！")
    assert "✅ 1. 阳光花园 3-1-502\n\n🔍 2. 阳光花园 3-1-601\n\n⚠️ 3." in zhao.sees


async def test_a_round_by_taps(garden: Garden, zhao: Person, round_: dict[str, int]) -> None:
    await zhao.says("/run")
    await zhao.taps("2")

    assert zhao.sees.startswith("🚚 2 号：阳光花园 3-1-601\n🛋 沙发")
    assert zhao.buttons[:3] == ["✅ 收走了", "🔍 没放出来", "⚠️ 不能收"]

    await zhao.taps("✅ 收走了")

    assert "✅ 收走了（07:30）" in zhao.sees
    assert zhao.buttons == ["↩️ 记错了，还没收", "➡️ 下一户：3 号 3-2-101", "📋 回单子"]

    await zhao.taps("➡️ 下一户：3 号 3-2-101")
    await zhao.taps("⚠️ 不能收")

    assert zhao.sees.startswith("3 号 3-2-101：为什么不收？")

    await zhao.taps("🏋️ 太重，搬不动")

    assert "⚠️ 没有收（07:30）" in zhao.sees
    assert await state(garden, round_["3-2-101"]) == "not_accepted"

    await zhao.taps("📋 回单子")
    assert zhao.buttons[:4] == ["1", "✅ 2", "⚠️ 3", "4"]


async def test_why_something_was_not_taken_can_be_written(
    garden: Garden, zhao: Person, wang: Person, round_: dict[str, int]
) -> None:
    await garden.lives(wang, "3-1-502")
    await zhao.says("1 不收")

    assert "没有记：没有收走的原因是什么" in zhao.sees
    assert await state(garden, round_["3-1-502"]) == "booked"

    await zhao.says("/run")
    await zhao.taps("1")
    await zhao.taps("⚠️ 不能收")
    await zhao.says("玻璃没包好")

    assert "⚠️ 没有收" in zhao.sees
    assert "玻璃没包好" in wang.sees
