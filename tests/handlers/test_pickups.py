"""A household's bulky pickups: looking, cancelling, what they hear at home, and afterwards."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import timetable
from handlers import notices
from handlers.texts import LANGUAGES, texts
from models import memberships, pickup_bookings, pickup_rounds, pickups
from models.pickup_rounds import Outcome
from models.pickups import STEPS, Act, Pickup, State, Why
from models.roles import Held, Role
from tests.city import SHANGHAI
from tests.conftest import MONDAY
from tests.garden import Garden, garden
from tests.people import Person, Rings
from tests.pickups import CHAIRS, SOFA, THURSDAY, WEDNESDAY, Booker

__all__ = ["garden"]

HOME = "3-1-502"


@pytest.fixture
async def at_home(garden: Garden, wang: Person) -> Person:
    """Grandma Wang, who lives in 3-1-502 with her son; it is half past three on a Monday."""
    await garden.lives(wang, HOME)
    return wang


@pytest.fixture
async def son(garden: Garden, at_home: Person) -> Person:
    person = garden.town.person("小王")
    await garden.lives(person, HOME)
    return person


# Looking.


async def test_without_a_booking_there_is_a_button_to_book(at_home: Person) -> None:
    await at_home.says("/pickups")
    assert at_home.sees == "你家现在没有大件预约。"
    await at_home.taps("🛋 预约大件")

    assert at_home.sees.startswith("🛋 要收什么大件？")


async def test_several_bookings_are_a_list_the_next_first(at_home: Person, garden: Garden) -> None:
    await books(garden, at_home, THURSDAY)
    await books(garden, at_home, WEDNESDAY)
    await at_home.says("我的预约")
    assert at_home.sees == "📋 你家的大件预约，点一个看："
    assert at_home.buttons == [
        "📅 11月25日（周三） 沙发", "📅 11月26日（周四） 沙发", "🛋 预约大件",
    ]  # fmt: skip

    await at_home.taps("📅 11月26日（周四） 沙发")
    assert at_home.sees.splitlines() == [
        "📅 11月26日（周四），约好了",
        "🛋 沙发",
        "🏠 阳光花园 3-1-502",
        "📍 放在：–",
        "💰 不收费",
        "✏️ 11月25日（周三） 13:30 以前可以改、可以取消",
    ]
    await at_home.taps("📋 我家的预约")
    assert at_home.sees == "📋 你家的大件预约，点一个看："


async def test_who_books_is_reminded_of_what_is_booked_already(
    at_home: Person, garden: Garden
) -> None:
    await at_home.says("/bulky")
    assert "📋 我家的预约" not in at_home.buttons
    await books(garden, at_home, THURSDAY)
    await at_home.says("/bulky")
    await at_home.taps("📋 我家的预约")

    assert "📅 11月26日（周四） 沙发" in at_home.buttons


@pytest.mark.parametrize(("minutes", "is_shown", "is_done"), [
    (-1, True, True), (0, False, True), (29, False, True), (30, False, False),
])  # fmt: skip
async def test_the_cut_off_is_told_half_an_hour_before_it_is_enforced(
    at_home: Person, garden: Garden, minutes: int, is_shown: bool, is_done: bool
) -> None:
    await books(garden, at_home, THURSDAY)
    await looks(at_home)
    await at_home.taps("✖ 取消预约")
    garden.town.clock.now = at(25, 13, 30) + timedelta(minutes=minutes)
    await looks(at_home)
    assert ("✖ 取消预约" in at_home.buttons) == is_shown
    assert ("已经排好车，不能再改或取消。" in at_home.sees) != is_shown

    await at_home.taps("确定取消")
    assert (await state(garden)) == (State.CANCELLED if is_done else State.BOOKED)
    if not is_done:
        assert "11月25日（周三） 13:30 以前才能改或取消" in (at_home.toast or "")


# Cancelling.


async def test_cancelling_asks_once(at_home: Person, garden: Garden) -> None:
    await books(garden, at_home, THURSDAY)
    await looks(at_home)
    await at_home.taps("✖ 取消预约")
    assert at_home.sees.startswith("要取消 11月26日（周四） 的预约吗？")
    await at_home.taps("↩ 返回")
    assert await state(garden) == State.BOOKED
    await at_home.taps("✖ 取消预约")
    await at_home.taps("确定取消")
    assert at_home.sees == "✖ 11月26日（周四） 的预约取消了。"
    assert await state(garden) == State.CANCELLED

    await at_home.says("/pickups")
    assert at_home.sees == "你家现在没有大件预约。"


async def test_what_is_cancelled_is_not_cancelled_again(
    at_home: Person, son: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    for person in (at_home, son):
        await looks(person)
        await person.taps("✖ 取消预约")
    await at_home.taps("确定取消")
    await son.taps("确定取消")

    assert son.toast == "这个预约已经取消了。发 /pickups 看最新的。"


async def test_who_has_left_the_household_sees_and_does_nothing(
    at_home: Person, son: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    await looks(son)
    async with garden.town.database.write() as session:
        home = await memberships.of(session, son.id)
        assert home
        await memberships.end(session, home.id, son.id, (), garden.town.clock())
    await son.taps("✖ 取消预约")

    assert son.sees.startswith("你还没有加入你家。")
    assert await state(garden) == State.BOOKED


# What everybody at home hears.


async def test_the_others_at_home_hear_of_a_booking_and_may_cancel_it(
    at_home: Person, son: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    assert son.sees.splitlines() == [
        "🛋 家里人预约了大件收运：11月26日（周四）",
        "🛋 沙发",
        "🏠 阳光花园 3-1-502",
        "💰 不收费",
        "✏️ 11月25日（周三） 13:30 以前可以改、可以取消",
    ]
    assert son.buttons == ["✏️ 改", "✖ 取消预约", "📋 看这个预约"]
    assert "家里人" not in at_home.sees

    await son.taps("✖ 取消预约")
    await son.taps("确定取消")
    assert at_home.sees.startswith("✖ 家里人取消了 11月26日（周四） 的大件预约")
    assert at_home.buttons == ["📋 看这个预约"]


async def test_people_are_reminded_with_what_they_can_still_do(
    at_home: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY, place="单元门口")
    await ticks(garden, at(23, 18, 0))
    assert at_home.sees.splitlines() == [
        "🔔 三天后来收大件：11月26日（周四）",
        "🛋 沙发",
        "🏠 阳光花园 3-1-502",
        "📍 放在：单元门口",
        "💰 不收费",
        "✏️ 11月25日（周三） 13:30 以前可以改、可以取消",
    ]
    assert at_home.buttons == ["✏️ 改", "✖ 取消预约", "📋 看这个预约"]

    await ticks(garden, at(25, 18, 0))
    assert at_home.sees.startswith("🔔 明天来收大件：11月26日（周四）\n")
    assert at_home.buttons == ["📋 看这个预约"]
    await ticks(garden, at(26, 7, 0))
    assert at_home.sees.startswith("🔔 今天来收大件，请放到说好的地方。\n")
    assert "📍 放在：单元门口" in at_home.sees
    heard = len(at_home.screen)
    await ticks(garden, at(26, 7, 1))
    assert len(at_home.screen) == heard


async def test_the_buttons_of_a_reminder_change_and_cancel(
    at_home: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    await ticks(garden, at(23, 18, 0))
    await at_home.taps("✏️ 改")
    assert at_home.sees.startswith("要改什么？点下面的：")
    await at_home.taps("✖ 不改了")
    await at_home.taps("✖ 取消预约")
    await at_home.taps("确定取消")

    assert await state(garden) == State.CANCELLED


async def test_who_wants_none_is_not_reminded_and_the_family_is(
    at_home: Person, son: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    await at_home.says("/reminders")
    assert at_home.sees.endswith(
        "🛋 约好的大件：三天前、前一天傍晚和当天早上提醒；暂停的时候也提醒。"
    )
    await at_home.taps("✅ 约好的大件")
    assert "🛋" not in at_home.sees
    await ticks(garden, at(23, 18, 0))
    assert at_home.sees.startswith("⏰ 提醒：阳光花园")
    assert son.sees.startswith("🔔 三天后来收大件")

    await at_home.taps("⬜ 约好的大件")
    await ticks(garden, at(25, 18, 0))
    assert at_home.sees.startswith("🔔 明天来收大件")


async def test_a_pause_does_not_hold_up_what_is_booked(at_home: Person, garden: Garden) -> None:
    await books(garden, at_home, THURSDAY)
    await at_home.says("/reminders")
    await at_home.taps("⬜ 投放点开门")
    await at_home.taps("⏸ 一个月内不提醒")
    await ticks(garden, at(23, 18, 0))

    assert at_home.sees.startswith("🔔 三天后来收大件")


async def test_at_seven_no_telephone_rings_unless_it_should(
    at_home: Person, son: Person, garden: Garden
) -> None:
    await books(garden, at_home, THURSDAY)
    await son.says("/reminders")
    await son.taps("✅ 夜里不响铃")
    rings = garden.town.playground.hook = Rings()
    await ticks(garden, at(25, 18, 0))
    assert rings.heard == [True, True]

    await ticks(garden, at(26, 7, 0))
    assert sorted(rings.heard[2:]) == [False, True]


@pytest.mark.parametrize("is_cancelled", [True, False])
async def test_a_reminder_of_what_was_cancelled_meanwhile_does_not_go_out(
    at_home: Person, garden: Garden, is_cancelled: bool
) -> None:
    pickup = await books(garden, at_home, THURSDAY)
    await garden.town.closes()
    await ticks(garden, at(23, 18, 0))
    if is_cancelled:
        async with garden.town.database.write() as session:
            now, by = garden.town.clock(), booker(garden, at_home).person
            await pickup_bookings.cancel(session, pickup.id, by, garden.rules.civil, now)
    await garden.town.opens()
    await garden.town.settle()

    assert at_home.sees.startswith("🔔 三天后来收大件") != is_cancelled


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_a_booking_has_words_and_the_right_buttons(language: str) -> None:
    seen: dict[str, list[str]] = {}
    for acts in STEPS.values():
        for act, after in acts.items():
            for by in ("member", "staff", "crew"):
                call = notices.render(
                    "pickup", _fields(act, after, by), texts(language), 1, False, MONDAY
                )
                shown = call.model_dump()
                seen[act] = [
                    button["callback_data"].split(":")[0]
                    for row in shown["reply_markup"]["inline_keyboard"]
                    for button in row
                ]
                assert "{" not in shown["text"]

    booked, over = ["pchange", "pcancel", "pickup"], ["pstill", "pickup"]
    assert {act for act, buttons in seen.items() if buttons == booked} == {
        Act.BOOK, Act.CHANGE, Act.MOVE, Act.REOPEN, Act.COLLECT_AGAIN,
    }  # fmt: skip
    assert {act for act, buttons in seen.items() if buttons == over} == {
        Act.COLLECT, Act.FIND_NOTHING,
    }  # fmt: skip


def _fields(act: Act, after: State, by: str) -> dict[str, object]:
    return {
        "pickup": 1, "revision": 1, "state": after, "area": "阳光花园", "address": HOME,
        "day": "2026-11-25", "things": [["sofa", None, 1], [None, "旧鱼缸", 2]], "items": 3,
        "price": 2000, "place": "none", "act": act, "by": by, "day_before": "2026-11-24",
        "note": "http://evil.cn", "why": Why.OTHER, "why_words": "太脏",
        "until": "2026-11-24T13:30:00+08:00",
    }  # fmt: skip


# After the crew was there.


@pytest.mark.parametrize(("went", "words"), [
    (State.DONE, "✅ 11月25日（周三） 的大件收走了"),
    (State.NOTHING_OUT, "🔍 11月25日（周三） 收运员来了，没看到大件"),
])  # fmt: skip
async def test_who_still_has_it_says_so_within_two_working_days(
    at_home: Person, garden: Garden, went: State, words: str
) -> None:
    liu = garden.town.person("刘姐")
    await garden.appoint(liu)
    await closes(garden, await books(garden, at_home, WEDNESDAY), Outcome(went))
    assert at_home.sees.startswith(words)
    assert "东西还在？最晚 11月27日（周五） 告诉我" in at_home.sees

    await at_home.taps("📣 还在这里")
    assert at_home.sees.startswith("11月25日（周三） 的东西还在吗？")
    assert await state(garden) == went
    await at_home.taps("📣 还在，告诉社区")
    assert at_home.sees.startswith("📣 告诉社区了：11月25日（周三） 的东西还在。")
    assert await state(garden) == State.DISPUTED
    assert liu.sees.startswith("📣 阳光花园 3-1-502 说 11月25日（周三）的大件还在。")


async def test_what_is_still_there_may_be_said_in_words(at_home: Person, garden: Garden) -> None:
    liu = garden.town.person("刘姐")
    await garden.appoint(liu)
    await closes(garden, await books(garden, at_home, WEDNESDAY), Outcome(State.DONE))
    await at_home.taps("📣 还在这里")
    await at_home.says("沙发的一半还在单元门口")

    assert await state(garden) == State.DISPUTED
    assert "沙发的一半还在单元门口" in liu.sees
    await at_home.says("香蕉皮")
    assert "厨余垃圾" in at_home.sees


async def test_after_two_working_days_it_is_too_late(at_home: Person, garden: Garden) -> None:
    await closes(garden, await books(garden, at_home, WEDNESDAY), Outcome(State.DONE))
    garden.town.clock.now = at(27, 23, 59)
    await looks(at_home)
    assert "📣 还在这里" in at_home.buttons
    await at_home.taps("📣 还在这里")
    garden.town.clock.now = at(28, 0, 0)
    await at_home.taps("📣 还在，告诉社区")
    assert at_home.toast == "过了两个工作日，不能在这里说了。请联系社区工作人员。"
    assert await state(garden) == State.DONE

    await looks(at_home)
    assert at_home.buttons == ["📋 我家的预约"]


async def test_what_was_not_taken_says_why(at_home: Person, garden: Garden) -> None:
    outcome = Outcome(State.NOT_ACCEPTED, Why.OTHER, "玻璃没有包好")
    await closes(garden, await books(garden, at_home, WEDNESDAY, CHAIRS), outcome)
    assert at_home.sees.startswith("⚠️ 11月25日（周三） 的大件没有收走")
    assert "玻璃没有包好" in at_home.sees
    assert at_home.buttons == ["📋 看这个预约"]

    await at_home.taps("📋 看这个预约")
    assert "玻璃没有包好" in at_home.sees


# Behind the scenes.


def at(day: int, hour: int, minute: int) -> datetime:
    """A moment of that November, on the clocks of the place."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def booker(garden: Garden, person: Person) -> Booker:
    return Booker(garden.rules, garden.homes[HOME], pickups.Person(person.id, ()))


async def books(
    garden: Garden, person: Person, day: date, thing: pickups.Thing = SOFA, place: str = ""
) -> Pickup:
    """A booking, made as the conversation makes it."""
    now, who = garden.town.clock(), booker(garden, person)
    async with garden.town.database.write() as session:
        held = await who.holds(session, day, thing, now=now)
        await pickup_bookings.describe(
            session, held.id, who.person, garden.rules.civil, now, place=place
        )
        pickup = await who.confirms(session, held.id, now=now)
    await garden.town.settle()
    return pickup


async def closes(garden: Garden, pickup: Pickup, outcome: Outcome) -> None:
    """The crew says how it went, on the day at ten."""
    garden.town.clock.now = at(pickup.day.day, 10, 0)
    by = pickups.Person(501, (Held(Role.CREW, garden.area),))
    async with garden.town.database.write() as session:
        now = garden.town.clock()
        await pickup_rounds.close(session, pickup.id, by, outcome, garden.rules.civil, now)
    await garden.town.settle()


async def ticks(garden: Garden, now: datetime) -> None:
    """It is this time, and the timetable looks whom to remind."""
    garden.town.clock.now = now
    await timetable.remind_of_pickups(garden.town.database, garden.town.clock, garden.rules.civil)
    await garden.town.settle()


async def looks(person: Person) -> None:
    """Open the first booking of the list."""
    await person.says("/pickups")
    await person.taps(person.buttons[0])


async def state(garden: Garden) -> State:
    """Where the only booking stands."""
    async with garden.town.database.read() as session:
        return State((await session.scalars(select(Pickup.state))).one())
