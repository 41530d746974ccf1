"""What volunteers type at the station: each line for itself, and no question among them."""

import time as clock
from datetime import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge import batches, numbers
from knowledge.batch_words import Weight
from knowledge.batches import Address, BadLine, Batch, Line, Number, Why, parse
from knowledge.catalogue import Catalogue
from knowledge.qualities import Quality
from knowledge.streams import Stream

NUMBER = numbers.make(123_456)
HOME = Address("3", "1", "502")
NEXT_DOOR = Address("3", "1", "601")
RIGHT, PARTLY, WRONG = Quality


def lines(text: str) -> tuple[Line | BadLine, ...]:
    batch = parse(text)
    assert batch, text
    return batch.lines


def line(text: str) -> Line:
    [found] = lines(text)
    assert isinstance(found, Line), found
    return found


def bad(text: str) -> tuple[Why, int]:
    [found] = lines(text)
    assert isinstance(found, BadLine), found
    return found.why, found.position


def test_two_households_in_one_message() -> None:
    first, second = lines("3-1-502 对; 3-1-601 混投 厨余有塑料袋 07:20")

    assert first == Line("3-1-502 对", 0, HOME, RIGHT)
    assert second == Line(
        "3-1-601 混投 厨余有塑料袋 07:20",
        11,
        NEXT_DOOR,
        WRONG,
        words=("厨余有塑料袋",),
        times=(time(7, 20),),
    )


@pytest.mark.parametrize(
    ("typed", "household"),
    [
        ("3-1-502", HOME),
        ("３－１－５０２", HOME),
        ("3—1—502", HOME),
        ("3——1——502", HOME),
        ("3 - 1 - 502", HOME),
        ("03-01-502", HOME),
        ("3栋1单元502", HOME),
        ("3棟1單元502", HOME),
        ("3栋 1单元 502室", HOME),
        ("3号楼1单元502室", HOME),
        ("3號樓1單元502室", HOME),
        ("3#1单元502", HOME),
        ("3号1单元502", HOME),
        ("3栋1-502", HOME),
        ("三栋一单元五零二", HOME),
        ("三杠一杠五零二", HOME),
        ("三杠幺杠五〇二", HOME),
        ("3-1-502室", HOME),
        ("3-1-502号", HOME),
        ("3.1.502", HOME),
        ("3/1/502", HOME),
        ("3幢502", Address("3", None, "502")),
        ("3-502", Address("3", None, "502")),
        ("12号1502室", Address("12", None, "1502")),
        ("B座1203", Address("B", None, "1203")),
        ("b座1203", Address("B", None, "1203")),
        ("3栋a单元502a", Address("3", "A", "502A")),
        ("A-2-B301", Address("A", "2", "B301")),
        ("十二栋二单元一二零三", Address("12", "2", "1203")),
        ("二十五幢502", Address("25", None, "502")),
        ("十杠一杠502", Address("10", "1", "502")),
        ("7栋甲单元12室", Address("7", "甲", "12")),
        ("12-3-01", Address("12", "3", "01")),
        ("123-4567", Address("123", None, "4567")),
        (NUMBER, Number(123_456)),
        (NUMBER.replace("-", ""), Number(123_456)),
        (NUMBER.replace("-", " "), Number(123_456)),
        ("编号 " + NUMBER, Number(123_456)),
        ("#" + NUMBER, Number(123_456)),
        ("一二三四五六六", Number(123_456)),
    ],
)
def test_a_household_is_named_in_many_ways(typed: str, household: Address | Number) -> None:
    assert line(f"{typed} 对").household == household
    assert line(f"07:20 {typed}对").household == household
    assert line(f"{typed} 七点半，对").household == household


WORDS = {
    RIGHT: """
        对 對 正确 正確 好 好的 ✅ ✔️ 👍🏻 √ ok OK Ok！ 没问题 不错 没错 合格 队 兑
        投放正确 今天全对 分类正确， ：对。 -对
    """,
    PARTLY: "部分 半对 半對 部分对 基本正确 一般 差不多",
    WRONG: "混投 错 錯 不对 不對 混 ❌ × x X 没分类 混头 浑投 不合格",
}


@pytest.mark.parametrize(
    ("typed", "quality"),
    [(word, quality) for quality, words in WORDS.items() for word in words.split()],
)
def test_a_quality_is_said_in_many_ways(typed: str, quality: Quality) -> None:
    assert line(f"3-1-502 {typed}") == Line(f"3-1-502 {typed}".rstrip("。，"), 0, HOME, quality)
    assert line(f"3栋1单元502室{typed}").quality == quality


def test_the_quality_may_come_first() -> None:
    assert line("混投 3-1-502 塑料袋") == Line(
        "混投 3-1-502 塑料袋", 0, HOME, WRONG, words=("塑料袋",)
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("混投", ()),
        ("混投塑料袋", ("塑料袋",)),
        ("混投，厨余里有玻璃、电池", ("厨余里有玻璃", "电池")),
        ("部分对 可回收", ("可回收",)),
        ("错 厨余 有塑料袋", ("厨余", "有塑料袋")),
        ("錯（塑膠袋）", ("塑膠袋",)),
        ("混投 对面的袋子", ("对面的袋子",)),
        ("混投 7-110电池", ("7-110电池",)),
        ("混投 2斤塑料", ("2斤塑料",)),
        ("混投 ＣＤ", ("ＣＤ",)),
    ],
)
def test_what_was_wrong_is_kept_as_it_was_typed(typed: str, words: tuple[str, ...]) -> None:
    assert line(f"3-1-502 {typed}").words == words


@pytest.mark.parametrize(
    ("typed", "weights"),
    [
        ("厨余1.2kg", (Weight(Stream.FOOD, 1200),)),
        ("对 可回收 3斤", (Weight(Stream.RECYCLABLE, 1500),)),
        ("2公斤", (Weight(None, 2000),)),
        ("对厨余１．２ＫＧ", (Weight(Stream.FOOD, 1200),)),
        ("厨餘1.2公斤 可回收物3斤", (Weight(Stream.FOOD, 1200), Weight(Stream.RECYCLABLE, 1500))),
        ("厨余2斤可回收3斤", (Weight(Stream.FOOD, 1000), Weight(Stream.RECYCLABLE, 1500))),
        ("2斤厨余3斤可回收", (Weight(Stream.FOOD, 1000), Weight(Stream.RECYCLABLE, 1500))),
        ("湿垃圾：三斤", (Weight(Stream.FOOD, 1500),)),
        ("厨余一斤半", (Weight(Stream.FOOD, 750),)),
        ("厨余半斤", (Weight(Stream.FOOD, 250),)),
        ("厨余十二斤", (Weight(Stream.FOOD, 6000),)),
        ("厨余两公斤", (Weight(Stream.FOOD, 2000),)),
        ("厨余300克", (Weight(Stream.FOOD, 300),)),
        ("厨余300g对", (Weight(Stream.FOOD, 300),)),
        ("厨余 对 2kg", (Weight(Stream.FOOD, 2000),)),
        ("厨余0.7斤", (Weight(Stream.FOOD, 350),)),
    ],
)
def test_weights_are_in_grams(typed: str, weights: tuple[Weight, ...]) -> None:
    found = line(f"3-1-502 {typed}")

    assert found.weights == weights
    assert found.streams == ()


def test_streams_may_be_named_without_a_weight() -> None:
    assert line("3-1-502 厨余 可回收 对").streams == (Stream.FOOD, Stream.RECYCLABLE)
    assert line("3-1-502 厨余垃圾对").streams == (Stream.FOOD,)


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("07:20", [time(7, 20)]),
        ("19:20", [time(19, 20)]),
        ("０７：２０", [time(7, 20)]),
        ("7:20", [time(7, 20), time(19, 20)]),
        ("7点20", [time(7, 20), time(19, 20)]),
        ("7點20分", [time(7, 20), time(19, 20)]),
        ("七点半", [time(7, 30), time(19, 30)]),
        ("七点二十五", [time(7, 25), time(19, 25)]),
        ("七点零五分", [time(7, 5), time(19, 5)]),
        ("七点一刻", [time(7, 15), time(19, 15)]),
        ("7点", [time(7), time(19)]),
        ("7点整", [time(7), time(19)]),
        ("十二点", [time(12)]),
        ("18点30", [time(18, 30)]),
        ("早上七点半", [time(7, 30)]),
        ("下午6点20", [time(18, 20)]),
        ("晚上07:20", [time(19, 20)]),
        ("中午一点", [time(13)]),
        ("中午12点10分", [time(12, 10)]),
    ],
)
def test_a_line_may_have_a_time_of_its_own(typed: str, times: list[time]) -> None:
    assert list(line(f"3-1-502 对 {typed}").times) == times
    assert list(line(f"{typed} 3-1-502 混投塑料袋").times) == times
    assert list(line(f"3-1-502 混投 塑料袋 {typed}").times) == times


def test_a_time_and_a_weight_are_told_apart() -> None:
    found = line("3-1-502 对 7点 20斤")

    assert found.times == (time(7), time(19))
    assert found.weights == (Weight(None, 10_000),)


def test_spoken_digits_after_a_typed_room_are_not_a_part_of_it() -> None:
    found = line("3-1-502两斤厨余对")

    assert found.household == HOME
    assert found.weights == (Weight(Stream.FOOD, 1000),)
    assert line("3-1-502一般").quality is PARTLY


def test_without_a_quality_it_is_not_said() -> None:
    assert line("3-1-502").quality is None
    assert line(NUMBER).quality is None
    assert line(f"{NUMBER} 厨余2斤").weights == (Weight(Stream.FOOD, 1000),)


@pytest.mark.parametrize("between", [";", "；", "\n", "\r\n", "。", " ; \n", "\u2028", "；；"])
def test_lines_are_told_apart_by_what_stands_between(between: str) -> None:
    found = lines(f"3-1-502 混投 塑料袋{between}3-1-601 对{between}")

    assert [(each.household, each.quality) for each in found if isinstance(each, Line)] == [
        (HOME, WRONG),
        (NEXT_DOOR, RIGHT),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "3-1-502 混投 塑料袋，3-1-601 对",
        "3-1-502混投塑料袋、3-1-601对",
        "3-1-502 混投, 塑料袋, 3-1-601 对",
        "3栋1单元502混投，3栋1单元601对",
        "3-1-502 混投 3-1-601 对",
        "3-1-502❌3-1-601✅",
        "1. 3-1-502 混投\n2. 3-1-601 对",
        "①3-1-502 混投\n②3-1-601 对",
        "• 3-1-502 混投\n• 3-1-601 对",
        "（1）3-1-502 混投；（2）3-1-601 对",
    ],
)
def test_a_comma_or_nothing_is_enough_where_it_is_clear(typed: str) -> None:
    found = lines(typed)

    assert [(each.household, each.quality) for each in found if isinstance(each, Line)] == [
        (HOME, WRONG),
        (NEXT_DOOR, RIGHT),
    ]


def test_of_households_without_a_unit_none_is_swallowed() -> None:
    found = lines("3-502混投 塑料袋，3-601对，3-701")

    assert [(str(each.household), each.quality) for each in found if isinstance(each, Line)] == [
        ("3-502", WRONG),
        ("3-601", RIGHT),
        ("3-701", None),
    ]


@pytest.mark.parametrize(
    ("typed", "why", "position"),
    [
        ("123-456-0 对", Why.MISTYPED_NUMBER, 0),
        ("1234560", Why.MISTYPED_NUMBER, 0),
        ("3-1-502 3-1-601 对", Why.TWO_HOUSEHOLDS, 8),
        ("3-1-502，3-1-601 对", Why.TWO_HOUSEHOLDS, 8),
        ("3-1-502 混投 塑料袋 3-1-601 对", Why.TWO_HOUSEHOLDS, 15),
        ("3-1-502 混投塑料袋3-1-601混投", Why.TWO_HOUSEHOLDS, 13),
        ("3-1-502 混投/3-1-601 混投", Why.TWO_HOUSEHOLDS, 11),
        ("对 3-1-502，错 3-1-601，对 3-1-701", Why.TWO_HOUSEHOLDS, 12),
        ("对：3-1-502、3-1-601", Why.TWO_HOUSEHOLDS, 10),
        ("3-1-502 对 错", Why.TWO_QUALITIES, 10),
        ("3-1-502 厨余对 可回收错", Why.TWO_QUALITIES, 15),
        ("3-1-502 对 07:20 07:30", Why.TWO_TIMES, 16),
        ("3-1-502 对 25:00", Why.NO_SUCH_TIME, 10),
        ("3-1-502 对 7点75", Why.NO_SUCH_TIME, 10),
        ("3-1-502 对 厨余0kg", Why.NO_SUCH_WEIGHT, 10),
        ("3-1-502 对 厨余1000公斤", Why.NO_SUCH_WEIGHT, 10),
        ("3-1-502 对 2kg 厨余3kg", Why.UNCLEAR_WEIGHT, 0),
        ("3-1-502 厨余 可回收 对 2kg", Why.UNCLEAR_WEIGHT, 0),
        ("3-1-502 对 沙发", Why.UNKNOWN_WORDS, 10),
        ("3-1-502、601 混投", Why.UNKNOWN_WORDS, 8),
        ("3-1-502 混投，601 混投", Why.UNKNOWN_WORDS, 11),
        ("阿姨 3-1-502 对", Why.UNKNOWN_WORDS, 0),
        ("阿姨3-1-502对", Why.UNKNOWN_WORDS, 0),
        ("3-1-502 错了怎么改", Why.QUESTION, 10),
        ("  3-1-502 对 沙发", Why.UNKNOWN_WORDS, 12),
    ],
)
def test_a_line_that_is_not_understood_says_why_and_where(
    typed: str, why: Why, position: int
) -> None:
    assert bad(typed) == (why, position)


def test_a_bad_line_leaves_its_neighbours_alone() -> None:
    first, second, third, fourth = lines("香蕉皮；3-1-502 对；1234560 错；3-1-601 混投 25:00")

    assert first == BadLine("香蕉皮", Why.NO_HOUSEHOLD, 0)
    assert second == Line("3-1-502 对", 4, HOME, RIGHT)
    assert third == BadLine("1234560 错", Why.MISTYPED_NUMBER, 14)
    assert fourth == BadLine("3-1-601 混投 25:00", Why.NO_SUCH_TIME, 35)


def test_every_way_to_be_wrong_is_tried_above() -> None:
    [marks] = test_a_line_that_is_not_understood_says_why_and_where.pytestmark

    assert {why for _, why, _ in marks.args[1]} | {Why.NO_HOUSEHOLD} == set(Why)


QUESTIONS = """
香蕉皮|3号电池|5号电池怎么扔|7-11的咖啡杯|7-11 咖啡杯|7号电池|1号电池 对吗|95号汽油|502胶水|
502胶|3M胶带|对|好|好的|错|❌|✅|ok|不对|混投|混投怎么办|可回收吗|部分|你好。|谢谢；|
13800138000|138-0013-8000|010-12345678|2026-11-25|11-25|
2026/11/25|07:20|7点20|七点半|几点收垃圾|我想预约大件|查积分|3斤厨余|2公斤|厨余1.2kg|
5栋的沙发|3号楼下的垃圾桶满了|3栋1单元门口有沙发|3栋1单元502的沙发不要了|3-1-502的沙发怎么扔|
3-1-502 对吗|3-1-502 对？|12栋2袋垃圾|3栋电梯坏了|一次性杯子|三明治|八宝粥罐|二锅头酒瓶|
一二三木头人|十三香|五粮液瓶子|100-240V充电器|3-5年的药|A4-80g纸|1.5V电池|1/2瓶油漆|
5-10个纸箱|3-502|7-110|12-24V灯泡|USB3-110|3+1|1-2-3|6-1-2电池|
3-1-502?|123-456-7890|1234567890|8812345路公交卡|4006-123-123|
1234567怎么扔|18650-3-1电池|3-1-50℃温度计|90-100ml瓶|3栋502怎么走|
对面3栋502|对 香蕉皮|混投 塑料袋|过期药品；香蕉皮|电池、纸箱|𓀀|3-110电池
""".replace("\n", "").split("|")


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_question_is_no_batch(asked: str) -> None:
    assert parse(asked) is None


WAYS_TO_ASK = (
    "{0}",
    "{0}怎么扔",
    "旧{0}",
    "{0}对吗",
    "{0} 对",
    "混投{0}",
    "{0}；{0}",
    "7-11的{0}",
)


def test_no_name_of_the_catalogue_is_a_batch(shipped_names: tuple[str, ...]) -> None:
    taken = [name for name in shipped_names if parse(name)]

    assert taken == []


@pytest.mark.parametrize("way", WAYS_TO_ASK)
def test_no_question_about_the_catalogue_is_a_batch(
    shipped_names: tuple[str, ...], way: str
) -> None:
    asked = [way.format(name) for name in shipped_names[::8]]

    assert [text for text in asked if parse(text)] == []


@pytest.fixture(scope="session")
def shipped_names() -> tuple[str, ...]:
    return tuple(name for item in Catalogue.load().items for name in item.names)


WORDS_OF_A_LINE = """
3-1-502 3-601 3栋1单元502 1234560 对 错 混投 部分 ✅ 塑料袋 厨余 厨余1.2kg 2斤 两斤 07:20 七点半
25:00 , ， 、 的 吗 . - 怎么 601 三杠一杠五零二 ① x ok （ ）
"""
PARTS = st.sampled_from([NUMBER, *WORDS_OF_A_LINE.split()])
TYPED = st.lists(PARTS | st.just(" "), max_size=8).map("".join)
BETWEEN = st.sampled_from([";", "；", "\n", "。", " ;\n"])
ANCHOR = "9-9-909 对"


def after_the_anchor(text: str) -> tuple[Line | BadLine, ...]:
    """The lines of `text` where it surely is a batch."""
    return lines(f"{ANCHOR};{text}")[1:]


def said(found: tuple[Line | BadLine, ...]) -> list[object]:
    """Everything but where it stands."""
    return [
        (each.text, each.why)
        if isinstance(each, BadLine)
        else (each.text, each.household, each.quality, each.words, each.weights, each.times)
        for each in found
    ]


@given(st.lists(TYPED, min_size=2, max_size=5), BETWEEN)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_no_line_changes_another(typed: list[str], between: str) -> None:
    together = said(after_the_anchor(between.join(typed)))

    assert together == [each for text in typed for each in said(after_the_anchor(text))]


HOUSEHOLDS = st.sampled_from(["3-1-502", "3栋1单元601室", "3-701", "三杠一杠八零一", NUMBER])
GOOD_LINES = st.tuples(
    HOUSEHOLDS,
    st.sampled_from(
        [" 对", "✅", "混投", " 混投 塑料袋", "部分 厨余里有玻璃，还有电池", " 错 07:20"]
    ),
)


@given(
    st.lists(GOOD_LINES, min_size=2, max_size=6), st.sampled_from(["，", "、", ", ", "；", "\n"])
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_commas_between_good_lines_are_as_good_as_semicolons(
    typed: list[tuple[str, str]], between: str
) -> None:
    texts = [household + rest for household, rest in typed]

    assert said(lines(between.join(texts))) == [
        each for text in texts for each in said(lines(text))
    ]


@given(TYPED)
@example(f"x厨余1.2kg错3-601,{NUMBER}")
@example(f"{NUMBER}错3-601")
@example(f"错{NUMBER}三杠一杠五零二")
@example(f"错-{NUMBER} {NUMBER}")
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_line_holds_one_household_and_stands_where_it_says(text: str) -> None:
    batch = parse(text)

    for each in batch.lines if batch else ():
        if isinstance(each, Line):
            assert text[each.position :].startswith(each.text)
            assert len(after_the_anchor(each.text)) == 1
            assert not any(parse(word) for word in each.words)


@given(TYPED)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_wide_signs_are_read_as_narrow_ones(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)

    def read(found: Batch | None) -> list[object]:
        return [
            each[1:-3] if len(each) > 2 else each[1] for each in said(found.lines if found else ())
        ]

    assert read(parse(wide)) == read(parse(text))


@given(st.text() | st.text(st.characters(), max_size=50))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_a_batch_or_is_not(text: str) -> None:
    batch = parse(text)

    assert batch is None or batch.lines
    assert said(lines(f"{ANCHOR};{text}")[:1]) == said(lines(ANCHOR))


@pytest.mark.parametrize(
    "typed",
    [
        "1" * 4096,
        "1 " * 2048,
        "3-" * 2048,
        "3-1-502 混投" + "1" * 4000,
        "3-1-502 混投" + "十" * 4000,
        "3-1-502 " + "一斤" * 2000,
        "3-1-502 " + "厨余" * 2000,
        "3-1-502 " + "7点" * 2000,
        "混投" * 2048,
        "，" * 4096,
        ";" * 4096,
        "3-1-502对" * 500,
    ],
)
def test_a_flood_takes_no_longer_than_a_blink(typed: str) -> None:
    parse("3-1-502 对")

    spent = []
    for _ in range(3):
        began = clock.process_time()
        parse(typed)
        spent.append(clock.process_time() - began)

    assert min(spent) < 0.25


def test_a_whole_morning_is_read_in_one_go() -> None:
    typed = "；".join(f"{building}-1-502 对" for building in range(1, 301))

    assert len(batches.parse(typed).lines) == 300
