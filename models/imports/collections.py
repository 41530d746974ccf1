"""Importing collections: when each stream is taken away, by whom, and where it goes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from knowledge.streams import Stream
from models.areas import Area
from models.base import Session
from models.collections import DECIDED, CollectionRule
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import Report
from models.imports.planned import Planned
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet

Key = tuple[str, Stream]
"""The area's code, and the stream."""

TEXTS = {
    "responsible": CollectionRule.responsible,
    "phone": CollectionRule.phone,
    "destination": CollectionRule.destination,
}


Rules = Planned[Key, CollectionRule]
"""The rules of the files, and those that are known."""


async def plan(session: Session, sheets: Iterable[Sheet], tree: Tree, report: Report) -> Rules:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    known = await session.execute(
        select(Area.code, CollectionRule).join(Area, Area.id == CollectionRule.area_id)
    )
    rules = Rules({(code, Stream(rule.stream)): rule for code, rule in known})
    sheets = list(sheets)
    for sheet in sheets:
        for row in sheet.rows():
            _read(row, tree, rules)
    if sheets:
        report.counts[Kind.COLLECTIONS] = rules.count()
        report.leaves_out(Kind.COLLECTIONS, sorted(map(" ".join, rules.left_out())))
    return rules


async def carry_out(session: Session, rules: Rules, tree: Tree) -> None:
    """Write what was planned. Writes."""
    for (code, stream), values in rules.new().items():
        decided = dict.fromkeys(DECIDED) | values
        session.add(CollectionRule(area_id=tree.known[code].id, stream=stream, **decided))
    await session.flush()


def _read(row: Row, tree: Tree, rules: Rules) -> None:
    area = cells.code(row, "area", Area.code)
    if area is not None and area not in tree:
        row.wrong("area", Wrong.UNKNOWN_AREA, found=area)
    stream = cells.stream(row)
    values: dict[str, Any] = {
        name: cells.text(row, name, into)
        for name, into in TEXTS.items()
        if row.cell(name) is not None
    }
    if row.cell("hours") is not None:
        values["hours"] = cells.hours(row, "hours")
    if area is not None and stream is not None:
        rules.want((area, stream), row, values, "stream")
