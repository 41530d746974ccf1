"""However a word is decorated, it is the same word."""

import pytest

from knowledge import wording


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("　Ｐｉｚｚａ　盒 ", "pizza 盒"),
        ("過期麵包", "过期面包"),
        ("香\u200b蕉\u2060皮\ufeff", "香蕉皮"),
        ("\u202e香蕉皮\u202c", "香蕉皮"),
        ("香\u0301\u0301\u0301蕉\u0489皮", "香蕉皮"),
        ("Café", "cafe"),
        ("香蕉皮\r\n杂志", "香蕉皮 杂志"),
        ("☂\ufe0f", "☂"),
        ("👍🏽", "👍"),
        ("①", "1"),
        ("\x00\x07", ""),
        ("\ud800", ""),
    ],
)
def test_decoration_is_taken_off(typed: str, plain: str) -> None:
    assert wording.plain(typed) == plain


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("“香蕉皮”！", "香蕉皮"),
        ("nail-polish remover", "nailpolishremover"),
        ("🍌", "🍌"),
        ("5号 电池", "5号电池"),
        ("？！…", ""),
    ],
)
def test_a_key_has_letters_digits_and_pictures_only(typed: str, key: str) -> None:
    assert wording.key(typed) == key


def test_a_letter_that_unfolds_to_eighteen_does_not_make_a_text_longer() -> None:
    assert len(wording.plain("\ufdfa" * 5000)) <= wording.LONGEST
