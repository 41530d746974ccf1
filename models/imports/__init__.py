"""Imports: what a city owns comes from files, and is added to; nothing is ever removed.

All files together are read first, and everything that is wrong is told at once. Only if nothing
is, all of it is written, in one transaction. The same files again change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.base import Session
from models.imports import areas, households, rules, staff, stations
from models.imports.counts import Report
from models.imports.problems import BadImport, Problem, Problems, Wrong
from models.imports.tables import Kind, Table, understand

__all__ = [
    "BadImport", "Kind", "Plan", "Problem", "Problems", "Report", "Table", "Wrong", "is_about",
    "plan", "run",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do."""

    areas: areas.Tree
    households: households.Homes
    stations: stations.Places
    staff: staff.People
    rules: rules.Rules
    report: Report


def is_about(table: Table) -> Kind | None:
    """What a table is about, by its headings."""
    sheet = understand(table, Problems())
    return sheet.kind if sheet else None


async def plan(session: Session, tables: Iterable[Table], now: datetime) -> Plan:
    """What an import of these tables would do; raises `BadImport` with all that is wrong."""
    problems, report = Problems(), Report()
    sheets = [sheet for table in tables if (sheet := understand(table, problems))]
    of = {kind: [sheet for sheet in sheets if sheet.kind is kind] for kind in Kind}
    tree = await areas.plan(session, of[Kind.AREAS], report)
    made = Plan(
        tree,
        await households.plan(session, of[Kind.HOUSEHOLDS], tree, report),
        await stations.plan(session, of[Kind.STATIONS], tree, report),
        await staff.plan(session, of[Kind.STAFF], tree, report, now),
        await rules.plan(session, of[Kind.RULES], tree, report),
        report,
    )
    if found := problems.all():
        raise BadImport(found)
    return made


async def run(session: Session, tables: Iterable[Table], now: datetime) -> Report:
    """Import these tables, all or nothing. Writes."""
    made = await plan(session, tables, now)
    await areas.carry_out(session, made.areas)
    await households.carry_out(session, made.households, made.areas, now)
    await stations.carry_out(session, made.stations, made.areas)
    await staff.carry_out(session, made.staff, made.areas, made.report, now)
    await rules.carry_out(session, made.rules, made.areas)
    return made.report
