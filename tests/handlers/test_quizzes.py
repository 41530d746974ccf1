"""Five riddles a day, kindly, with the reason; points once a day for a household."""

import pytest
from sqlalchemy import select

from bot import timetable
from knowledge.quizzes import BINS
from models.areas import Area
from models.points import Transfer
from models.quizzes import Quiz
from tests.conftest import Clock, Town
from tests.garden import Garden
from tests.people import Person


@pytest.fixture
async def at_home(garden: Garden, wang: Person) -> Person:
    await garden.lives(wang, "3-1-502")
    return wang


@pytest.fixture
async def daughter(garden: Garden, li: Person) -> Person:
    """Of the same household."""
    await garden.lives(li, "3-1-502")
    return li


async def quiz_of(town: Town, person: Person) -> Quiz:
    """The newest of this person."""
    async with town.database.read() as session:
        found = await session.scalars(select(Quiz).where(Quiz.resident_id == person.id))
        return list(found)[-1]


async def plays(town: Town, person: Person, *, right: int) -> None:
    """Answer the riddles from the first on, so many of them right."""
    quiz = await quiz_of(town, person)
    bins = town.place.scheme.bins
    for place, riddle in enumerate(quiz.chosen):
        wrong = next(stream for stream in BINS if stream is not riddle.stream)
        bin_ = bins[riddle.stream if place < right else wrong]
        await person.taps(f"{bin_.mark} {bin_.name.zh}")


async def points_of(town: Town) -> list[tuple[str, int]]:
    async with town.database.read() as session:
        found = await session.execute(select(Transfer.reason, Transfer.points))
        return [(reason, points) for reason, points in found]


async def test_a_riddle_has_four_bins_and_each_answer_its_reason(
    town: Town, at_home: Person
) -> None:
    await at_home.says("/quiz")
    quiz = await quiz_of(town, at_home)
    assert at_home.sees.startswith("🧩 今天的五道题")
    assert f"第 1 题，共 5 题：\n{quiz.chosen[0].item}" in at_home.sees
    assert at_home.buttons == ["🟢 厨余垃圾", "🔵 可回收物", "🔴 有害垃圾", "⚫ 其他垃圾"]

    right = town.place.scheme.bins[quiz.chosen[0].stream]
    await at_home.taps(f"{right.mark} {right.name.zh}")
    assert at_home.sees.startswith("✅ 对！")
    wrong = next(s for s in BINS if s is not quiz.chosen[1].stream)
    bin_ = town.place.scheme.bins[wrong]
    await at_home.taps(f"{bin_.mark} {bin_.name.zh}")

    should = town.place.scheme.bins[quiz.chosen[1].stream]
    assert at_home.sees.startswith("🙂 这个很多人弄错。")
    assert f"→ {should.mark} {should.name.zh}\n为什么：" in at_home.sees
    assert "第 3 题" in at_home.sees
    assert len(at_home.screen) == 2  # welcome, and the quiz in one message


async def test_right_answers_earn_points_up_to_the_cap_and_it_is_told(
    town: Town, at_home: Person
) -> None:
    await at_home.says("/quiz")
    await plays(town, at_home, right=5)

    assert "这一轮答对 5 题，共 5 题。\n⭐ 你家得 3 分，现在有 3 分。" in at_home.sees
    assert await points_of(town) == [("quiz", 3)]
    await at_home.says("/history")
    assert "3 分　答题" in at_home.sees


async def test_fewer_right_ones_earn_fewer_and_none_none(town: Town, at_home: Person) -> None:
    await at_home.says("/quiz")
    await plays(town, at_home, right=2)

    assert "你家得 2 分" in at_home.sees


async def test_nothing_right_is_no_reproach(town: Town, at_home: Person) -> None:
    await at_home.says("/quiz")
    await plays(town, at_home, right=0)

    assert "这次没有分。明天还有新的！" in at_home.sees
    assert await points_of(town) == []


async def test_a_household_earns_once_a_day(
    town: Town, at_home: Person, daughter: Person, clock: Clock
) -> None:
    for person in (at_home, daughter):
        await person.says("/quiz")
        await plays(town, person, right=5)
    assert "今天的分，家里人已经得到了" in daughter.sees
    assert await points_of(town) == [("quiz", 3)]

    clock.passes(days=1)
    await daughter.says("/quiz")
    await plays(town, daughter, right=4)

    assert "你家得 3 分，现在有 6 分" in daughter.sees


async def test_another_round_is_for_fun(town: Town, at_home: Person) -> None:
    await at_home.says("/quiz")
    await plays(town, at_home, right=5)
    first = await quiz_of(town, at_home)
    await at_home.says("/quiz")
    assert at_home.sees.startswith("今天的题答完了。这一轮答对 5 题，共 5 题。")
    await at_home.taps("🧩 再来五题（不计分）")
    assert at_home.sees.startswith("🧩 再来五道，这一轮不计分。")
    await plays(town, at_home, right=5)

    assert "这一轮不计分" in at_home.sees
    assert await points_of(town) == [("quiz", 3)]
    assert (await quiz_of(town, at_home)).chosen != first.chosen


async def test_who_has_joined_no_household_plays_without_points(town: Town, li: Person) -> None:
    await li.says("考考我")
    await plays(town, li, right=5)

    assert "加入你家就能攒分：/join" in li.sees
    assert await points_of(town) == []


async def test_the_area_says_how_many_points(town: Town, garden: Garden, at_home: Person) -> None:
    async with town.database.write() as session:
        (await session.get_one(Area, garden.area)).tariff = "visit 2; quiz 1"
    await at_home.says("/quiz")
    await plays(town, at_home, right=5)

    assert "你家得 1 分" in at_home.sees


async def test_a_quiz_that_was_left_goes_on(town: Town, at_home: Person) -> None:
    await at_home.says("/quiz")
    await at_home.taps("🟢 厨余垃圾")
    await at_home.says("/quiz")

    assert "第 2 题" in at_home.sees


async def test_a_second_tap_on_the_same_riddle_counts_for_nothing(
    town: Town, at_home: Person
) -> None:
    await at_home.says("/quiz")
    quiz = await quiz_of(town, at_home)
    for stream in BINS:
        await at_home.presses(f"quiz:{quiz.id}:0:{stream}")

    assert at_home.toast == "这一题答过了，看下一题。"
    assert (await quiz_of(town, at_home)).answered == 1


async def test_nobody_answers_for_somebody_else(
    town: Town, at_home: Person, daughter: Person
) -> None:
    await at_home.says("/quiz")
    quiz = await quiz_of(town, at_home)
    await daughter.presses(f"quiz:{quiz.id}:0:food")

    assert daughter.sees == "这是以前的题。今天的题：/quiz"
    assert (await quiz_of(town, at_home)).answered == 0


async def test_yesterdays_buttons_lead_to_todays_riddles(
    town: Town, at_home: Person, clock: Clock
) -> None:
    await at_home.says("/quiz")
    clock.passes(days=1)
    await at_home.taps("🟢 厨余垃圾")

    assert at_home.sees == "这是以前的题。今天的题：/quiz"


async def test_old_quizzes_are_forgotten_and_the_points_stay(
    town: Town, at_home: Person, clock: Clock
) -> None:
    await at_home.says("/quiz")
    await plays(town, at_home, right=5)
    clock.passes(days=8)
    await timetable.forget_old_updates(town.database, clock, town.place.civil)

    async with town.database.read() as session:
        assert list(await session.scalars(select(Quiz))) == []
    assert await points_of(town) == [("quiz", 3)]


async def test_in_english(town: Town, at_home: Person) -> None:
    await at_home.speaks_english()
    await at_home.says("quiz me")
    assert at_home.sees.startswith("🧩 Today's five riddles")
    assert len(at_home.buttons) == 4
