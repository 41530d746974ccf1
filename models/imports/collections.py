"""Importing collections: when each stream is taken away, by whom, and where it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from knowledge.streams import Stream
from models.areas import Area
from models.base import Session
from models.collections import DECIDED, CollectionRule
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import EXAMPLES, Count, Missing, Report
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet

Key = tuple[str, Stream]
"""The area's code, and the stream."""

TEXTS = {
    "responsible": CollectionRule.responsible,
    "phone": CollectionRule.phone,
    "destination": CollectionRule.destination,
}


@dataclass(slots=True)
class Wanted:
    """What a row says of a stream: only the columns that the file has."""

    row: Row
    values: dict[str, Any]


@dataclass(slots=True)
class Rules:
    """The rules of the files, and those that are known."""

    known: dict[Key, CollectionRule]
    wanted: dict[Key, Wanted] = field(default_factory=dict)


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
        report.counts[Kind.COLLECTIONS] = _count(rules)
        if left := sorted(" ".join(key) for key in rules.known if key not in rules.wanted):
            report.missing.append(Missing(Kind.COLLECTIONS, "", len(left), tuple(left[:EXAMPLES])))
    return rules


async def carry_out(session: Session, rules: Rules, tree: Tree) -> None:
    """Write what was planned. Writes."""
    for key, wanted in rules.wanted.items():
        code, stream = key
        if rule := rules.known.get(key):
            for name, value in wanted.values.items():
                setattr(rule, name, value)
        else:
            values = dict.fromkeys(DECIDED) | wanted.values
            session.add(CollectionRule(area_id=tree.known[code].id, stream=stream, **values))
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
    if area is None or stream is None:
        return
    if before := rules.wanted.get((area, stream)):
        row.twice("stream", before.row.place)
        return
    rules.wanted[area, stream] = Wanted(row, values)


def _count(rules: Rules) -> Count:
    count = Count()
    for key, wanted in rules.wanted.items():
        rule = rules.known.get(key)
        if rule is None:
            count.new += 1
        elif any(getattr(rule, name) != value for name, value in wanted.values.items()):
            count.changed += 1
        else:
            count.same += 1
    return count
