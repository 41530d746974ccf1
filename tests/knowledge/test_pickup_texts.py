"""How bulky things are collected, as staff write it into a cell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import schedule_words
from knowledge.cells import BadCell
from knowledge.pickup_texts import MOST, MOST_DAYS, MOST_WORKDAYS, Wrong, parse, write, yuan
from knowledge.pickups import NONE, Cost, Rules
from knowledge.schedules import Day

TEXT = (
    "days mo-fr; households 40; items 120; ahead 1-28; per-booking 5; free 2; price 20; "
    "cutoff 14:00 1; lock 1"
)


def test_what_is_left_out_is_as_everywhere() -> None:
    assert parse("") == Rules() == parse(TEXT)
    assert parse("households 12") == replace(Rules(), households=12)


def test_it_is_written_as_staff_write_it() -> None:
    assert write(Rules()) == TEXT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("收运日 周二、周五,补班；每日户数：20户", "days tu,fr,makeup; households 20"),
        ("每日件数=60件；提前2至14天；每次最多3件", "items 60; ahead 2-14; per-booking 3"),
        ("每年免费1件；超出每件 7.5元", "free 1; price 7.50"),
        ("截止 12:00 2个工作日; 锁定 3天", "cutoff 12:00 2; lock 3"),
        ("Cut-off 9:30\nPER BOOKING 4", "cutoff 09:30 1; per-booking 4"),
        ("不收运", "households 0; items 0"),
        ("none", "households 0; items 0"),
    ],
)
def test_other_ways_to_write_it(written: str, meant: str) -> None:
    assert parse(written) == parse(meant)


def test_where_nothing_is_collected_nothing_is_offered() -> None:
    assert parse("none") == NONE
    assert not NONE.are_offered
    assert not parse("items 0").are_offered
    assert parse("").are_offered


@pytest.mark.parametrize(
    ("text", "wrong", "position", "piece"),
    [
        ("households 4; gold 3", Wrong.UNKNOWN_WORD, 14, "gold 3"),
        ("none at all", Wrong.UNKNOWN_WORD, 5, "at all"),
        ("free 2; 免费 2", Wrong.TWICE, 8, "免费 2"),
        ("none; none", Wrong.TWICE, 6, "none"),
        ("households many", Wrong.NO_NUMBER, 11, "many"),
        ("households -1", Wrong.NO_NUMBER, 11, "-1"),
        ("price 1.255", Wrong.NO_NUMBER, 6, "1.255"),
        ("free 1.5", Wrong.NOT_WHOLE, 5, "1.5"),
        ("households 10001", Wrong.TOO_MANY, 11, "10001"),
        ("ahead 1-366", Wrong.TOO_MANY, 6, "1-366"),
        ("cutoff 14:00 11", Wrong.TOO_MANY, 7, "14:00 11"),
        ("ahead 28", Wrong.NO_SPAN, 6, "28"),
        ("ahead 28-1", Wrong.BACKWARDS, 6, "28-1"),
        ("cutoff 14", Wrong.NO_CLOCK, 7, "14"),
        ("cutoff 24:00", Wrong.NO_CLOCK, 7, "24:00"),
        ("cutoff 14:00 0", Wrong.NO_CLOCK, 7, "14:00 0"),
        ("per-booking 0", Wrong.NOTHING_IN_IT, 0, "per-booking 0"),
        ("items 4", Wrong.NOTHING_IN_IT, 0, "items 4"),
        ("days", schedule_words.Wrong.NO_DAYS, 4, ""),
        ("free 2; days mo-gold", schedule_words.Wrong.UNKNOWN_WORD, 16, "gold"),
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

    assert {wrong for _, wrong, _, _ in marks.args[1]} >= set(Wrong)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    first, last = sorted(draw(st.tuples(*[st.integers(0, MOST_DAYS)] * 2)))
    items = draw(st.integers(1, MOST))
    return Rules(
        days=frozenset(draw(st.sets(st.sampled_from(Day), min_size=1))),
        households=draw(st.integers(0, MOST)),
        items=items,
        first_day=first,
        last_day=last,
        per_booking=draw(st.integers(1, items)),
        free=draw(st.integers(0, MOST)),
        price=draw(st.integers(0, MOST * 100)),
        cut_off_minute=draw(st.integers(0, 24 * 60 - 1)),
        cut_off_workdays=draw(st.integers(1, MOST_WORKDAYS)),
        lock_days=draw(st.integers(0, MOST_DAYS)),
    )


@given(rules())
def test_rules_that_are_written_and_read_are_the_same(some: Rules) -> None:
    assert parse(write(some)) == some


WORDS = (
    "days mo-fr households items ahead 1-28 free 2 price 7.5 cutoff 14:00 1 lock none ; 户数 件 x"
)


@given(st.text() | st.lists(st.sampled_from(WORDS.split())).map(" ".join))
def test_any_text_is_rules_or_says_where_it_is_wrong(text: str) -> None:
    match read(text):
        case BadCell(kind=kind, position=position):
            assert kind in {*Wrong, *schedule_words.Wrong}
            assert 0 <= position <= len(text)
        case Rules() as found:
            assert parse(write(found)) == found


def read(text: str) -> Rules | BadCell:
    try:
        return parse(text)
    except BadCell as bad:
        return bad


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "0"), (2000, "20"), (750, "7.50"), (5, "0.05"), (100, "1")]
)
def test_money_is_shown_in_yuan(fen: int, shown: str) -> None:
    assert yuan(fen) == shown


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 10))
def test_what_is_free_is_used_up_first_and_the_rest_is_paid(
    items: int, used: int, free: int
) -> None:
    cost = Rules(free=free, price=750).cost(items, used)

    assert cost == Cost(min(items, max(0, free - used)), cost.fen)
    assert cost.fen == (items - cost.free) * 750
    assert used + cost.free <= max(free, used)
