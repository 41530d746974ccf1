"""Reminders: chosen by large buttons, right when they come, and easy to be rid of."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot import reminding
from knowledge.streams import Stream
from models import notices
from models.areas import Area
from models.collections import CollectionRule
from models.notices import Notice, State
from tests.conftest import Town
from tests.garden import Garden
from tests.models.conftest import SHANGHAI
from tests.people import Person, Rings

HAZARDOUS, WINDOW, RECYCLABLE = "有害垃圾收运日", "投放点开门", "可回收物收运日"
PICKUPS = "约好的大件"
EVENING, MORNING = "前一天傍晚", "当天早上"
DONE, LATER, STOP = "✅ 办好了", "🕧 30 分钟后再说", "🔕 不要再提醒这些"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


async def clock_strikes(town: Town, moment: str) -> None:
    """The tick comes, and what is due leaves."""
    town.clock.now = at(moment)
    await reminding.plan(town.database, town.clock, town.place.civil, rate=25, admins=town.admins)
    await town.settle()


async def hours_become(town: Town, garden: Garden, stream: Stream, hours: str) -> None:
    """Staff import another day."""
    from models import imports
    from tests.tables import table

    file = table(f"area,stream,hours\n阳光花园,{stream},{hours}")
    async with town.database.write() as session:
        await imports.run(session, [file], town.clock())


def reminders(person: Person) -> list[str]:
    return [said for said in person.screen if said.startswith(("⏰ 今天", "⏰ 明天", "⚠️"))]


@pytest.fixture
async def at_home(town: Town, garden: Garden, wang: Person) -> Person:
    """Grandma Wang; hazardous waste and recyclables are taken on Tuesdays."""
    town.clock.now = at("2026-11-23T08:00")
    async with town.database.write() as session:
        area = await session.get_one(Area, garden.area)
        area.windows = "mo-su 07:00-09:00 18:30-20:30"
        for stream, hours in (
            (Stream.HAZARDOUS, "tu 09:00-11:00"),
            (Stream.RECYCLABLE, "tu 18:30-20:00; fr 18:30-20:00"),
        ):
            session.add(
                CollectionRule(area_id=area.id, stream=stream, hours=hours, responsible=None,
                               phone=None, destination=None)
            )  # fmt: skip
    await garden.lives(wang, "3-1-502")
    await wang.says("/reminders")
    return wang


async def chooses(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(f"⬜ {label}")


async def test_what_can_be_chosen_is_on_large_buttons(at_home: Person) -> None:
    assert at_home.sees.startswith("⏰ 提醒：阳光花园\n\n还没有投放和收运的提醒。")
    assert at_home.buttons == [
        f"⬜ {WINDOW}", f"⬜ {HAZARDOUS}", f"⬜ {RECYCLABLE}", f"✅ {PICKUPS}", f"✅ {EVENING}",
        f"⬜ {MORNING}", "⬜ 开始前几分钟", "✅ 夜里不响铃",
    ]  # fmt: skip


async def test_one_message_on_the_evening_before_lists_all_of_the_day(
    town: Town, at_home: Person
) -> None:
    """Row 7."""
    await chooses(at_home, HAZARDOUS, RECYCLABLE)
    await clock_strikes(town, "2026-11-23T18:59")
    assert reminders(at_home) == []
    await clock_strikes(town, "2026-11-23T19:00")

    assert reminders(at_home) == [
        "⏰ 明天 11月24日（周二），阳光花园\n• 收有害垃圾：09:00–11:00\n• 收可回收物：18:30–20:00"
    ]
    assert at_home.buttons == [DONE, LATER, STOP]
    await clock_strikes(town, "2026-11-24T19:00")
    await clock_strikes(town, "2026-11-25T19:00")
    assert len(reminders(at_home)) == 1


async def test_done_silences_the_next_of_that_day(town: Town, at_home: Person) -> None:
    """Row 6."""
    await chooses(at_home, HAZARDOUS, MORNING)
    await clock_strikes(town, "2026-11-23T19:00")
    await at_home.taps(DONE)
    assert at_home.sees == "✅ 好的，11月24日（周二） 的事不再提醒。"

    await clock_strikes(town, "2026-11-24T07:30")
    await clock_strikes(town, "2026-11-24T12:00")

    assert len(reminders(at_home)) == 1


async def test_without_done_the_morning_says_today(town: Town, at_home: Person) -> None:
    """Row 7: the right word, in the morning too."""
    await chooses(at_home, HAZARDOUS, MORNING)
    await clock_strikes(town, "2026-11-23T19:00")
    await clock_strikes(town, "2026-11-24T07:30")

    assert [each.split("，")[0] for each in reminders(at_home)] == [
        "⏰ 明天 11月24日（周二）", "⏰ 今天 11月24日（周二）",
    ]  # fmt: skip


async def test_an_evening_one_that_comes_after_midnight_says_today(
    town: Town, at_home: Person
) -> None:
    """Row 8: the bot was away all evening, and it is still of use."""
    await chooses(at_home, HAZARDOUS)
    await town.closes()
    town.clock.now = at("2026-11-24T08:00")
    await town.opens()
    await clock_strikes(town, "2026-11-24T09:30")

    assert reminders(at_home) == [
        "⏰ 今天 11月24日（周二），阳光花园\n• 收有害垃圾：09:00–11:00　现在开着"
    ]


async def test_what_is_over_is_not_sent_but_written_down(town: Town, at_home: Person) -> None:
    await chooses(at_home, HAZARDOUS)
    await town.closes()
    town.clock.now = at("2026-11-24T11:00")
    await town.opens()
    await clock_strikes(town, "2026-11-24T11:01")

    assert reminders(at_home) == []
    async with town.database.read() as session:
        assert await notices.counts(session, "reminder") == {State.EXPIRED: 1}


async def test_once_more_in_half_an_hour(town: Town, at_home: Person) -> None:
    await chooses(at_home, HAZARDOUS)
    await clock_strikes(town, "2026-11-23T19:00")
    await at_home.taps(LATER)
    await at_home.taps(LATER)
    assert at_home.sees == "🕧 好的，19:30 再提醒一次。"
    await clock_strikes(town, "2026-11-23T19:29")
    assert len(reminders(at_home)) == 1
    await clock_strikes(town, "2026-11-23T19:30")

    assert len(reminders(at_home)) == 2
    assert reminders(at_home)[0] == reminders(at_home)[1]


async def test_not_once_more_when_it_is_over_by_then(town: Town, at_home: Person) -> None:
    await chooses(at_home, HAZARDOUS, MORNING)
    await clock_strikes(town, "2026-11-24T07:30")
    town.clock.now = at("2026-11-24T10:45")
    await at_home.taps(LATER)

    assert at_home.sees.startswith("到那时已经结束了")


async def test_stop_these_stops_what_it_was_about_and_nothing_else(
    town: Town, at_home: Person
) -> None:
    await chooses(at_home, HAZARDOUS, RECYCLABLE)
    await clock_strikes(town, "2026-11-26T19:00")
    await at_home.taps(STOP)
    assert at_home.sees.startswith("🔕 好的")
    await at_home.says("/reminders")
    assert f"✅ {HAZARDOUS}" in at_home.buttons
    assert f"⬜ {RECYCLABLE}" in at_home.buttons

    await clock_strikes(town, "2026-11-30T19:00")
    assert reminders(at_home)[-1].endswith("• 收有害垃圾：09:00–11:00")


async def test_minutes_before_go_round(town: Town, at_home: Person) -> None:
    await chooses(at_home, WINDOW)
    await at_home.taps(f"✅ {EVENING}")
    await at_home.taps("⬜ 开始前几分钟")
    await at_home.taps("✅ 开始前 15 分钟")
    assert "✅ 开始前 30 分钟" in at_home.buttons

    await clock_strikes(town, "2026-11-23T17:59")
    assert reminders(at_home) == []
    await clock_strikes(town, "2026-11-23T18:00")
    assert reminders(at_home)[0].endswith(
        "• 投放点开门：07:00–09:00　已经结束\n• 投放点开门：18:30–20:30"
    )


async def test_at_night_no_telephone_rings_unless_it_should(town: Town, at_home: Person) -> None:
    rings = town.playground.hook = Rings()
    await chooses(at_home, HAZARDOUS)
    await clock_strikes(town, "2026-11-23T19:00")
    assert rings.heard == [True]
    await at_home.taps(LATER)
    await clock_strikes(town, "2026-11-23T21:45")
    assert rings.heard == [True, True, False]

    await at_home.says("/reminders")
    await at_home.taps("✅ 夜里不响铃")
    await clock_strikes(town, "2026-11-30T23:00")
    assert rings.heard[3:] == [True, True]


async def test_a_pause_lasts_until_its_day(town: Town, at_home: Person) -> None:
    await chooses(at_home, WINDOW)
    await clock_strikes(town, "2026-11-23T12:30")
    await at_home.taps("⏸ 一周内不提醒")
    assert "暂停中，从 11月30日（周一） 起再提醒。" in at_home.sees

    for day in range(23, 29):
        await clock_strikes(town, f"2026-11-{day}T19:00")
    assert reminders(at_home) == []
    await clock_strikes(town, "2026-11-29T19:00")
    assert reminders(at_home)[0].startswith("⏰ 明天 11月30日")


async def test_who_goes_on_is_reminded_again(town: Town, at_home: Person) -> None:
    await chooses(at_home, WINDOW)
    await at_home.taps("⏸ 一个月内不提醒")
    await at_home.taps("▶ 现在就继续提醒")
    await clock_strikes(town, "2026-11-23T19:00")

    assert len(reminders(at_home)) == 1


async def test_who_lives_nowhere_is_reminded_of_the_place_chosen(
    town: Town, at_home: Person, li: Person
) -> None:
    await li.says("到时候提醒我")
    assert li.sees == "你问的是哪里？"
    await li.taps("阳光花园")
    await chooses(li, HAZARDOUS)
    await clock_strikes(town, "2026-11-23T19:00")

    assert "阳光花园" in reminders(li)[0]


async def test_from_the_hours_it_is_a_tap_away(town: Town, at_home: Person) -> None:
    await at_home.says("/when")
    await at_home.taps("⏰ 到时候提醒我")

    assert at_home.sees.startswith("⏰ 提醒：阳光花园")


async def test_who_was_told_of_the_wrong_day_hears_of_it_once(
    town: Town, garden: Garden, at_home: Person
) -> None:
    """Row 1: a changed date is told to everybody who was reminded, at once and once."""
    await chooses(at_home, HAZARDOUS, MORNING)
    await clock_strikes(town, "2026-11-23T19:00")
    await hours_become(town, garden, Stream.HAZARDOUS, "tu 14:00-16:00")
    await clock_strikes(town, "2026-11-23T19:10")
    await clock_strikes(town, "2026-11-23T19:11")

    assert reminders(at_home)[1:] == [
        "⚠️ 时间改了：明天 11月24日（周二），阳光花园\n• 收有害垃圾：14:00–16:00"
    ]
    await clock_strikes(town, "2026-11-24T07:30")
    assert reminders(at_home)[2:] == [
        "⏰ 今天 11月24日（周二），阳光花园\n• 收有害垃圾：14:00–16:00"
    ]


async def test_who_was_told_of_a_day_that_is_cancelled_hears_of_it(
    town: Town, garden: Garden, at_home: Person
) -> None:
    await chooses(at_home, HAZARDOUS, MORNING)
    await clock_strikes(town, "2026-11-23T19:00")
    await hours_become(town, garden, Stream.HAZARDOUS, "tu 09:00-11:00; 2026-11-24 closed")
    await clock_strikes(town, "2026-11-23T20:00")
    await clock_strikes(town, "2026-11-24T07:30")

    assert [each.split("\n")[-1] for each in reminders(at_home)[1:]] == [
        "这天不开、也不收了。对不起，前面的提醒不算数。看改到什么时候：/when"
    ]


async def test_who_was_not_told_yet_is_told_the_new_hours_only(
    town: Town, garden: Garden, at_home: Person
) -> None:
    await chooses(at_home, HAZARDOUS)
    await clock_strikes(town, "2026-11-23T13:00")
    await hours_become(town, garden, Stream.HAZARDOUS, "tu 14:00-16:00")
    await clock_strikes(town, "2026-11-23T13:01")
    await clock_strikes(town, "2026-11-23T19:00")

    assert [each.split("\n")[1] for each in reminders(at_home)] == ["• 收有害垃圾：14:00–16:00"]


async def test_those_who_run_the_bot_hear_when_reminders_do_not_fit(
    town: Town, at_home: Person, li: Person
) -> None:
    await li.starts()
    await chooses(at_home, HAZARDOUS)
    town.clock.now = at("2026-11-23T13:00")
    await reminding.plan(
        town.database, town.clock, town.place.civil, rate=1 / 36_000, admins=[li.id]
    )
    await town.settle()

    assert li.sees.startswith("⚠️ 11月24日（周二） 的提醒发不完。\n1 条")
    assert "最后一条 02:00 才发出，本该在 21:00 前发完" in li.sees


async def test_english(town: Town, at_home: Person) -> None:
    await chooses(at_home, HAZARDOUS)
    await at_home.speaks_english()
    await clock_strikes(town, "2026-11-23T19:00")

    assert at_home.sees == (
        "⏰ Tomorrow, Tue 24 Nov, 阳光花园\n• Hazardous waste is taken: 09:00–11:00"
    )


async def test_what_a_choice_costs_is_nothing_twice(town: Town, at_home: Person) -> None:
    """Changing one's mind back and forth leaves one reminder."""
    await chooses(at_home, HAZARDOUS)
    for _ in range(2):
        await at_home.taps(f"✅ {HAZARDOUS}")
        await chooses(at_home, HAZARDOUS)
    await clock_strikes(town, "2026-11-23T19:00")

    assert len(reminders(at_home)) == 1
    async with town.database.read() as session:
        found = list(await session.scalars(select(Notice.about).where(Notice.kind == "reminder")))
    assert found == ["reminder 2026-11-24 evening"]
