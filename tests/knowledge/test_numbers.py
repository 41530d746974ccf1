"""The short number on a door card notices what people mistype."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import numbers
from knowledge.numbers import DAMM, SERIALS, BadNumber, NotANumber, WrongCheckDigit, make, parse

SERIAL = st.integers(0, SERIALS - 1)


def test_a_number_is_six_digits_and_their_check_digit() -> None:
    # 5724 is the usual example of Damm's algorithm.
    assert make(572) == "000-572-4"
    assert make(0) == "000-000-0"
    assert make(999_999).startswith("999-999-")


@given(SERIAL)
def test_a_number_that_is_made_and_read_is_the_same(serial: int) -> None:
    assert parse(make(serial)) == serial


@pytest.mark.parametrize(
    "typed",
    [
        "0005724",
        "000 572 4",
        " 000-5724 ",
        "0005-724",
        "０００－５７２－４",
        "000—572—4",
        "000.572.4",
        "零零零 五七二 四",
        "〇〇〇杠五七二杠四",
        "0 0 0 5 7 2 4",
    ],
)
def test_it_may_be_typed_in_many_ways(typed: str) -> None:
    assert parse(typed) == 572


def test_one_is_said_in_two_ways() -> None:
    digits = make(112_211)
    spoken = digits.replace("1", "幺").replace("2", "两")

    assert parse(spoken) == 112_211


@pytest.mark.parametrize(
    "typed", ["", "572", "00057244", "000-572-x", "000+572+4", "٠٠٠٥٧٢٤", "²³00572", "香蕉皮"]
)
def test_what_is_not_seven_digits_is_no_number(typed: str) -> None:
    with pytest.raises(NotANumber):
        parse(typed)


SAMPLE = [*range(1000), *Random(7).sample(range(SERIALS), 2000)]


def test_every_single_wrong_digit_is_noticed() -> None:
    for serial in SAMPLE:
        digits = make(serial).replace("-", "")
        for at, digit in enumerate(digits):
            for other in set("0123456789") - {digit}:
                assert is_refused(digits[:at] + other + digits[at + 1 :])


def test_every_two_neighbours_that_changed_places_are_noticed() -> None:
    for serial in SAMPLE:
        digits = make(serial).replace("-", "")
        for at, (one, other) in enumerate(pairwise(digits)):
            if one != other:
                assert is_refused(digits[:at] + other + one + digits[at + 2 :])


def test_the_table_is_a_quasigroup_that_notices_swaps() -> None:
    rows = [[int(digit) for digit in row] for row in DAMM]

    for row, column in zip(rows, zip(*rows, strict=True), strict=True):
        assert set(row) == set(column) == set(range(10))
    for state in range(10):
        assert rows[state][state] == 0
        for one in range(10):
            for other in range(one):
                assert rows[rows[state][one]][other] != rows[rows[state][other]][one]


@given(st.text(max_size=20) | st.text("0123456789-", min_size=7, max_size=9))
def test_any_text_is_a_number_or_is_not(text: str) -> None:
    try:
        serial = parse(text)
    except BadNumber as bad:
        serial = None
        is_known = isinstance(bad, NotANumber | WrongCheckDigit)
    else:
        is_known = 0 <= serial < SERIALS

    assert is_known


def is_refused(digits: str) -> bool:
    try:
        numbers.parse(digits)
    except WrongCheckDigit:
        return True
    return False
