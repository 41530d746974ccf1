"""Where the bin depends on the state of a thing, one question comes back, two at most."""

from knowledge.catalogue import Catalogue
from tests.conftest import Town
from tests.people import Person


async def test_the_usual_state_is_answered_at_once_and_the_other_is_a_tap_away(
    wang: Person,
) -> None:
    await wang.says("报纸")
    assert "报纸 → 可回收物（蓝色）" in wang.sees
    assert wang.buttons == ["如果是有油污、弄脏的", "👎 答得不对"]

    await wang.taps("如果是有油污、弄脏的")
    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in wang.sees
    assert wang.buttons == ["如果是干净的", "👎 答得不对"]

    await wang.taps("如果是干净的")
    assert "报纸（干净的） → 可回收物（蓝色）" in wang.sees
    assert len(wang.screen) == 1


async def test_when_the_words_say_the_state_nothing_is_asked(town: Town) -> None:
    headlines = {
        "沾了油的报纸": "⚫ 报纸（有油污、弄脏的） → 其他垃圾（灰色）",
        "干净的报纸": "🔵 报纸（干净的） → 可回收物（蓝色）",
        "玻璃烟灰缸": "🔵 烟灰缸（玻璃） → 可回收物（蓝色）",
        "不锈钢的勺子": "🔵 勺子（金属） → 可回收物（蓝色）",
        "锂电池": "🔴 锂电池 → 有害垃圾（红色）",
    }
    people = await town.answers(*headlines)

    assert {typed: one.sees.split("\n")[0] for typed, one in people.items()} == headlines


async def test_where_the_states_really_differ_one_question_comes_back(wang: Person) -> None:
    await wang.says("烟灰缸")
    assert wang.sees == "烟灰缸：什么做的？"
    assert wang.buttons == ["玻璃", "金属", "陶瓷", "拿不准"]

    await wang.taps("陶瓷")

    assert wang.sees.startswith("⚫ 烟灰缸（陶瓷） → 其他垃圾（灰色）")
    assert len(wang.screen) == 1


async def test_a_family_is_asked_about_and_then_its_member(wang: Person) -> None:
    await wang.says("餐具")
    assert "→" not in wang.sees
    await wang.taps("勺子")
    assert wang.sees == "勺子：什么做的？"
    await wang.taps("金属")

    assert wang.sees.startswith("🔵 勺子（金属） → 可回收物（蓝色）")
    assert len(wang.screen) == 1


async def test_who_cannot_tell_is_told_what_does_no_harm(wang: Person) -> None:
    await wang.says("电池")
    await wang.taps("拿不准")

    assert "有害垃圾（红色）" in wang.sees.split("\n")[0]
    assert "拿不准的时候，就这样投。" in wang.sees
    assert wang.buttons == ["👎 答得不对"]


async def test_nothing_in_the_catalogue_is_asked_about_more_than_twice(
    catalogue: Catalogue,
) -> None:
    def questions(name: str) -> int:
        item = catalogue.by_name(name)
        assert item
        if item.group:
            return 0
        return 1 + max((questions(member) for member in item.members), default=0)

    assert {item.name for item in catalogue.items if questions(item.name) > 2} == set()


async def test_every_question_of_the_catalogue_ends_in_a_card_whatever_is_tapped(
    town: Town, catalogue: Catalogue
) -> None:
    asked = [item for item in catalogue.items if not item.group]
    people = [town.person(item.name) for item in asked]
    for person in people:
        person.account.say(person.name)
    await town.settle()
    offered = {person.name: _data(person) for person in people}

    for number in range(max(map(len, offered.values()))):
        tapping = [person for person in people if number < len(offered[person.name])]
        for person in tapping:
            person.account.press(max(person.chat.messages), offered[person.name][number])
        await town.settle()
        for person in tapping:
            if "→" not in person.sees:  # a second question
                person.account.press(max(person.chat.messages), _data(person)[0])
        await town.settle()
        assert [person.name for person in tapping if "→" not in person.sees] == []


def _data(person: Person) -> list[str]:
    rows = person.chat.messages[max(person.chat.messages)]["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]
