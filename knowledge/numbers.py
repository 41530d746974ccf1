"""The short number on a door card: six digits and one that checks them, "123-456-7".

The check digit is Damm's: one wrong digit is always noticed, and so are two neighbours that
changed places.
"""

import re

SERIALS = 1_000_000

DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""A quasigroup of order ten without a fixed weakness: the next state, by state and digit."""

DIGITS = {
    **{wide: narrow for narrow in "0123456789" for wide in (narrow, chr(ord(narrow) + 0xFEE0))},
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    "零": "0",
    "幺": "1",
    "两": "2",
    "兩": "2",
}
"""Digits as they are typed or spoken; "yāo" is how a one is said in a number."""

SEPARATORS = re.compile(r"[\s\-_.·‐‑‒–—―−－＿．杠]+")
LENGTH = 7


class BadNumber(ValueError):
    """The text is no short number."""


class NotANumber(BadNumber):
    """It does not have seven digits, or has something else in it."""


class WrongCheckDigit(BadNumber):
    """One of its digits must be wrong."""


def make(serial: int) -> str:
    """The short number of a household: "123-456-7"."""
    assert 0 <= serial < SERIALS
    digits = f"{serial:06}"
    return f"{digits[:3]}-{digits[3:]}-{_check(digits)}"


def parse(text: str) -> int:
    """The serial in a number as somebody typed it, or one of `BadNumber`."""
    digits = "".join(DIGITS.get(sign, sign) for sign in SEPARATORS.sub("", text))
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdecimal()):
        raise NotANumber
    if _check(digits) != 0:
        raise WrongCheckDigit
    return int(digits[:-1])


def _check(digits: str) -> int:
    """The digit that makes the whole come out as nought."""
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return state
