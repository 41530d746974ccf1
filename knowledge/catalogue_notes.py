"""What is noted beside the items: where cities differ, and what is mistaken for what.

Also where each file of items has its streams from.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge import tables
from knowledge.items import Item, Unlike
from knowledge.streams import Stream, Words
from knowledge.tables import Problems, Row

DIFFERS_HEADER = ("elsewhere", "items")
LOOK_ALIKES_HEADER = ("one", "other", "tell_zh", "tell_en")
SOURCES_HEADER = ("file", "source")


def noted(folder: Path, items: Iterable[Item], problems: Problems) -> tuple[Item, ...]:
    """The items with what is noted about them."""
    known = {item.name: item for item in items}
    elsewhere = _elsewhere(folder, known, problems)
    unlike = _unlike(folder, known, problems)
    return tuple(
        replace(item, elsewhere=tuple(elsewhere[name]), unlike=tuple(unlike[name]))
        if name in elsewhere or name in unlike
        else item
        for name, item in known.items()
    )


def check_sources(folder: Path, files: Sequence[Path], problems: Problems) -> None:
    """Every file of items says where its streams are from."""
    rows = tables.read_table(folder / "sources.csv", "sources.csv", SOURCES_HEADER, problems)
    known = {row["file"] for row in rows if row["source"]}
    for path in files:
        if path.stem not in known:
            problems.add("sources.csv", 0, "no_source", name=path.stem)


def _elsewhere(
    folder: Path, known: dict[str, Item], problems: Problems
) -> dict[str, list[Stream]]:
    found: dict[str, list[Stream]] = defaultdict(list)
    path = folder / "differs.csv"
    for row in tables.read_table(path, path.name, DIFFERS_HEADER, problems):
        if row["elsewhere"] not in set(Stream):
            problems.add_at(row, "unknown_stream", stream=row["elsewhere"])
            continue
        stream = Stream(row["elsewhere"])
        for name in row.entries("items"):
            if _is_known(name, known, row, problems):
                found[name] += [stream] if stream not in found[name] else []
                if known[name].stream_of(None) is stream:
                    problems.add_at(row, "no_difference", name=name)
    return found


def _unlike(folder: Path, known: dict[str, Item], problems: Problems) -> dict[str, list[Unlike]]:
    found: dict[str, list[Unlike]] = defaultdict(list)
    path = folder / "look_alikes.csv"
    for row in tables.read_table(path, path.name, LOOK_ALIKES_HEADER, problems):
        one, other = row["one"], row["other"]
        if not (row["tell_zh"] and row["tell_en"]):
            problems.add_at(row, "half_translated", column="tell")
        unknown = [name for name in (one, other) if not _is_known(name, known, row, problems)]
        if not unknown:
            tell = Words(row["tell_zh"], row["tell_en"])
            found[one].append(Unlike(other, tell))
            found[other].append(Unlike(one, tell))
    return found


def _is_known(name: str, known: dict[str, Item], row: Row, problems: Problems) -> bool:
    if name not in known:
        problems.add_at(row, "unknown_item", name=name)
    return name in known
