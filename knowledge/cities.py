"""What a city does otherwise than the catalogue says: its streams and its names, from a day on.

A city's file is a table that its staff can read. Each row says from which day on a thing goes into
a group, by which names it is also known there, and which rule of the city says so. A later row
about the same thing takes the place of an earlier one; the group `usual` goes back to what the
catalogue says. A name that means another thing elsewhere belongs, in this city, to the row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge import tables, wording
from knowledge.catalogue import Catalogue
from knowledge.catalogue_files import both
from knowledge.items import NO_STATES, Group, Item
from knowledge.streams import Words
from knowledge.tables import Problems, Row

FOLDER = Path(__file__).parent / "data" / "cities"

HEADER = (
    *("from", "name", "group", "also"),
    *("reason_zh", "reason_en", "prepare_zh", "prepare_en", "source"),
)

USUAL = "usual"
"""In the column `group`: as the catalogue says, so that a rule can end."""


@dataclass(frozen=True, slots=True)
class Rule:
    """From a day on, this thing goes there."""

    since: date
    name: str
    group: Group | None
    """`None`: as the catalogue says."""
    also: tuple[str, ...]
    """Names it has in this city, besides its own."""
    reason: Words | None
    prepare: Words | None
    source: str
    """Which rule of the city says so."""


def city_keys(folder: Path = FOLDER) -> tuple[str, ...]:
    """The cities that there are files of."""
    return tuple(sorted(path.stem for path in folder.glob("*.csv")))


def read_rules(key: str, groups: Mapping[str, Group], folder: Path = FOLDER) -> tuple[Rule, ...]:
    """The rules of a city, or `BadCatalogue` with all that is wrong with its file."""
    problems = Problems()
    name = f"cities/{key}.csv"
    rows = tables.read_table(folder / f"{key}.csv", name, HEADER, problems)
    _check_twice(rows, problems)
    rules = [rule for row in rows if (rule := _rule(row, groups, problems))]
    problems.stop_if_any()
    return tuple(rules)


def in_force(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """Of each thing the latest rule that has begun by `day`."""
    latest: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda one: one.since):
        if rule.since <= day:
            latest[rule.name] = rule
    return tuple(latest.values())


def as_in_city(catalogue: Catalogue, rules: Iterable[Rule], day: date) -> Catalogue:
    """The catalogue as it is in a city on a day."""
    valid = in_force(rules, day)
    changed = {rule.name: _item(catalogue.by_name(rule.name), rule) for rule in valid}
    taken = {wording.key(name) for rule in valid for name in (rule.name, *rule.also)}
    others = (item for item in catalogue.items if item.name not in changed)
    # A thing whose only name means something else here is not known here.
    kept = (left for item in others if (left := _without(item, taken)).names)
    items = (*kept, *(item for item in changed.values() if item))
    return Catalogue(items, catalogue.groups, catalogue.questions, catalogue.not_rubbish)


def _item(shipped: Item | None, rule: Rule) -> Item | None:
    """The thing as the rule has it; `None` if it is not known and the rule gives it no group."""
    names = tuple(dict.fromkeys((rule.name, *rule.also, *(shipped.names if shipped else ()))))
    if rule.group is None:
        return replace(shipped, names=names) if shipped else None
    blank = Item(rule.name, (), (), None, None, NO_STATES, (), (), None, None)
    # What the rule says holds in every state, and of every kind.
    return replace(
        shipped or blank,
        names=names,
        group=rule.group,
        question=None,
        states=NO_STATES,
        members=(),
        reason=rule.reason,
        prepare=rule.prepare,
    )


def _without(item: Item, taken: set[str]) -> Item:
    names = tuple(name for name in item.names if wording.key(name) not in taken)
    return item if names == item.names else replace(item, names=names)


def _rule(row: Row, groups: Mapping[str, Group], problems: Problems) -> Rule | None:
    since, key = _day(row["from"]), row["group"]
    if since is None:
        problems.add_at(row, "bad_date", date=row["from"])
    if not row["name"]:
        problems.add_at(row, "empty_name")
    if key != USUAL and key not in groups:
        problems.add_at(row, "unknown_group", group=key)
    if not row["source"]:
        problems.add_at(row, "no_source")
    reason, prepare = both(row, "reason", problems), both(row, "prepare", problems)
    if since is None:
        return None
    group, also = groups.get(key), row.entries("also")
    return Rule(since, row["name"], group, also, reason, prepare, row["source"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_twice(rows: Sequence[Row], problems: Problems) -> None:
    """On one day a thing has one rule, and a name belongs to one thing."""
    owners: dict[tuple[str, str], Row] = {}
    for row, name in _names(rows):
        owner = owners.setdefault((row["from"], wording.key(name)), row)
        if owner is not row:
            problems.add_at(
                row, "name_twice", name=name, item=owner["name"], other_line=str(owner.line)
            )


def _names(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    return ((row, name) for row in rows for name in {row["name"], *row.entries("also")})
