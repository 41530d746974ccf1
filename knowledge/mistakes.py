"""What a volunteer says was in the wrong bag: "厨余里有筷子和塑料袋"."""

import re
from dataclasses import dataclass

from knowledge import shorthand, stream_names
from knowledge.answers import BinNamed, Found
from knowledge.search import Search
from knowledge.streams import Stream

_STREAM = "|".join(
    sorted(map(re.escape, map(shorthand.plain, stream_names.by_name())), key=len, reverse=True)
)
WHERE = re.compile(
    rf"(?:在)?(?P<stream>{_STREAM})(?:垃圾)?(?:桶|袋子|袋)?(?:里面|里|中)?"
    r"(?:混了|混有|混入|混进|有|放了|夹了|夹带|是)?"
)
BETWEEN = re.compile(r"[、,，和与及跟&+/ ]+|还有|以及")
AROUND = "了的有"


@dataclass(frozen=True, slots=True)
class Mistaken:
    """One thing that was in the wrong bag."""

    stream: Stream | None
    """The bag it was in, if that was said."""
    item: str
    """What it was, as typed; empty if only the bag was named."""
    belongs: Stream | None
    """Where it belongs, if the catalogue surely knows it."""


def read(words: str, search: Search) -> tuple[Mistaken, ...]:
    """The things that these words name; at least one."""
    plain = shorthand.plain(words).strip()
    where = WHERE.match(plain)
    stream = stream_names.named(where["stream"]) if where else None
    rest = plain[where.end() :] if where else plain
    items = [item for each in BETWEEN.split(rest) if (item := each.strip(AROUND))]
    if not items:
        return (Mistaken(stream, "", None),)
    return tuple(Mistaken(stream, item, _belongs(item, search)) for item in items)


def _belongs(item: str, search: Search) -> Stream | None:
    match search.answers(item):
        case [Found(item=found, state=state)]:
            return found.stream_of(state)
        case [BinNamed(stream=stream)]:
            return stream
    return None
