"""People speak in sentences, with pictures, and in English: what they are about is found."""

from pathlib import Path

import pytest

from knowledge.answers import Nothing, items_of, verdict
from knowledge.readings import Dialect, Pictures
from knowledge.search import SURE, Search
from knowledge.tables import BadCatalogue


def first(search: Search, typed: str) -> str:
    """Name of the first thing that is answered."""
    return verdict(search.answers(typed)[0])[1]


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("用了五年的炒锅要换新的了", "炒锅"),
        ("上一个租客留下的破沙发", "沙发"),
        ("钢琴没人弹了", "钢琴"),
        ("口罩戴了一天", "口罩"),
        ("舍不得扔的旧沙发太大了", "沙发"),
        ("纽扣电池漏液了", "纽扣电池"),
        ("油漆桶里面的油漆用完了", "油漆桶"),
    ],
)
def test_a_sentence_is_about_what_something_is_said_of(
    search: Search, typed: str, item: str
) -> None:
    answer = search.answers(typed)[0]

    assert item in [name for one in items_of(answer) for name in one.names]


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("核桃敲开剩下的壳", "核桃壳"),
        ("剥下来的榴莲外壳太大了", "榴莲壳"),
        ("玉米外面的皮", "玉米衣"),
        ("吃完扇贝剩下的壳壳", "扇贝壳"),
        ("喝完奶茶的杯子", "奶茶杯"),
        ("装鞋的盒子", "鞋盒"),
        ("装过农药的瓶子", "农药瓶"),
        ("百事可乐罐子", "易拉罐"),
    ],
)
def test_whole_and_part_make_one_thing(search: Search, typed: str, item: str) -> None:
    assert first(search, typed) == item


def test_a_bin_in_a_question_is_no_part_of_the_thing(search: Search) -> None:
    assert first(search, "鸽子的粪便扔哪个桶") in ("大便", "宠物粪便")


def test_a_part_of_something_unknown_is_not_asked_back_for_certain(search: Search) -> None:
    [answer] = search.answers("量子仪的壳")

    assert verdict(answer)[2] < SURE


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("🥜壳", "花生壳"),
        ("🚬屁股", "烟头"),
        ("💅油没干", "指甲油"),
        ("过期💊", "药品"),
        ("🍌皮和🥚壳", "香蕉皮"),
        ("香蕉皮🍌", "香蕉皮"),
        ("🍌香蕉皮", "香蕉皮"),
        ("😂香蕉皮", "香蕉皮"),
    ],
)
def test_pictures_among_words_are_read_as_words(search: Search, typed: str, item: str) -> None:
    assert item in [name for one in items_of(search.answers(typed)[0]) for name in one.names]


def test_each_answer_still_says_what_was_typed(search: Search) -> None:
    assert [answer.asked for answer in search.answers("🥜壳、🚬屁股")] == ["🥜壳", "🚬屁股"]


def test_a_broken_file_of_pictures_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "pictures.csv"
    file.write_text("picture;words\n", "utf-8")

    with pytest.raises(BadCatalogue):
        Pictures.load(file)


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("baby nappies", "residual"),
        ("pizza box with ketchup all over it", "residual"),
        ("a stack of old magazines", "recyclable"),
        ("half a can of paint", "hazardous"),
        ("old can of rat poison", "hazardous"),
        ("empty tuna can", "recyclable"),
        ("crab legs shell", "food"),
        ("electric fan that no longer works", "recyclable"),
        ("rotten tomatoes in a bag", "food"),
    ],
)
def test_an_english_phrase_is_about_its_last_word(search: Search, typed: str, stream: str) -> None:
    assert verdict(search.answers(typed)[0])[0] == stream


@pytest.mark.parametrize(("typed", "item"), [("塑料瓶瓶", "塑料瓶"), ("裤裤", "裤子")])
def test_baby_talk_is_understood(search: Search, typed: str, item: str) -> None:
    assert first(search, typed) == item


@pytest.mark.parametrize(
    "typed", ["诊所打完针的针头", "医院化验室的试管", "化工厂的废液能倒吗", "电镀车间的污泥"]
)
def test_clinics_and_factories_have_no_household_waste(search: Search, typed: str) -> None:
    assert verdict(search.answers(typed)[0])[0] == "not_household"


def test_what_a_clinic_gave_one_is_sorted_at_home(search: Search) -> None:
    assert verdict(search.answers("医院开的药过期了")[0])[0] == "hazardous"


@pytest.mark.parametrize(
    ("typed", "stream"),
    [("没放完的烟花", "residual"), ("放完的烟花", "not_household"), ("死掉的鹦鹉", "unknown")],
)
def test_done_and_undone_dead_and_alive_are_not_confused(
    search: Search, typed: str, stream: str
) -> None:
    assert verdict(search.answers(typed)[0])[0] != stream


@pytest.mark.parametrize(
    "typed",
    [
        "老公不洗碗怎么办",
        "我家狗不吃饭",
        "房子太小了想换",
        "想吃火锅了",
        "快递还没到",
        "苹果好吃吗",
        "心碎了怎么办",
        "my broken heart",
        "who won the world cup",
        "i lost my way",
    ],
)
def test_what_is_said_of_people_and_life_is_no_question_about_rubbish(
    search: Search, typed: str
) -> None:
    assert isinstance(search.answers(typed)[0], Nothing)


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("阿拉屋里厢的旧电视机掼到啥地方", "电视机"),
        ("娃儿不耍的毛绒熊甩哪儿", "毛绒玩具"),
        ("啲旧报纸抌边度呀", "报纸"),
        ("食剩嘅饭抌去边度", "剩饭"),
        ("过期的药掼脱伐", "药品"),
    ],
)
def test_dialects_are_understood(search: Search, typed: str, item: str) -> None:
    [answer] = search.answers(typed)

    assert item in [name for one in items_of(answer) for name in one.names]
    assert answer.asked == typed


def test_names_with_a_word_of_a_dialect_in_them_stay() -> None:
    assert Dialect.load().in_standard("阿拉伯手抓饼、甩脱水的菜") == "阿拉伯手抓饼、甩脱水的菜"


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("这破音箱搁家占地儿，想扔了", "音箱"),
        ("家里停电，换了个灯管，旧的丢哪", "灯管"),
        ("老公喝完酒，酒瓶子乱放，该扔哪", "酒瓶"),
        ("刷墙剩半桶漆", "油漆"),
        ("老人走了，留下一大堆药，咋处理", "药品"),
    ],
)
def test_one_clause_names_the_thing_and_another_throws_it_away(
    search: Search, typed: str, item: str
) -> None:
    [answer] = search.answers(typed)

    assert item in [name for one in items_of(answer) for name in one.names]
    assert verdict(answer)[2] < SURE


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("吃完生蚝剩一盆壳", "residual"),
        ("榨完汁剩一坨胡萝卜渣", "food"),
        ("鸡蛋壳到底是干还是湿", "food"),
        ("油抹布", "residual"),
        ("厨房里擦油的抹布", "residual"),
        ("擦过机油的抹布", "hazardous"),
    ],
)
def test_what_is_left_over_is_found(search: Search, typed: str, stream: str) -> None:
    assert verdict(search.answers(typed)[0])[0] == stream


@pytest.mark.parametrize("typed", ["鱼缸里的沙子", "枕头里的荞麦皮", "冰棍的小木棍"])
def test_what_is_part_of_something_else_is_not_sure(search: Search, typed: str) -> None:
    assert verdict(search.answers(typed)[0])[2] < SURE


@pytest.mark.parametrize(
    "typed", ["他老是丢三落四，真烦人", "孩子发烧了，不吃饭，怎么办", "他说话不算数，我不理他了"]
)
def test_a_story_without_throwing_away_is_no_question(search: Search, typed: str) -> None:
    assert isinstance(search.answers(typed)[0], Nothing)


def test_a_name_that_stands_there_is_no_whole_with_its_part(search: Search) -> None:
    assert verdict(search.answers("早饭吃了面包，中午吃米饭")[0])[2] < SURE
