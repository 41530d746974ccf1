"""Tables as staff keep them, CSV or Excel: bytes in, rows out, and what is wrong with them."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from knowledge import workbooks
from knowledge.tables import Problem, Row
from knowledge.workbooks import Cells, Unusable, Wrong

MOST_COLUMNS = 60
SEPARATORS = (",", ";", "\t", "，", "；")
"""Between the cells of a CSV file; the one that the header has most of."""

FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula, the full-width forms too."""

AS_TEXT = "'"
"""Before a cell: a spreadsheet shows the rest as it is, and calculates nothing."""

LONG_DIGITS = re.compile(r"0\d+|\d{12,}")
"""A number that a spreadsheet would shorten: telephones, Telegram's ids, codes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: who sends one is not trusted with our memory."""

    bytes_: int
    unpacked: int
    """Bytes of an Excel file without its packing: a few kilobytes can fill a disk."""
    rows: int


FROM_CHAT = Limits(bytes_=10 << 20, unpacked=40 << 20, rows=20_000)
FROM_DISK = Limits(bytes_=200 << 20, unpacked=1 << 30, rows=1_000_000)
"""For files that lie on our own machine, such as a whole city's households."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows by their header; rows that `problems` tell of are left out."""

    rows: tuple[Row, ...] = ()
    header: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(name: str, data: bytes, limits: Limits = FROM_CHAT) -> Table:
    """The table in a file of our staff; Excel is known by its content, not by its name.

    A problem's `kind` is one of `Wrong`; where a cell is meant, its value `column` is the
    column's name, or its number where it has none.
    """
    try:
        if len(data) > limits.bytes_:
            raise Unusable(Wrong.TOO_LARGE)
        if workbooks.is_one(data):
            most = (limits.rows + 1, MOST_COLUMNS + 1)
            lines = workbooks.lines(data, *most, most_unpacked=limits.unpacked)
        else:
            lines = list(_csv_lines(_text(data)))
        return _Reader(name, limits.rows).table([line for line in lines if any(line[1])])
    except Unusable as unusable:
        return Table(problems=(Problem(name, unusable.line, unusable.kind),))


def write_csv(header: Iterable[str], rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """A CSV file that Excel opens: UTF-8 with its mark, nothing in it a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    for row in (header, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def write_xlsx(header: Iterable[str], rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """An Excel file; every text in it stays text, and so do long numbers."""
    return workbooks.write((header, *rows))


@dataclass
class _Reader:
    """Makes rows of lines, and notes what is wrong with them."""

    name: str
    most_rows: int
    problems: list[Problem] = field(default_factory=list)

    def table(self, lines: list[tuple[int, Cells]]) -> Table:
        if not lines:
            raise Unusable(Wrong.EMPTY)
        number, first = lines[0]
        header = tuple(str(cell).strip() for cell in first)
        while header and not header[-1]:
            header = header[:-1]
        if len(header) > MOST_COLUMNS:
            raise Unusable(Wrong.TOO_MANY_COLUMNS, number)
        for place, column in enumerate(header):
            if not column:
                self._note(number, Wrong.NO_NAME, column=str(place + 1))
            elif column in header[:place]:
                self._note(number, Wrong.NAME_TWICE, column=column)
        if self.problems:
            return Table(header=header, problems=tuple(self.problems))
        if len(lines) - 1 > self.most_rows:
            raise Unusable(Wrong.TOO_MANY_ROWS, lines[self.most_rows + 1][0])
        rows = [row for line in lines[1:] if (row := self._row(header, *line))]
        return Table(tuple(rows), header, tuple(self.problems))

    def _row(self, header: tuple[str, ...], number: int, cells: Cells) -> Row | None:
        if any(cells[len(header) :]):
            self._note(
                number, Wrong.WRONG_COLUMNS, expected=str(len(header)), found=str(len(cells))
            )
            return None
        found = dict.fromkeys(header, "")
        sound = True
        for column, cell in zip(header, cells, strict=False):
            if cell is workbooks.FORMULA:
                self._note(number, Wrong.FORMULA, column=column)
                sound = False
            found[column] = str(cell).strip()
        return Row(self.name, number, found) if sound else None

    def _note(self, line: int, kind: Wrong, **values: str) -> None:
        self.problems.append(Problem(self.name, line, kind, values))


def _text(data: bytes) -> str:
    """As UTF-8, or as a Chinese Excel saves it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(Wrong.NOT_TEXT)


def _csv_lines(text: str) -> Iterator[tuple[int, Cells]]:
    """The number of its first line and the cells of each record."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, [_as_typed(cell.strip()) for cell in cells]
            first = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(Wrong.BAD_CSV, first) from error


def _separator(text: str) -> str:
    header = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line), ""))
    return max(SEPARATORS, key=header.count)


def _harmless(cell: str | float) -> str:
    if not isinstance(cell, str):
        return _harmless(str(cell)) if LONG_DIGITS.fullmatch(str(cell)) else str(cell)
    bare = cell.replace("\0", "")
    starts = cell.lstrip(" \u3000\ufeff")[:1]
    needs = (starts and starts in FORMULA_STARTS) or LONG_DIGITS.fullmatch(bare.strip())
    return AS_TEXT + bare if needs else bare


def _as_typed(cell: str) -> str:
    """Without the mark that we, or staff, put before a text."""
    rest = cell[1:]
    marked = cell.startswith(AS_TEXT) and rest
    if marked and (rest.lstrip()[:1] in FORMULA_STARTS or LONG_DIGITS.fullmatch(rest)):
        return rest
    return cell
