"""Staff write to many: what they see on the way, and what people receive."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from bot import timetable
from bot.playground.rules import Json
from models import areas
from models.roles import Role
from tests.city import grant_to
from tests.conftest import Town
from tests.garden import Garden
from tests.people import Person


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("L", (90, 90), "white").save(written, "PNG")
    return written.getvalue()


NEWS = "周三收有害垃圾 <b>&amp;</b> *请* 👨‍👩‍👧 带来东门"


async def ticks(town: Town) -> None:
    """The clock strikes, and what is due leaves."""
    for _ in range(2):
        await timetable.carry_broadcasts_on(town.database, town.clock, town.place.civil)
        await town.settle()


async def composes(person: Person, text: str = NEWS, place: str = "阳光花园") -> None:
    await person.says("/broadcast")
    await person.taps(place)
    await person.taps(f"✅ 就发给{place}")
    await person.says(text)


async def begins_at_night(town: Town, person: Person) -> None:
    """It is 22:00, the list is made, and nothing leaves before the morning."""
    town.clock.now = town.clock.now.replace(hour=14, minute=0)
    await composes(person)
    await person.taps("▶️ 发出")
    await person.taps("🌙 夜里停，早上接着发")
    await ticks(town)
    assert "░ 0%" in person.sees


def line(person: Person, start: str) -> str:
    """The line of what the person sees that begins so."""
    return next(each for each in person.sees.splitlines() if each.startswith(start))


def received(person: Person) -> list[str]:
    """What came after the first hello."""
    return [each for each in person.screen if "小绿桶" not in each]


@pytest.fixture
async def liu(town: Town, garden: Garden) -> Person:
    """Ms Liu, who runs 阳光花园."""
    person = town.person("刘姐")
    await garden.appoint(person)
    return person


@pytest.fixture
async def homes(town: Town, garden: Garden) -> list[Person]:
    """Three residents of 阳光花园."""
    people = [town.person(name) for name in ("王奶奶", "小李", "赵爷爷")]
    for person, address in zip(people, ("3-1-502", "3-1-601", "3-2-101"), strict=True):
        await garden.lives(person, address)
    return people


async def test_staff_write_look_at_it_and_send_it_to_everybody_once(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu)
    assert line(liu, "住户") == "住户 · 不分语言：3 人"
    assert "大约 1 分钟，11月23日（周一） 15:30发完" in liu.sees
    await liu.taps("🧪 先发给我自己看")
    assert liu.sees == NEWS
    assert [received(each) for each in homes] == [[], [], []]
    await liu.taps("▶️ 发出")
    assert liu.screen[-2].startswith("📣 群发 1：阳光花园")
    await ticks(town)

    assert [received(each) for each in homes] == [[NEWS]] * 3
    assert "✅ 发完了" in liu.screen[-3]
    assert "一共 3：送到 3，不收消息 0，发不出 0，不确定 0。" in liu.screen[-3]
    assert "一共 3：送到 3" in liu.sees
    await ticks(town)
    assert [received(each) for each in homes] == [[NEWS]] * 3


async def test_a_photo_with_bold_words_and_a_link_arrives_as_it_was_written(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu)
    await liu.taps("✏️ 改内容")
    photo = town.playground.world.files.keep_photo(picture())
    bold: Json = {"type": "bold", "offset": 6, "length": 2}
    words = "👨‍👩‍👧你好 <i>"
    await liu.sends(
        {"photo": photo, "caption": words, "caption_entities": [{**bold, "offset": 8}]}
    )
    await liu.taps("🔗 加按钮或改按钮")
    await liu.says("看 详情 https://example.com/a?b=1#c")
    assert "按钮：看 详情 → https://example.com/a?b=1#c" in liu.sees
    await liu.taps("▶️ 发出")
    await ticks(town)

    message = town.playground.received(homes[0].id)[-1]
    assert message["caption"] == words
    assert message["caption_entities"] == [{**bold, "offset": 8}]
    assert message["photo"][-1]["file_id"] == photo[-1]["file_id"]
    (row,) = message["reply_markup"]["inline_keyboard"]
    assert row == [{"text": "看 详情", "url": "https://example.com/a?b=1#c"}]


async def test_what_is_too_long_is_refused_while_it_is_written_and_may_be_shortened(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu, "👍" * 2049)
    assert liu.sees.startswith("太长了：4,098 个字符")
    photo = town.playground.world.files.keep_photo(picture())
    await liu.sends({"photo": photo, "caption": "字" * 1025})
    assert liu.sees.startswith("太长了：1,025 个字符")

    await liu.says("👍" * 2048)
    await liu.taps("▶️ 发出")
    await ticks(town)

    assert received(homes[0]) == ["👍" * 2048]


async def test_it_is_for_whom_the_buttons_say(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await homes[1].speaks_english()
    volunteer = town.person("张阿姨")
    await garden.appoint(volunteer)
    async with town.database.write() as session:
        await grant_to(session, volunteer.id, Role.VOLUNTEER, garden.area)
    await composes(liu)
    await liu.taps("🌐 改为只发说中文的")
    assert line(liu, "住户") == "住户 · 说中文的：2 人"
    await liu.taps("🌐 改为只发说英文的")
    assert line(liu, "住户") == "住户 · 说英文的：1 人"
    await liu.taps("👥 改为发给志愿者")
    assert line(liu, "志愿者") == "志愿者 · 说英文的：0 人"
    assert "▶️ 发出" not in liu.buttons
    await liu.taps("🌐 改为不分语言")
    assert line(liu, "志愿者") == "志愿者 · 不分语言：1 人"
    await liu.taps("👥 改为发给所有人")
    assert line(liu, "所有人") == "所有人 · 不分语言：5 人"
    await liu.taps("🌐 改为只发说中文的")
    await liu.taps("🌐 改为只发说英文的")
    await liu.taps("▶️ 发出")
    await ticks(town)

    assert received(homes[1])[-1] == NEWS
    assert NEWS not in received(homes[0]) + received(volunteer)


async def test_it_goes_at_the_time_that_was_typed(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu)
    await liu.taps("⏰ 定个时间发")
    await liu.says("昨天")
    assert liu.sees.startswith("没有看懂这个时间")
    await liu.says("今天 9:00")
    assert liu.sees.startswith("这个时间已经过了")
    await liu.says("明天 9:00")
    assert "11月24日（周二） 09:00开始" in liu.sees
    await liu.taps("▶️ 发出")
    assert "⏰ 11月24日（周二） 09:00开始发" in liu.sees
    town.clock.now += timedelta(hours=17, minutes=29)
    await ticks(town)
    assert received(homes[0]) == []

    town.clock.passes(minutes=1)
    await ticks(town)

    assert received(homes[0]) == [NEWS]


async def test_many_people_need_a_second_persons_yes(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await town.closes()
    town.second_above = 2
    await town.opens()
    await composes(liu)
    await liu.taps("▶️ 发出")
    assert liu.sees.startswith("超过 2 人的群发，要另一位工作人员同意")
    chen = town.person("陈主任")
    await garden.appoint(chen, garden.city)
    await liu.taps("▶️ 发出")
    await ticks(town)
    assert "要另一位工作人员同意才发" in liu.screen[-2]
    assert received(homes[0]) == []
    assert "刘姐想发群发 1，给阳光花园的3 人（住户）" in chen.sees

    await chen.taps("👀 看看发出去的样子")
    assert chen.sees == NEWS
    await chen.taps("✅ 同意发")
    await ticks(town)

    assert "✅ 陈主任同意了群发 1。" in liu.screen
    assert [received(each) for each in homes] == [[NEWS]] * 3


async def test_who_wrote_it_is_not_the_second_person_and_a_no_is_a_no(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await town.closes()
    town.second_above = 2
    await town.opens()
    chen = town.person("陈主任")
    await garden.appoint(chen)
    await composes(liu)
    await liu.taps("▶️ 发出")
    await liu.presses("second:1:1")
    assert liu.sees.startswith("这是你自己发起的")
    await chen.taps("🚫 不同意")
    await chen.presses("second:1:1")
    assert chen.sees.startswith("这条群发已经不是那样了")
    await ticks(town)

    assert "🚫 陈主任没有同意群发 1，不发了。" in liu.screen
    assert received(homes[0]) == []


async def test_it_is_paused_and_goes_on(town: Town, liu: Person, homes: list[Person]) -> None:
    await begins_at_night(town, liu)
    await liu.taps("⏸ 停一停")
    assert "⏸ 停住了" in liu.screen[-1]
    town.clock.passes(hours=9, minutes=30)
    await ticks(town)
    assert received(homes[0]) == []

    await liu.taps("▶️ 接着发")
    await ticks(town)

    assert [received(each) for each in homes] == [[NEWS]] * 3


async def test_what_is_cancelled_ends_with_everybody_counted(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins_at_night(town, liu)
    await liu.taps("⏹ 取消")
    await liu.taps("← 返回")
    await liu.taps("⏹ 取消")
    await liu.taps("⏹ 是，取消")
    await ticks(town)
    town.clock.passes(hours=9, minutes=30)
    await ticks(town)

    assert "一共 3：送到 0，不收消息 0，发不出 0，不确定 0，取消 3。" in liu.sees
    assert received(homes[0]) == []


async def test_at_night_one_is_asked_and_it_waits_for_the_morning(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    town.clock.now = town.clock.now.replace(hour=14, minute=0)  # 22:00 there
    await composes(liu)
    await liu.taps("▶️ 发出")
    assert "夜里停的话，11月24日（周二） 07:30发完" in liu.sees
    await liu.taps("🌙 夜里停，早上接着发")
    await ticks(town)
    assert received(homes[0]) == []

    town.clock.passes(hours=9, minutes=30)
    await ticks(town)

    assert received(homes[0]) == [NEWS]


async def test_at_night_it_goes_if_that_is_wanted(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    town.clock.now = town.clock.now.replace(hour=14, minute=0)
    await composes(liu)
    await liu.taps("▶️ 发出")
    await liu.taps("夜里也发")
    await ticks(town)

    assert received(homes[0]) == [NEWS]


async def test_who_blocks_the_bot_meanwhile_is_counted(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins_at_night(town, liu)
    await homes[0].blocks()
    town.clock.passes(hours=9, minutes=30)
    await ticks(town)

    assert "一共 3：送到 2，不收消息 1，" in liu.sees


async def test_others_know_no_such_command(town: Town, homes: list[Person]) -> None:
    await homes[0].says("/broadcast")

    assert homes[0].sees.startswith("没有这个命令")


async def test_staff_of_another_place_see_nothing_of_it(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
    assert moon
    other = town.person("外人")
    await garden.appoint(other, moon.id)
    await composes(liu)
    for data in (
        "draft:1:residents::0:send", "draft:1:residents::0:look", "draft:1:residents::0:text",
        "draft:1:residents::0:drop", "sample:1", "cast-look:1", "cast:1:cancel:1", "second:1:1",
        f"cast-here:{garden.area}", "cast-here:0",
    ):  # fmt: skip
        await other.presses(data)
        assert other.sees.startswith("这件事要由社区的工作人员")

    assert liu.sees.startswith("📣 群发 1，还没有发")


async def test_it_goes_into_the_group_and_the_channel_of_the_place(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    group = town.playground.group("业主群", [liu.account, homes[0].account])
    await liu.in_group(group).says("/link")
    assert "“业主群”现在属于阳光花园" in liu.in_group(group).sees
    channel = town.playground.world.add_group("通知频道", [], "channel")
    liu.account.brings_in(channel)
    await town.settle()
    assert liu.sees.startswith("💬 我进了“通知频道”")
    await liu.taps("阳光花园")
    assert "“通知频道”现在属于阳光花园" in liu.sees

    await composes(liu)
    await liu.taps("💬 也发到群和频道")
    assert line(liu, "住户") == "住户 · 不分语言：3 人，2 个群和频道"
    await liu.taps("▶️ 发出")
    await ticks(town)

    for chat in (group, channel):
        assert [m["text"] for m in town.playground.received(chat.id)][-1] == NEWS
    assert [received(each) for each in homes] == [[NEWS]] * 3


async def test_a_group_that_the_bot_has_left_gets_nothing(
    town: Town, garden: Garden, liu: Person
) -> None:
    group = town.playground.group("业主群", [liu.account])
    await liu.in_group(group).says("/link 阳光花园")
    liu.account.brings_in(group, out=True)
    await composes(liu)
    for audience in ("志愿者", "所有人", "群和频道，不发个人"):
        await liu.taps(f"👥 改为发给{audience}")

    assert line(liu, "只发群和频道") == "只发群和频道 · 不分语言：0 人"
    assert "▶️ 发出" not in liu.buttons
