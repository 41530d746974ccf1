"""Reading CSV files that staff edit by hand, and saying exactly where one is wrong."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

ALSO_SEPARATES = str.maketrans({"；": ";"})
"""Between the entries of a cell; Chinese keyboards give the full-width one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, which kind, and the values it is about."""

    file: str
    line: int
    """Counted from 1, as editors do; 0 for the file as a whole."""
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)


class BadCatalogue(ValueError):
    """The files cannot be used; `problems` tells of everything that has to be mended."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def file(self) -> str:
        """Of the first problem."""
        return self.problems[0].file

    @property
    def line(self) -> int:
        """Of the first problem."""
        return self.problems[0].line

    @property
    def kind(self) -> str:
        """Of the first problem."""
        return self.problems[0].kind

    @property
    def values(self) -> Mapping[str, str]:
        """Of the first problem."""
        return self.problems[0].values


class Problems:
    """What has been found wrong so far."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, file: str, line: int, kind: str, **values: str) -> None:
        """Note one more."""
        self._found.append(Problem(file, line, kind, values))

    def add_at(self, row: "Row", kind: str, **values: str) -> None:
        """Note one more, about this row."""
        self.add(row.file, row.line, kind, **values)

    def __bool__(self) -> bool:
        return bool(self._found)

    def stop_if_any(self) -> None:
        """Raise all of them together, since a file is mended in one go."""
        if self._found:
            raise BadCatalogue(self.all())

    def all(self) -> tuple[Problem, ...]:
        """All of them, from the top of each file down."""
        return tuple(sorted(self._found, key=lambda p: (p.file, p.line)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, its cells by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def entries(self, column: str) -> tuple[str, ...]:
        """The entries of a cell that holds several."""
        cell = self.cells[column]
        if not cell:  # most are
            return ()
        parts = map(str.strip, cell.translate(ALSO_SEPARATES).split(";"))
        return tuple(filter(None, parts))


def read_table(
    path: Path, name: str, header: tuple[str, ...], problems: Problems
) -> tuple[Row, ...]:
    """The rows of a file that are as wide as they should be. `name` is what problems call it."""
    text = _text(path, name, problems)
    if text is None:
        return ()
    lines = _lines(text, name, problems)
    found = next(lines, (1, ()))[1]
    if found != header:
        problems.add(name, 1, "bad_header", expected=",".join(header), found=",".join(found))
        return ()
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            problems.add(
                name, line, "wrong_columns", expected=str(len(header)), found=str(len(cells))
            )
        elif any(cells):
            rows.append(Row(name, line, dict(zip(header, cells, strict=True))))
    return tuple(rows)


def _text(path: Path, name: str, problems: Problems) -> str | None:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.add(name, 0, "no_file")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        # A Chinese Excel saves "CSV" as GBK; staff then choose "CSV UTF-8" instead.
        problems.add(name, line, "not_utf8", guess="GBK" if _is_gbk(raw) else "")
        return None


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: str, name: str, problems: Problems) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number of its first line and stripped cells of each record, blank ones left out."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    first = 1
    try:
        for cells in reader:
            if cells:
                yield first, tuple(cell.strip() for cell in cells)
            first = reader.line_num + 1
    except csv.Error as error:
        problems.add(name, first, "bad_csv", detail=str(error))
