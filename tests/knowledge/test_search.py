"""The rules of the search, on a catalogue of a dozen things."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.answers import Answer, Asked, BinNamed, Found, Nothing, Unsure, verdict
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import FLOOR, SURE, Search
from knowledge.streams import Stream

Write = Callable[..., Path]

HEADER = "name,en,group,also,states,members,parts,reason_zh,reason_en,prepare_zh,prepare_en\n"


def only(search: Search, typed: str) -> Answer:
    [answer] = search.answers(typed)
    return answer


@pytest.mark.parametrize(
    ("typed", "item", "state"),
    [
        ("杂志", "杂志", None),
        ("旧杂志", "杂志", None),
        ("干净的杂志", "杂志", "clean"),
        ("脏杂志", "杂志", "dirty"),
        ("杂志脏了怎么扔", "杂志", "dirty"),
        ("不脏的杂志", "杂志", "clean"),
        ("不干净的杂志", "杂志", "dirty"),
        ("用过洗干净的饭盒", "饭盒", "clean"),
        ("洗过又用过的饭盒", "饭盒", "dirty"),
        ("没用过的饭盒", "饭盒", "clean"),
        ("dirty magazines", "杂志", "dirty"),
        ("麻烦问一下老师杂志怎么扔", "杂志", None),
        ("没用的杂志", "杂志", None),
        ("塑料的盆子", "塑料盆", None),
        ("塑料盆子", "塑料盆", None),
        ("纸质的盆子", "纸盆", None),
        ("paper basins", "纸盆", None),
    ],
)
def test_the_words_say_the_state_or_the_kind(
    small: Search, typed: str, item: str, state: str | None
) -> None:
    answer = only(small, typed)

    assert isinstance(answer, Found)
    assert (answer.item.name, answer.state) == (item, state)
    assert answer.item.stream_of(answer.state)


@pytest.mark.parametrize("typed", ["饭盒", "便当盒怎么扔", "lunch box", "盆子", "旧盆子"])
def test_what_the_words_leave_open_is_asked(small: Search, typed: str) -> None:
    assert isinstance(only(small, typed), Asked)


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("弄脏的书", "书"),
        ("沾了油的课本", "书"),
        ("包着剩菜的课本", "书"),
        ("破衣服", "衣服"),
        ("塑料杂志", "杂志"),
        ("装过农药的塑料盆", "塑料盆"),
        ("塞了果核的塑料盆", "塑料盆"),
    ],
)
def test_words_that_may_mean_another_bin_make_us_ask_back(
    small: Search, typed: str, item: str
) -> None:
    answer = only(small, typed)

    assert isinstance(answer, Unsure)
    assert [one.name for one in answer.items] == [item]
    assert answer.confidence < SURE


@pytest.mark.parametrize("typed", ["隔壁小王的衣服怎么扔", "我想扔掉奶奶的衣服"])
def test_whose_it_is_and_that_it_is_thrown_away_is_no_reason_to_ask_back(
    small: Search, typed: str
) -> None:
    answer = only(small, typed)

    assert isinstance(answer, Found)
    assert answer.item.name == "衣服"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("感冒要", "感冒药"),
        ("冲电电池", "充电电池"),
        ("充电点池", "充电电池"),
        ("杂质", "杂志"),
        ("cold medcine", "感冒药"),
        ("magazin", "杂志"),
        ("感冒灵药", "感冒药"),
    ],
)
def test_a_slip_still_leads_to_the_name(small: Search, typed: str, first: str) -> None:
    answer = only(small, typed)

    assert isinstance(answer, Found | Unsure)
    assert verdict(answer)[1] == first
    assert verdict(answer)[2] >= FLOOR


@pytest.mark.parametrize("typed", ["杂人", "包", "皮", "书店", "衣柜门", "沙漠", "报销单据"])
def test_one_character_in_common_is_no_match(small: Search, typed: str) -> None:
    assert isinstance(only(small, typed), Nothing)


def test_what_sounds_hazardous_is_never_sent_to_a_harmless_bin_for_its_sound(
    write: Write,
) -> None:
    rows = "过旗药片盒,,paper,,,,,,,,\n"
    search = Search(Catalogue.load(write(HEADER + rows)), load_scheme("four_way"))

    assert isinstance(only(search, "过期药片盒"), Unsure)
    assert isinstance(only(search, "过旗药片盒"), Found)


def test_two_names_of_one_sound_in_two_bins_are_both_offered(write: Write) -> None:
    rows = "长石膏,,paper,,,,,,,,\n长实膏,,fruit,,,,,,,,\n"
    search = Search(Catalogue.load(write(HEADER + rows)), load_scheme("four_way"))
    answer = only(search, "长时膏")

    assert isinstance(answer, Unsure)
    assert {item.name for item in answer.items} == {"长石膏", "长实膏"}


def test_a_name_with_and_in_it_stays_whole(write: Write) -> None:
    rows = "牛奶和果汁盒,,paper,,,,,,,,\n牛奶,,fruit,,,,,,,,\n果汁盒,,paper,,,,,,,,\n"
    search = Search(Catalogue.load(write(HEADER + rows)), load_scheme("four_way"))

    assert verdict(only(search, "牛奶和果汁盒是什么垃圾"))[1] == "牛奶和果汁盒"
    assert len(search.answers("果汁盒和牛奶")) == 2


def test_a_name_is_not_split_where_its_parts_mean_nothing(small: Search) -> None:
    assert isinstance(only(small, "高跟书"), Unsure)
    assert isinstance(only(small, "和田玉"), Nothing)


def test_one_of_several_things_may_be_in_doubt(small: Search) -> None:
    sofa, book = small.answers("沙发和弄脏的书")

    assert isinstance(sofa, Found)
    assert isinstance(book, Unsure)


def test_eight_things_are_answered_and_no_more(write: Write) -> None:
    names = [f"{letter}号瓶" for letter in "甲乙丙丁戊己庚辛壬癸"]
    rows = "".join(f"{name},,plastic,,,,,,,,\n" for name in names)
    search = Search(Catalogue.load(write(HEADER + rows)), load_scheme("four_way"))
    answers = search.answers("、".join(names))

    assert [verdict(answer)[1] for answer in answers] == names[:8]


def test_an_item_comes_before_an_everyday_word_and_before_a_bin(write: Write) -> None:
    rows = "姑娘,,textile,,,,,,,,\n湿垃圾,,fruit,,,,,,,,\n"
    search = Search(Catalogue.load(write(HEADER + rows)), load_scheme("four_way"))

    assert isinstance(only(search, "姑娘"), Found)
    assert isinstance(only(search, "湿垃圾"), Found)


@pytest.mark.parametrize("typed", ["奶奶", "我的奶奶", "小姑娘", "你好", "你好奶奶"])
def test_everyday_words_and_kinds_of_them_are_no_rubbish(small: Search, typed: str) -> None:
    assert isinstance(only(small, typed), Nothing)


def test_only_words_that_plainly_are_no_rubbish_are_said_to_be_none(small: Search) -> None:
    assert only(small, "奶奶") == Nothing("奶奶", not_rubbish=True)
    assert only(small, "明天几点收垃圾") == Nothing("明天几点收垃圾", not_rubbish=True)
    assert only(small, "鼓捣器") == Nothing("鼓捣器", not_rubbish=False)


def test_another_scheme_changes_the_names_of_the_bins_only(small: Search) -> None:
    dry_wet = small.with_scheme(load_scheme("dry_wet"))

    assert dry_wet.answers("湿的垃圾") == (BinNamed("湿的垃圾", Stream.FOOD),)
    assert isinstance(only(small, "湿的垃圾"), Nothing)
    assert dry_wet.answers("香蕉皮") == small.answers("香蕉皮")


def test_verdicts_are_what_tables_hold(small: Search) -> None:
    item = small.answers("饭盒")[0].item  # type: ignore[union-attr]

    assert verdict(Found("", item, "dirty", 0.9)) == ("residual", "饭盒", 0.9)
    assert verdict(Asked("", item, 1.0)) == ("ask", "饭盒", 1.0)
    assert verdict(Unsure("", (item,), "clean", 0.5)) == ("recyclable", "饭盒", 0.5)
    assert verdict(BinNamed("", Stream.FOOD)) == ("food", "-", 1.0)
    assert verdict(Nothing("", not_rubbish=False)) == ("unknown", "-", 0.0)
