"""People ask in their own words, and the shipped catalogue answers."""

import pytest

from knowledge.answers import Asked, BinNamed, Found, Inferred, Nothing, Unsure, verdict
from knowledge.search import SURE, Search


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("香蕉皮", "food"),
        ("西瓜皮", "food"),
        ("剩饭", "food"),
        ("易拉罐", "recyclable"),
        ("纸箱", "recyclable"),
        ("旧衣服", "recyclable"),
        ("荧光灯管", "hazardous"),
        ("充电电池", "hazardous"),
        ("指甲油", "hazardous"),
        ("大骨头", "residual"),
        ("烟头", "residual"),
        ("沙发", "bulky"),
        ("床垫", "bulky"),
        ("砖头", "renovation"),
        ("瓷砖", "renovation"),
        ("煤气罐", "not_household"),
        ("banana peel", "food"),
        ("Sofa", "bulky"),
        ("sofas", "bulky"),
        ("🍌", "food"),
    ],
)
def test_a_bare_name_gets_its_usual_bin_for_certain(
    search: Search, typed: str, stream: str
) -> None:
    [answer] = search.answers(typed)

    assert isinstance(answer, Found)
    assert verdict(answer)[0] == stream


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("请问香蕉皮是什么垃圾？", "香蕉皮"),
        ("香蕉皮属于湿垃圾还是干垃圾呀", "香蕉皮"),
        ("香蕉皮扔哪个桶", "香蕉皮"),
        ("香蕉皮应该扔到什么颜色的垃圾桶里啊", "香蕉皮"),
        ("麻烦问一下，我家有个旧的破沙发要扔怎么办", "沙发"),
        ("哪里可以扔沙发", "沙发"),
        ("你好，沙发", "沙发"),
        ("【香蕉皮】", "香蕉皮"),
        ("“香蕉皮”怎么分类", "香蕉皮"),
        ("三根香蕉皮", "香蕉皮"),
        ("香蕉皮能不能回收", "香蕉皮"),
        ("隔壁邻居的沙发", "沙发"),
        ("舊沙發", "沙发"),
        ("ｓｏｆａ", "沙发"),
        ("Which bin does a banana peel go in?", "香蕉皮"),
        ("how do I dispose of an old sofa", "沙发"),
        ("香蕉皮🍌", "香蕉皮"),
        ("🍌怎么扔", "香蕉"),
        ("沙发（旧的）", "沙发"),
        ("xiangjiaopi", "香蕉皮"),
        ("xiang jiao pi", "香蕉皮"),
        ("sha1 fa1", "沙发"),
        ("香jiao皮", "香蕉皮"),
        ("香焦皮", "香蕉皮"),
        ("香焦皮是什么垃圾", "香蕉皮"),
    ],
)
def test_the_words_around_it_and_the_way_of_writing_do_not_matter(
    search: Search, typed: str, item: str
) -> None:
    [answer] = search.answers(typed)

    assert isinstance(answer, Found)
    assert answer.item.name == item


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("香蕉皮和沙发", ["香蕉皮", "沙发"]),
        ("香蕉皮、沙发、床垫", ["香蕉皮", "沙发", "床垫"]),
        ("香蕉皮跟旧沙发，还有床垫怎么扔", ["香蕉皮", "沙发", "床垫"]),
        ("香蕉皮 沙发", ["香蕉皮", "沙发"]),
        ("香蕉皮\n沙发", ["香蕉皮", "沙发"]),
        ("香蕉皮/沙发", ["香蕉皮", "沙发"]),
        ("banana peel and sofa", ["香蕉皮", "沙发"]),
        ("香蕉皮，香蕉皮，沙发", ["香蕉皮", "沙发"]),
        ("你好，香蕉皮，谢谢", ["香蕉皮"]),
        ("🍌🛋️", ["香蕉", "沙发"]),
    ],
)
def test_several_things_get_an_answer_each(search: Search, typed: str, items: list[str]) -> None:
    answers = search.answers(typed)

    assert [verdict(answer)[1] for answer in answers] == items
    assert all(isinstance(answer, Found) for answer in answers)


def test_each_answer_says_which_words_it_is_about(search: Search) -> None:
    answers = search.answers(" 香蕉皮, 舊沙發 ")

    assert [answer.asked for answer in answers] == ["香蕉皮", "舊沙發"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "？？？",
        "你好呀",
        "谢谢老师",
        "早上好",
        "奶奶",
        "我姑妈",
        "小女孩",
        "老虎",
        "蓝鲸",
        "森林",
        "银行",
        "爱情",
        "今天天气怎么样",
        "周末几点开门",
        "我要查积分",
        "怎么预约上门",
        "是什么垃圾",
        "怎么扔",
        "qwerty",
        "zzzz",
        "null",
        "404",
        "/help",
        "👨‍👩‍👧",
    ],
)
def test_what_is_no_rubbish_gets_no_bin(search: Search, typed: str) -> None:
    [answer] = search.answers(typed)

    assert isinstance(answer, Nothing)
    assert verdict(answer) == ("unknown", "-", 0.0)


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("有害垃圾", "hazardous"),
        ("可回收物", "recyclable"),
        ("湿垃圾里放什么", "food"),
        ("什么是厨余垃圾", "food"),
        ("干垃圾有哪些东西", "residual"),
        ("蓝色垃圾桶", "recyclable"),
        ("what goes in the red bin?", "hazardous"),
        ("hazardous waste", "hazardous"),
    ],
)
def test_the_name_of_a_bin_is_not_an_item(search: Search, typed: str, stream: str) -> None:
    assert search.answers(typed) == (BinNamed(typed, stream),)


@pytest.mark.parametrize("typed", ["电池", "旧电池怎么扔", "old batteries"])
def test_a_family_word_is_asked_about(search: Search, typed: str) -> None:
    [answer] = search.answers(typed)

    assert isinstance(answer, Asked)
    assert len(answer.item.members) > 1
    assert verdict(answer)[0] == "ask"


@pytest.mark.parametrize("typed", ["香蕉片皮", "旧沙发垫床套", "香蕉皮桶子"])
def test_what_is_only_like_a_name_is_never_sure(search: Search, typed: str) -> None:
    answers = search.answers(typed)

    assert all(isinstance(answer, Unsure | Inferred | Nothing) for answer in answers)
    assert all(verdict(answer)[2] < SURE for answer in answers)


def test_what_is_typed_so_far_brings_up_items(search: Search) -> None:
    assert "香蕉皮" in [item.name for item in search.suggest("香蕉", 20)]
    assert search.suggest("香蕉皮", 5)[0].name == "香蕉皮"
    assert search.suggest("香焦皮", 5)[0].name == "香蕉皮"
    assert len(search.suggest("纸", 7)) == 7
    assert search.suggest("", 5) == ()
    assert search.suggest("今天天气", 5) == ()
