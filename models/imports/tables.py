"""What a table is about, by its headings: Chinese and English ones both, in any order."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.imports.problems import Problem, Problems, Wrong

Headings = Mapping[str, tuple[str, ...]]
"""What may stand above a column; an export writes the first, in Chinese the next."""


class Kind(StrEnum):
    """What a table is about, in the order in which they are imported."""

    AREAS = "areas"
    HOUSEHOLDS = "households"
    STATIONS = "stations"
    STAFF = "staff"
    RULES = "rules"


_IN_AREA = ("area", "区域编号", "area code", "区域", "所属区域", "小区编号", "小区")
_PHONE = ("phone", "电话", "联系电话", "telephone")

COLUMNS: Mapping[Kind, Headings] = {
    Kind.AREAS: {
        "code": ("code", "编号", "区域编号", "代码"),
        "name": ("name", "名称", "区域名称"),
        "kind": ("kind", "类型", "级别"),
        "parent": ("parent", "上级编号", "上级", "parent code"),
        "scheme": ("scheme", "分类方式", "分类办法"),
        "windows": ("windows", "投放时间", "开放时间", "opening hours"),
        "tariff": ("tariff", "积分规则", "积分标准"),
        "pickups": ("pickups", "大件预约", "大件规则", "上门收运"),
        "phone": _PHONE,
    },
    Kind.HOUSEHOLDS: {
        "area": _IN_AREA,
        "building": ("building", "楼栋", "楼号", "栋", "幢", "楼"),
        "unit": ("unit", "单元"),
        "room": ("room", "房号", "室", "房间号", "门牌号"),
    },
    Kind.STATIONS: {
        "area": _IN_AREA,
        "code": ("code", "编号", "投放点编号", "点位编号", "代码"),
        "name": ("name", "名称", "投放点", "投放点名称", "点位名称"),
        "address": ("address", "地址", "位置"),
        "latitude": ("latitude", "纬度", "lat"),
        "longitude": ("longitude", "经度", "lon", "lng"),
        "responsible": ("responsible", "责任单位", "负责人", "负责单位"),
        "phone": _PHONE,
        "destination": ("destination", "去向", "垃圾去向"),
        "takes": ("takes", "另收", "集中投放"),
    },
    Kind.STAFF: {
        "area": _IN_AREA,
        "role": ("role", "角色", "身份"),
        "note": ("note", "备注", "姓名", "for whom"),
        "telegram_id": ("telegram id", "Telegram 号", "telegram", "id"),
    },
    Kind.RULES: {
        "area": _IN_AREA,
        "from": ("from", "生效日期", "起始日期", "日期"),
        "name": ("name", "物品", "名称", "物品名称"),
        "group": ("group", "归类", "分组"),
        "also": ("also", "别名", "又叫"),
        "reason_zh": ("reason_zh", "中文理由", "理由"),
        "reason_en": ("reason_en", "英文理由"),
        "prepare_zh": ("prepare_zh", "中文处理方法", "处理方法"),
        "prepare_en": ("prepare_en", "英文处理方法"),
        "source": ("source", "依据", "来源"),
    },
}

KEYS: Mapping[Kind, tuple[str, ...]] = {
    Kind.AREAS: ("code",),
    Kind.HOUSEHOLDS: ("area", "building", "room"),
    Kind.STATIONS: ("code",),
    Kind.STAFF: ("area", "role"),
    Kind.RULES: ("from", "name", "group", "source"),
}
"""What a table of this kind must have."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read from a file."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[tuple[int, Mapping[str, str]]]
    """The number of each row, as a spreadsheet counts, and its cells by heading."""
    problems: tuple[Problem, ...] = ()
    """What could not be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is understood."""

    table: Table
    kind: Kind
    headings: Mapping[str, str]
    """What stands above each of its columns."""
    problems: Problems

    def rows(self) -> Iterator["Row"]:
        """Its rows, one after the other, once."""
        for number, cells in self.table.rows:
            yield Row(self, number, cells)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands."""
        return self.sheet.table.name, self.number

    def cell(self, column: str) -> str | None:
        """What was written there; None if the table has no such column."""
        heading = self.sheet.headings.get(column)
        return None if heading is None else self.cells.get(heading, "")

    def wrong(self, column: str, kind: Wrong, /, **values: str) -> None:
        """Note a problem with one of its cells, or with the row."""
        heading = self.sheet.headings.get(column, column)
        self.sheet.problems.add(*self.place, heading, kind, **values)

    def twice(self, column: str, before: tuple[str, int]) -> None:
        """Note that the same stands in a row before."""
        self.wrong(column, Wrong.TWICE, file=before[0], row=str(before[1]))


def understand(table: Table, problems: Problems) -> Sheet | None:
    """Find out what a table is about; None, with the problem noted, if it cannot be told."""
    problems.note(table.problems)
    if not table.header:
        return None
    read = {kind: _columns(table.header, kind) for kind in Kind}
    fitting = [
        kind for kind, found in read.items() if set(KEYS[kind]) <= {c for c, _ in found if c}
    ]
    known = {kind: sum(column is not None for column, _ in read[kind]) for kind in fitting}
    best = [kind for kind in fitting if known[kind] == max(known.values())]
    if len(best) != 1:
        problems.add(table.name, 0, "", Wrong.UNCLEAR_TABLE)
        return None
    kind, headings = best[0], dict[str, str]()
    for column, heading in read[kind]:
        if column is None:
            problems.add(table.name, 1, heading, Wrong.UNKNOWN_COLUMN, table=kind)
        elif headings.setdefault(column, heading) != heading:
            problems.add(table.name, 1, heading, Wrong.COLUMN_TWICE, other=headings[column])
    return Sheet(table, kind, headings, problems)


def _columns(header: Iterable[str], kind: Kind) -> list[tuple[str | None, str]]:
    """Each heading, with the column that it stands for in such a table."""
    by_heading = {
        _plain(name): column for column, names in COLUMNS[kind].items() for name in names
    }
    return [(by_heading.get(_plain(heading)), heading) for heading in header if heading.strip()]


def _plain(heading: str) -> str:
    """A heading without what does not matter: width, case, spaces, marks, remarks in brackets."""
    narrow = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"\(.*?\)|[\s_*:-]", "", narrow)
