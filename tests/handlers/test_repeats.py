"""Staff let a message repeat: what they see on the way, and what people receive."""

from datetime import datetime, timedelta

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import func, select

from bot import repeating, timetable
from handlers import notices
from handlers.texts import LANGUAGES, texts
from models import areas, roles
from models.broadcasts import Broadcast
from models.notices import Notice, State
from models.repeat_plans import Rules
from models.repeats import Repeat
from models.roles import Role
from tests.city import SHANGHAI, grant_to
from tests.conftest import MONDAY, Town
from tests.garden import Garden
from tests.handlers.test_broadcasts import homes, line, liu, picture, received
from tests.people import Person

__all__ = ["homes", "liu"]

NEWS = "周六 9:00-11:00 东门收有害垃圾 <b>&amp;</b> 👨‍👩‍👧"


async def strikes(town: Town) -> None:
    """The clock strikes: what has come is made, what is due leaves."""
    rules = Rules(town.second_above, town.admins)
    civil = town.place.civil
    await repeating.look_after(town.database, town.clock, civil, rules=rules)
    await repeating.repeat(town.database, town.clock, civil, rules=rules)
    for _ in range(2):
        await timetable.carry_broadcasts_on(town.database, town.clock, civil)
        await town.settle()


async def it_is(town: Town, text: str) -> None:
    """It is 9:00 on 28 November there: the clock strikes."""
    town.clock.now = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    await strikes(town)


async def composes(person: Person, words: str = "每周六 9:00", text: str = NEWS) -> None:
    await person.says("/schedule")
    await person.taps("➕ 新建")
    await person.taps("阳光花园")
    await person.taps("✅ 就发给阳光花园")
    await person.says(text)
    await person.says(words)


async def begins(person: Person, words: str = "每周六 9:00", text: str = NEWS) -> None:
    await composes(person, words, text)
    await person.taps("▶️ 开始")


async def needs_a_second_yes(town: Town, above: int) -> None:
    await town.closes()
    town.second_above = above
    await town.opens()


async def test_staff_write_it_once_and_everybody_hears_it_each_saturday(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await liu.says("/schedule")
    assert "这里还没有定期提醒" in liu.sees
    await liu.taps("➕ 新建")
    await liu.taps("阳光花园")
    await liu.taps("✅ 就发给阳光花园")
    assert "请把要发的内容发给我" in liu.sees
    await liu.says(NEWS)
    assert liu.sees.startswith("什么时候发？")
    await liu.says("每周六 9:00")
    assert line(liu, "住户") == "住户 · 不分语言：3 人"
    assert line(liu, "🕘") == "🕘 每周六 09:00"
    assert [each for each in liu.sees.splitlines() if each.startswith("•")] == [
        "• 11月28日（周六） 09:00", "• 12月5日（周六） 09:00", "• 12月12日（周六） 09:00",
    ]  # fmt: skip
    await liu.taps("🧪 先发给我自己看")
    assert liu.sees == NEWS
    await liu.taps("▶️ 开始")
    assert liu.screen[-2].startswith("📆 定期提醒 1：阳光花园")
    said = len(liu.screen)

    await it_is(town, "2026-11-28 08:59:59")
    assert [received(each) for each in homes] == [[]] * 3
    await it_is(town, "2026-11-28 09:00:00")
    await it_is(town, "2026-11-28 09:00:01")
    assert [received(each) for each in homes] == [[NEWS]] * 3
    await it_is(town, "2026-12-05 09:00:00")
    assert [received(each) for each in homes] == [[NEWS] * 2] * 3
    assert len(liu.screen) == said, "the author is not flooded"


async def test_the_list_says_what_comes_when_to_whom_and_who_wrote_it(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins(liu)
    await begins(liu, "每月最后一天 18:00", "月底盘点")
    await liu.says("/schedule")
    first, second = "1 · 阳光花园 · 🕘 每周六 09:00", "2 · 阳光花园 · 🕘 每月最后一天 18:00"

    assert liu.sees.split("\n\n")[1:] == [
        f"{first}\n“{NEWS}”\n下次 11月28日（周六） 09:00 · 给住户 · 刘姐写的",
        f"{second}\n“月底盘点”\n下次 11月30日（周一） 18:00 · 给住户 · 刘姐写的",
    ]
    assert liu.buttons == ["📆 1：看、改、停", "📆 2：看、改、停", "➕ 新建"]


async def test_the_days_and_the_time_are_chosen_by_buttons(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu, "香蕉皮")
    assert liu.sees.startswith("没有看懂什么时候发。请这样写：")
    await liu.taps("每周")
    await liu.taps("周六")
    await liu.taps("周三")
    assert "✅ 周三" in liu.keys
    await liu.taps("✅ 周三")
    await liu.taps("周日")
    await liu.taps("🔁 改为每两周")
    await liu.taps("➡️ 下一步：几点")
    assert liu.screen[-2].startswith("🕘 每两周的周六、周日，从 2026-11-28 起，几点发？")
    await liu.taps("09:00")
    assert "🕘 每两周的周六、周日 09:00，从 2026-11-28 起" in liu.screen[-2]
    assert "• 12月12日（周六） 09:00" in liu.screen[-2]

    await liu.taps("🕘 改时间")
    await liu.taps("每月几号")
    await liu.taps("15")
    await liu.taps("最后一天")
    await liu.taps("➡️ 下一步：几点")
    await liu.says("几点都行")
    assert liu.sees.startswith("没有看懂几点。")
    await liu.says("晚上7点半")
    assert line(liu, "🕘") == "🕘 每月15号、最后一天 19:30"

    await liu.taps("🕘 改时间")
    await liu.taps("每月第几个周几")
    await liu.taps("最后一个")
    await liu.taps("周日")
    await liu.taps("➡️ 下一步：几点")
    await liu.taps("10:00")
    assert line(liu, "🕘") == "🕘 每月最后一个周日 10:00"


async def test_a_day_without_a_time_is_asked_for_the_time(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu, "每月15号")
    assert liu.sees.startswith("🕘 每月15号，几点发？")
    await liu.says("9:00")

    assert line(liu, "🕘") == "🕘 每月15号 09:00"


async def test_until_a_day_and_for_ever_again(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu)
    await liu.taps("📅 发到哪天为止")
    await liu.says("以后")
    assert liu.sees.startswith("没有看懂哪一天。")
    await liu.says("2026-11-01")
    assert "以后不会再发了。" in liu.sees
    assert "▶️ 开始" not in liu.buttons
    await liu.taps("📅 发到哪天为止")
    await liu.says("12月5日")
    assert line(liu, "🕘") == "🕘 每周六 09:00，到 2026-12-05 为止"
    assert "12月12日" not in liu.sees
    await liu.taps("📅 发到哪天为止")
    await liu.says("不限")
    assert line(liu, "🕘") == "🕘 每周六 09:00"


async def test_an_end_before_the_beginning_is_refused_and_nothing_is_lost(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu, "每两周周六 9:00 到11月25日")
    assert liu.sees.startswith("结束的日子在开始的前面。")
    await liu.says("每两周周六 9:00 到12月31日")
    assert "• 12月26日（周六） 09:00" in liu.sees
    await liu.taps("📅 发到哪天为止")
    await liu.says("11月25日")
    assert liu.sees.startswith("结束的日子在开始的前面。")
    await liu.says("不限")

    assert line(liu, "🕘") == "🕘 每两周的周六 09:00，从 2026-11-28 起"


async def test_what_happens_on_holidays_shows_in_the_dates(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu, "每月1号 9:00")
    assert "• 1月1日（周五） 09:00" in liu.sees
    await liu.taps("🎌 节假日改为不发")
    assert "• 1月1日" not in liu.sees
    await liu.taps("🎌 节假日改为提前到前一个工作日")
    assert "• 12月31日（周四） 09:00（节假日安排还没公布，可能会变）" in liu.sees
    await liu.taps("▶️ 开始")
    await it_is(town, "2026-12-01 09:00")
    await it_is(town, "2026-12-31 09:00")
    await it_is(town, "2027-01-01 09:00")

    assert received(homes[0]) == [NEWS] * 2


async def test_a_photo_with_a_link_goes_to_those_the_buttons_say_and_into_the_group(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    group = town.playground.group("业主群", [liu.account, homes[0].account])
    await liu.in_group(group).says("/link")
    await homes[1].speaks_english()
    await composes(liu)
    await liu.taps("✏️ 改内容")
    photo = town.playground.world.files.keep_photo(picture())
    await liu.sends({"photo": photo, "caption": "看照片"})
    await liu.taps("🔗 加按钮或改按钮")
    await liu.says("看详情 https://example.com")
    await liu.taps("🌐 改为只发说中文的")
    await liu.taps("🌐 改为只发说英文的")
    await liu.taps("💬 也发到群和频道")
    assert line(liu, "住户") == "住户 · 说英文的：1 人，1 个群和频道"
    await liu.taps("▶️ 开始")
    assert "住户 · 说英文的，也发到群和频道" in liu.sees
    await it_is(town, "2026-11-28 09:00")

    assert NEWS not in received(homes[0])
    for chat in (homes[1].id, group.id):
        message = town.playground.received(chat)[-1]
        assert message["caption"] == "看照片"
        assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "看详情"


async def test_what_is_too_long_is_refused_while_it_is_written(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await liu.says("/schedule")
    await liu.taps("➕ 新建")
    await liu.taps("阳光花园")
    await liu.taps("✅ 就发给阳光花园")
    await liu.says("👍" * 2049)
    assert liu.sees.startswith("太长了：4,098 个字符")
    await liu.says("👍" * 2048)
    await liu.says("每周六 9:00")

    assert "▶️ 开始" in liu.buttons


async def test_at_night_one_is_asked_first(town: Town, liu: Person, homes: list[Person]) -> None:
    await composes(liu, "每周六 22:00")
    await liu.taps("▶️ 开始")
    assert liu.sees.startswith("🌙 22:00 是夜里")
    assert liu.buttons == ["夜里也发", "← 返回"]
    await liu.taps("← 返回")
    await liu.presses("rep-draft:1:hold")
    assert liu.sees.startswith("🌙 22:00 是夜里")
    await liu.taps("夜里也发")
    await it_is(town, "2026-11-28 22:00")

    assert received(homes[0]) == [NEWS]


async def test_what_would_go_on_into_the_night_may_rest(
    town: Town, liu: Person, homes: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    await composes(liu, "每周六 21:29")
    slow = type(town.app.dispatcher["limits"])(rate=0.01, second_above=500)
    town.app.dispatcher["limits"] = slow
    await liu.taps("▶️ 开始")
    assert "夜里停的话，11月29日（周日） 07:34发完" in liu.sees
    await liu.taps("🌙 夜里停，早上接着发")

    assert liu.sees.startswith("📆 定期提醒 1")


async def test_it_is_changed_paused_resumed_and_stopped(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins(liu)
    await liu.taps("✏️ 改")
    assert liu.sees.startswith("📆 改定期提醒 1，还没有保存。")
    await liu.taps("✏️ 改内容")
    await liu.says("改了")
    await it_is(town, "2026-11-28 09:00")
    assert received(homes[0]) == [NEWS]
    await liu.taps("✅ 保存")
    assert liu.sees.startswith("📆 定期提醒 1：阳光花园")
    assert "内容：改了" in liu.sees
    await it_is(town, "2026-12-05 09:00")
    assert received(homes[0]) == [NEWS, "改了"]

    await liu.taps("⏸ 停一停")
    assert "⏸ 停着。停着的时候错过的，不补发。" in liu.sees
    await it_is(town, "2026-12-12 09:00")
    await liu.taps("▶️ 接着发")
    await it_is(town, "2026-12-19 09:00")
    assert received(homes[0]) == [NEWS, "改了", "改了"]

    await liu.taps("⏹ 停用")
    await liu.taps("← 返回")
    await liu.taps("⏹ 停用")
    await liu.taps("⏹ 是，停用")
    assert "⏹ 已经停用。" in liu.sees
    await it_is(town, "2026-12-26 09:00")
    assert received(homes[0]) == [NEWS, "改了", "改了"]
    await liu.says("/schedule")
    assert "还没有定期提醒" in liu.sees


async def test_a_change_may_be_dropped_and_all_is_as_before(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins(liu)
    await liu.taps("✏️ 改")
    await liu.taps("✏️ 改内容")
    await liu.says("改了")
    await liu.taps("🗑 不改了")
    assert liu.sees == "好的，不改了，照旧。"
    await it_is(town, "2026-11-28 09:00")

    assert received(homes[0]) == [NEWS]


async def test_pressed_often_it_begins_and_comes_once(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await composes(liu)
    for _ in range(20):
        liu.account.press(max(liu.chat.messages), "rep-draft:1:send")
    await town.settle()
    for _ in range(3):
        await it_is(town, "2026-11-28 09:00")

    assert [received(each) for each in homes] == [[NEWS]] * 3
    async with town.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Repeat)) == 1
        assert await session.scalar(select(func.count()).select_from(Broadcast)) == 1


async def test_many_people_need_a_second_yes_once_and_again_for_another_text(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await needs_a_second_yes(town, 2)
    await composes(liu)
    await liu.taps("▶️ 开始")
    assert liu.sees.startswith("超过 2 人的群发，要另一位工作人员同意")
    chen = town.person("陈主任")
    await garden.appoint(chen, garden.city)
    await liu.taps("▶️ 开始")
    assert "🙋 人多，要另一位工作人员同意才发。" in liu.screen[-2]
    assert "刘姐想定期发提醒 1，给阳光花园的3 人（住户）" in chen.sees
    assert "🕘 每周六 09:00" in chen.sees
    await liu.presses("rep-second:1:1")
    assert liu.sees.startswith("这是你自己发起的")
    await it_is(town, "2026-11-28 09:00")
    assert received(homes[0]) == []

    await chen.taps("👀 看看发出去的样子")
    assert chen.sees == NEWS
    await chen.taps("✅ 同意发")
    await town.settle()
    assert "✅ 陈主任同意了定期提醒 1。" in liu.screen
    await it_is(town, "2026-12-05 09:00")
    await it_is(town, "2026-12-12 09:00")
    assert received(homes[0]) == [NEWS, NEWS]

    await liu.presses("rep-alter:1")
    await liu.taps("✏️ 改内容")
    await liu.says("改了")
    await liu.taps("✅ 保存")
    assert "同意之前照旧" in liu.screen[-1]
    assert "刘姐想改定期提醒 1" in chen.sees
    await chen.taps("🚫 不同意")
    await town.settle()
    assert "🚫 陈主任没有同意定期提醒 1。" in liu.screen
    await it_is(town, "2026-12-19 09:00")

    assert received(homes[0]) == [NEWS] * 3


async def test_when_its_author_has_left_others_are_told_and_take_it_over(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await begins(liu)
    chen = town.person("陈主任")
    await garden.appoint(chen)
    async with town.database.write() as session:
        admin = (roles.Held(Role.ADMIN, areas.EVERYWHERE),)
        (grant,) = [
            each for each in await roles.people(session, admin, 9)
            if each.role is Role.STAFF and each.name != "陈主任"
        ][:1]  # fmt: skip
        await roles.revoke(session, admin, grant.grant_id, 0, town.clock())
    await it_is(town, "2026-11-28 09:00")
    assert received(homes[0]) == []
    assert chen.sees.startswith("📆 阳光花园的定期提醒 1 停住了：写的人（刘姐）")
    await liu.presses("rep-turn:1:resume:0")
    assert (liu.toast or "").startswith("这件事要由社区的工作人员")

    await chen.taps("🙋 我来接手")
    assert "陈主任写的" in chen.sees
    await it_is(town, "2026-12-05 09:00")

    assert received(homes[0]) == [NEWS]


async def test_down_for_a_day_staff_hear_what_was_missed(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins(liu, "每天 9:00")
    town.clock.now += timedelta(days=3)
    await strikes(town)

    assert "定期提醒 1 有 2 次没能发出（从11月24日（周二） 09:00那次起）" in liu.sees
    assert received(homes[0]) == [NEWS]


async def test_its_author_hears_of_an_end_only_if_something_failed(
    town: Town, liu: Person, homes: list[Person]
) -> None:
    await begins(liu)
    await it_is(town, "2026-11-28 09:00")
    async with town.database.read() as session:
        told = select(Notice.kind).where(Notice.to == liu.id)
        assert "broadcast-ended" not in list(await session.scalars(told))
    said = len(liu.screen)
    town.clock.now = datetime(2026, 12, 5, 9, tzinfo=SHANGHAI)
    civil = town.place.civil
    await town.closes()
    await repeating.repeat(town.database, town.clock, civil, rules=Rules(500))
    for _ in range(2):
        await timetable.carry_broadcasts_on(town.database, town.clock, civil)
    async with town.database.write() as session:
        waiting = await session.scalars(select(Notice).where(Notice.state == State.WAITING))
        next(one for one in waiting if one.to == homes[0].id).kind = "nobody-can-say-this"
    await town.opens()
    await town.settle()
    await strikes(town)

    assert any("发不出 1" in each for each in liu.screen[said:])


async def test_others_know_no_such_command_and_press_nothing(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    await homes[0].says("/schedule")
    assert homes[0].sees.startswith("没有这个命令")
    async with town.database.read() as session:
        moon = await areas.by_code(session, "月亮湾")
    assert moon
    other = town.person("外人")
    await garden.appoint(other, moon.id)
    await begins(liu)
    await liu.taps("✏️ 改")
    for data in (
        "rep-see:1", "rep-sample:1", "rep-alter:1", "rep-turn:1:pause:0", "rep-turn:1:stop:0",
        "rep-turn:1:stop:1", "rep-second:1:1", "rep-draft:2:look", "rep-draft:2:send",
        "rep-draft:2:text", "rep-draft:2:drop", "rep-put:2:everybody::0:skip", "rep-at:2:600",
        "rep-pick:2:week:0:1", "rep-picked:2:week:1:1", f"rep-here:{garden.area}", "rep-here:0",
    ):  # fmt: skip
        await other.presses(data)
        assert other.sees.startswith("这件事要由社区的工作人员"), data
    await other.says("/schedule")
    assert "还没有定期提醒" in other.sees
    await it_is(town, "2026-11-28 09:00")

    assert received(homes[0])[-1] == NEWS


async def test_in_english_it_is_the_same(
    town: Town, garden: Garden, liu: Person, homes: list[Person]
) -> None:
    async with town.database.write() as session:
        await grant_to(session, homes[2].id, Role.VOLUNTEER, garden.area)
    await liu.speaks_english()
    await liu.says("/schedule")
    await liu.taps("➕ New")
    await liu.taps("阳光花园")
    await liu.taps("✅ To 阳光花园")
    await liu.says(NEWS)
    await liu.says("first Friday of each month 7:30 pm")
    assert line(liu, "🕘") == "🕘 Every first Fri of the month 19:30"
    await liu.taps("👥 Instead to volunteers")
    await liu.taps("▶️ Begin")
    assert "• Fri 4 Dec 19:30" in liu.sees
    await it_is(town, "2026-12-04 19:30")

    assert [received(each) for each in homes] == [[], [], [NEWS]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", ["area", "alone", "missed"])
def test_every_trouble_has_words_and_leads_to_the_repeat(language: str, why: str) -> None:
    fields = {
        "id": 7, "changes": 0, "name": "刘姐", "area": "", "when": "every sat 09:00", "why": why,
        "number": 2, "first": "2026-11-28T09:00:00+08:00" if why == "missed" else "",
    }  # fmt: skip

    call = notices.render("repeat-trouble", fields, texts(language), 1, False, MONDAY)

    assert isinstance(call, SendMessage)
    assert " 7 " in call.text
    assert ("28" in call.text) is (why == "missed")
    assert "rep-see:7" in str(call.reply_markup)
