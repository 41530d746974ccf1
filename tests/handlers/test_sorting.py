"""Which bin? People ask, the bot answers."""

import re

import pytest
from sqlalchemy import select

from bot.app import Place
from bot.playground.texts import marked_text
from knowledge.answers import Unsure
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme, scheme_keys
from knowledge.search import Search
from models.questions import Question
from tests.conftest import Clock, Town
from tests.people import Person


@pytest.fixture
def ann(town: Town) -> Person:
    """Somebody who reads English only; `speaks_english` makes the bot know."""
    return town.person("Ann", language_code="en")


async def speaks_english(person: Person) -> None:
    await person.says("/language")
    await person.taps("English")


async def kept_for_staff(town: Town) -> list[tuple[str, int]]:
    """The questions that staff will find, and who asked them."""
    async with town.database.read() as session:
        rows = await session.execute(
            select(Question.text, Question.asked_by).order_by(Question.id)
        )
        return [(row.text, row.asked_by) for row in rows]


def buttons(person: Person) -> list[str]:
    """The labels under the last message of the bot, and no others."""
    messages = [m for m in person.chat.messages.values() if m["from"]["id"] != person.id]
    rows = messages[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [str(button["text"]) for row in rows for button in row]


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
    assert buttons(wang) == []


@pytest.mark.parametrize(
    ("typed", "colour", "then"),
    [
        ("烟头", "灰色", "投进灰色的其他垃圾桶"),
        ("易拉罐", "蓝色", "卖给回收点"),
        ("荧光灯管", "红色", "轻轻放进红色的有害垃圾桶"),
        ("沙发", "不进垃圾桶", "预约上门"),
        ("砖头", "不进垃圾桶", "问物业"),
        ("煤气罐", "不进垃圾桶", "拿不准就问居委会"),
    ],
)
async def test_what_to_do_next_depends_on_where_it_goes(
    wang: Person, typed: str, colour: str, then: str
) -> None:
    await wang.says(typed)

    assert f"（{colour}）" in wang.sees.split("\n")[0]
    assert then in wang.sees.partition("接下来：")[2]


async def test_in_english_all_of_the_card_is_english(ann: Person) -> None:
    await speaks_english(ann)
    await ann.says("banana peel")

    lines = ann.sees.split("\n")
    assert lines[0] == "🟢 banana peel → Food waste (green)"
    assert [line.partition(":")[0] for line in lines[2:]] == ["Why", "First", "Then"]
    assert not re.search("[\u4e00-\u9fff]", ann.sees)


async def test_where_one_sorts_dry_and_wet_the_bins_have_their_names(
    town: Town, wang: Person, search: Search
) -> None:
    await town.closes()
    scheme = load_scheme("dry_wet")
    town.place = Place(
        town.place.catalogue, scheme, search.with_scheme(scheme), "zh", "Asia/Shanghai"
    )
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


@pytest.mark.parametrize(
    "typed",
    [
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
    ],
)
async def test_however_it_is_typed_it_is_the_banana_peel(wang: Person, typed: str) -> None:
    await wang.says(typed)

    assert wang.sees.startswith("🟢 香蕉皮 → 厨余垃圾（绿色）")


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("舊報紙", "🔵 报纸 → 可回收物（蓝色）"),
        ("廢棄的螢光燈管", "🔴 荧光灯管 → 有害垃圾（红色）"),
        ("🍌", "🟢 香蕉 → 厨余垃圾（绿色）"),
        ("🛋️", "🛋️ 沙发 → 大件垃圾（不进垃圾桶）"),
        ("ＳＯＦＡ", "🛋️ 沙发 → 大件垃圾（不进垃圾桶）"),
    ],
)
async def test_old_characters_wide_letters_and_pictures_are_understood(
    wang: Person, typed: str, headline: str
) -> None:
    await wang.says(typed)

    assert wang.sees.split("\n")[0] == headline


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


# Not sure.


async def test_what_may_be_one_of_three_things_is_asked_back_and_answered_in_place(
    town: Town, wang: Person, search: Search
) -> None:
    typed = "油报纸"
    (answer,) = search.answers(typed)
    assert isinstance(answer, Unsure)
    nearest = [item.name for item in answer.items]

    await wang.says(typed)
    assert wang.screen == [f"“{typed}”：你说的是下面哪一个？"]
    assert buttons(wang) == nearest
    assert len(nearest) == 3
    await wang.taps("脏纸")

    assert len(wang.screen) == 1
    assert wang.sees.startswith("⚫ 脏纸 → 其他垃圾（灰色）")
    assert buttons(wang) == []
    assert wang.toast == ""
    assert await kept_for_staff(town) == [(typed, wang.id)]


async def test_a_doubt_about_one_thing_only_is_a_question_with_one_button(wang: Person) -> None:
    await wang.says("香蕉片皮")

    assert "你说的是下面哪一个？" in wang.sees
    assert "→" not in wang.sees
    assert buttons(wang) == ["香蕉皮"]


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


@pytest.mark.parametrize("typed", ["魔法棒", "量子纠缠仪", "传国玉玺", "zzzz", "flux capacitor"])
async def test_what_nobody_knows_gets_no_bin_and_is_kept_for_staff(
    town: Town, wang: Person, typed: str
) -> None:
    await wang.says(typed)

    assert wang.sees.startswith(f"“{typed}”我还不认识")
    assert naming_a_bin(wang.sees) == []
    assert buttons(wang) == []
    assert await kept_for_staff(town) == [(typed, wang.id)]


async def test_in_english_no_bin_is_named_either(town: Town, ann: Person) -> None:
    await speaks_english(ann)
    await ann.says("flux capacitor")

    assert ann.sees.startswith("I do not know “flux capacitor” yet")
    assert naming_a_bin(ann.sees) == []
    assert buttons(ann) == []
    assert await kept_for_staff(town) == [("flux capacitor", ann.id)]


@pytest.mark.parametrize(
    "number", ["13812345678", "138 1234 5678", "+86-138-1234-5678", "１３８１２３４５６７８"]
)
async def test_telephone_numbers_are_not_kept_and_not_repeated(
    town: Town, wang: Person, number: str
) -> None:
    await wang.says(f"魔法棒 {number}")

    ((text, _),) = await kept_for_staff(town)
    assert text.startswith("魔法棒")
    assert not re.search(r"\d", text + wang.sees)


async def test_a_long_story_is_kept_short_and_repeated_short(town: Town, wang: Person) -> None:
    await wang.says("魔法棒" * 500)

    ((text, _),) = await kept_for_staff(town)
    assert len(text) <= 64
    assert len(wang.sees) < 150


async def test_of_several_things_only_the_unknown_ones_are_kept(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮，魔法棒，你好")

    assert await kept_for_staff(town) == [("魔法棒", wang.id)]


async def test_when_it_was_asked_is_kept_too(town: Town, wang: Person, clock: Clock) -> None:
    clock.passes(days=1)
    await wang.says("魔法棒")

    async with town.database.read() as session:
        assert await session.scalar(select(Question.asked_at)) == clock.now


# Not rubbish.


@pytest.mark.parametrize(
    "typed", ["你好", "今天天气", "哈哈哈", "？？？", "什么垃圾", "奶奶", "我要查积分", "👨‍👩‍👧"]
)
async def test_what_is_no_rubbish_gets_no_bin_and_is_not_kept(
    town: Town, wang: Person, typed: str
) -> None:
    await wang.says(typed)

    assert "看起来不是要扔的东西" in wang.sees
    assert naming_a_bin(wang.sees) == []
    assert buttons(wang) == []
    assert await kept_for_staff(town) == []


# It depends.


async def test_the_usual_state_is_answered_at_once_and_the_other_is_a_tap_away(
    wang: Person,
) -> None:
    await wang.says("报纸")
    assert "报纸 → 可回收物（蓝色）" in wang.sees
    assert buttons(wang) == ["如果是有油污、弄脏的"]

    await wang.taps("如果是有油污、弄脏的")
    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in wang.sees
    assert buttons(wang) == ["如果是干净的"]

    await wang.taps("如果是干净的")
    assert "报纸（干净的） → 可回收物（蓝色）" in wang.sees
    assert len(wang.screen) == 1


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("沾了油的报纸", "⚫ 报纸（有油污、弄脏的） → 其他垃圾（灰色）"),
        ("干净的报纸", "🔵 报纸（干净的） → 可回收物（蓝色）"),
        ("玻璃烟灰缸", "🔵 烟灰缸（玻璃） → 可回收物（蓝色）"),
        ("不锈钢的勺子", "🔵 勺子（金属） → 可回收物（蓝色）"),
        ("锂电池", "🔴 锂电池 → 有害垃圾（红色）"),
    ],
)
async def test_when_the_words_say_the_state_nothing_is_asked(
    wang: Person, typed: str, headline: str
) -> None:
    await wang.says(typed)

    assert wang.sees.split("\n")[0] == headline


async def test_where_the_states_really_differ_one_question_comes_back(wang: Person) -> None:
    await wang.says("烟灰缸")
    assert wang.sees == "烟灰缸：什么做的？"
    assert buttons(wang) == ["玻璃", "金属", "陶瓷", "拿不准"]

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
    assert buttons(wang) == []


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
    await wang.says("香蕉皮，魔法棒")

    known, unknown = wang.sees.split("\n\n")
    assert known.startswith("🟢 香蕉皮 → 厨余垃圾（绿色）")
    assert unknown == "❓ “魔法棒”我还不认识，已经记下，工作人员会来看。"


async def test_eight_questions_back_in_one_message_are_not_too_many(wang: Person) -> None:
    await wang.says("餐具，杯子，瓶子，盒子，袋子，包装，电池，灯")

    assert wang.sees.count("是哪一种？") == 8
    assert len(buttons(wang)) > 40


# The bins.


@pytest.mark.parametrize(
    ("typed", "first", "example"),
    [
        ("有害垃圾", "🔴 有害垃圾（红色）", "充电电池"),
        ("湿垃圾里放什么", "🟢 厨余垃圾（绿色）", "香蕉皮"),
        ("蓝色垃圾桶", "🔵 可回收物（蓝色）", "报纸"),
        ("what goes in the black bin?", "⚫ 其他垃圾（灰色）", "烟头"),
        ("大件垃圾", "🛋️ 大件垃圾（不进垃圾桶）", "沙发"),
    ],
)
async def test_the_name_of_a_bin_brings_what_belongs_in_it(
    wang: Person, typed: str, first: str, example: str
) -> None:
    await wang.says(typed)

    assert wang.sees.split("\n")[0] == first
    assert example in wang.sees.partition("例如：")[2]


# What is not spoken to us.


async def test_a_corrected_message_is_not_answered_again(town: Town, wang: Person) -> None:
    await wang.says("香蕉皮")
    town.playground.world.updates.allowed |= {"edited_message"}
    await wang.corrects("报纸")

    assert len(wang.screen) == 1
    assert "香蕉皮" in wang.sees


# Groups.


@pytest.fixture
def neighbours(town: Town, wang: Person, li: Person) -> Person:
    """Grandma Wang, looking at the group of her house."""
    return wang.in_group(town.playground.group("三号楼", [wang.account, li.account]))


@pytest.mark.parametrize(
    "typed",
    [
        "/bin 香蕉皮",
        "/bin@greenbin_bot 香蕉皮",
        "@greenbin_bot 香蕉皮",
        "香蕉皮 @GreenBin_bot 扔哪个桶",
    ],
)
async def test_in_a_group_the_bot_answers_when_called_as_a_reply_in_place(
    neighbours: Person, wang: Person, typed: str
) -> None:
    await neighbours.says(typed)

    question, answer = neighbours.chat.messages.values()
    assert "香蕉皮 → 厨余垃圾（绿色）" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert wang.screen == []


@pytest.mark.parametrize(
    "typed",
    [
        "香蕉皮",
        "@greenbin_bot2 香蕉皮",
        "@li 香蕉皮",
        "/bin@another_bot 香蕉皮",
        "/unknown",
        "你好",
    ],
)
async def test_in_a_group_the_bot_is_silent_when_not_called_even_if_it_hears_all(
    town: Town, neighbours: Person, typed: str
) -> None:
    neighbours.account.say(typed, chat=neighbours.place)
    message = next(iter(neighbours.chat.messages.values()))
    if message["message_id"] in neighbours.chat.hidden:
        town.playground.world.updates.add("message", message)
    await town.settle()

    assert neighbours.screen == []


async def test_in_a_group_a_reply_to_the_bot_is_talk_among_neighbours(neighbours: Person) -> None:
    await neighbours.says("/bin 香蕉皮")
    await neighbours.replies("谢谢")

    assert len(neighbours.screen) == 1


async def test_in_a_group_stickers_and_photos_are_left_alone_unless_the_bot_is_called(
    town: Town, neighbours: Person
) -> None:
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]}
    for content in ({"sticker": {}}, photo, photo | {"caption": "香蕉皮"}):
        neighbours.account.send(content, chat=neighbours.place)
    called = neighbours.account.send(
        photo | {"caption": "@greenbin_bot 香蕉皮"}, chat=neighbours.place
    )
    await town.settle()
    for message in neighbours.chat.messages.values():
        town.playground.world.updates.add("message", message)
    neighbours.chat.hidden.clear()
    await town.settle()

    assert len(neighbours.screen) == 1
    assert list(neighbours.chat.messages.values())[-1]["reply_to_message"]["message_id"] == called


async def test_in_a_group_anybodys_tap_is_answered_in_place(
    neighbours: Person, li: Person
) -> None:
    await neighbours.says("/bin 报纸")
    await li.in_group(neighbours.chat).taps("如果是有油污、弄脏的")

    assert len(neighbours.screen) == 1
    assert "报纸（有油污、弄脏的） → 其他垃圾（灰色）" in neighbours.sees


async def test_in_a_group_no_keyboard_opens(neighbours: Person) -> None:
    for command in ("/start", "/help", "/bin", "/language"):
        await neighbours.says(command)

    assert len(neighbours.screen) == 4
    assert neighbours.chat.keyboard is None


# What people write is repeated as plain words.


@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example.com/pay",
        "evil.cn",
        "@somebody_else 魔法棒",
        "魔法棒 #垃圾 /start tg://user?id=1",
        "fraud@evil.cn",
        "+8613812345678",
        "<a href='http://evil.cn'>魔法棒</a>",
        "[魔法棒](http://evil.cn)",
    ],
)
async def test_in_a_group_nobody_makes_the_bot_post_a_link_or_call_somebody(
    neighbours: Person, typed: str
) -> None:
    await neighbours.says(f"/bin {typed}")

    answer = list(neighbours.chat.messages.values())[-1]
    assert [marked_text(answer["text"], each) for each in answer.get("entities", [])] == []
