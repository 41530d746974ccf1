"""My household: who lives there, leaving, removing, a new code, moving out, a new account."""

import pytest

from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person


@pytest.fixture
async def family(garden: Garden, wang: Person, li: Person) -> Garden:
    """Grandma Wang and Li live at 3-1-502."""
    await garden.lives(wang, "3-1-502")
    await garden.lives(li, "3-1-502")
    return garden


@pytest.mark.parametrize(
    "asked", ["/household", "🏠 我家", "我家", "household", "🏠 My household"]
)
async def test_a_member_sees_who_lives_there(family: Garden, wang: Person, asked: str) -> None:
    await wang.says(asked)

    number = await family.number("3-1-502")
    assert wang.sees == (
        f"🏠 阳光花园 3-1-502\n编号：{number}\n\n家里的人：\n• 王奶奶（你）\n• 小李"
    )
    assert wang.buttons == [
        "👤 移除一个人", "🔄 换新的码", "📦 全家搬走", "📱 我换了 Telegram 账号", "🚪 退出",
    ]  # fmt: skip


async def test_who_lives_nowhere_is_told_how_to_join(garden: Garden, wang: Person) -> None:
    for asked in ("/household", "/code", "/points", "/history", "我家的码", "查积分"):
        await wang.says(asked)
        assert wang.sees.startswith("你还没有加入你家。")
        assert wang.buttons == ["🏠 加入我家"]
    await wang.taps("🏠 加入我家")

    assert "扫你家门卡上的二维码" in wang.sees


async def test_leaving_is_asked_once_more_and_then_done(family: Garden, li: Person) -> None:
    await li.says("/household")
    await li.taps("🚪 退出")
    assert li.sees.startswith("要退出 阳光花园 3-1-502 吗？")
    await li.taps("↩ 返回")
    assert li.sees.startswith("🏠 阳光花园 3-1-502")
    await li.taps("🚪 退出")
    await li.taps("确定退出")

    assert li.sees == "你退出了 阳光花园 3-1-502。要加入别的家，发 /join"
    assert await family.living("3-1-502") == ["王奶奶"]


async def test_an_old_leave_button_does_not_leave_the_new_household(
    family: Garden, li: Person
) -> None:
    await li.says("/household")
    await li.taps("🚪 退出")
    old = max(li.chat.messages)
    await li.presses("sure:leave:2", old)
    await family.lives(li, "3-1-601")
    await li.presses("sure:leave:2", old)

    assert await family.living("3-1-601") == ["小李"]


async def test_an_adult_removes_somebody_who_is_told(
    family: Garden, wang: Person, li: Person
) -> None:
    await wang.says("/household")
    await wang.taps("👤 移除一个人")
    assert wang.buttons == ["👤 移除小李", "↩ 返回"]
    await wang.taps("👤 移除小李")
    assert wang.sees.startswith("要移除小李吗？")
    await wang.taps("确定移除")

    assert "小李 已经移除" in wang.sees
    assert li.sees.startswith("你现在不在 阳光花园 3-1-502 这个家里了。")
    assert await family.living("3-1-502") == ["王奶奶"]


async def test_a_new_code_stops_the_old_one_at_once(
    family: Garden, town: Town, wang: Person
) -> None:
    old = await family.code("3-1-502")
    await wang.says("/household")
    await wang.taps("🔄 换新的码")
    assert "旧的码、旧的编号和门卡马上不能用" in wang.sees
    await wang.taps("确定换新的码")
    assert await family.number("3-1-502") in wang.sees
    stranger = town.person("陌生人")
    await stranger.starts(old)

    assert stranger.sees.startswith("这张门卡换过了")


async def test_moving_out_says_what_happens_to_the_points_and_tells_the_others(
    family: Garden, town: Town, wang: Person, li: Person
) -> None:
    chen = town.person("陈")
    await family.appoint(chen)
    await family.drops_off("3-1-502")
    await wang.says("/household")
    await wang.taps("📦 全家搬走")
    assert "你家的 5 分先留着，不会作废" in wang.sees
    await wang.taps("确定全家搬走")

    assert "你家已经从 阳光花园 3-1-502 搬走" in wang.sees
    assert li.sees.startswith("你家从 阳光花园 3-1-502 搬走了")
    assert chen.sees.startswith("🏠 阳光花园 3-1-502：没有人登记了。\n积分 5 分先留着。")
    assert await family.living("3-1-502") == []


async def test_the_staff_hear_once_when_the_last_member_is_gone(
    family: Garden, town: Town, wang: Person, li: Person
) -> None:
    chen = town.person("陈")
    await family.appoint(chen)
    for member in (wang, li):
        await member.says("/household")
        await member.taps("🚪 退出")
        await member.taps("确定退出")

    heard = [text for text in chen.screen if "没有人登记了" in text]
    assert [text.splitlines()[0] for text in heard] == ["🏠 阳光花园 3-1-502：没有人登记了。"]


async def test_a_new_telegram_account_takes_the_place_of_the_old_one(
    garden: Garden, town: Town, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    new = town.person("王奶奶新号")
    await wang.says("/household")
    await wang.taps("📱 我换了 Telegram 账号")
    number = await garden.number("3-1-502")
    assert number in wang.sees

    await new.says(number)
    await new.taps("✅ 我是成年人，同意")
    await wang.taps("✅ 让王奶奶新号加入")
    await new.says("/household")
    await new.taps("👤 移除一个人")
    await new.taps("👤 移除王奶奶")
    await new.taps("确定移除")

    assert await garden.living("3-1-502") == ["王奶奶新号"]


async def test_a_child_may_leave_and_nothing_else(
    garden: Garden, wang: Person, li: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    await garden.lives(li, "3-1-502", adult=False)
    await li.says("/household")
    assert li.buttons == ["📱 我换了 Telegram 账号", "🚪 退出"]
    number = await garden.number("3-1-502")
    for data in ("sure:code:2", "sure:move:2", "remove:1:1"):
        await li.presses(data)
        assert li.toast

    assert await garden.living("3-1-502") == ["王奶奶", "小李"]
    assert await garden.number("3-1-502") == number


@pytest.mark.parametrize(
    "data",
    ["sure:move:1", "sure:code:1", "sure:leave:1", "remove:1:1", "remove:1:0", "my:view",
     "my:remove", "my:leave", "my:account", "sure:view:1", "my:nonsense", "open:1", "handout:1",
     "renew:1:1", "renew:1:0", "expel:1:1", "expel:1:0", "settle:1:1", "settle:1:0",
     "close:1:moved:1", "close:1:moved:0", "to:1:2", "passon:1:2:moved:1", "passon:1:2:moved:0"],
)  # fmt: skip
async def test_a_stranger_with_forged_buttons_changes_and_learns_nothing(
    garden: Garden, town: Town, wang: Person, data: str
) -> None:
    await garden.lives(wang, "3-1-502")
    number = await garden.number("3-1-502")
    stranger = town.person("陌生人")
    await stranger.starts()
    await stranger.presses(data)

    assert stranger.toast
    assert not any("王奶奶" in text or number in text for text in stranger.screen)
    assert await garden.living("3-1-502") == ["王奶奶"]
    assert await garden.number("3-1-502") == number
