"""The crew on its round: the sheet of the day, and how it went, in one message or one tap."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.pictures import qr
from models import areas, households, pickup_bookings
from models.areas import Area
from models.pickups import LONGEST_NOTES, LONGEST_PLACE, LONGEST_WORDS, Pickup, Thing
from models.roles import Grant, Role
from tests.city import grant_to
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person
from tests.pickups import CHAIRS, SOFA, Booker, staff, with_rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
"""A Tuesday."""

PICTURE = qr.make("https://t.me/greenbin_bot", number="")
"""Any picture."""

HOMES = ("3-1-502", "3-1-601", "3-2-101", "10-201")
"""In building order."""


async def books(garden: Garden, address: str, *things: Thing, day: date = TODAY) -> int:
    """Staff book for a household; the booking's number in the books."""
    booker = Booker(garden.rules, garden.homes[address], staff(garden.rules))
    async with garden.town.database.write() as session:
        booked = await booker.books(session, day, *things or (SOFA,), now=garden.town.clock())
    return booked.id


async def describes(garden: Garden, pickup_id: int, **said: object) -> None:
    """What was said of a booking."""
    async with garden.town.database.write() as session:
        pickup = await session.get_one(Pickup, pickup_id)
        for name, value in said.items():
            setattr(pickup, name, value)


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

    assert "✅ 1 号 3-1-502：收走了。07:42 已经记过，不用再发。" in zhao.sees
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


async def test_why_something_was_not_taken_can_be_written_and_is_asked_for(
    garden: Garden, zhao: Person, wang: Person, round_: dict[str, int]
) -> None:
    await garden.lives(wang, "3-1-502")
    await zhao.says("1 不收")

    assert zhao.sees.startswith("1 号 3-1-502：为什么不收？")
    assert await state(garden, round_["3-1-502"]) == "booked"

    await zhao.says("玻璃没包好")

    assert "⚠️ 没有收" in zhao.sees
    assert "玻璃没包好" in wang.sees


async def test_of_several_lines_one_without_a_reason_is_asked_about(
    garden: Garden, zhao: Person, round_: dict[str, int]
) -> None:
    await zhao.says("1 完成\n2 不收\n9 完成\n谢谢师傅")

    assert zhao.sees == (
        "⚠️ “谢谢师傅”没看懂，没有记。写法：3 完成\n"
        "✅ 1 号 3-1-502：收走了。\n"
        "⚠️ 2 号没有记：没有收走的原因是什么？请选一个。\n"
        "⚠️ 9 号没有记：没有 9 号。发 /run 看今天的单子。\n"
        "还有 3 户。"
    )
    await zhao.taps("⚠️ 2 号：选原因")
    await zhao.taps("🔧 没有拆开")
    assert await state(garden, round_["3-1-601"]) == "not_accepted"


async def test_a_photo_with_words_is_kept_with_the_pickup(
    garden: Garden, town: Town, zhao: Person, round_: dict[str, int]
) -> None:
    await zhao.sends_photo(PICTURE, "1 完成")
    await zhao.sends_photo(PICTURE, "2 不收")
    await zhao.taps("🚧 过不去、够不着")
    await zhao.sends_photo(PICTURE)

    assert zhao.sees.startswith("照片收到了，但不知道是几号。")
    async with town.database.read() as session:
        kept = {each.number: each.closing_photo for each in await session.scalars(select(Pickup))}
    sent = [m["photo"][-1]["file_id"] for m in zhao.chat.messages.values() if "photo" in m]
    assert [kept[1], kept[2], kept[3]] == [sent[0], sent[1], None]


async def test_what_was_written_down_by_mistake_is_taken_back(
    garden: Garden, town: Town, zhao: Person, wang: Person, round_: dict[str, int]
) -> None:
    await garden.lives(wang, "3-1-502")
    await zhao.says("1 完成")
    await zhao.taps("↩️ 记错了，还没收")

    assert "⏳ 还没收" in zhao.sees
    assert "刚才记错了" in wang.sees

    await zhao.says("1 没放")
    await zhao.says("1 完成")
    assert await state(garden, round_["3-1-502"]) == "done"
    await zhao.says("1 记错了")
    assert zhao.sees == "↩️ 1 号 3-1-502：改回“还没收”。\n还有 4 户。"

    await zhao.says("1 完成")
    town.clock.passes(hours=25)
    await zhao.says("/run")
    await zhao.taps("📅 11月24日（周二）")
    await zhao.taps("✅ 1")
    await zhao.taps("↩️ 记错了，还没收")
    assert "超过一天" in zhao.sees


async def test_the_crew_sees_what_matters_and_no_name(
    garden: Garden, zhao: Person, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await zhao.sends_photo(PICTURE, "")
    photo = next(m for m in zhao.chat.messages.values() if "photo" in m)["photo"][-1]["file_id"]
    booked = await books(garden, "3-1-502", SOFA, CHAIRS)
    await describes(
        garden, booked, floor=5, lift=False, place="单元门口", notes="门口有狗", photos=[photo],
        has_details=True,
    )  # fmt: skip
    await zhao.says("/run")

    assert "💰 当面收 40 元" in zhao.sees

    await zhao.taps("1")

    for words in ("3-1-502", "单元门口", "门口有狗", "椅子", "💰 当面收 40 元"):
        assert words in zhao.sees
    assert "王" not in zhao.sees

    await zhao.taps("📷 看照片 1")
    assert zhao.sees == "1 号的照片"


async def test_numbers_stay_the_same_all_day(
    garden: Garden, zhao: Person, round_: dict[str, int]
) -> None:
    await zhao.says("/run")
    async with garden.town.database.write() as session:
        await pickup_bookings.cancel(
            session, round_["3-1-601"], staff(garden.rules), garden.rules.civil, MORNING
        )
    await books(garden, "3-1-601")  # once more, and in the middle of the street
    await zhao.says("/run")

    assert [line for line in zhao.sees.splitlines() if "阳光花园" in line] == [
        "1. 阳光花园 3-1-502", "3. 阳光花园 3-2-101", "4. 阳光花园 10-201", "5. 阳光花园 3-1-601",
    ]  # fmt: skip


async def test_a_long_sheet_has_pages_and_goes_on_where_it_was_left(
    garden: Garden, town: Town, zhao: Person
) -> None:
    async with town.database.write() as session:
        await with_rules(session, garden.rules, "households 60; items 10000; per-booking 99")
        area = await session.get_one(Area, garden.area)
        area.name = "望" * 60
        homes = [
            await households.found(session, area, "20", "1", str(100 + n), MORNING)
            for n in range(40)
        ]
        things = [Thing(None, "长" * LONGEST_WORDS, 1) for _ in range(9)]
        for home in homes:
            booker = Booker(garden.rules, home.id, staff(garden.rules))
            booked = await booker.books(session, TODAY, *things, now=MORNING)
            booked.floor, booked.lift, booked.place = 5, False, "远" * LONGEST_PLACE
            booked.notes, booked.has_details = "注" * LONGEST_NOTES, True
    await zhao.says("/run")  # Telegram would refuse what is too long

    assert "第 1 页，共 5 页" in zhao.sees

    await zhao.says(" ".join(str(n) for n in range(1, 12)) + " 完成")
    await zhao.says("/run")
    assert "第 2 页，共 5 页" in zhao.sees
    await zhao.taps("后面的 ↓")
    await zhao.taps("后面的 ↓")
    await zhao.taps("26")
    assert "26 号" in zhao.sees
    await zhao.taps("📋 回单子")
    assert "第 4 页，共 5 页" in zhao.sees


async def test_tomorrow_can_be_looked_at_and_not_reported(garden: Garden, zhao: Person) -> None:
    await books(garden, "3-1-502", day=TODAY + timedelta(days=1))
    await zhao.says("/run")

    assert zhao.sees == "🚚 11月24日（周二）的单子：没有要收的。"

    await zhao.taps("📅 11月25日（周三）")

    assert "还没到这一天，号码当天才定。" in zhao.sees

    await zhao.taps("1")
    assert zhao.buttons == ["📋 回单子"]


async def test_what_was_written_before_midnight_is_about_that_day(
    garden: Garden, town: Town, zhao: Person, round_: dict[str, int]
) -> None:
    town.clock.now = datetime(2026, 11, 24, 23, 59, tzinfo=SHANGHAI)
    await town.closes()
    zhao.account.say("1 完成")
    town.clock.passes(minutes=10)
    await town.opens()
    await town.settle()

    assert "✅ 1 号 3-1-502" in zhao.sees


async def test_another_areas_crew_sees_and_does_nothing_here(
    garden: Garden, town: Town, zhao: Person, round_: dict[str, int]
) -> None:
    stranger = town.person("老钱")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
    await makes_crew(garden, stranger, moon.id)
    await zhao.says("/run")
    await stranger.says("/run")

    assert "没有要收的" in stranger.sees

    await stranger.says("1 完成")
    assert "没有 1 号" in stranger.sees
    await stranger.presses(f"went:{round_['3-1-502']}:done")
    await stranger.presses(f"stop:{round_['3-1-502']}")
    assert await state(garden, round_["3-1-502"]) == "booked"
    assert "3-1-502" not in " ".join(stranger.screen)


async def test_who_collects_no_more_does_nothing_with_old_buttons(
    garden: Garden, town: Town, zhao: Person, round_: dict[str, int]
) -> None:
    await zhao.says("/run")
    await zhao.taps("1")
    async with town.database.write() as session:
        for grant in await session.scalars(select(Grant).where(Grant.resident_id == zhao.id)):
            grant.ended_at, grant.ended_by = MORNING, 0
    town.clock.passes(minutes=1)
    await zhao.taps("✅ 收走了")

    assert "按钮过期了" in (zhao.toast or "")
    assert await state(garden, round_["3-1-502"]) == "booked"


async def test_nobody_reports_of_the_own_household(
    garden: Garden, zhao: Person, round_: dict[str, int]
) -> None:
    await garden.lives(zhao, "3-1-502")
    await zhao.says("1 完成")

    assert "没有记" in zhao.sees
    assert await state(garden, round_["3-1-502"]) == "booked"


async def test_to_residents_such_words_are_a_question(
    garden: Garden, wang: Person, round_: dict[str, int]
) -> None:
    await garden.lives(wang, "3-1-502")
    await wang.says("1 完成")
    await wang.says("/run")

    assert "没有这个命令" in wang.sees
    assert await state(garden, round_["3-1-502"]) == "booked"


BAD = (
    "0 完成", "999 完成", "完成", "1", "1 1 1 1", "一号楼完成", "1 完成吗", "1 拉屎", "-1 完成",
    "1e3 完成", "77 完成" * 500, "完成 完成 完成", "#", "😀", "66 不收" + "重" * 4000, "/run /run",
    "1\n2\n3", "１１１１ 完成", "1 取消", "\u202e1 成完", "3-1-502 完成",
)  # fmt: skip


async def test_bad_input_is_answered_and_changes_nothing(
    garden: Garden, town: Town, zhao: Person, round_: dict[str, int]
) -> None:
    await zhao.says("/run")
    for text in BAD:
        heard = len(zhao.screen)
        await zhao.says(text[:4096])
        assert len(zhao.screen) == heard + 1, text
        town.clock.passes(seconds=5)
    for send in (zhao.account.send_sticker, zhao.account.send_voice):
        send()
        await town.settle()

    assert [await state(garden, each) for each in round_.values()] == ["booked"] * 4
