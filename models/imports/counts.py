"""What an import does, or would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.imports.tables import Kind

EXAMPLES = 5
"""How many of those that a file does not name are named to whoever imports it."""


@dataclass(slots=True)
class Count:
    """How many rows of a kind are new, change something, or say what is known already."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """What we know and the files do not name. It stays: an import removes nothing."""

    kind: Kind
    where: str
    """The code of the area; empty for all areas."""
    number: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A role that a file gives and that was taken away: it is not given again."""

    area: str
    role: str
    telegram_id: int


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation, with what its link says."""

    area: str
    role: str
    note: str
    token: bytes


@dataclass(slots=True)
class Report:
    """What was done, or would be."""

    counts: dict[Kind, Count] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)

    def leaves_out(self, kind: Kind, names: Sequence[str], where: str = "") -> None:
        """Note what is known, of all areas or of one, and in none of the files."""
        if names:
            self.missing.append(Missing(kind, where, len(names), tuple(names[:EXAMPLES])))
