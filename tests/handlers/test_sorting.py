"""Which bin? People ask, the bot answers."""

import re
from dataclasses import replace

import pytest

from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.conftest import Town
from tests.people import Person

# One thing, one card.


async def test_a_newcomer_who_never_pressed_start_is_answered_in_one_message(wang: Person) -> None:
    await wang.says("香蕉皮")

    assert len(wang.screen) == 1
    assert "香蕉皮 → 厨余垃圾（绿色）" in wang.sees
    assert "为什么：" in wang.sees
    assert "先处理：" in wang.sees
    assert "接下来：" in wang.sees


async def test_the_bin_stands_in_the_first_line_and_nothing_is_asked_of_what_is_sure(
    wang: Person,
) -> None:
    await wang.says("过期药品")

    first, blank, *rest = wang.sees.split("\n")
    assert first == "🔴 药品 → 有害垃圾（红色）"
    assert blank == ""
    assert [line.partition("：")[0] for line in rest] == ["为什么", "先处理", "接下来"]
    assert wang.buttons == ["👎 答得不对"]


async def test_what_to_do_next_depends_on_where_it_goes(town: Town) -> None:
    next_steps = {
        "烟头": ("灰色", "投进灰色的其他垃圾桶"),
        "易拉罐": ("蓝色", "卖给回收点"),
        "荧光灯管": ("红色", "轻轻放进红色的有害垃圾桶"),
        "沙发": ("不进垃圾桶", "预约来收"),
        "砖头": ("不进垃圾桶", "问物业"),
        "煤气罐": ("不进垃圾桶", "拿不准就问居委会"),
    }
    people = await town.answers(*next_steps)

    for typed, (colour, then) in next_steps.items():
        assert f"（{colour}）" in people[typed].sees.split("\n")[0]
        assert then in people[typed].sees.partition("接下来：")[2]


async def test_in_english_all_of_the_card_is_english(li: Person) -> None:
    await li.speaks_english()
    await li.says("banana peel")

    lines = li.sees.split("\n")
    assert lines[0] == "🟢 banana peel → Food waste (green)"
    assert [line.partition(":")[0] for line in lines[2:]] == ["Why", "First", "Then"]
    assert not re.search("[\u4e00-\u9fff]", li.sees)


async def test_where_one_sorts_dry_and_wet_the_bins_have_their_names(
    town: Town, wang: Person, search: Search
) -> None:
    await town.closes()
    scheme = load_scheme("dry_wet")
    town.place = replace(town.place, scheme=scheme, search=search.with_scheme(scheme))
    await town.opens()
    await wang.says("香蕉皮")
    await wang.says("烟头")

    assert "香蕉皮 → 湿垃圾（绿色）" in wang.screen[0]
    assert "烟头 → 干垃圾（黑色）" in wang.screen[1]
    assert "厨余垃圾" not in wang.screen[0]


async def test_a_composite_thing_says_what_goes_where(wang: Person) -> None:
    await wang.says("奶茶")

    card, _, parts = wang.sees.partition("拆开分别投：\n")
    assert "奶茶 → " in card
    assert "珍珠 → 厨余垃圾（绿色）" in parts
    assert "奶茶杯 → 其他垃圾（灰色）" in parts
    assert all("→" in line for line in parts.split("\n"))


# As people type.


async def test_however_it_is_typed_it_is_the_banana_peel(town: Town) -> None:
    people = await town.answers(
        "请问香蕉皮是什么垃圾？",
        "香蕉皮属于湿垃圾还是干垃圾呀",
        "你好，香蕉皮",
        "【香蕉皮】",
        "  香蕉皮\n",
        "香蕉皮🍌",
        "香焦皮",
        "xiangjiaopi",
        "xiang jiao pi",
        "Banana Peel",
        "ＢＡＮＡＮＡ　ＰＥＥＬ",
        "Which bin does a banana peel go in?",
        "@greenbin_bot 香蕉皮",
    )

    banana_peel = "🟢 香蕉皮 → 厨余垃圾（绿色）"
    wrong = {typed: one.sees for typed, one in people.items() if banana_peel not in one.sees}
    assert wrong == {}


async def test_old_characters_wide_letters_and_pictures_are_understood(town: Town) -> None:
    headlines = {
        "舊報紙": "🔵 报纸 → 可回收物（蓝色）",
        "廢棄的螢光燈管": "🔴 荧光灯管 → 有害垃圾（红色）",
        "🍌": "🟢 香蕉 → 厨余垃圾（绿色）",
        "🛋️": "🛋️ 沙发 → 大件垃圾（不进垃圾桶）",
        "ＳＯＦＡ": "🛋️ 沙发 → 大件垃圾（不进垃圾桶）",
    }
    people = await town.answers(*headlines)

    assert {typed: one.sees.split("\n")[0] for typed, one in people.items()} == headlines


async def test_a_photo_with_words_is_answered_by_its_words(wang: Person) -> None:
    await wang.sends_photo(b"GIF89a\x05\x00\x04\x00", caption="香蕉皮")

    assert len(wang.screen) == 1
    assert "香蕉皮 → 厨余垃圾（绿色）" in wang.sees


# The command.


@pytest.mark.parametrize("typed", ["/bin 香蕉皮", "/BIN 香蕉皮", "/bin@greenbin_bot   香蕉皮\n"])
async def test_the_command_answers_like_the_bare_name(wang: Person, typed: str) -> None:
    await wang.says(typed)

    assert "香蕉皮 → 厨余垃圾（绿色）" in wang.sees


@pytest.mark.parametrize("typed", ["/bin", "/bin ", "@greenbin_bot"])
async def test_without_a_thing_the_bot_asks_for_one(wang: Person, typed: str) -> None:
    await wang.says(typed)

    assert wang.screen == ["请把要扔的东西的名字发给我，例如：香蕉皮"]


# Several at once.


async def test_several_things_get_an_answer_each_in_one_message(wang: Person) -> None:
    await wang.says("香蕉皮和旧报纸, 还有过期药")

    assert len(wang.screen) == 1
    assert [line for line in wang.sees.split("\n") if "→" in line] == [
        "🟢 香蕉皮 → 厨余垃圾（绿色）",
        "🔵 报纸 → 可回收物（蓝色）",
        "🔴 药品 → 有害垃圾（红色）",
    ]
    assert wang.sees.count("先处理：") == 3


async def test_among_several_a_question_is_answered_in_a_message_of_its_own(wang: Person) -> None:
    await wang.says("电池，沙发")
    assert "沙发 → 大件垃圾" in wang.sees
    await wang.taps("电池：锂电池")

    assert len(wang.screen) == 2
    assert "沙发 → 大件垃圾" in wang.screen[0]
    assert wang.screen[1].startswith("🔴 锂电池 → 有害垃圾（红色）")


async def test_what_is_unknown_among_several_is_said_in_a_line(wang: Person) -> None:
    await wang.says("香蕉皮，虫洞发生器")

    known, unknown = wang.sees.split("\n\n")
    assert known.startswith("🟢 香蕉皮 → 厨余垃圾（绿色）")
    assert unknown == "❓ “虫洞发生器”我还不认识，已经记下，工作人员会来看。"


async def test_eight_questions_back_in_one_message_are_not_too_many(wang: Person) -> None:
    await wang.says("餐具，杯子，手套，盒子，袋子，包装，电池，灯")

    assert wang.sees.count("是哪一种？") == 8
    assert len(wang.buttons) > 40


# The bins.


async def test_the_name_of_a_bin_brings_what_belongs_in_it(town: Town) -> None:
    belonging = {
        "有害垃圾": ("🔴 有害垃圾（红色）", "充电电池"),
        "湿垃圾里放什么": ("🟢 厨余垃圾（绿色）", "香蕉皮"),
        "蓝色垃圾桶": ("🔵 可回收物（蓝色）", "报纸"),
        "what goes in the black bin?": ("⚫ 其他垃圾（灰色）", "烟头"),
        "大件垃圾": ("🛋️ 大件垃圾（不进垃圾桶）", "沙发"),
    }
    people = await town.answers(*belonging)

    for typed, (first, example) in belonging.items():
        assert people[typed].sees.split("\n")[0] == first
        assert example in people[typed].sees.partition("例如：")[2]


# What is not spoken to us.


async def test_a_corrected_message_is_not_answered_again(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮")
    town.playground.world.updates.allowed |= {"edited_message"}
    await wang.corrects("报纸")

    assert len(wang.screen) == 1
    assert "香蕉皮" in wang.sees


# What is noted beside a thing.


async def test_the_card_says_that_places_differ(wang: Person) -> None:
    await wang.says("手机壳")

    assert wang.sees.startswith("⚫ 手机壳 → 其他垃圾（灰色）")
    assert "各地做法不一样，有的地方投可回收物。" in wang.sees


async def test_the_card_says_what_not_to_confuse_it_with(wang: Person) -> None:
    await wang.says("节能灯")

    assert "别和“LED灯”弄混：" in wang.sees
