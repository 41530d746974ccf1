"""A question's way through the search, beside the nearest name of all by rapidfuzz."""

import random
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.bench import plots
from tests.bench.report import Report

NAMES = 10_000
FLOOR = "extractOne, ratio"


def look_up(report: Report) -> None:
    catalogue = Catalogue.load()
    search = Search(catalogue, load_scheme("four_way"))
    names = [name for item in catalogue.items for name in item.names][:NAMES]
    chance = random.Random(1)
    queries = [_as_typed(chance.choice(names), chance) for _ in range(1000)]
    ways: dict[str, tuple[Callable[[str], object], int]] = {
        "Greenbin": (search.answers, 1000),
        FLOOR: (lambda query: process.extractOne(query, names, scorer=fuzz.ratio), 300),
        "extractOne, WRatio": (
            lambda query: process.extractOne(query, names, scorer=fuzz.WRatio),
            300,
        ),
    }
    took = {way: _timed(find, queries[:number]) for way, (find, number) in ways.items()}
    floor = took[FLOOR]
    rows = [
        (
            way,
            *(f"{_at(found, share):.3f}" for share in (0.5, 0.99)),
            *(f"{_at(found, share) / _at(floor, share):.2f}" for share in (0.5, 0.99)),
        )
        for way, found in took.items()
    ]
    total = sum(len(item.names) for item in catalogue.items)
    report.table(
        f"Look-up: Greenbin among {total} names, the others among {len(names)} of them",
        ("way", "p50 ms", "p99 ms", "p50 ratio", "p99 ratio"),
        rows,
    )
    spread = {
        way: [(share, _at(found, share / 100)) for share in range(1, 101)]
        for way, found in took.items()
    }
    title = "How many per cent of look-ups are done within so many ms"
    report.plot("look-up", plots.lines(title, "%", "ms", spread, tenfold=True))


def _timed(find: Callable[[str], object], queries: list[str]) -> list[float]:
    """Milliseconds of each, the shortest first."""
    for query in queries[:20]:
        find(query)  # what is loaded at the first use
    took = []
    for query in queries:
        begun = time.perf_counter()
        find(query)
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)


def _at(found: list[float], share: float) -> float:
    return found[min(int(len(found) * share), len(found) - 1)]


def _as_typed(name: str, chance: random.Random) -> str:
    """A name as people type it: exact, with chatter, with a typing mistake, or nonsense."""
    kind = chance.random()
    if kind < 0.1:
        return name
    if kind < 0.3:
        return f"请问{name}是什么垃圾"
    if kind < 0.4:
        return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(5))
    place = chance.randrange(len(name))
    return name[:place] + chr(chance.randrange(0x4E00, 0x9FA5)) + name[place + 1 :]
