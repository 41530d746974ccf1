"""How a place sorts: which bins it has, their names and colours, and what belongs in each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.streams import Stream, Words

FOLDER = Path(__file__).parent / "data" / "schemes"


class UnknownScheme(ValueError):
    """There is no scheme of this key."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(key, known)
        self.key = key
        self.known = known


@dataclass(frozen=True, slots=True)
class Bin:
    """Where one stream goes in a scheme: a wheelie bin, a counter or a collection."""

    stream: Stream
    name: Words
    colour: Words
    mark: str
    """One emoji in the bin's colour."""
    also: tuple[str, ...]
    """Other names people use for it, Chinese and English."""
    what: Words
    """What belongs in it, in a sentence or two."""
    examples: tuple[str, ...]
    """Names of catalogue items."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a place sorts. Every stream has its entry in `bins`."""

    key: str
    name: Words
    source: str
    """The standard or by-law it follows."""
    bins: Mapping[Stream, Bin]


def scheme_keys() -> tuple[str, ...]:
    """The keys of the schemes that are shipped."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load_scheme(key: str) -> Scheme:
    """Read the scheme of this key."""
    known = scheme_keys()
    if key not in known:
        raise UnknownScheme(key, known)
    entries = tomllib.loads((FOLDER / f"{key}.toml").read_text("utf-8"))
    bins = {stream: _bin(stream, entries["bins"][stream.value]) for stream in Stream}
    return Scheme(key, _words(entries["name"]), entries["source"], MappingProxyType(bins))


def _bin(stream: Stream, entry: Mapping[str, Any]) -> Bin:
    return Bin(
        stream=stream,
        name=_words(entry["name"]),
        colour=_words(entry["colour"]),
        mark=entry["mark"],
        also=tuple(entry["also"]),
        what=_words(entry["what"]),
        examples=tuple(entry["examples"]),
    )


def _words(entry: Mapping[str, str]) -> Words:
    return Words(zh=entry["zh"], en=entry["en"])
