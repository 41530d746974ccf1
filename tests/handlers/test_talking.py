"""Talk to a person: what is written goes to the staff, and their answer comes into the chat."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.pictures import qr
from knowledge import privacy
from knowledge.streams import Stream
from models.areas import Area
from models.collections import CollectionRule
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person
from tests.trials import faults

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
"""A Tuesday."""


@pytest.fixture
async def chen(garden: Garden, town: Town) -> Person:
    """Staff of the garden, which has a phone."""
    town.clock.now = MORNING
    async with town.database.write() as session:
        (await session.get_one(Area, garden.area)).phone = "0000-8001000"
    chen = town.person("陈姐")
    await garden.appoint(chen)
    return chen


@pytest.fixture
async def at_home(garden: Garden, chen: Person, wang: Person) -> Person:
    """Grandma Wang, who lives in 3-1-502."""
    await garden.lives(wang, "3-1-502")
    return wang


async def test_help_has_the_phone_of_the_community_and_the_way_to_a_person(
    at_home: Person,
) -> None:
    await at_home.says("/help")

    assert at_home.sees.endswith(
        "📞 阳光花园：0000-8001000\n要写给工作人员：按“🙋 找人工”，或者发 /talk，在这里回答你。"
    )
    assert "🙋 找人工" in at_home.keys


async def test_where_no_phone_is_published_help_says_so(garden: Garden, wang: Person) -> None:
    await garden.lives(wang, "3-1-502")
    await wang.says("/help")

    assert "🙋 阳光花园还没有公布电话。" in wang.sees


async def test_where_only_the_carrier_has_a_phone_help_names_the_carrier(
    town: Town, garden: Garden, wang: Person
) -> None:
    await garden.lives(wang, "3-1-502")
    async with town.database.write() as session:
        session.add(
            CollectionRule(area_id=garden.city, stream=Stream.FOOD, hours=None,
                           responsible="环卫二所", phone="8001", destination=None)
        )  # fmt: skip
    await wang.says("/help")

    assert "📞 环卫二所：8001" in wang.sees


async def test_a_message_goes_to_the_staff_and_is_answered(chen: Person, at_home: Person) -> None:
    await at_home.taps("🙋 找人工")
    assert at_home.sees == (
        "🙋 请写下要对阳光花园工作人员说的话，也可以发照片或语音。\n\n"
        "11月24日（周二） 17:30 前在这里回答你。急事请打电话：0000-8001000\n不写了，发 /cancel。"
    )
    await at_home.says("3-1 门口的灯坏了，晚上看不见桶。")
    assert at_home.sees == (
        "✅ 已转给阳光花园的工作人员，工单 1。\n11月24日（周二） 17:30 前在这里回答你。"
    )

    assert chen.sees == "📥 新工单 1\n📨 留言 · 阳光花园"
    await chen.taps("👀 打开")
    assert chen.sees == (
        "📥 工单 1　已收到\n📨 留言 · 阳光花园\n还没有人接手。\n\n"
        "11月24日（周二） 09:30　居民报来\n3-1 门口的灯坏了，晚上看不见桶。"
    )
    await chen.taps("🙋 我来办")
    assert "正在办" in chen.sees
    assert at_home.sees == (
        "🔧 工单 1：有人在办了。\n📨 留言 · 阳光花园\n\n你写的：3-1 门口的灯坏了，晚上看不见桶。"
    )
    await chen.taps("💬 回答")
    await chen.says("今天下午换灯。")
    assert chen.sees == "✅ 工单 1：回答已经发给居民。"
    assert at_home.sees == (
        "💬 工单 1：工作人员回答你。\n📨 留言 · 阳光花园\n\n今天下午换灯。\n\n"
        "你写的：3-1 门口的灯坏了，晚上看不见桶。"
    )

    await at_home.taps("💬 再说一句")
    await at_home.says("谢谢，几点？")
    assert at_home.sees == "✅ 加到工单 1 里了。"
    assert chen.sees == "💬 工单 1：居民又写了\n📨 留言 · 阳光花园"
    await chen.taps("👀 打开")
    await chen.replies("三点。", to="📥 工单 1")
    assert "三点。" in at_home.sees

    await at_home.replies("好的")
    assert at_home.sees == "✅ 加到工单 1 里了。"
    await at_home.taps("✅ 解决了")
    assert at_home.sees == "✅ 工单 1 已解决。谢谢你告诉我们。"
    assert chen.sees.startswith("✅ 工单 1：居民说解决了")


@pytest.mark.parametrize("words", ["人工", "找工作人员", "human", "/talk", "我要投诉"])
async def test_who_asks_for_a_person_gets_there(at_home: Person, words: str) -> None:
    await at_home.says(words)

    assert at_home.sees.startswith("🙋 请写下")


async def test_no_name_no_address_and_no_telephone_number_comes_to_the_staff(
    chen: Person, at_home: Person
) -> None:
    await at_home.says("/talk")
    await at_home.says("请打 138 0000 1234 找我")
    assert "电话号码没有转过去" in at_home.sees
    await chen.taps("👀 打开")
    await chen.says("/inbox")

    shown = " ".join(chen.screen)
    assert "请打 …找我" in shown
    for secret in ("138", "王奶奶", "3-1-502", str(at_home.id)):
        assert secret not in shown


async def test_a_photo_and_a_voice_come_as_they_are(chen: Person, at_home: Person) -> None:
    await at_home.says("人工")
    at_home.account.send_voice()
    await at_home.settle()
    assert at_home.sees.startswith("✅ 已转给")
    await at_home.taps("💬 再说一句")
    await at_home.sends_photo(_picture(), "就是这里")

    await chen.says("/inbox")
    await chen.taps("1　📨 留言 · 阳光花园　不到 1 小时")
    assert "🎤" in chen.sees
    assert "就是这里" in chen.sees
    await chen.taps("🎤 语音 1")
    assert chen.chat.messages[max(chen.chat.messages)]["voice"]["duration"] == 3
    await chen.taps("📷 照片 2")
    assert chen.sees == "工单 1"
    assert chen.picture is not None


async def test_what_cannot_be_handed_on_is_asked_for_again(at_home: Person) -> None:
    await at_home.says("人工")
    await at_home.sends({"dice": {"emoji": "🎲", "value": 3}})

    assert at_home.sees == "这个转不了。请发文字、照片或语音。不发了，发 /cancel。"
    await at_home.says("x" * 1001)
    assert at_home.sees == "这段话有 1,001 个字，一次最多 1,000 个，没有送出。请分几次发。"
    await at_home.says("短一点")
    assert at_home.sees.startswith("✅ 已转给")


async def test_an_album_is_one_case(chen: Person, at_home: Person, garden: Garden) -> None:
    await at_home.says("人工")
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    album = {"photo": photo, "media_group_id": "777"}
    at_home.account.send({**album, "caption": "看这些"})
    at_home.account.send(album)
    at_home.account.send(album)
    await at_home.settle()

    assert at_home.sees.startswith("✅ 已转给")
    assert await garden.told("case-staff") == 2  # it is new; there is more
    await chen.taps("👀 打开")
    assert [key for key in chen.buttons if "照片" in key] == [
        "📷 照片 1", "📷 照片 2", "📷 照片 3"
    ]  # fmt: skip


async def test_who_lives_nowhere_says_which_place_it_is_about(
    chen: Person, town: Town, li: Person
) -> None:
    await li.says("人工")
    assert "阳光花园" in li.buttons
    await li.taps("阳光花园")
    await li.says("我住在附近，太吵了")

    assert li.sees.startswith("✅ 已转给阳光花园的工作人员，工单 1")
    assert chen.sees.startswith("📥 新工单 1")


async def test_staff_are_not_woken_and_hear_of_it_in_the_morning(
    town: Town, chen: Person, at_home: Person
) -> None:
    town.clock.now = MORNING.replace(hour=22)
    before = len(chen.screen)
    await at_home.says("人工")
    await at_home.says("桶倒了")
    assert at_home.sees.endswith("11月25日（周三） 17:30 前在这里回答你。")
    assert len(chen.screen) == before

    town.clock.now = MORNING.replace(day=25, hour=7, minute=30)
    town.app.sender.wake()
    await town.settle()
    assert chen.sees.startswith("📥 新工单 1")


async def test_what_was_settled_in_the_night_wakes_nobody_in_the_morning(
    town: Town, chen: Person, at_home: Person
) -> None:
    town.clock.now = MORNING.replace(hour=22)
    before = len(chen.screen)
    await at_home.says("人工")
    await at_home.says("桶倒了")
    await at_home.taps("✅ 解决了")
    town.clock.now = MORNING.replace(day=25, hour=8)
    town.app.sender.wake()
    await town.settle()

    assert len(chen.screen) == before


async def test_a_flood_is_one_notice_and_ends(
    garden: Garden, chen: Person, at_home: Person
) -> None:
    await at_home.says("人工")
    await at_home.says("第一句")
    for number in range(21):
        await at_home.replies(f"第 {number} 句", to="工单 1")

    assert at_home.sees == "已经收到你 20 条，这条没有送出。等工作人员答复以后再写。"
    assert await garden.told("case-staff") == 2


async def test_so_many_cases_may_be_open_and_no_more(at_home: Person) -> None:
    for number in range(5):
        await at_home.says("人工")
        await at_home.says(f"事情 {number}")
    await at_home.says("人工")
    await at_home.says("还有一件")

    assert at_home.sees == (
        "你有 5 个工单还没办完，这个没有送出。可以在 /problems 里补充。急事请打电话，号码在 /help"
    )
    await at_home.says("/problems")
    assert len([key for key in at_home.buttons if "留言" in key]) == 5


async def test_where_there_is_no_staff_those_who_run_it_hear_of_it(
    town: Town, garden: Garden, wang: Person
) -> None:
    boss = town.person("主任")
    town.admins.add(boss.id)
    await town.closes()
    await town.opens()
    await boss.starts()
    town.clock.now = MORNING
    await garden.lives(wang, "3-1-502")
    await wang.says("人工")
    await wang.says("有人吗")

    assert boss.sees.startswith("📥 新工单 1")


async def test_a_case_is_for_its_own_people_only(
    chen: Person, at_home: Person, li: Person
) -> None:
    await at_home.says("人工")
    await at_home.says("私事")
    await li.starts()
    for data in ("mycase:1", "writeon:1", "settled:1", "stillso:1", "case:1", "casefile:1:0"):
        await li.presses(data)
        assert li.toast, data

    assert "私事" not in " ".join(li.screen)
    await at_home.says("/problems")
    await at_home.taps("1　📨 留言 · 阳光花园　已收到")
    assert "私事" in at_home.sees


def _picture() -> bytes:
    return qr.make("https://t.me/greenbin_bot", number="")


async def test_one_message_under_twenty_update_ids_is_one_case(
    town: Town, garden: Garden, chen: Person, at_home: Person
) -> None:
    await at_home.says("人工")
    heard = len(at_home.screen)
    message_id = at_home.account.say("灯坏了")
    for _ in range(19):
        faults.resend(town.playground, at_home.account, message_id)
    await town.settle()

    assert len(at_home.screen) == heard + 1
    assert await garden.told("case-staff") == 1
    await chen.says("/inbox")
    assert chen.sees.startswith("📥 要办的工单 1 个")


async def test_without_care_a_telephone_number_would_come_to_the_staff(
    chen: Person, at_home: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same message, with the protection taken away."""
    monkeypatch.setattr(privacy, "without_numbers", lambda words, _: words)
    await at_home.says("/talk")
    await at_home.says("请打 138 0000 1234 找我")
    await chen.taps("👀 打开")

    assert "138 0000 1234" in chen.sees


async def test_in_a_group_help_says_nothing_of_cases(
    town: Town, chen: Person, at_home: Person
) -> None:
    group = town.playground.group("业主群", [at_home.account])
    there = at_home.in_group(group)
    await there.says("/help")

    assert "📞" not in there.sees
    await there.says("人工")
    assert not there.sees.startswith("🙋")
