"""What volunteers write in haste, sign by sign in one form, and the numbers in it."""

import unicodedata
from functools import lru_cache

from knowledge import wording

SIGNS = {
    **dict.fromkeys("\n\r\v\f\u0085\u2028\u2029。", ";"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("‐‑‒–—―−－杠", "-"),
    **dict.fromkeys("!！~～\ufe0f", " "),
    **dict(zip("〇一二三四五六七八九", "０１２３４５６７８９", strict=True)),
    "零": "０",
    "○": "０",
    "幺": "１",
    "两": "２",
}

"""Spoken digits become wide ones: "502两斤" is room 502, and not 5022."""

NARROW = str.maketrans("０１２３４５６７８９", "0123456789")

SPOKEN_OR_TYPED = r"(?:[０-９]?十[０-９]?|[０-９]{1,3}|[0-9]{1,3})"
"""A number up to 99 or of three digits; "二十五" is "２十５" by now."""


def plain(text: str) -> str:
    """`text` narrow, simplified and with digits, each sign where it was."""
    return "".join(map(_plain_sign, text))


def number(digits: str) -> int:
    """What such a number counts."""
    tens, ten, ones = narrow(digits).rpartition("十")
    return (int(tens or 1) * 10 if ten else 0) + int(ones or 0)


def narrow(digits: str) -> str:
    """The same with all digits as if they were typed."""
    return digits.translate(NARROW)


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    if sign in SIGNS:
        return SIGNS[sign]
    if unicodedata.category(sign) == "No":
        # "①" before a line is no digit of what follows.
        return sign
    found = wording.plain(sign)
    # What has no shape of its own, such as the skin of a thumb, is a gap.
    plain = " " if not found else found if len(found) == 1 else sign
    return SIGNS.get(plain, plain)
