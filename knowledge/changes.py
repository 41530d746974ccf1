"""A catalogue as it is somewhere else: some items differ, and some names belong to others.

Only what differs is touched. Of thousands of items a place changes a few, and a deployment may
have hundreds of places.
"""

from collections.abc import Iterable
from dataclasses import replace

from knowledge import wording
from knowledge.catalogue import Catalogue
from knowledge.items import NO_STATES, Group, Item


class Changes:
    """Changes to a catalogue, one after the other; the later ones win."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._items: dict[str, Item] = {}
        self._owners: dict[str, str] = {}
        """Names, in the form of `wording.key`, that have changed hands: whose they are now."""
        self._no_rubbish: set[str] = set()

    def item(self, name: str) -> Item | None:
        """The item of this name, as changed so far."""
        return self._items.get(name) or self._catalogue.by_name(name)

    def owner(self, key: str) -> Item | None:
        """The item that has this name now."""
        if key in self._owners:
            return self._items[self._owners[key]]
        found = self._catalogue.owner(key)
        found = self.item(found.name) if found else None
        return found if found and any(wording.key(name) == key for name in found.names) else None

    def put(self, item: Item) -> None:
        """Have an item so from now on; its names are no other item's any more."""
        known = self.item(item.name)
        for name in set(item.names).difference(known.names if known else ()):
            key = wording.key(name)
            self._take_away(key, item.name)
            self._owners[key] = item.name
        self._items[item.name] = item

    def no_rubbish(self, name: str) -> None:
        """Have this name mean nothing that is thrown away."""
        key = wording.key(name)
        self._take_away(key, "")
        self._owners.pop(key, None)
        self._no_rubbish.add(name)

    def made(self) -> Catalogue:
        """The catalogue with all these changes."""
        known = [self._items.get(item.name, item) for item in self._catalogue.items]
        new = [i for i in self._items.values() if self._catalogue.by_name(i.name) is None]
        no_rubbish = self._catalogue.not_rubbish | self._no_rubbish
        groups, questions = self._catalogue.groups, self._catalogue.questions
        return Catalogue((*known, *new), groups, questions, no_rubbish, self.owner)

    def _take_away(self, key: str, keeper: str) -> None:
        owner = self.owner(key)
        if owner and owner.name != keeper:
            # It stays an item, though perhaps without any name: it may be a part of another.
            names = tuple(name for name in owner.names if wording.key(name) != key)
            self._items[owner.name] = replace(owner, names=names)


def in_group(known: Item | None, name: str, names: Iterable[str], group: Group) -> Item:
    """An item that goes into a group in every state and of every kind."""
    english = (name,) if name.isascii() else ()
    blank = Item(name, english, (), None, None, NO_STATES, (), (), None, None)
    return replace(
        known or blank,
        names=tuple(names),
        group=group,
        question=None,
        states=NO_STATES,
        members=(),
        reason=None,
        prepare=None,
    )
