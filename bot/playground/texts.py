"""What Telegram makes of a text: cleaned, trimmed, measured, and with its entities fixed.

The rules are those of TDLib (td, misc.cpp, `clean_input_string`; MessageEntity.cpp,
`fix_formatted_text`). Offsets count UTF-16 units.
"""

import re
from dataclasses import dataclass

from bot.playground.entities import CROSSING_FREELY, QUOTES, find, overlap, whole
from bot.playground.rules import Json, refuse

MAX_TEXT = 4096
"""Counted in UTF-16 units. Telegram was also seen to count characters; this is the stricter."""
MAX_CAPTION = 1024
MAX_BYTES = 1 << 15
MAX_ENTITIES = 100
"""More are dropped by Telegram's servers in silence."""

_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f]+")
_VISIBLE = re.compile(
    "[^ \n\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities, as a message carries them."""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text) + sum(character > "\uffff" for character in text)


def marked_text(text: str, entity: Json) -> str:
    """The part of a text that an entity marks."""
    units = text.encode("utf-16-le")
    start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    return units[start:end].decode("utf-16-le")


def fix(text: str, entities: list[Json], *, may_be_empty: bool = False) -> Formatted:
    """The text as Telegram keeps it, or its complaint."""
    for entity in entities:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= 1_000_000:
                refuse(f"Receive an entity with incorrect {name} {entity[name]}")
    entities = _untangled([entity for entity in entities if entity["length"]])
    text, entities = _clean(text, entities)
    text, entities = _trim(text, entities)
    if not may_be_empty and not _VISIBLE.search(text):
        refuse("Text must be non-empty")
    taken = [each for each in entities if each["type"] not in CROSSING_FREELY | QUOTES]
    found = [each for each in find(text) if not any(overlap(each, other) for other in taken)]
    return Formatted(text, _sorted(entities + found)[:MAX_ENTITIES])


def _sorted(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda each: (each["offset"], -each["length"]))


def _untangled(entities: list[Json]) -> list[Json]:
    """Of two links, codes or quotes that cross each other, the later goes (`fix_entities`)."""
    kept: list[Json] = []
    for entity in _sorted(entities):
        rivals = [each for each in kept if each["type"] not in CROSSING_FREELY]
        if entity["type"] in CROSSING_FREELY or not any(_clash(entity, each) for each in rivals):
            kept.append(entity)
    return kept


def _clash(entity: Json, other: Json) -> bool:
    """A link may stand whole inside a quote; otherwise they must keep apart."""
    if (entity["type"] in QUOTES) != (other["type"] in QUOTES):
        return overlap(entity, other) and not whole(entity, other)
    return overlap(entity, other)


def _clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces, invisible separators go, entities move along."""
    kept: list[str] = []
    new_offsets, byte_offsets = {0: 0}, {0: 0}
    old = new = size = 0
    for character in text:
        width = 2 if character > "\uffff" else 1
        if not _REMOVED.match(character):
            kept.append(" " if _CONTROL.match(character) else character)
            new += width
        old += width
        size += len(character.encode())
        new_offsets[old], byte_offsets[old] = new, size
    _check_places(entities, old, byte_offsets)
    moved = [
        {
            **each,
            "offset": new_offsets[each["offset"]],
            "length": new_offsets[each["offset"] + each["length"]] - new_offsets[each["offset"]],
        }
        for each in entities
    ]
    cleaned = _DIRECTION_MARKS.sub(
        lambda run: "\u200c" * (len(run[0]) - 1) + run[0][-1], "".join(kept)
    )
    return cleaned, [each for each in moved if each["length"]]


def _check_places(entities: list[Json], end: int, byte_offsets: dict[int, int]) -> None:
    """Every entity must begin and end inside the text, between two characters."""
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        begins = f"Entity beginning at UTF-16 offset {start}"
        if start > end:
            refuse(f"Entity begins after the end of the text at UTF-16 offset {start}")
        if stop > end:
            refuse(f"{begins} ends after the end of the text at UTF-16 offset {stop}")
        middle = "in a middle of a UTF-16 symbol at byte offset"
        if start not in byte_offsets:
            refuse(f"Entity begins {middle} {byte_offsets[start + 1]}")
        if stop not in byte_offsets:
            refuse(f"{begins} ends {middle} {byte_offsets[stop + 1]}")


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Spaces and line ends go from both sides of the text, and from the front of entities."""
    leading = len(text) - len(text.lstrip(" \n"))
    trimmed = text.strip(" \n")
    moved = []
    for entity in entities:
        marked = marked_text(text, entity)
        start = entity["offset"] + len(marked) - len(marked.lstrip(" \n")) - leading
        stop = min(entity["offset"] + entity["length"] - leading, utf16_length(trimmed))
        if marked.strip(" \n"):
            moved.append({**entity, "offset": start, "length": stop - start})
    return trimmed, moved
