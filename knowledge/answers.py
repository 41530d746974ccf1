"""What the search can say to a message."""

from dataclasses import dataclass

from knowledge.items import Item
from knowledge.streams import Stream


@dataclass(frozen=True, slots=True)
class Found:
    """The one item the resident meant."""

    asked: str
    """The piece of the message that this answers, as typed."""
    item: Item
    state: str | None
    """Which state the words say; always set where the item has no usual bin."""
    confidence: float
    """About how probable it is that this is right, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An item whose bin cannot be told without asking: which of its states or members."""

    asked: str
    item: Item
    confidence: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """Up to three items the resident may have meant, likeliest first."""

    asked: str
    items: tuple[Item, ...]
    state: str | None
    """Which state the words say, for those items that have it."""
    confidence: float
    """Of the first."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """Nothing we know by name, but its name says what kind of thing it is."""

    asked: str
    like: Item
    """A thing whose name is like it, and that goes into the bin it probably goes into."""
    others: tuple[Item, ...]
    """Up to two items the resident may have meant instead."""
    confidence: float


@dataclass(frozen=True, slots=True)
class BinNamed:
    """The message names a bin, not an item."""

    asked: str
    stream: Stream


@dataclass(frozen=True, slots=True)
class Nothing:
    """No item is near."""

    asked: str
    not_rubbish: bool
    """Whether it plainly is no rubbish, such as a greeting; otherwise we just do not know it."""


Answer = Found | Asked | Unsure | Inferred | BinNamed | Nothing

NO_ITEM = "-"


def verdict(answer: Answer) -> tuple[str, str, float]:
    """Stream (or "ask", "unknown"), name of the item and confidence, for tables."""
    match answer:
        case Found(item=item, state=state, confidence=confidence):
            return item.stream_of(state) or "ask", item.name, confidence
        case Asked(item=item, confidence=confidence):
            return "ask", item.name, confidence
        case Unsure(items=items, state=state, confidence=confidence):
            return items[0].stream_of(state) or "ask", items[0].name, confidence
        case Inferred(like=like, confidence=confidence):
            return like.stream_of(None) or "ask", like.name, confidence
        case BinNamed(stream=stream):
            return stream, NO_ITEM, 1.0
        case Nothing():
            return "unknown", NO_ITEM, 0.0


def items_of(answer: Answer) -> tuple[Item, ...]:
    """The items an answer names, likeliest first."""
    match answer:
        case Found(item=item) | Asked(item=item):
            return (item,)
        case Unsure(items=items):
            return items
        case Inferred(like=like, others=others):
            return (like, *others)
        case BinNamed() | Nothing():
            return ()
