"""What the staff of a place have taught: another name, a new item, or that it is no rubbish.

A catalogue with lessons is as sound as without: each name still means one thing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from knowledge import wording
from knowledge.answers import Answer, Asked, BinNamed, Found
from knowledge.catalogue import Catalogue
from knowledge.catalogue_files import LONGEST_ENGLISH, LONGEST_NAME, row_of
from knowledge.changes import Changes, in_group
from knowledge.deciding import SURE
from knowledge.items import Item
from knowledge.streams import Stream


class Says(StrEnum):
    """What a lesson says of a name."""

    ALIAS = "alias"
    """It is another name of an item."""
    ITEM = "item"
    """It is an item of its own."""
    NO_RUBBISH = "no_rubbish"
    """It is nothing that anybody throws away."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is said of a name."""

    name: str
    says: Says
    item: str | None = None
    """Of an alias: the name of the item."""
    group: str | None = None
    """Of a new item: the key of its group."""


GROUPS: Mapping[Stream, str] = MappingProxyType({each: f"staff_{each}" for each in Stream})
"""The group of what staff put into a stream: they say which bin, it says that they did."""


def longest(name: str) -> int:
    """How many characters such a name may have."""
    return LONGEST_ENGLISH if name.isascii() else LONGEST_NAME


def with_lessons(catalogue: Catalogue, lessons: Iterable[Lesson]) -> Catalogue:
    """The catalogue as it has been taught; later lessons win.

    A lesson about what the catalogue does not have any more teaches nothing.
    """
    changes = Changes(catalogue)
    for lesson in lessons:
        match lesson.says:
            case Says.ALIAS:
                item = changes.item(lesson.item or "")
                if item and changes.owner(wording.key(lesson.name)) is not item:
                    changes.put(replace(item, names=(*item.names, lesson.name)))
            case Says.ITEM:
                group = catalogue.groups.get(lesson.group or "")
                if group:
                    owner = changes.owner(wording.key(lesson.name))
                    # Staff who say so of a thing by its own name say so of its other names, too.
                    known = owner if owner and _is_name_of(lesson.name, owner.name) else None
                    name = known.name if known else lesson.name
                    names = known.names if known else (lesson.name,)
                    changes.put(in_group(known, name, names, group))
            case Says.NO_RUBBISH:
                changes.no_rubbish(lesson.name)
    return changes.made()


def rows(catalogue: Catalogue, lessons: Iterable[Lesson]) -> tuple[list[list[str]], list[str]]:
    """What lessons change in the catalogue, so that it can go into its files.

    Rows of items, which take the place of those of the same names, and names of what is no
    rubbish.
    """
    taught = with_lessons(catalogue, lessons)
    changed = (item for item in taught.items if catalogue.by_name(item.name) is not item)
    found = [row_of(_by_own_name(item)) for item in changed if item.names]
    return found, sorted(taught.not_rubbish - catalogue.not_rubbish)


def is_sure(answer: Answer) -> bool:
    """Whether an answer leaves nothing for staff to teach, unless it is wrong."""
    match answer:
        case Found(confidence=confidence) | Asked(confidence=confidence):
            return confidence >= SURE
        case _:
            return isinstance(answer, BinNamed)


def _by_own_name(item: Item) -> Item:
    """The item by a name that is still its own."""
    return item if item.name in item.names else replace(item, name=item.names[0])


def _is_name_of(one: str, other: str) -> bool:
    return wording.key(one) == wording.key(other)
