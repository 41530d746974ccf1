"""Other ways to write what somebody typed: pictures as words, doubled characters once, and
the words of dialects as the standard language has them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from pathlib import Path
from typing import Self

from knowledge import phrases, tables, wording
from knowledge.names import Names
from knowledge.tables import Problems, Row

DATA = Path(__file__).parent / "data"
FILE = DATA / "pictures.csv"
HEADER = ("picture", "words")

DIALECT_FILE = DATA / "dialect.csv"
DIALECT_HEADER = ("said", "means")

MOST_READINGS = 8
"""Of one text with several pictures, each of which stands for several words."""

MOST_PICTURES = 6
"""In a text that is read as words; with more of them it is a picture story."""

DOUBLED = re.compile(r"([\u4e00-\u9fff])\1")
LEFT = re.compile(
    rf".[剩留][了下]*[{phrases.NUMBERS}大](?:{'|'.join(phrases.MEASURES.split())})(?=..)"
)
"""Before what is left over of something."""

ENDS = "子儿头"
"""Of words that compounds do without: "桃子", but "桃核"."""


class Pictures:
    """The words that people mean by a picture inside a text: "🥜壳" is "花生壳"."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Read the words of each picture."""
        rows = _rows(path, HEADER)
        return cls({wording.key(row["picture"]): row.entries("words") for row in rows})

    def in_words(self, text: str, names: Names) -> Iterator[str]:
        """The text with words for its pictures, the likeliest first; nothing if it has none."""
        pictures = sum(map(wording.is_picture, text))
        if 0 < pictures <= MOST_PICTURES and wording.has_ideographs(text):
            parts = (self._of(one, names) if wording.is_picture(one) else (one,) for one in text)
            yield from dict.fromkeys(map("".join, islice(product(*parts), MOST_READINGS)))

    def _of(self, picture: str, names: Names) -> tuple[str, ...]:
        item = names.exact(wording.key(picture))
        words = self._words.get(wording.key(picture)) or ((item.name,) if item else ("",))
        return stems(words)


class Dialect:
    """What people in Shanghai, Sichuan, the north and Guangdong say for the same."""

    def __init__(self, means: Mapping[str, str]) -> None:
        longest_first = sorted(means, key=len, reverse=True)
        self._said = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
        self._means = means

    @classmethod
    def load(cls, path: Path = DIALECT_FILE) -> Self:
        """Read what each word means."""
        rows = _rows(path, DIALECT_HEADER)
        return cls({wording.plain(row["said"]): row["means"] for row in rows})

    def in_standard(self, text: str) -> str:
        """The text with standard words for those of the dialects."""
        return self._said.sub(lambda found: self._means[found[0]], wording.plain(text))


def _rows(path: Path, header: tuple[str, ...]) -> tuple[Row, ...]:
    problems = Problems()
    rows = tables.read_table(path, path.name, header, problems)
    problems.stop_if_any()
    return rows


def once(text: str) -> Iterator[str]:
    """The text with doubled characters as grown-ups say them: "袜袜" is "袜子"."""
    if DOUBLED.search(text):
        yield DOUBLED.sub(r"\1", text)
        yield DOUBLED.sub(r"\1子", text)


def left(text: str) -> tuple[str, ...]:
    """What is left over, where a text says so: the carrots of "榨完汁剩一坨胡萝卜"."""
    found = LEFT.search(text)
    return (text[found.end() :],) if found else ()


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The words, and each as it stands in compounds."""
    return tuple(dict.fromkeys(form for word in words for form in (word, _stem(word))))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 1 and word[-1] in ENDS else word
