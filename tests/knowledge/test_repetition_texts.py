"""Repetitions as people write them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import repetition_texts
from knowledge.repetition_texts import EndsTooSoon, NotARepetition, read, write
from knowledge.repetitions import LAST, Monthly, NthWeekday, Repetition, Weekly

TODAY = date(2026, 11, 25)

RULES: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        Weekly,
        st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda d: tuple(sorted(d))),
        st.integers(1, 12),
    ),
    st.builds(
        Monthly,
        st.lists(st.one_of(st.just(LAST), st.integers(1, 31)), min_size=1, max_size=10,
                 unique=True)
        .map(lambda d: tuple(sorted(d, key=lambda n: (n == LAST, n)))),
    ),
    st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6)),
)  # fmt: skip
SPANS = st.tuples(
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2030, 1, 1), date(2040, 1, 1)),
)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("每周六 9:00", "every sat 09:00"),
        ("每周六９：００", "every sat 09:00"),
        ("9点 每周六", "every sat 09:00"),
        ("每个星期天下午3点", "every sun 15:00"),
        ("每周一三五 8:30", "every mon, wed, fri 08:30"),
        ("每周一、周三和周五 早上8点半", "every mon, wed, fri 08:30"),
        ("每周一到周五 18:00", "every mon, tue, wed, thu, fri 18:00"),
        ("每两周周六 9:00", "every 2 weeks on sat 09:00"),
        ("每2周的周六 9:00", "every 2 weeks on sat 09:00"),
        ("隔周周六 9:00", "every 2 weeks on sat 09:00"),
        ("每隔一周周六 9:00", "every 2 weeks on sat 09:00"),
        ("每天 9:00", "every mon, tue, wed, thu, fri, sat, sun 09:00"),
        ("每月15号", "every month on 15"),
        ("每月十五号 晚上7点半", "every month on 15 19:30"),
        ("每月1号、15号 9:00", "every month on 1, 15 09:00"),
        ("每月最后一天 9:00", "every month on last 09:00"),
        ("每月底 10点", "every month on last 10:00"),
        ("每月第一个周五 19:30", "first fri of every month 19:30"),
        ("每个月第2个星期五 19:30", "second fri of every month 19:30"),
        ("每月最后一个周日 9:00", "last sun of every month 09:00"),
        ("从12月5日起每周六 9:00", "every sat 09:00 from 2026-12-05"),
        ("每周六 9:00 到1月31日为止", "every sat 09:00 until 2027-01-31"),
        (
            "每周六 9:00 从12月5日起 到2027年6月30日",
            "every sat 09:00 from 2026-12-05 until 2027-06-30",
        ),
        ("从12月5日起 每周六 9:00 到1月9日", "every sat 09:00 from 2026-12-05 until 2027-01-09"),
        ("every Saturday 9:00", "every sat 09:00"),
        ("Every Sat and Sun at 9 am", "every sat, sun 09:00"),
        ("fri-mon 9:00", "every mon, fri, sat, sun 09:00"),
        ("every weekday 9:00", "every mon, tue, wed, thu, fri 09:00"),
        ("every other Saturday 9:00", "every 2 weeks on sat 09:00"),
        ("every three weeks on Sunday 9:00", "every 3 weeks on sun 09:00"),
        ("the 15th of each month at 7:30 pm", "every month on 15 19:30"),
        ("the last day of every month 9:00", "every month on last 09:00"),
        ("first Friday of each month 19:30", "first fri of every month 19:30"),
        ("every first Friday 19:30", "first fri of every month 19:30"),
        ("last Sunday of the month, 9:00", "last sun of every month 09:00"),
    ],
)
def test_what_is_written_is_what_is_meant(words: str, meant: str) -> None:
    assert write(read(words, TODAY)) == meant


@pytest.mark.parametrize(
    "words",
    [
        "", "香蕉皮", "9:00", "每周", "每周八 9:00", "每50周周六 9:00", "每0周周六", "每月32号",
        "每月0号", "每月第五个周五", "每月第0个周五", "每周六 25:00", "每周六 9:60",
        "每周六 9:00 10:00", "每周六 9:00-11:00", "每周六 9:00 到2月30日", "每周六 9:00 然后",
        "every second Friday 9:00", "every 13 weeks on mon", "每月1号到15号", "٣号",
        "每月" + "、".join(f"{n}号" for n in range(1, 12)), "每周六" * 100,
    ],
)  # fmt: skip
def test_anything_else_is_none(words: str) -> None:
    with pytest.raises(NotARepetition):
        read(words, TODAY)


def test_it_does_not_end_before_it_begins() -> None:
    with pytest.raises(EndsTooSoon):
        read("每周六 9:00 从2027-12-05起 到2027-06-30", TODAY)


@settings(deadline=None)
@given(RULES, st.none() | st.integers(0, 1439), SPANS)
def test_what_is_kept_is_read_as_it_was_meant(
    rule: Any, minute: int | None, span: tuple[date | None, date | None]
) -> None:
    repetition = Repetition(rule, minute, *span)

    written = write(repetition)

    assert len(written) <= repetition_texts.LONGEST
    assert repetition_texts.kept(written) == repetition
    assert read(written, TODAY) == repetition


PIECES = st.sampled_from(
    [
        "每", "周", "星期", "六", "日", "月", "第", "一", "个", "最后", "天", "号", "15", "31",
        "9:00", "点", "半", "到", "从", "12月5日", "起", " ", "、", "every ", "sat", "last ",
        "of ", "month ", "on ", "2", "am", "until ", "-", "隔", "底", "\0", "９", "٣",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=300))
def test_whatever_is_typed_is_a_repetition_or_is_not(words: str) -> None:
    try:
        found = read(words, TODAY)
    except (NotARepetition, EndsTooSoon):
        return
    assert repetition_texts.kept(write(found)) == found


@pytest.mark.parametrize(("words", "minute"), [("9:00", 540), ("晚上7点半", 1170), ("9 am", 540)])
def test_a_time_alone(words: str, minute: int) -> None:
    assert repetition_texts.read_time(words) == minute


@pytest.mark.parametrize("words", ["", "9", "25:00", "周六 9:00", "9:00 10:00"])
def test_what_is_no_time(words: str) -> None:
    with pytest.raises(NotARepetition):
        repetition_texts.read_time(words)
