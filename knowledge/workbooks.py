"""Excel's files, opened without trust: their first sheet's cells as text, and texts as a sheet."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_NUMBER = 11
"""Digits; longer ones are kept as text, since Excel shows and keeps them inexactly."""

ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
"""A sheet has a million rows at most."""

ONLY_ZEROS = re.compile("0{1,255}")
"""How a number is shown that keeps zeros in front; Excel takes no longer format."""


class Wrong(StrEnum):
    """What can be wrong with a table that staff sent."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NOT_READABLE = "not_readable"
    """Packed as Excel's files are, but damaged, locked, or something else."""
    NOT_TEXT = "not_text"
    BAD_CSV = "bad_csv"
    NAME_TWICE = "name_twice"
    """Two columns of one name."""
    NO_NAME = "no_name"
    """A column without one, among others."""
    WRONG_COLUMNS = "wrong_columns"
    """More cells in a row than the header has names."""
    FORMULA = "formula"


class Unusable(Exception):
    """The file cannot be used: why, and from which line on (0 for all of it)."""

    def __init__(self, kind: Wrong, line: int = 0) -> None:
        super().__init__(kind, line)
        self.kind = kind
        self.line = line


class _Formula:
    """Stands for a cell that calculates; nobody can tell what it shows elsewhere."""

    def __str__(self) -> str:
        return ""


FORMULA = _Formula()

Cells = Sequence[str | _Formula]

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ParseError, LookupError, ValueError, TypeError, AttributeError, OverflowError, MemoryError),
)
"""What the packing (the first line) and what is packed (the second) raise where it is damaged.

openpyxl looks nothing over: it takes up what the file says, and whatever Python says to a part
that is missing, a number that is none or an index beyond the end comes out.
"""


def is_one(data: bytes) -> bool:
    """Whether this is packed as Excel's files are."""
    return data.startswith(b"PK")


def lines(
    data: bytes, most_rows: int, most_columns: int, *, most_unpacked: int
) -> list[tuple[int, Cells]]:
    """Number and cells of the first sheet's rows; empty and hidden ones are left out."""
    with _reading(), zipfile.ZipFile(BytesIO(data)) as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > most_unpacked:
        raise Unusable(Wrong.TOO_LARGE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of decoration that openpyxl does not keep
        return _lines(data, most_rows, most_columns)


def write(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """An Excel file of one sheet, its first row held in place."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@contextmanager
def _reading() -> Iterator[None]:
    """Around what zipfile and openpyxl do, and nothing of ours: our own faults are faults."""
    try:
        yield
    except BROKEN as error:
        raise Unusable(Wrong.NOT_READABLE) from error


def _lines(data: bytes, most_rows: int, most_columns: int) -> list[tuple[int, Cells]]:
    with _reading():
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
    try:
        with _reading(), zipfile.ZipFile(BytesIO(data)) as packed:
            sheet = book.worksheets[0]
            # openpyxl forgets which rows are hidden when it reads row by row, and which part of
            # the file the sheet is it tells nobody.
            xml = packed.read(sheet._worksheet_path)  # noqa: SLF001 (there is no public name)
        hidden = _hidden(xml)
        found: list[tuple[int, Cells]] = []
        for number, row in enumerate(_rows(sheet, most_columns), 1):
            cells = [_text(*cell) for cell in row]
            if number not in hidden and any(cells):
                found.append((number, cells))
            if len(found) > most_rows or number > 5 * most_rows:
                break
        return found
    finally:
        book.close()


def _rows(sheet: Any, most_columns: int) -> Iterator[list[tuple[Any, str, str | None]]]:
    """Row by row what each cell holds, of which kind it is, and how a number is shown."""
    with _reading():
        sheet.reset_dimensions()  # what a file says of its own size need not be so
        for row in sheet.iter_rows(max_col=most_columns):
            yield [(cell.value, cell.data_type, cell.number_format) for cell in row]


def _hidden(xml: bytes) -> frozenset[int]:
    """The numbers of rows that are hidden."""
    rows = (match.group(1) for match in ROW.finditer(xml))
    numbers = (ROW_NUMBER.search(row) for row in rows if HIDDEN.search(row))
    return frozenset(int(number.group(1)) for number in numbers if number)


def _text(holds: object, kind: str, shown_as: str | None) -> str | _Formula:
    """What a cell holds, as a person would type it."""
    match holds:
        case None:
            return ""
        case _ if kind == "f":
            return FORMULA
        case bool(value):
            return "1" if value else "0"
        case datetime() as value:
            day_only = value.time() == time()
            return value.date().isoformat() if day_only else value.isoformat(" ", "minutes")
        case date() as value:
            return value.isoformat()
        case time() as value:
            return value.isoformat("minutes")
        case int() | float() as value:
            return _digits(value, shown_as or "")
        case value:
            return str(value)


def _digits(value: float, shown_as: str) -> str:
    """Every digit, and the zeros in front that the sheet shows."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    digits = str(value)
    return digits.zfill(len(shown_as)) if ONLY_ZEROS.fullmatch(shown_as) else digits


def _cell(sheet: object, value: str | float) -> WriteOnlyCell:
    """A cell that is text if it was, whatever it begins with."""
    long = not isinstance(value, str) and len(str(abs(value))) > LONGEST_NUMBER
    if not isinstance(value, str) and not (isinstance(value, int) and long):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
