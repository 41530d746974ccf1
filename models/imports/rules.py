"""Importing city rules: where an area sorts otherwise than the catalogue, from which day on."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from knowledge import cities, lessons
from knowledge.catalogue import Catalogue
from knowledge.cities import Rule
from knowledge.items import Group
from knowledge.tables import Problem
from knowledge.tables import Problems as Found
from models.areas import Area
from models.base import Session
from models.city_rules import COLUMNS, CityRule
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import Report
from models.imports.planned import Planned
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet

Key = tuple[str, date, str]
"""Code of the area, first day, name of the thing: what tells one rule from another."""


Rules = Planned[Key, CityRule]
"""The rules of the files, and those that are known."""


async def plan(session: Session, sheets: Iterable[Sheet], tree: Tree, report: Report) -> Rules:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    sheets = list(sheets)
    if not sheets:
        return Rules({})
    found = await session.execute(
        select(Area.code, CityRule).join(Area, Area.id == CityRule.area_id).order_by(CityRule.id)
    )
    rules = Rules({(code, rule.since, rule.name): rule for code, rule in found})
    for sheet in sheets:
        for row in sheet.rows():
            _read(row, tree, rules)
    _check(rules, Catalogue.load_groups())
    report.counts[Kind.RULES] = rules.count()
    report.leaves_out(Kind.RULES, [f"{name} {since}" for _, since, name in rules.left_out()])
    return rules


async def carry_out(session: Session, rules: Rules, tree: Tree) -> None:
    """Write what was planned. Writes."""
    for (code, since, _), values in rules.new().items():
        area_id = tree.known[code].id
        session.add(CityRule(area_id=area_id, since=since, **(_EMPTY | values)))
    await session.flush()


_EMPTY = dict.fromkeys(COLUMNS.values(), "")


def _read(row: Row, tree: Tree, rules: Rules) -> None:
    code = _area(row, tree)
    since = cities.day_of((row.cell("from") or "").strip())
    if since is None:
        row.wrong("from", Wrong.BAD_DATE, found=row.cell("from") or "")
    values = {
        attribute: cells.text(row, column, getattr(CityRule, attribute)) or ""
        for column, attribute in COLUMNS.items()
        if row.cell(column) is not None
    }
    cells.required(row, "name", values["name"] or None)
    if code is not None and since is not None and values["name"]:
        rules.want((code, since, values["name"]), row, values, "name")


def _area(row: Row, tree: Tree) -> str | None:
    """The code of the area; without one it is the city, where there is just one."""
    if (row.cell("area") or "").strip():
        code = cells.code(row, "area", Area.code)
        if code is not None and code not in tree:
            row.wrong("area", Wrong.UNKNOWN_AREA, found=code)
            return None
        return code
    tops = [code for code in {*tree.known, *tree.wanted} if tree.parent(code) is None]
    if len(tops) != 1:
        row.wrong("area", Wrong.NO_CITY)
        return None
    return tops[0]


def _check(rules: Rules, groups: Mapping[str, Group]) -> None:
    """Each rule by itself, as it will be, and all of an area together."""
    places: dict[str, list[tuple[Rule, Row | None]]] = {}
    for key in {**rules.known, **rules.wanted}:
        wanted = rules.wanted.get(key)
        rule = _rule(key, rules, groups)
        if rule:
            places.setdefault(key[0], []).append((rule, wanted.row if wanted else None))
    for found in places.values():
        rows = {id(rule): row for rule, row in found}
        for one, other, name in cities.twice(rule for rule, _ in found):
            row, elsewhere = rows[id(other)] or rows[id(one)], one if rows[id(other)] else other
            if row:
                row.wrong("name", Wrong.NAME_TAKEN, name=name, other=elsewhere.name)


def _rule(key: Key, rules: Rules, groups: Mapping[str, Group]) -> Rule | None:
    """The rule as it will be; what is wrong with it is noted at its row."""
    known, wanted = rules.known.get(key), rules.wanted.get(key)
    before = {name: getattr(known, name) for name in COLUMNS.values()} if known else _EMPTY
    values = before | (wanted.values if wanted else {})
    found = Found()
    made = cities.rule_of(CityRule(since=key[1], **values).row, groups, found)
    if wanted:
        for problem in found.all():
            _note(wanted.row, problem)
        for name in made.names if made else ():
            if len(name) > (longest := lessons.longest(name)):
                wanted.row.wrong("name", Wrong.TOO_LONG, longest=str(longest))
    return made


def _note(row: Row, problem: Problem) -> None:
    match problem.kind:
        case "no_source":
            row.wrong("source", Wrong.MISSING)
        case "unknown_group":
            row.wrong("group", Wrong.UNKNOWN_GROUP, found=problem.values["group"])
        case "half_translated":
            row.wrong(f"{problem.values['column']}_en", Wrong.HALF_TRANSLATED)
