"""How names sound, so that a wrong character of the same sound, or plain pinyin, is understood."""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice, product

from knowledge import wording

MOST_READINGS = 3
"""Of one character in pinyin."""

MOST_SOUNDS = 2
"""Of one character in a name; rarer ones would only make strange words alike."""

MOST_VARIANTS = 6
"""Of one name in which several characters are read in several ways."""

FIRST_CODE = 0xE000
"""Syllables are stood for by private characters, so that sounds compare as fast as text."""

UNCLEAR = re.compile(r"^(?:zh|ch|sh|n|f(?!u))|(?<=[aei]n)g$")
HEARD_AS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "f": "h", "g": ""}
"""What many people, and speech recognition, do not tell apart."""


class Ear:
    """Hears names as strings of one private character a syllable."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._slurred: dict[str, str] = {}
        self._usual: dict[str, str] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    def usual(self, name: str) -> str:
        """The likeliest way a normalised name sounds."""
        for character in name:
            if character not in self._usual:
                self._usual[character] = self._coded(character)[0]
        return "".join([self._usual[character] for character in name])

    def sounds(self, name: str) -> tuple[str, ...]:
        """The ways a normalised name may sound, likeliest first; Latin letters stay."""
        return _variants(name, self._coded)

    def slur(self, sound: str) -> str:
        """`sound` with the syllables made one that many people do not tell apart."""
        slurred = self._slurred
        return "".join([slurred.get(code, code) for code in sound])

    def _coded(self, character: str) -> tuple[str, ...]:
        known = self._known.get(character)
        if known is None:
            known = (character,)
            if wording.is_ideograph(character):
                known = tuple(map(self._code, syllables(character)[:MOST_SOUNDS]))
            self._known[character] = known
        return known

    def _code(self, syllable: str) -> str:
        code = self._codes.get(syllable)
        if code is None:
            code = self._codes[syllable] = chr(FIRST_CODE + len(self._codes))
            slurred = UNCLEAR.sub(lambda match: HEARD_AS[match[0]], syllable)
            self._slurred[code] = code if slurred == syllable else self._code(slurred)
        return code


def pinyin(name: str) -> tuple[str, ...]:
    """A normalised name in toneless pinyin without spaces; several if read in several ways."""
    return _variants(name, syllables)


@cache
def syllables(character: str) -> tuple[str, ...]:
    """The toneless syllables of a character, likeliest first; other characters as they are."""
    if not wording.is_ideograph(character):
        return (character,)
    spelled = _readings().get(ord(character), character)
    return tuple(dict.fromkeys(map(_toneless, spelled.split(","))))[:MOST_READINGS]


def _variants(name: str, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    ways = [read(character) for character in name]
    if all(len(way) == 1 for way in ways):
        return ("".join([way[0] for way in ways]),)
    every = product(*ways)
    return tuple("".join(parts) for parts in islice(every, MOST_VARIANTS))


def _toneless(syllable: str) -> str:
    """The bare letters; "ü" is typed as "u" or "v", so both become "u"."""
    letters = unicodedata.normalize("NFKD", syllable)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _readings() -> Mapping[int, str]:
    """Syllables with their tones by code point."""
    # Its dictionary of phrases takes 40 MiB and 0.1 s, and helps whole texts, not names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT
