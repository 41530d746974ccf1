"""What people want fetched: by a button, or named in their own words."""

from collections.abc import Iterable, Sequence

from handlers import bulky, homes
from handlers.texts import Texts
from knowledge.bulky import Wish
from knowledge.catalogue import Catalogue
from knowledge.streams import Stream
from models.pickups import LONGEST_WORDS, Thing

NOT_BULKY = (Stream.FOOD, Stream.HAZARDOUS, Stream.RENOVATION, Stream.NOT_HOUSEHOLD)
"""What is never fetched with bulky things."""


def named(what: str, catalogue: Catalogue, t: Texts) -> Thing | None:
    """The thing that a button names, by its key in the list or in the catalogue."""
    if what in bulky.listed().by_key:
        return Thing(what, None, 1)
    item = catalogue.by_key(what)
    return Thing(None, item.title.in_(t.language)[:LONGEST_WORDS], 1) if item else None


def fetched(wish: Wish) -> Thing | None:
    """What is booked if a person names this; None if it is not fetched, or no name."""
    if wish.key:
        return Thing(wish.key, None, wish.count)
    words = " ".join(wish.words.split())
    is_name = words == homes.tame(words, LONGEST_WORDS) and any(map(str.isalpha, words))
    return Thing(None, words, wish.count) if is_name and wish.stream not in NOT_BULKY else None


def doubt(wish: Wish, t: Texts) -> str:
    """What is to be said of something that is not bulky, or may not be; mostly nothing."""
    words, thing = homes.tame(wish.words), fetched(wish)
    if not words or (thing is None and wish.stream not in NOT_BULKY):
        return t("booking-hint", page="things")
    if wish.key or wish.stream in (None, Stream.BULKY):
        return ""
    taken = "yes" if thing else "no"
    return t("booking-not-bulky", what=words, stream=wish.stream, taken=taken)


def together(things: Sequence[Thing], more: Iterable[Thing]) -> list[Thing]:
    """These and those, alike ones counted as one."""
    counts: dict[tuple[str | None, str | None], int] = {}
    for thing in (*things, *more):
        alike = (thing.key, thing.words)
        counts[alike] = counts.get(alike, 0) + thing.count
    return [Thing(key, words, number) for (key, words), number in counts.items()]
