"""A drop-off is worth what the tariff of its area says, and never more than the day's cap."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import stream_names
from knowledge.cells import BadCell
from knowledge.qualities import Quality
from knowledge.streams import Stream
from knowledge.tariff import Award, Tariff, award
from knowledge.tariff_texts import MOST_POINTS, Wrong, parse, write

TEXT = "visit 2; right 3; partly 1; wrong 0; kg recyclable 5; kg food 0.5; day 20"
TARIFF = parse(TEXT)


@pytest.mark.parametrize(
    ("quality", "grams", "points"),
    [
        (Quality.RIGHT, {}, 5),
        (Quality.PARTLY, {}, 3),
        (Quality.WRONG, {}, 0),
        (Quality.WRONG, {Stream.RECYCLABLE: 9000}, 0),
        (Quality.RIGHT, {Stream.RECYCLABLE: 1000}, 10),
        (Quality.RIGHT, {Stream.RECYCLABLE: 199}, 5),
        (Quality.RIGHT, {Stream.RECYCLABLE: 200}, 6),
        (Quality.RIGHT, {Stream.FOOD: 1999}, 5),
        (Quality.RIGHT, {Stream.FOOD: 2000}, 6),
        (Quality.RIGHT, {Stream.HAZARDOUS: 5000}, 5),
        (Quality.PARTLY, {Stream.FOOD: 2000}, 4),
    ],
)
def test_visit_quality_and_weight_are_added(
    quality: Quality, grams: dict[Stream, int], points: int
) -> None:
    assert award(TARIFF, quality, grams) == Award(points)


def test_the_weights_are_rounded_down_together_and_not_one_by_one() -> None:
    halves = {Stream.RECYCLABLE: 100, Stream.FOOD: 1000}

    assert award(TARIFF, Quality.RIGHT, halves) == Award(6)


@pytest.mark.parametrize(
    ("already_today", "points"), [(0, 5), (15, 5), (16, 4), (19, 1), (20, 0), (25, 0)]
)
def test_the_day_ends_at_its_cap(already_today: int, points: int) -> None:
    assert award(TARIFF, Quality.RIGHT, already_today=already_today) == Award(points)


def test_a_wrong_one_may_freeze_what_a_right_one_would_have_given() -> None:
    freezing = parse("visit 2; right 3; wrong freeze; kg food 1; day 7")
    grams = {Stream.FOOD: 1000}

    assert award(freezing, Quality.WRONG, grams) == Award(6, is_frozen=True)
    assert award(freezing, Quality.WRONG, grams, already_today=3) == Award(4, is_frozen=True)
    assert award(freezing, Quality.RIGHT, grams) == Award(6)


def test_a_wrong_one_may_give_something() -> None:
    assert award(parse("visit 2; right 3; partly 2; wrong 1"), Quality.WRONG) == Award(1)


def test_a_tariff_that_says_nothing_gives_nothing() -> None:
    assert award(parse(""), Quality.RIGHT, {Stream.FOOD: 1000}) == Award(0)


POINTS = st.integers(0, MOST_POINTS)
GRAMS = st.dictionaries(st.sampled_from(Stream), st.integers(0, 1_000_000))


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    wrong, partly, right = sorted(draw(st.tuples(POINTS, POINTS, POINTS)))
    per_tonne = st.dictionaries(st.sampled_from(Stream), st.integers(0, MOST_POINTS * 1000))
    return Tariff(
        visit=draw(POINTS),
        right=right,
        partly=partly,
        wrong=draw(st.sampled_from([None, wrong])),
        per_tonne=MappingProxyType(draw(per_tonne)),
        day=draw(st.none() | POINTS),
        quiz=draw(POINTS),
    )


@given(tariffs(), st.sampled_from(Quality), GRAMS, st.integers(0, 2 * MOST_POINTS))
def test_points_are_never_negative_and_never_above_the_cap(
    tariff: Tariff, quality: Quality, grams: dict[Stream, int], already_today: int
) -> None:
    given_now = award(tariff, quality, grams, already_today=already_today)

    assert given_now.points >= 0
    if tariff.day is not None:
        assert given_now.points + already_today <= max(tariff.day, already_today)
    assert given_now.is_frozen == (quality is Quality.WRONG and tariff.wrong is None)


@given(tariffs(), st.sampled_from(Quality), GRAMS, st.sampled_from(Stream), st.integers(0, 10**6))
def test_more_weight_never_gives_less(
    tariff: Tariff, quality: Quality, grams: dict[Stream, int], stream: Stream, more: int
) -> None:
    heavier = {**grams, stream: grams.get(stream, 0) + more}

    assert award(tariff, quality, heavier).points >= award(tariff, quality, grams).points


@given(tariffs(), GRAMS, st.integers(0, MOST_POINTS))
def test_better_sorting_never_gives_less(
    tariff: Tariff, grams: dict[Stream, int], already_today: int
) -> None:
    right, partly, wrong = (
        award(tariff, quality, grams, already_today=already_today)
        for quality in (Quality.RIGHT, Quality.PARTLY, Quality.WRONG)
    )

    assert right.points >= partly.points
    assert partly.points >= wrong.points or wrong.is_frozen


@given(tariffs(), GRAMS)
def test_a_day_in_parts_gives_no_more_than_the_cap(
    tariff: Tariff, grams: dict[Stream, int]
) -> None:
    had = 0
    for _ in range(5):
        had += award(tariff, Quality.RIGHT, grams, already_today=had).points

    assert tariff.day is None or had <= tariff.day


@given(tariffs())
def test_a_tariff_that_is_written_and_read_is_the_same(tariff: Tariff) -> None:
    assert parse(write(tariff)) == tariff


def test_it_is_written_as_staff_write_it() -> None:
    assert write(TARIFF) == (
        "visit 2; right 3; partly 1; wrong 0; kg recyclable 5; kg food 0.5; day 20"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("每次２分；正确：３；半对 1；错误 冻结", "visit 2; right 3; partly 1; wrong freeze"),
        ("每公斤 可回收物 5分；每公斤厨余 0.50", "kg recyclable 5; kg food 0.5"),
        ("每日上限20", "day 20"),
        ("答题3分；day 20", "day 20; quiz 3"),
        ("KG wet waste 1.005; Day=0", "kg food 1.005; day 0"),
        ("right 3\nvisit 2", "visit 2; right 3; partly 0; wrong 0"),
    ],
)
def test_other_ways_to_write_it(written: str, meant: str) -> None:
    assert parse(written) == parse(meant)


@pytest.mark.parametrize(
    ("text", "wrong", "position", "piece"),
    [
        ("visit 2; gold 3", Wrong.UNKNOWN_WORD, 9, "gold 3"),
        ("visits 2", Wrong.UNKNOWN_WORD, 0, "visits 2"),
        ("visit 2; visit 2", Wrong.TWICE, 9, "visit 2"),
        ("kg food 1; kg 湿垃圾 1000", Wrong.TWICE, 11, "kg 湿垃圾 1000"),
        ("kg gold 3", Wrong.UNKNOWN_STREAM, 3, "gold 3"),
        ("kg 3", Wrong.UNKNOWN_STREAM, 3, "3"),
        ("right", Wrong.NO_NUMBER, 5, ""),
        ("right freeze", Wrong.NO_NUMBER, 6, "freeze"),
        ("right -1", Wrong.NO_NUMBER, 6, "-1"),
        ("kg food", Wrong.NO_NUMBER, 7, ""),
        ("right 1.5", Wrong.NOT_WHOLE, 6, "1.5"),
        ("kg food 0.0001", Wrong.NOT_WHOLE, 8, "0.0001"),
        ("day 100001", Wrong.TOO_MANY, 4, "100001"),
        ("day " + "9" * 5000, Wrong.TOO_MANY, 4, "9" * 5000),
        ("right 1; partly 2", Wrong.UNFAIR, 0, "right 1; partly 2"),
        ("right 1; wrong 1", Wrong.UNFAIR, 0, "right 1; wrong 1"),
    ],
)
def test_a_bad_text_says_what_is_wrong_and_where(
    text: str, wrong: Wrong, position: int, piece: str
) -> None:
    with pytest.raises(BadCell) as caught:
        parse(text)

    found = caught.value
    assert (found.kind, found.position, found.piece) == (wrong, position, piece)


def test_every_way_to_be_wrong_is_tried_above() -> None:
    [marks] = test_a_bad_text_says_what_is_wrong_and_where.pytestmark

    assert {wrong for _, wrong, _, _ in marks.args[1]} == set(Wrong)


WORDS = "visit right wrong kg food freeze 1 0.5 day ; : 每次 每公斤 厨余 分 x"
TEXTS = st.text() | st.lists(st.sampled_from(WORDS.split())).map(" ".join)


@given(TEXTS)
def test_any_text_is_a_tariff_or_says_where_it_is_wrong(text: str) -> None:
    match read(text):
        case BadCell(kind=kind, position=position):
            assert kind in set(Wrong)
            assert 0 <= position <= len(text)
        case Tariff() as tariff:
            assert parse(write(tariff)) == tariff


def read(text: str) -> Tariff | BadCell:
    try:
        return parse(text)
    except BadCell as bad:
        return bad


@pytest.mark.parametrize(
    ("name", "stream"),
    [
        ("厨余", Stream.FOOD),
        ("湿垃圾", Stream.FOOD),
        ("可回收物", Stream.RECYCLABLE),
        ("Dry waste", Stream.RESIDUAL),
        ("有害", Stream.HAZARDOUS),
        ("renovation", Stream.RENOVATION),
        ("香蕉皮", None),
    ],
)
def test_a_stream_has_the_names_of_every_scheme(name: str, stream: Stream | None) -> None:
    assert stream_names.named(name) == stream


def test_no_name_is_that_of_two_streams() -> None:
    for name, stream in stream_names.by_name().items():
        assert stream_names.named(name) is stream
