"""When the bot is not sure it asks, and when it does not know it names no bin."""

import re

from sqlalchemy import select

from knowledge.answers import Unsure
from knowledge.schemes import load_scheme, scheme_keys
from knowledge.search import Search
from models.questions import Question
from tests.conftest import Clock, Town
from tests.people import Person


async def kept_for_staff(town: Town) -> list[tuple[str, int]]:
    """The questions that staff will find, and who asked them."""
    async with town.database.read() as session:
        rows = await session.execute(
            select(Question.text, Question.asked_by).order_by(Question.id)
        )
        return [(row.text, row.asked_by) for row in rows]


# Not sure.


async def test_what_may_be_one_of_three_things_is_asked_back_and_answered_in_place(
    town: Town, wang: Person, search: Search
) -> None:
    typed = "玻璃温油计"
    (answer,) = search.answers(typed)
    assert isinstance(answer, Unsure)
    nearest = [item.name for item in answer.items]

    await wang.says(typed)
    question, *bins = wang.sees.splitlines()
    assert question == f"“{typed}”：你说的是下面哪一个？"
    assert "🔴 水银体温计 → 有害垃圾（红色）" in bins
    assert wang.buttons == nearest
    assert len(nearest) == 3
    await wang.taps("水银体温计")

    assert len(wang.screen) == 1
    assert wang.sees.startswith("🔴 水银体温计 → 有害垃圾（红色）")
    assert wang.buttons == ["👎 答得不对"]
    assert wang.toast == ""
    assert await kept_for_staff(town) == [(typed, wang.id)]


async def test_a_doubt_about_one_thing_only_names_its_bin_at_once(wang: Person) -> None:
    await wang.says("铁的沙发")

    assert wang.sees.splitlines() == [
        "“铁的沙发”：你说的是不是这个？",
        "🛋️ 沙发 → 大件垃圾（不进垃圾桶）",
    ]
    assert wang.buttons == ["沙发"]
    await wang.taps("沙发")
    assert wang.sees.startswith("🛋️ 沙发 → ")


async def test_what_is_not_in_the_catalogue_gets_a_probable_bin_and_why(
    town: Town, wang: Person
) -> None:
    await wang.says("香蕉片皮")

    assert wang.sees.startswith("🟢 香蕉片皮 → 大概是厨余垃圾（绿色）")
    assert "看名字是“香蕉皮”一类的东西" in wang.sees
    assert await kept_for_staff(town) == [("香蕉片皮", wang.id)]


# Nothing near.


def bin_words() -> set[str]:
    """Every name and colour of every bin, in either scheme and language."""
    words = {"可回收", "有害", "厨余", "湿", "干", "其他", "其它", "大件", "装修"}
    for key in scheme_keys():
        for bin_ in load_scheme(key).bins.values():
            words |= {bin_.mark, *bin_.also}
            words |= {w for said in (bin_.name, bin_.colour) for w in (said.zh, said.en)}
    return {word.casefold() for word in words}


def naming_a_bin(text: str) -> list[str]:
    """The words in a text that name a bin; English ones only as whole words."""
    found = []
    for word in bin_words():
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        if re.search(pattern, text.casefold()):
            found.append(word)
    return found


def test_the_list_of_bin_words_sees_a_bin() -> None:
    assert naming_a_bin("投进灰色的桶") == ["灰色"]
    assert sorted(naming_a_bin("Put it into the Green bin")) == ["green", "green bin"]
    assert naming_a_bin("bored") == []


async def test_what_nobody_knows_gets_no_bin_and_is_kept_for_staff(town: Town) -> None:
    asked = ("虫洞发生器", "量子纠缠仪", "传国玉玺", "zzzz", "flux capacitor")
    people = await town.answers(*asked)

    for typed, person in people.items():
        assert person.sees.startswith(f"“{typed}”我还不认识")
        assert naming_a_bin(person.sees) == []
        assert person.buttons == []
    assert sorted(await kept_for_staff(town)) == sorted((t, p.id) for t, p in people.items())


async def test_in_english_no_bin_is_named_either(town: Town, li: Person) -> None:
    await li.speaks_english()
    await li.says("flux capacitor")

    assert li.sees.startswith("I do not know “flux capacitor” yet")
    assert naming_a_bin(li.sees) == []
    assert li.buttons == []
    assert await kept_for_staff(town) == [("flux capacitor", li.id)]


async def test_telephone_numbers_are_not_kept_and_not_repeated(town: Town) -> None:
    numbers = ("13812345678", "138 1234 5678", "+86-138-1234-5678", "１３８１２３４５６７８")
    people = await town.answers(*(f"虫洞发生器 {number}" for number in numbers))

    kept = [text for text, _ in await kept_for_staff(town)]
    assert [text[:5] for text in kept] == ["虫洞发生器"] * len(numbers)
    repeated = [person.sees for person in people.values()]
    assert [text for text in (*kept, *repeated) if re.search(r"\d", text)] == []


async def test_a_long_story_is_kept_short_and_repeated_short(town: Town, wang: Person) -> None:
    await wang.says("虫洞发生器" * 300)

    ((text, _),) = await kept_for_staff(town)
    assert len(text) <= 64
    assert len(wang.sees) < 150


async def test_of_several_things_only_the_unknown_ones_are_kept(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮，虫洞发生器，你好")

    assert await kept_for_staff(town) == [("虫洞发生器", wang.id)]


async def test_when_it_was_asked_is_kept_too(town: Town, wang: Person, clock: Clock) -> None:
    clock.passes(days=1)
    await wang.says("虫洞发生器")

    async with town.database.read() as session:
        assert await session.scalar(select(Question.asked_at)) == clock.now


# Not rubbish.


async def test_what_is_no_rubbish_gets_no_bin_and_is_not_kept(town: Town) -> None:
    people = await town.answers(
        "你好", "今天天气", "哈哈哈", "？？？", "什么垃圾", "奶奶", "我要查积分", "👨‍👩‍👧"
    )

    for person in people.values():
        assert "看起来不是要扔的东西" in person.sees
        assert naming_a_bin(person.sees) == []
        assert person.buttons == ["👎 这是要扔的东西"]
    assert await kept_for_staff(town) == []
