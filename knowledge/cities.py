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
from knowledge.changes import Changes, in_group
from knowledge.items import Group
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

    @property
    def names(self) -> tuple[str, ...]:
        """All that it says by name."""
        return (self.name, *self.also)


def city_keys(folder: Path = FOLDER) -> tuple[str, ...]:
    """The cities that there are files of."""
    return tuple(sorted(path.stem for path in folder.glob("*.csv")))


def read_rules(key: str, groups: Mapping[str, Group], folder: Path = FOLDER) -> tuple[Rule, ...]:
    """The rules of a city, or `BadCatalogue` with all that is wrong with its file."""
    problems = Problems()
    name = f"cities/{key}.csv"
    rows = tables.read_table(folder / f"{key}.csv", name, HEADER, problems)
    _check_twice(rows, problems)
    rules = [rule for row in rows if (rule := rule_of(row, groups, problems))]
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
    changes = Changes(catalogue)
    said = {wording.key(name): rule.name for rule in valid for name in rule.names}
    for rule in valid:
        known = changes.item(rule.name)
        # A name that means another thing here belongs to that.
        kept = (
            name
            for name in (known.names if known else ())
            if said.get(wording.key(name), rule.name) == rule.name
        )
        names = tuple(dict.fromkeys((*rule.names, *kept)))
        if rule.group:
            item = in_group(known, rule.name, names, rule.group)
            changes.put(replace(item, reason=rule.reason, prepare=rule.prepare))
        elif known:
            changes.put(replace(known, names=names))
    return changes.made()


def rule_of(row: Row, groups: Mapping[str, Group], problems: Problems) -> Rule | None:
    """The rule that a row says; `None`, with the problems noted, if it says none."""
    since, key = day_of(row["from"]), row["group"]
    if since is None:
        problems.add_at(row, "bad_date", column="from", date=row["from"])
    if not row["name"]:
        problems.add_at(row, "empty_name", column="name")
    if key != USUAL and key not in groups:
        problems.add_at(row, "unknown_group", column="group", group=key)
    if not row["source"]:
        problems.add_at(row, "no_source", column="source")
    reason, prepare = both(row, "reason", problems), both(row, "prepare", problems)
    if since is None:
        return None
    group, also = groups.get(key), row.entries("also")
    return Rule(since, row["name"], group, also, reason, prepare, row["source"])


def twice(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule, str]]:
    """Pairs of rules in force on the same day that both claim a name, and that name."""
    rules = tuple(rules)
    found: dict[tuple[str, str, str], tuple[Rule, Rule, str]] = {}
    for day in sorted({rule.since for rule in rules}):
        owners: dict[str, Rule] = {}
        for rule in in_force(rules, day):
            for name in rule.names:
                owner = owners.setdefault(wording.key(name), rule)
                if owner is not rule:
                    found.setdefault((owner.name, rule.name, name), (owner, rule, name))
    yield from found.values()


def day_of(text: str) -> date | None:
    """The day that a cell says."""
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
