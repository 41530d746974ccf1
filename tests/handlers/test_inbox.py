"""The inbox: one of the staff has a case in hand, and the others see who."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.lanes import Pace
from models import areas
from models.roles import Grant
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)


async def named_staff(garden: Garden, person: Person) -> Person:
    """Staff of the garden, by an invitation that knows the name."""
    await garden.appoint(person)
    async with garden.town.database.write() as session:
        await session.execute(
            update(Grant).where(Grant.resident_id == person.id).values(name=person.name)
        )
    return person


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    town.clock.now = MORNING
    return await named_staff(garden, town.person("陈姐"))


@pytest.fixture
async def liu(garden: Garden, town: Town) -> Person:
    return await named_staff(garden, town.person("刘姐"))


@pytest.fixture
async def at_home(garden: Garden, chen: Person, liu: Person, wang: Person) -> Person:
    """Grandma Wang, who has written to the staff."""
    await garden.lives(wang, "3-1-502")
    await wang.says("人工")
    await wang.says("桶盖坏了")
    return wang


async def test_one_takes_it_and_the_other_sees_who(
    chen: Person, liu: Person, at_home: Person
) -> None:
    await chen.taps("👀 打开")
    await liu.taps("👀 打开")
    await chen.taps("🙋 我来办")
    heard = len(at_home.screen)
    await liu.taps("🙋 我来办")

    assert (liu.toast or "").startswith("陈姐已经接手这个工单，这一步没有记。")
    assert len(at_home.screen) == heard
    await liu.says("/inbox")
    assert liu.buttons[0] == "1　📨 留言 · 阳光花园　不到 1 小时 🙋陈姐"
    await liu.taps(liu.buttons[0])
    assert "陈姐在办。" in liu.sees
    assert "💬 回答" not in liu.buttons


async def test_who_is_slower_with_an_answer_hears_who_has_it(
    chen: Person, liu: Person, at_home: Person
) -> None:
    await chen.taps("👀 打开")
    await liu.taps("👀 打开")
    await liu.taps("💬 回答")
    await chen.replies("明天换。急事打 0000-8001000")
    heard = len(at_home.screen)
    await liu.says("后天换。")

    assert liu.sees.startswith("陈姐已经接手这个工单")
    assert len(at_home.screen) == heard
    assert "明天换。急事打 0000-8001000" in at_home.sees


async def test_another_takes_it_over_and_the_first_hears_so_when_pressing(
    chen: Person, liu: Person, at_home: Person
) -> None:
    await chen.taps("👀 打开")
    await chen.taps("🙋 我来办")
    heard = len(at_home.screen)
    await liu.taps("👀 打开")
    await liu.taps("🤝 换我来办")
    assert "刘姐在办。" in liu.sees
    assert len(at_home.screen) == heard  # it is being done, as before
    await chen.taps("💬 回答")
    await chen.says("我来了")

    assert chen.sees.startswith("刘姐已经接手这个工单")


async def test_only_who_has_it_in_hand_hears_of_more(
    chen: Person, liu: Person, at_home: Person
) -> None:
    await chen.taps("👀 打开")
    await chen.taps("🙋 我来办")
    heard = len(liu.screen)
    await at_home.replies("还有，桶边很滑")

    assert chen.sees.startswith("💬 工单 1：居民又写了")
    assert len(liu.screen) == heard


async def test_when_who_had_it_is_staff_no_more_the_others_hear(
    town: Town, chen: Person, liu: Person, at_home: Person
) -> None:
    await chen.taps("👀 打开")
    await chen.taps("🙋 我来办")
    async with town.database.write() as session:
        await session.execute(
            update(Grant)
            .where(Grant.resident_id == chen.id)
            .values(ended_at=town.clock(), ended_by=0)
        )
    await at_home.replies("还有，桶边很滑")
    assert liu.sees.startswith("💬 工单 1：居民又写了")
    await chen.taps("💬 回答")

    assert chen.toast == "这个按钮过期了。请把东西的名字再发一遍。"


async def test_pressing_often_is_done_and_told_once(
    town: Town, chen: Person, at_home: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "SECONDS", 0.0)  # twenty presses in a row
    await chen.taps("👀 打开")
    heard = len(at_home.screen)
    for _ in range(20):
        await chen.presses("casetake:1:0")
    assert len(at_home.screen) == heard + 1
    await chen.presses("caseend:1:solve:1")
    for _ in range(19):
        await chen.presses("caseend:1:solve:1")

    assert (chen.toast or "").startswith("这个工单已经解决了。")
    assert len(at_home.screen) == heard + 2
    town.playground.refused.clear()  # what stood there already was not modified


async def test_a_file_of_an_answer_comes_after_its_words(chen: Person, at_home: Person) -> None:
    await chen.taps("👀 打开")
    await chen.taps("💬 回答")
    chen.account.send_voice()
    await chen.settle()

    newest = at_home.chat.messages[max(at_home.chat.messages)]
    assert newest["voice"]["duration"] == 3
    assert newest["caption"] == "工单 1"
    assert any("工作人员回答你" in each for each in at_home.screen)


async def test_at_night_an_answer_makes_no_sound(
    town: Town, chen: Person, at_home: Person
) -> None:
    town.clock.now = MORNING.replace(hour=22)
    await chen.says("/inbox")
    await chen.taps(chen.buttons[0])
    await chen.taps("💬 回答")
    await chen.says("早睡")

    sent = [call for call in town.playground.calls if "早睡" in (call.text("text") or "")]
    assert [call.flag("disable_notification") for call in sent] == [True]


async def test_staff_of_elsewhere_and_residents_see_and_do_nothing(
    town: Town, garden: Garden, at_home: Person
) -> None:
    other = town.person("别处的")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
        assert moon
    await garden.appoint(other, moon.id)
    await other.says("/inbox")
    assert other.sees == "📥 没有要办的工单。"
    for person in (other, at_home):
        for data in (
            "case:1", "casetake:1:0", "caseseen:1", "caseanswer:1", "caseend:1:solve:0",
            "caseend:1:solve:1", "casefile:1:0",
        ):  # fmt: skip
            await person.presses(data)
            assert person.toast, data

    assert "桶盖坏了" not in " ".join(other.screen)


async def test_very_much_is_shown_from_its_end(chen: Person, at_home: Person) -> None:
    for number in range(6):
        await at_home.replies(f"{number}" + "长" * 990, to="工单 1")
    await chen.taps("👀 打开")

    assert "（更早的 4 条没有显示）" in chen.sees
    assert "5长" in chen.sees
