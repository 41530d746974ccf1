"""What can be wrong in files that are imported: where, which kind, and the values it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Wrong(StrEnum):
    """Kinds of problems; the command line has a sentence for each."""

    UNCLEAR_TABLE = "unclear_table"
    """The headings do not say whether it is about areas, households, stations, staff or rules."""
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    MISSING = "missing"
    """A cell must not be empty."""
    TOO_LONG = "too_long"
    TWICE = "twice"
    """The same stands in a row before."""
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_SCHEME = "unknown_scheme"
    UNKNOWN_ROLE = "unknown_role"
    WRONG_PARENT = "wrong_parent"
    """An area cannot lie in one of this kind."""
    NOT_FOR_HOMES = "not_for_homes"
    """Households lie in communities and estates: elsewhere it is a slip of the code."""
    BAD_WINDOWS = "bad_windows"
    BAD_TARIFF = "bad_tariff"
    BAD_PICKUPS = "bad_pickups"
    UNKNOWN_STREAM = "unknown_stream"
    NOT_A_NUMBER = "not_a_number"
    NOT_IN_CHINA = "not_in_china"
    SWAPPED = "swapped"
    """Latitude and longitude changed places."""
    HALF_A_PLACE = "half_a_place"
    """A latitude without a longitude, or the other way round."""
    NOT_GRANTED = "not_granted"
    """The settings name the admins, no file."""
    BAD_ID = "bad_id"
    BAD_DATE = "bad_date"
    UNKNOWN_GROUP = "unknown_group"
    NAME_TAKEN = "name_taken"
    """Two rules that hold on the same day claim a name."""
    HALF_TRANSLATED = "half_translated"
    """Words stand there in one language only."""
    NO_CITY = "no_city"
    """A rule names no area, and there is not just one city that it could be about."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    file: str
    row: int
    """As a spreadsheet counts; 0 for the file as a whole."""
    column: str
    """The heading, as it is written there; empty for the row as a whole."""
    kind: StrEnum
    """`Wrong`, or what is wrong with the file as such."""
    values: Mapping[str, str] = field(default_factory=dict)


class BadImport(ValueError):
    """The files cannot be imported: everything that is wrong in them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class Problems:
    """What has been found wrong so far."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, file: str, row: int, column: str, kind: Wrong, /, **values: str) -> None:
        """Note one more."""
        self._found.append(Problem(file, row, column, kind, values))

    def note(self, found: Iterable[Problem]) -> None:
        """Note what somebody else has found."""
        self._found += found

    def all(self) -> tuple[Problem, ...]:
        """All of them, from the top of each file down."""
        return tuple(sorted(self._found, key=lambda one: (one.file, one.row)))
