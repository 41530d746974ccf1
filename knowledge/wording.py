"""One form for what people type, so that full-width, traditional or decorated text is the same."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

LONGEST = 1024
"""Characters of a message that are looked at; Telegram sends up to 4,096."""

RECENT = 64
"""Texts that are remembered in their plain form: one message is looked at in several ways."""

IDEOGRAPHS = ("\u3400", "\u9fff")
PICTURES = ("\U0001f000", "\U0001fbff")


ALREADY_PLAIN = re.compile(r"[0-9a-z\u4e00-\u9fff]+")


@lru_cache(RECENT)
def plain(text: str) -> str:
    """`text` in simplified characters and lower case, without invisible or stacked marks."""
    # Most names and questions are like this; it saves nine tenths of the time.
    if ALREADY_PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text if text.isascii() else _simplified().convert(text)
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    if not (text.isascii() and text.isprintable()):
        decomposed = unicodedata.normalize("NFKD", text)
        kept = "".join(map(_kept, decomposed))
        text = _simplified().convert(unicodedata.normalize("NFC", kept))
    return " ".join(text.casefold().split())


def key(text: str) -> str:
    """What two spellings of one name have in common: `plain` letters, digits and pictures."""
    text = plain(text)
    # What is letters and characters already stays; that is nearly every name.
    return text if ALREADY_PLAIN.fullmatch(text) else "".join(filter(_counts, text))


def has_ideographs(text: str) -> bool:
    """Whether there is at least one Chinese character in `text`."""
    return any(map(is_ideograph, text))


def is_ideograph(character: str) -> bool:
    """Whether `character` is a Chinese one."""
    return IDEOGRAPHS[0] <= character <= IDEOGRAPHS[1]


def is_picture(character: str) -> bool:
    """Whether `character` is an emoji or another pictograph."""
    # Emoji newer than this Python's tables have no category yet.
    return PICTURES[0] <= character <= PICTURES[1] or unicodedata.category(character) == "So"


def _kept(character: str) -> str:
    """The character itself, a space for a break in the line, nothing for what has no shape."""
    category = unicodedata.category(character)
    if category == "Cc":
        return " " if character in "\t\n\r\v\f" else ""
    # Marks: accents, zalgo, variation selectors, keycaps; skin tones are "Sk".
    if category in ("Cf", "Cs", "Co", "Mn", "Me", "Sk"):
        return ""
    return "" if category == "Cn" and not is_picture(character) else character


def _counts(character: str) -> bool:
    return character.isalnum() or is_picture(character)


@cache
def _simplified() -> opencc.OpenCC:
    """The converter to simplified characters; it reads its tables when first needed."""
    return opencc.OpenCC("t2s")
