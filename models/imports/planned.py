"""Rows of files, held against what is known: what is new, what changes, what stays."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from models.base import Base
from models.imports.counts import Count
from models.imports.tables import Row

Key = TypeVar("Key")
Known = TypeVar("Known", bound=Base)


@dataclass(slots=True)
class Wanted:
    """What a row says: only the columns that the file has."""

    row: Row
    values: dict[str, Any]


@dataclass(slots=True)
class Planned(Generic[Key, Known]):
    """What the files want, and what is known, by what tells one from another."""

    known: dict[Key, Known]
    wanted: dict[Key, Wanted] = field(default_factory=dict)

    def want(self, key: Key, row: Row, values: dict[str, Any], column: str) -> None:
        """Take a row; one that says the same key again is noted at this column."""
        if before := self.wanted.get(key):
            row.twice(column, before.row.place)
        else:
            self.wanted[key] = Wanted(row, values)

    def new(self) -> dict[Key, dict[str, Any]]:
        """Write into what is known what the files say of it; what is left is new."""
        left = {}
        for key, wanted in self.wanted.items():
            if known := self.known.get(key):
                for name, value in wanted.values.items():
                    setattr(known, name, value)
            else:
                left[key] = wanted.values
        return left

    def left_out(self) -> list[Key]:
        """What is known and in none of the files."""
        return [key for key in self.known if key not in self.wanted]

    def count(self) -> Count:
        """How many rows are new, change something, or say what is known."""
        count = Count()
        for key, wanted in self.wanted.items():
            known = self.known.get(key)
            if known is None:
                count.new += 1
            elif any(getattr(known, name) != value for name, value in wanted.values.items()):
                count.changed += 1
            else:
                count.same += 1
        return count
