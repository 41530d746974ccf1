"""How people say which household it is: the short number of its card, or its address."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge import numbers, shorthand


@dataclass(frozen=True, slots=True)
class Number:
    """The short number of a household's card."""

    serial: int


@dataclass(frozen=True, slots=True)
class Address:
    """Building, unit and room, letters in capitals; only a room keeps noughts in front."""

    building: str
    unit: str | None
    """Where the building has several entrances."""
    room: str

    def __str__(self) -> str:
        return "-".join(filter(None, (self.building, self.unit, self.room)))


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A short number with a wrong digit in it."""


Household = Number | Address


@dataclass(frozen=True, slots=True)
class Named:
    """A household and how it was named."""

    household: Household | Mistyped
    is_sure: bool
    """Whether it can be nothing else; "3-502" may also be a score or a part number."""
    end: int


def _digits(times: str) -> str:
    """So many digits, all of them typed or all of them spoken."""
    return "(?:" + "|".join(f"{one}{{{times}}}(?!{one})" for one in ("[0-9]", "[０-９]")) + ")"


_BEGIN = "(?<![0-9a-z-])"
_END = "(?!(?!ok)[a-z]|[-.:/]+[0-9a-z]|[斤克元块%升年月点]|公斤|千克|毫升)"
_GAP = " ?-{1,2} ?"
_TEN = "[０-９]?十[０-９]?"
_ANY_BUILDING = f"{_digits('1,3')}[a-z]?|{_TEN}|[a-z](?:{_digits('1,2')})?"
_BUILDING = f"(?P<building>{_ANY_BUILDING})"
_ANY_UNIT = f"{_digits('1,2')}|{_TEN}|[a-z]|[甲乙丙丁]"
_UNIT = f"(?P<unit>{_ANY_UNIT})"
_ROOM = f"(?P<room>[a-z]?{_digits('3,4')}(?:(?!ok)[a-z])?)"
_ANY_ROOM = f"(?P<room>[a-z]?{_digits('1,4')}[a-z]?)"
_IS_ROOM = " ?[室房户]"
_MAY_END = f"(?:{_IS_ROOM}|号(?![电楼线])|{_END})"
_UNIT_WORD = " ?(?:单元|门|梯) ?-? ?"
_HOUSE = " ?(?:栋|幢|座|号楼|#楼?) ?-? ?"

NUMBER = re.compile(
    rf"(?:(?:编号|卡号|号码|no\.?|#)[ :]?)?{_BEGIN}(?P<number>{_digits('7')}"
    rf"|{_digits('3')}[ -]{{1,3}}{_digits('3')}[ -]{{1,3}}{_digits('1')}"
    rf"|{_digits('6')}[ -]{{1,3}}{_digits('1')}|{_digits('4')}[ -]{_digits('3')}"
    rf"|{_digits('3')} {_digits('4')}){_END}"
)
"""Not "123-4567": that is a room in building 123."""

SURE = tuple(
    re.compile(_BEGIN + pattern)
    for pattern in (
        f"{_BUILDING}{_GAP}{_UNIT}{_GAP}{_ROOM}{_MAY_END}",
        f"{_BUILDING}{_HOUSE}(?:{_UNIT}(?:{_UNIT_WORD}|-))?{_ROOM}{_MAY_END}",
        f"{_BUILDING}{_HOUSE}(?:{_UNIT}(?:{_UNIT_WORD}|-))?{_ANY_ROOM}{_IS_ROOM}",
        f"{_BUILDING} ?号 ?{_UNIT}{_UNIT_WORD}{_ROOM}{_MAY_END}",
        f"{_BUILDING} ?号 ?(?P<unit>)?{_ANY_ROOM}{_IS_ROOM}",
    )
)
UNSURE = tuple(
    re.compile(_BEGIN + pattern)
    for pattern in (
        f"{_BUILDING}{_GAP}{_UNIT}{_GAP}(?P<room>{_digits('2')}){_END}",
        f"{_BUILDING}[./]{_UNIT}[./]{_ROOM}{_MAY_END}",
        f"{_BUILDING}{_GAP}(?P<unit>)?{_ROOM}{_MAY_END}",
    )
)

_CELLS = {
    "building": re.compile(f"第?#?(?P<it>{_ANY_BUILDING})(?:栋|幢|座|号楼|号|楼|#楼?)?"),
    "unit": re.compile(f"第?(?P<it>{_ANY_UNIT})(?:单元|门|梯)?"),
    "room": re.compile(rf"(?P<it>[a-z]?{_digits('1,4')}[a-z]?)(?:号?[室房户]|号)?"),
}
"""What stands in the cells of a list; other names of buildings and rooms are taken as they are."""

_NO_UNIT = ("", "-", "/", "无", "没有")


def named(plain: str, at: int) -> Named | None:
    """The household that `plain` (of `shorthand`) names at this place."""
    if found := NUMBER.match(plain, at):
        return Named(_numbered(found["number"]), is_sure=True, end=found.end())
    for patterns, is_sure in ((SURE, True), (UNSURE, False)):
        for pattern in patterns:
            if found := pattern.match(plain, at):
                return Named(_address(found), is_sure, found.end())
    return None


@lru_cache(maxsize=1 << 16)
def part(name: str, written: str) -> str:
    """A building, unit or room of a list, as an `Address` has it: "３栋" and "03" are "3".

    A room keeps its noughts: they belong to what stands on the door.
    """
    plain = shorthand.plain(written).replace(" ", "")
    if name == "unit" and plain in _NO_UNIT:
        return ""
    if found := _CELLS[name].fullmatch(plain):
        return shorthand.narrow(found["it"]).upper() if name == "room" else _counted(found["it"])
    return "".join(unicodedata.normalize("NFKC", written).split()).upper()


def _numbered(digits: str) -> Number | Mistyped:
    try:
        return Number(numbers.parse(digits))
    except numbers.WrongCheckDigit:
        return Mistyped()


def _address(found: re.Match[str]) -> Address:
    unit = found["unit"]
    building, room = _counted(found["building"]), shorthand.narrow(found["room"]).upper()
    return Address(building, _counted(unit) if unit else None, room)


def _counted(written: str) -> str:
    """The same for "07" and "7", and for "二十五" and "25"."""
    if "十" in written:
        return str(shorthand.number(written))
    return shorthand.narrow(written).lstrip("0").upper() or "0"
