"""A question's way through the search, beside the nearest name of all by rapidfuzz."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.bench import plots
from tests.bench.report import Report

ROUNDS = 3
SOME_NAMES, MANY_NAMES = 12_000, 120_000
QUERIES, FLOOR_QUERIES = 1000, 100
GREENBIN, FLOOR = "Greenbin", "extractOne, ratio"

LOADS = """
import pathlib, re, time
from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
begun = time.process_time()
Search(Catalogue.load(), load_scheme("four_way"))
took = time.process_time() - begun
said = pathlib.Path("/proc/self/status").read_text()
print(took, int(re.search(r"VmHWM:\\s+(\\d+)", said)[1]) / 1024)
"""


def look_up(report: Report) -> None:
    _loading(report)
    shipped, chance = Catalogue.load(), random.Random(1)
    rows: list[Sequence[str]] = []
    spread = {}
    for wanted in (SOME_NAMES, MANY_NAMES):
        catalogue = _with_names(shipped, wanted, chance)
        took = _ways(catalogue, chance)
        number = f"{sum(len(item.names) for item in catalogue.items):,}"
        rows += [(number, *_row(way, found, took[FLOOR])) for way, found in took.items()]
        for way in (GREENBIN, FLOOR):
            name = f"{way}, {number} names"
            spread[name] = [(share, _at(took[way], share / 100)) for share in range(1, 101)]
    report.table(
        "Look-up (milliseconds of the processor)",
        ("names", "way", "p50 ms", "p99 ms", "p50 ratio", "p99 ratio"),
        rows,
        "What goes beyond the shipped names is made of their beginnings and ends.",
    )
    title = "How many per cent of look-ups are done within so many ms"
    report.plot("look-up", plots.lines(title, "%", "ms", spread, tenfold=True))


def _loading(report: Report) -> None:
    """Reading the catalogue and making it ready, and the memory of a process that has."""
    runs = [
        subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True)
        for _ in range(ROUNDS)
    ]
    found = sorted(tuple(map(float, run.stdout.split())) for run in runs)
    seconds, mebibytes = found[len(found) // 2]
    header = ("seconds of the processor", "MiB of the process")
    report.table("Loading the catalogue", header, [(f"{seconds:.2f}", f"{mebibytes:.0f}")])


def _ways(catalogue: Catalogue, chance: random.Random) -> dict[str, list[float]]:
    """Milliseconds that each look-up took, by way."""
    names = [name for item in catalogue.items for name in item.names]
    queries = [_as_typed(chance.choice(names), chance) for _ in range(QUERIES)]
    few = queries[:FLOOR_QUERIES]
    return {
        GREENBIN: _timed(Search(catalogue, load_scheme("four_way")).answers, queries),
        FLOOR: _timed(partial(_nearest, names, fuzz.ratio), few),
        "extractOne, WRatio": _timed(partial(_nearest, names, fuzz.WRatio), few),
    }


def _row(way: str, found: list[float], floor: list[float]) -> Sequence[str]:
    shares = (0.5, 0.99)
    return (
        way,
        *(f"{_at(found, share):.3f}" for share in shares),
        *(f"{_at(found, share) / _at(floor, share):.2f}" for share in shares),
    )


def _nearest(names: list[str], scorer: Callable[..., float], query: str) -> object:
    return process.extractOne(query, names, scorer=scorer)


def _timed(find: Callable[[str], object], queries: list[str]) -> list[float]:
    """Milliseconds of each, the shortest first."""
    for query in queries[:20]:
        find(query)  # what is loaded at the first use
    took = []
    for query in queries:
        # Time of this thread alone: others work on the machine, too.
        begun = time.thread_time()
        find(query)
        took.append((time.thread_time() - begun) * 1000)
    return sorted(took)


def _at(found: list[float], share: float) -> float:
    return found[min(int(len(found) * share), len(found) - 1)]


def _with_names(shipped: Catalogue, wanted: int, chance: random.Random) -> Catalogue:
    """As many names as wanted: some of ours, or more, made of beginnings and ends of ours."""
    known = [name for item in shipped.items for name in item.names]
    made = set(known)
    while len(made) < wanted:
        one, other = chance.choice(known), chance.choice(known)
        made.add((one[: chance.randrange(1, 4)] + other[-chance.randrange(1, 5) :]).strip())
    more = iter(sorted(made - set(known)))
    share = max(0, wanted - len(known)) // len(shipped.items) + 1
    items, count = [], 0
    for item in shipped.items:
        extra = tuple(islice(more, share)) if wanted > len(known) else ()
        items.append(replace(item, names=item.names + extra, members=(), parts=()))
        count += len(items[-1].names)
        if count >= wanted:
            break
    return Catalogue(tuple(items), shipped.groups, shipped.questions, shipped.not_rubbish)


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
