"""Staff see what the bot could not answer, and teach it in two taps; everybody who asked hears."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select, text

from handlers.texts import texts
from models import Database, areas
from models.lessons import Lesson
from tests.conftest import Clock, Town
from tests.garden import Garden
from tests.models.conftest import add_area
from tests.people import Person

STRANGE = "虫洞发生器"
TELLS = f"💡 你问过的“{STRANGE}”"


@pytest.fixture
async def zhao(town: Town, garden: Garden) -> Person:
    """小赵, staff of the estate."""
    person = town.person("小赵")
    await garden.appoint(person)
    return person


@pytest.fixture
async def at_home(garden: Garden, wang: Person) -> Person:
    await garden.lives(wang, "3-1-502")
    return wang


@pytest.fixture
async def next_door(garden: Garden, li: Person) -> Person:
    await garden.lives(li, "3-1-601")
    return li


async def asks(question: str, *people: Person) -> None:
    for person in people:
        await person.says(question)


async def considers(staff: Person, line: str) -> None:
    await staff.says("/unknown")
    await staff.taps(line)


def notices(person: Person) -> list[str]:
    return [said for said in person.screen if said.startswith("💡")]


async def lessons(database: Database) -> Sequence[Lesson]:
    async with database.read() as session:
        return list(await session.scalars(select(Lesson).order_by(Lesson.id)))


# The list.


async def test_what_most_people_asked_comes_first(
    zhao: Person, at_home: Person, next_door: Person
) -> None:
    await asks("量子纠缠仪", at_home)
    await asks("量子纠缠仪", at_home)
    await asks("时光倒流机", at_home)
    await asks(STRANGE, at_home, next_door)
    await zhao.says("/unknown")

    assert zhao.sees.startswith("大家问了、没答准的")
    assert zhao.buttons == [
        f"{STRANGE} · 2人 · 2次", "量子纠缠仪 · 1人 · 2次", "时光倒流机 · 1人 · 1次"
    ]  # fmt: skip


async def test_a_question_is_one_however_it_is_put(
    zhao: Person, at_home: Person, next_door: Person
) -> None:
    await asks(f"请问{STRANGE}怎么扔？", at_home)
    await asks("蟲洞發生器", next_door)
    await zhao.says("/unknown")

    assert zhao.buttons == [f"{STRANGE} · 2人 · 2次"]


async def test_numbers_of_people_are_not_shown(zhao: Person, at_home: Person) -> None:
    await asks(f"{STRANGE} 13812345678", at_home)
    await zhao.says("/unknown")

    assert zhao.buttons == [f"{STRANGE} · 1人 · 1次"]


async def test_what_is_typed_in_inline_mode_is_not_on_the_list(
    zhao: Person, at_home: Person
) -> None:
    await at_home.searches(STRANGE)
    await zhao.says("/unknown")

    assert zhao.sees.startswith("现在没有等着答的问题")


async def test_staff_see_only_what_was_asked_in_their_place(
    town: Town, garden: Garden, zhao: Person, at_home: Person
) -> None:
    async with town.database.write() as session:
        other = await add_area(session, "海城", areas.Kind.CITY, None)
        top = await add_area(session, "江南", areas.Kind.ESTATE, other)
    sun = town.person("孙")
    await garden.appoint(sun, top.id)
    await asks(STRANGE, at_home)
    await sun.says("/unknown")
    assert sun.sees.startswith("现在没有等着答的问题")
    await sun.presses("question:1")
    assert "工作人员" in sun.sees

    await zhao.says("/unknown")
    assert zhao.buttons == [f"{STRANGE} · 1人 · 1次"]


async def test_a_long_list_has_pages(zhao: Person, at_home: Person) -> None:
    for number in range(9):
        await asks(f"{STRANGE}{'甲乙丙丁戊己庚辛壬'[number]}号", at_home)
    await zhao.says("/unknown")
    assert len(zhao.buttons) == 9
    await zhao.taps("更多 →")
    assert len(zhao.buttons) == 2
    await zhao.taps("← 前面的")

    assert zhao.buttons[-1] == "更多 →"


async def test_residents_have_no_such_command(at_home: Person) -> None:
    await at_home.says("/unknown")

    assert at_home.sees == texts("zh")("lost-command")


# Two taps.


async def test_another_name_in_two_taps_holds_at_once_and_who_asked_is_told(
    town: Town, zhao: Person, at_home: Person, next_door: Person
) -> None:
    await asks("香焦皮儿", at_home)
    await asks("量子香蕉片皮", at_home, next_door)
    await considers(zhao, "量子香蕉片皮 · 2人 · 2次")
    assert zhao.buttons[0] == "＝ 香蕉皮 🟢"
    await zhao.taps("＝ 香蕉皮 🟢")

    assert zhao.sees.startswith("✅ 记下了：“量子香蕉片皮”就是“香蕉皮”。")
    assert "2 个人" in zhao.sees
    for person in (at_home, next_door):
        [told] = notices(person)
        assert told.startswith(
            "💡 你问过的“量子香蕉片皮”，工作人员查到了：香蕉皮 → 🟢 厨余垃圾（绿色）"
        )
    await at_home.says("量子香蕉片皮")
    assert at_home.sees.startswith("🟢 香蕉皮 → 厨余垃圾")


async def test_a_new_item_in_two_taps(zhao: Person, at_home: Person) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    assert notices(at_home)[0].startswith(f"{TELLS}，工作人员查到了：{STRANGE} → 🔴 有害垃圾")
    await at_home.says(f"{STRANGE}怎么扔")

    assert at_home.sees.startswith(f"🔴 {STRANGE} → 有害垃圾（红色）")
    assert "工作人员查过" in at_home.sees


async def test_no_rubbish_in_two_taps(zhao: Person, at_home: Person) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("❌ 不是要扔的东西")
    assert notices(at_home) == [f"{TELLS}，工作人员看过了：不是要扔的东西，不用分。"]
    await at_home.says(STRANGE)
    assert "看起来不是要扔的东西" in at_home.sees

    await zhao.says("/unknown")
    assert zhao.sees.startswith("现在没有等着答的问题")


async def test_the_name_of_another_thing_may_be_typed(zhao: Person, at_home: Person) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("✏️ 是别的东西，我来打名字")
    assert zhao.sees.startswith(f"“{STRANGE}”是什么东西的另一个叫法？")
    await zhao.says("另一个虫子洞")
    assert zhao.sees.startswith("目录里没有")
    await zhao.says("沙发")

    assert zhao.sees.startswith(f"✅ 记下了：“{STRANGE}”就是“沙发”。")
    await at_home.says(STRANGE)
    assert "大件垃圾" in at_home.sees


async def test_who_asked_three_times_is_told_once_in_their_language(
    zhao: Person, at_home: Person
) -> None:
    await at_home.speaks_english()
    await asks("flux capacitor", at_home, at_home, at_home)
    await considers(zhao, "flux capacitor · 1人 · 3次")
    await zhao.taps("⚫ 其他垃圾")

    told = [said for said in at_home.screen if said.startswith("💡")]
    assert told[0].startswith("💡 You asked about “flux capacitor”. The staff have looked it up")
    assert len(told) == 1
    await at_home.says("flux capacitor")
    assert "flux capacitor →" in at_home.sees


async def test_two_of_the_staff_answer_one_question_and_the_first_one_counts(
    town: Town, garden: Garden, zhao: Person, at_home: Person
) -> None:
    qian = town.person("小钱")
    await garden.appoint(qian)
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await considers(qian, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    await qian.taps("⚫ 其他垃圾")

    assert "已经有人答了" in qian.sees
    assert len(notices(at_home)) == 1
    await at_home.says(STRANGE)
    assert at_home.sees.startswith("🔴")


async def test_a_button_pressed_twice_teaches_once(
    town: Town, zhao: Person, at_home: Person
) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.presses("teach:1:item:hazardous:0")
    await zhao.presses("teach:1:item:hazardous:0")

    assert len(await lessons(town.database)) == 1
    assert len(notices(at_home)) == 1


async def test_a_sentence_is_no_name(zhao: Person, at_home: Person) -> None:
    long = "虫洞发生器" * 7
    await asks(long, at_home)
    await considers(zhao, f"{long} · 1人 · 1次")
    await zhao.taps("⚫ 其他垃圾")

    assert "最多 30 个字" in zhao.sees


# What was wrong.


async def test_an_answer_that_was_called_wrong_is_on_the_list_and_changed_when_staff_are_sure(
    zhao: Person, at_home: Person
) -> None:
    await at_home.says("花生壳")
    assert at_home.sees.startswith("🟢")
    await at_home.taps("👎 答得不对")
    assert at_home.toast == "谢谢指出。已经记下，工作人员会来看；查清楚了就告诉你。"

    await considers(zhao, "花生壳 · 1人 · 1次")
    assert "其中 1 次说答得不对" in zhao.sees
    assert "现在的回答：“花生壳”→ 🟢 厨余垃圾" in zhao.sees
    await zhao.taps("⚫ 其他垃圾")
    assert zhao.sees.startswith("“花生壳”现在有确定的回答")
    await at_home.says("花生壳")
    assert at_home.sees.startswith("🟢")
    await zhao.taps("是，改")

    assert notices(at_home)[0].startswith("💡 你问过的“花生壳”")
    await at_home.says("花生壳")
    assert at_home.sees.startswith("⚫ 花生壳 → 其他垃圾")


async def test_a_right_answer_that_was_called_wrong_is_told_once_more_and_stays(
    zhao: Person, at_home: Person
) -> None:
    await at_home.says("香蕉皮")
    before = at_home.sees
    await at_home.taps("👎 答得不对")
    await considers(zhao, "香蕉皮 · 1人 · 1次")
    await zhao.taps("✅ 现在的回答没错")
    assert zhao.sees.startswith("✅ 记下了：“香蕉皮”的回答没错。")
    assert notices(at_home)[0].startswith(
        "💡 你问过的“香蕉皮”，工作人员查到了：香蕉皮 → 🟢 厨余垃圾"
    )
    await at_home.says("香蕉皮")
    assert at_home.sees == before

    await zhao.says("/unknown")
    assert zhao.sees.startswith("现在没有等着答的问题")


async def test_no_is_no(town: Town, zhao: Person, at_home: Person) -> None:
    await at_home.says("花生壳")
    await at_home.taps("👎 答得不对")
    await considers(zhao, "花生壳 · 1人 · 1次")
    await zhao.taps("⚫ 其他垃圾")
    await zhao.taps("不改，返回")

    assert zhao.sees.startswith("“花生壳”\n1 个人问过")
    assert await lessons(town.database) == []


async def test_what_was_taught_wrongly_is_taught_anew_and_the_better_answer_is_told(
    town: Town, zhao: Person, at_home: Person
) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🟢 厨余垃圾")
    await at_home.says(STRANGE)
    await at_home.taps("👎 答得不对")
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    await zhao.taps("是，改")
    await at_home.says(STRANGE)

    assert at_home.sees.startswith("🔴")
    assert ["🟢" in told for told in notices(at_home)] == [True, False]
    first, second = await lessons(town.database)
    assert first.undone_at
    assert not second.undone_at


async def test_of_several_answers_one_may_be_called_wrong(zhao: Person, at_home: Person) -> None:
    await at_home.says("香蕉皮，旧报纸")
    assert at_home.buttons == ["👎 香蕉皮", "👎 报纸"]
    await at_home.taps("👎 报纸")
    await zhao.says("/unknown")

    assert zhao.buttons == ["旧报纸 · 1人 · 1次"]


async def test_what_was_taken_for_no_rubbish_may_be_called_rubbish(
    zhao: Person, at_home: Person
) -> None:
    await at_home.says("今天天气")
    await at_home.taps("👎 这是要扔的东西")
    await zhao.says("/unknown")

    assert zhao.buttons == ["今天天气 · 1人 · 1次"]


# Where it holds.


async def test_what_an_estate_teaches_holds_there_only(
    town: Town, garden: Garden, zhao: Person, at_home: Person, li: Person
) -> None:
    await asks(STRANGE, at_home, li)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    await asks(STRANGE, at_home, li)

    assert at_home.sees.startswith("🔴")
    assert "我还不认识" in li.sees  # she has not joined: she is somewhere in the city
    assert notices(li) == []


async def test_what_the_city_teaches_holds_in_all_of_it(
    town: Town, garden: Garden, at_home: Person, li: Person
) -> None:
    sun = town.person("孙科长")
    await garden.appoint(sun, garden.city)
    await asks(STRANGE, at_home, li)
    await considers(sun, f"{STRANGE} · 2人 · 2次")
    await sun.taps("🔴 有害垃圾")
    await asks(STRANGE, at_home, li)

    assert [person.sees[:1] for person in (at_home, li)] == ["🔴", "🔴"]
    assert len(notices(at_home)) == len(notices(li)) == 1


async def test_who_runs_it_teaches_everywhere(
    town: Town, garden: Garden, at_home: Person, li: Person
) -> None:
    boss = town.person("陈主任")
    town.admins.add(boss.id)
    await town.closes()
    await town.opens()
    await boss.starts()
    async with town.database.write() as session:
        await add_area(session, "海城", areas.Kind.CITY, None)
    await asks(STRANGE, at_home, li)
    await considers(boss, f"{STRANGE} · 2人 · 2次")
    await boss.taps("🔴 有害垃圾")
    await asks(STRANGE, at_home, li)

    assert [person.sees[:1] for person in (at_home, li)] == ["🔴", "🔴"]


async def test_the_answer_is_told_as_it_is_where_each_lives(
    town: Town, garden: Garden, at_home: Person, li: Person
) -> None:
    async with town.database.write() as session:
        area = await session.get_one(areas.Area, garden.area)
        area.scheme = "dry_wet"
    sun = town.person("孙科长")
    await garden.appoint(sun, garden.city)
    await asks(STRANGE, at_home, li)
    await considers(sun, f"{STRANGE} · 2人 · 2次")
    await sun.taps("🟢 厨余垃圾")

    assert "厨余垃圾" in notices(li)[0]
    assert "厨余垃圾" not in notices(at_home)[0]


# Back.


async def test_what_was_taught_can_be_undone_at_once(
    town: Town, zhao: Person, at_home: Person, clock: Clock
) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    clock.passes(minutes=1)
    await zhao.taps("↩️ 撤销")
    assert zhao.sees.startswith(f"↩️ 撤销了：“{STRANGE}”→ 🔴 有害垃圾。")
    await at_home.says(STRANGE)

    assert "我还不认识" in at_home.sees
    await zhao.taps("← 没答准的问题")
    assert zhao.buttons == [f"{STRANGE} · 1人 · 2次"]
    [lesson] = await lessons(town.database)
    assert lesson.taught_by == lesson.undone_by
    assert lesson.undone_at == clock.now


async def test_the_same_answer_after_all_is_not_told_again(zhao: Person, at_home: Person) -> None:
    await asks(STRANGE, at_home)
    for _ in range(2):
        await considers(zhao, f"{STRANGE} · 1人 · 1次")
        await zhao.taps("🔴 有害垃圾")
        await zhao.taps("↩️ 撤销")

    assert len(notices(at_home)) == 1


async def test_learned_shows_who_taught_what_and_when(
    town: Town, garden: Garden, zhao: Person, at_home: Person
) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    await zhao.taps("🔴 有害垃圾")
    await zhao.says("/learned")
    await zhao.taps(f"“{STRANGE}”→ 🔴 有害垃圾")

    assert "11月23日（周一） 15:30，阳光花园" in zhao.sees
    assert "正在用" in zhao.sees
    await zhao.taps("↩️ 撤销")
    await zhao.presses("unteach:1")
    assert zhao.sees == "这一条已经撤销了。"
    await zhao.says("/learned")
    assert zhao.sees.startswith("这里还没有教过什么")


async def test_an_estate_does_not_undo_what_the_city_taught(
    town: Town, garden: Garden, zhao: Person, at_home: Person
) -> None:
    sun = town.person("孙科长")
    await garden.appoint(sun, garden.city)
    await asks(STRANGE, at_home)
    await considers(sun, f"{STRANGE} · 1人 · 1次")
    await sun.taps("🔴 有害垃圾")
    await zhao.presses("unteach:1")

    assert "工作人员" in zhao.sees
    await at_home.says(STRANGE)
    assert at_home.sees.startswith("🔴")


async def test_who_was_relieved_teaches_nothing(
    town: Town, garden: Garden, zhao: Person, at_home: Person
) -> None:
    await asks(STRANGE, at_home)
    await considers(zhao, f"{STRANGE} · 1人 · 1次")
    async with town.database.write() as session:
        await session.execute(text("UPDATE grants SET ended_at = granted_at"))
    await zhao.taps("🔴 有害垃圾")

    assert await lessons(town.database) == []
