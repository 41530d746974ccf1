"""A household says that it is still there, and staff decide."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.pictures import qr
from models import areas, pickup_rounds
from models.pickup_rounds import Outcome
from models.pickups import Person as By
from models.pickups import Pickup, State
from models.roles import Held, Role
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person
from tests.pickups import SOFA, Booker, staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
"""A Tuesday."""
TODAY = date(2026, 11, 24)


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden."""
    town.clock.now = MORNING
    chen = town.person("陈")
    await garden.appoint(chen)
    return chen


@pytest.fixture
async def pickup(garden: Garden, town: Town, chen: Person, wang: Person) -> int:
    """Grandma Wang's sofa, which the crew has found nothing of, and which is still there."""
    await garden.lives(wang, "3-1-502")
    crew, civil = By(777, (Held(Role.CREW, garden.area),)), garden.rules.civil
    booker = Booker(garden.rules, garden.homes["3-1-502"], staff(garden.rules))
    async with town.database.write() as session:
        booked = (await booker.books(session, TODAY, SOFA, now=MORNING)).id
        went = Outcome(State.NOTHING_OUT, words="敲门没人", photo=None)
        await pickup_rounds.close(session, booked, crew, went, civil, MORNING)
    town.clock.passes(hours=2)
    async with town.database.write() as session:
        now = town.clock()
        await pickup_rounds.dispute(session, booked, By(wang.id, ()), "在单元门口", civil, now)
    await town.settle()
    return booked


async def state(garden: Garden, pickup_id: int) -> tuple[str, date]:
    async with garden.town.database.read() as session:
        found = await session.get_one(Pickup, pickup_id)
        return str(found.state), found.day


async def test_staff_are_told_and_have_it_collected_again(
    garden: Garden, chen: Person, wang: Person, pickup: int
) -> None:
    assert chen.sees == "📣 阳光花园 3-1-502 说 11月24日（周二）的大件还在。住户说：在单元门口"

    await chen.taps("👀 去看看")

    assert chen.sees == (
        "📣 阳光花园 3-1-502\n🛋 沙发（共 1 件），11月24日（周二）\n"
        "收运员 07:30：没放出来（敲门没人）\n住户 11月24日（周二） 09:30：还在（在单元门口）\n"
        "怎么办？住户会收到通知。"
    )
    await chen.taps("📅 再收一次")
    await chen.taps("11月25日（周三）")

    assert chen.sees == "✅ 3-1-502：11月25日（周三）再收一次，已经通知住户。"
    assert await state(garden, pickup) == ("booked", date(2026, 11, 25))
    assert "11月25日（周三）" in wang.sees

    await chen.taps("📣 还有哪些")
    assert chen.sees == "没有要决定的：没有住户说大件还在。"


async def test_staff_decide_that_it_was_collected_and_say_why(
    garden: Garden, chen: Person, wang: Person, pickup: int
) -> None:
    await chen.says("/disputes")
    await chen.taps("阳光花园 3-1-502 · 11月24日（周二）")
    await chen.taps("📋 已经收走了")
    await chen.says("...")
    assert chen.sees.startswith("没看懂")
    await chen.says("9 点看过，已经没有了")

    assert chen.sees == "📋 3-1-502：记为已经收走，已经通知住户。"
    assert "9 点看过，已经没有了" in wang.sees
    assert await state(garden, pickup) == ("settled", TODAY)


async def test_staff_need_not_say_why(
    garden: Garden, chen: Person, wang: Person, pickup: int
) -> None:
    await chen.taps("👀 去看看")
    await chen.taps("📋 已经收走了")
    heard = len(wang.screen)
    await chen.taps("不写，直接办")

    assert (await state(garden, pickup))[0] == "settled"
    assert len(wang.screen) == heard + 1


async def test_the_second_of_two_who_decide_hears_that_it_is_decided(
    garden: Garden, town: Town, chen: Person, wang: Person, pickup: int
) -> None:
    li = town.person("李")
    await garden.appoint(li)
    await li.says("/disputes")
    await li.taps("阳光花园 3-1-502 · 11月24日（周二）")
    await li.taps("📅 再收一次")
    await chen.taps("👀 去看看")
    await chen.taps("📋 已经收走了")
    await chen.taps("不写，直接办")
    heard = len(wang.screen)
    await li.taps("11月25日（周三）")

    assert "办完了" in (li.toast or "")
    assert (await state(garden, pickup))[0] == "settled"
    assert len(wang.screen) == heard


async def test_the_crews_photo_is_shown_and_its_lack_is_said(
    garden: Garden, town: Town, chen: Person, pickup: int
) -> None:
    await chen.taps("👀 去看看")
    assert "📷 收运员的照片" not in chen.buttons
    await chen.presses(f"dphoto:{pickup}")
    assert chen.sees == "收运员没有留照片。"

    await chen.sends_photo(qr.make("https://t.me/greenbin_bot", number=""))
    sent = next(m for m in chen.chat.messages.values() if "photo" in m)
    async with town.database.write() as session:
        (await session.get_one(Pickup, pickup)).closing_photo = sent["photo"][-1]["file_id"]
    await chen.says("/disputes")
    await chen.taps("阳光花园 3-1-502 · 11月24日（周二）")
    await chen.taps("📷 收运员的照片")
    assert chen.sees == "收运员的照片：3-1-502"


async def test_staff_of_elsewhere_crew_and_residents_decide_nothing(
    garden: Garden, town: Town, wang: Person, pickup: int
) -> None:
    other = town.person("别处的")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
    await garden.appoint(other, moon.id)
    day = date(2026, 11, 25).toordinal()
    for person in (other, wang):
        for data in (
            f"dispute:{pickup}", f"dagain:{pickup}:0", f"dagain:{pickup}:{day}",
            f"dtaken:{pickup}:0", f"dtaken:{pickup}:1", f"dphoto:{pickup}",
        ):  # fmt: skip
            await person.presses(data)
            assert person.toast, data

    assert await state(garden, pickup) == ("disputed", TODAY)
    assert "3-1-502" not in " ".join(other.screen)
