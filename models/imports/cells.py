"""Reading single cells. What cannot be used is noted as a problem, and comes out as None."""

import re
import unicodedata

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute

from knowledge import pickup_texts, schedule_texts, stream_names, tariff_texts
from knowledge.cells import BadCell
from knowledge.schemes import load_scheme, scheme_keys
from models.imports.problems import Wrong
from models.imports.tables import Row

LATITUDES = (3.0, 54.0)
LONGITUDES = (73.0, 136.0)
"""Where China lies; the two do not overlap, so places that were swapped are noticed."""

Texts = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
"""Columns of the database that hold words."""

DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)°?", re.ASCII)


def text(row: Row, column: str, into: Texts) -> str | None:
    """A cell's words, as long as they may be; None if it is empty."""
    written = " ".join(_visible(row.cell(column) or "").split())
    return _fitting(row, column, written, into)


def code(row: Row, column: str, into: Texts) -> str | None:
    """A code of ours, in narrow letters and without spaces; one that is missing is noted."""
    narrow = unicodedata.normalize("NFKC", _visible(row.cell(column) or ""))
    written = _fitting(row, column, "".join(narrow.split()), into)
    return required(row, column, written)


def required(row: Row, column: str, written: str | None) -> str | None:
    """The same, with a problem if it is missing."""
    if written is None:
        row.wrong(column, Wrong.MISSING)
    return written


def windows(row: Row) -> str | None:
    """A schedule's text, as it was written."""
    written = _lines(row, "windows")
    try:
        schedule_texts.parse(written)
    except BadCell as bad:
        row.wrong("windows", Wrong.BAD_WINDOWS, **_about(bad))
    return written or None


def tariff(row: Row) -> str | None:
    """A tariff's text, as it was written."""
    written = _lines(row, "tariff")
    try:
        tariff_texts.parse(written)
    except BadCell as bad:
        row.wrong("tariff", Wrong.BAD_TARIFF, **_about(bad))
    return written or None


def pickups(row: Row) -> str | None:
    """The text of how bulky things are collected, as it was written."""
    written = _lines(row, "pickups")
    try:
        pickup_texts.parse(written)
    except BadCell as bad:
        row.wrong("pickups", Wrong.BAD_PICKUPS, **_about(bad))
    return written or None


def streams(row: Row, column: str) -> str | None:
    """Streams by any of their names, between commas."""
    found = []
    for name in re.split("[,;，；、]", row.cell(column) or ""):
        stream = stream_names.named(name)
        if stream is not None:
            found.append(stream)
        elif name.strip():
            row.wrong(column, Wrong.UNKNOWN_STREAM, found=name.strip())
    return ",".join(dict.fromkeys(found)) or None


def scheme(row: Row) -> str | None:
    """The key of a way of sorting, which may be written by its name."""
    names = {
        _name(name): key
        for key in scheme_keys()
        for name in (key, load_scheme(key).name.zh, load_scheme(key).name.en)
    }
    return one_of(row, "scheme", names, Wrong.UNKNOWN_SCHEME)


def one_of(
    row: Row, column: str, names: dict[str, str], kind: Wrong, *, needed: bool = False
) -> str | None:
    """What a name stands for; an unknown one is noted, and one that is missing if it is needed."""
    written = _name(row.cell(column) or "")
    if needed:
        required(row, column, written or None)
    if written and written not in names:
        known = ", ".join(dict.fromkeys(names.values()))
        row.wrong(column, kind, found=written, known=known)
    return names.get(written)


def place(row: Row) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or none."""
    read = [_degrees(row, column) for column in ("latitude", "longitude")]
    latitude, longitude = read
    if (latitude is None) != (longitude is None):
        column = "latitude" if latitude is None else "longitude"
        if not (row.cell(column) or "").strip():
            row.wrong(column, Wrong.HALF_A_PLACE)
        return None, None
    if latitude is None or longitude is None:
        return None, None
    if _within(longitude, LATITUDES) and _within(latitude, LONGITUDES):
        row.wrong("latitude", Wrong.SWAPPED, latitude=str(latitude), longitude=str(longitude))
    elif not (_within(latitude, LATITUDES) and _within(longitude, LONGITUDES)):
        column = "longitude" if _within(latitude, LATITUDES) else "latitude"
        row.wrong(column, Wrong.NOT_IN_CHINA, found=row.cell(column) or "")
    return latitude, longitude


def telegram_id(row: Row) -> int | None:
    """A person's Telegram id."""
    written = unicodedata.normalize("NFKC", row.cell("telegram_id") or "").strip()
    if not written:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,15}", written):
        row.wrong("telegram_id", Wrong.BAD_ID, found=written)
        return None
    return int(written)


def longest(into: Texts) -> int:
    """How much a column of the database takes."""
    type_ = into.property.columns[0].type
    assert isinstance(type_, String)
    assert type_.length
    return type_.length


def _degrees(row: Row, column: str) -> float | None:
    written = unicodedata.normalize("NFKC", row.cell(column) or "").strip()
    if not written:
        return None
    if not (found := DEGREES.fullmatch(written)):
        row.wrong(column, Wrong.NOT_A_NUMBER, found=written)
        return None
    return float(found[1])


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _fitting(row: Row, column: str, written: str, into: Texts) -> str | None:
    if len(written) > longest(into):
        row.wrong(column, Wrong.TOO_LONG, longest=str(longest(into)))
    return written or None


def _lines(row: Row, column: str) -> str:
    lines = _visible(row.cell(column) or "").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _name(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip().casefold()


def _visible(written: str) -> str:
    """Without signs that have no shape; a database may refuse them, and nobody sees them."""
    if written.isprintable():
        return written
    return "".join(sign for sign in written if sign.isprintable() or sign in "\n\r\t\u3000")


def _about(bad: BadCell) -> dict[str, str]:
    return {"why": bad.kind, "at": str(bad.position + 1), "piece": bad.piece}
