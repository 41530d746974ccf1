"""Importing areas: the tree, and what is decided in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.areas import Area, Kind
from models.base import Session
from models.imports import cells
from models.imports.counts import Count, Report
from models.imports.problems import Wrong
from models.imports.tables import Kind as Tables
from models.imports.tables import Row, Sheet

NAMES = {
    **{str(kind): str(kind) for kind in Kind},
    **dict.fromkeys(("市", "城市"), str(Kind.CITY)),
    **dict.fromkeys(("区", "县", "区县"), str(Kind.DISTRICT)),
    **dict.fromkeys(("街道", "镇", "乡", "街镇", "乡镇"), str(Kind.STREET)),
    **dict.fromkeys(("社区", "村", "行政村"), str(Kind.COMMUNITY)),
    **dict.fromkeys(("小区", "自然村"), str(Kind.ESTATE)),
}

ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says of an area: only the columns that the file has."""

    row: Row
    code: str
    values: dict[str, Any]
    parent: str | None
    has_parent: bool
    """Whether the file says where it lies."""


class Tree:
    """The areas as they are, and as they will be."""

    def __init__(self, known: Iterable[Area]) -> None:
        self.known = {area.code: area for area in known}
        self.wanted: dict[str, Wanted] = {}
        self._codes = {area.id: area.code for area in self.known.values()}

    def __contains__(self, code: str) -> bool:
        return code in self.wanted or code in self.known

    def kind(self, code: str) -> Kind | None:
        """What an area will be."""
        new, old = self.wanted.get(code), self.known.get(code)
        said = new.values.get("kind") if new else None
        return Kind(said) if said else Kind(old.kind) if old else None

    def parent(self, code: str) -> str | None:
        """The code of the area it will lie in."""
        new, old = self.wanted.get(code), self.known.get(code)
        if new and new.has_parent:
            return new.parent
        return self._codes[old.parent_id] if old and old.parent_id else None

    def changes(self, wanted: Wanted) -> dict[str, Any]:
        """What a row changes in an area that is known."""
        old = self.known[wanted.code]
        changed = {
            name: value for name, value in wanted.values.items() if getattr(old, name) != value
        }
        if wanted.has_parent and wanted.parent != self.parent_now(old):
            changed["parent"] = wanted.parent
        return changed

    def parent_now(self, area: Area) -> str | None:
        """The code of the area it lies in today."""
        return self._codes[area.parent_id] if area.parent_id else None


async def plan(session: Session, sheets: Iterable[Sheet], report: Report) -> Tree:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    tree = Tree(await session.scalars(select(Area).order_by(Area.id)))
    sheets = list(sheets)
    for sheet in sheets:
        for row in sheet.rows():
            _read(row, tree)
    for code in {*tree.wanted, *tree.known} if tree.wanted else ():
        _check_parent(code, tree)
    if sheets:
        report.counts[Tables.AREAS] = _count(tree)
        report.leaves_out(Tables.AREAS, sorted(set(tree.known) - set(tree.wanted)))
    return tree


async def carry_out(session: Session, tree: Tree) -> None:
    """Write what was planned; afterwards every area of the tree is known. Writes."""
    for wanted in sorted(tree.wanted.values(), key=lambda one: _depth(one.code, tree)):
        area = tree.known.get(wanted.code)
        if area is None:
            area = Area(code=wanted.code, path="/", **(_EMPTY | wanted.values))
            session.add(area)
            tree.known[wanted.code] = area
        else:
            for name, value in wanted.values.items():
                setattr(area, name, value)
    await session.flush()  # paths are made of ids
    for code in sorted(tree.known, key=lambda one: _depth(one, tree)):
        parent = tree.parent(code)
        above = tree.known[parent] if parent else None
        area = tree.known[code]
        path = f"{above.path if above else '/'}{area.id}/"
        parent_id = above.id if above else None
        if (area.path, area.parent_id) != (path, parent_id):
            area.path, area.parent_id = path, parent_id
    await session.flush()


_EMPTY = dict.fromkeys(("parent_id", "scheme", "windows", "tariff", "pickups", "phone", "changes"))


def _read(row: Row, tree: Tree) -> None:
    code = cells.code(row, "code", Area.code)
    readers = {
        "name": lambda: cells.required(row, "name", cells.text(row, "name", Area.name)),
        "kind": lambda: cells.one_of(row, "kind", NAMES, Wrong.UNKNOWN_KIND, needed=True),
        "scheme": lambda: cells.scheme(row),
        "windows": lambda: cells.hours(row, "windows"),
        "tariff": lambda: cells.tariff(row),
        "pickups": lambda: cells.pickups(row),
        "phone": lambda: cells.text(row, "phone", Area.phone),
    }
    present = {name for name in readers if row.cell(name) is not None}
    if code not in tree.known:
        present |= {"name", "kind"}  # what is new needs them
    values = {name: readers[name]() for name in sorted(present)}
    parent, has_parent = row.cell("parent"), row.cell("parent") is not None
    if code is None:
        return
    if before := tree.wanted.get(code):
        row.twice("code", before.row.place)
        return
    above = cells.code(row, "parent", Area.code) if (parent or "").strip() else None
    tree.wanted[code] = Wanted(row, code, values, above, has_parent)


def _check_parent(code: str, tree: Tree) -> None:
    """An area lies in one of a kind before; the row to be mended is its own, or its parent's."""
    parent = tree.parent(code)
    wanted = tree.wanted.get(code)
    if parent is None:
        return
    if parent not in tree:
        if wanted:
            wanted.row.wrong("parent", Wrong.UNKNOWN_AREA, found=parent)
        return
    kind, above = tree.kind(code), tree.kind(parent)
    said = wanted or tree.wanted.get(parent)
    if said and kind and above and ORDER.index(above) >= ORDER.index(kind):
        said.row.wrong(
            "parent" if wanted else "kind", Wrong.WRONG_PARENT, code=code, kind=kind,
            parent=parent, above=above,
        )  # fmt: skip


def _count(tree: Tree) -> Count:
    count = Count()
    for wanted in tree.wanted.values():
        if wanted.code not in tree.known:
            count.new += 1
        elif tree.changes(wanted):
            count.changed += 1
        else:
            count.same += 1
    return count


def _depth(code: str, tree: Tree) -> int:
    """Kinds grow from the top down, so an area always comes after the one it lies in."""
    kind = tree.kind(code)
    return ORDER.index(kind) if kind else 0
