"""The catalogue of things people throw away."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from knowledge import catalogue_files, wording
from knowledge.items import Group, Item, Question, State
from knowledge.tables import BadCatalogue, Problem

__all__ = ["BadCatalogue", "Catalogue", "Group", "Item", "Problem", "Question", "State"]

FOLDER = Path(__file__).parent / "data" / "catalogue"


class Catalogue:
    """Every item we know, by its key or its name."""

    def __init__(
        self,
        items: tuple[Item, ...],
        groups: Mapping[str, Group],
        questions: Mapping[str, Question] = MappingProxyType({}),
        not_rubbish: frozenset[str] = frozenset(),
        owner: Callable[[str], Item | None] | None = None,
    ) -> None:
        """`owner`: whose a name is, where somebody knows it without looking through all names."""
        self.items = items
        self.groups = groups
        self.questions = questions
        self.not_rubbish = not_rubbish
        """Everyday words that are no rubbish, such as greetings and people."""
        self._by_name = {item.name: item for item in items}
        self._owner = owner

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read the catalogue from its folder, or raise `BadCatalogue` with all that is wrong."""
        return cls(*catalogue_files.read(folder))

    @staticmethod
    def load_groups(folder: Path = FOLDER) -> Mapping[str, Group]:
        """Its groups alone, for who asks nothing about items: those take fifty times as long."""
        return catalogue_files.groups_of(folder)

    def by_key(self, key: str) -> Item | None:
        """The item of this key."""
        return self._by_key.get(key)

    def owner(self, key: str) -> Item | None:
        """The item that has this name, in the form of `wording.key`."""
        return self._owner(key) if self._owner else self._owners.get(key)

    def by_name(self, name: str) -> Item | None:
        """The item of exactly this name; other names do not count."""
        return self._by_name.get(name)

    # Both are made when they are first wanted: of the many catalogues of a deployment's places
    # most are never asked.
    @cached_property
    def _by_key(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def _owners(self) -> dict[str, Item]:
        return {wording.key(name): item for item in self.items for name in item.names}
