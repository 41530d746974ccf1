"""`make campaign`: the long trials, in seeded shards of at most 25 minutes whose counts add up.

    make campaign ARGS="kills --shard 1/4"      one shard of one kind
    make campaign                               everything, one after the other
    make campaign ARGS="--table"                the table of what has been run at this commit

A red trial prints its seed; the same line with `--seed N` runs that one again. Results are kept in
`var/campaign/`, a line a trial.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.databases import KINDS, Databases
from tests.trials import crashes, kills
from tests.trials.kills import Plan, Zygote
from tests.trials.points import points

SHARD_SECONDS = 25 * 60
RESULTS = Path("var/campaign")
QUESTIONS = 300


@dataclass(frozen=True)
class Tools:
    """What trials need."""

    zygote: Zygote
    databases: Databases
    catalogue: Catalogue
    search: Search


@dataclass(frozen=True)
class Kind:
    """A kind of trial: what it shows, how often, and how one is carried out."""

    what: str
    trials: int
    """On each database."""
    one: Callable[[Tools, str, int, Path], Awaitable[str]]
    """Carries out one on a database of this kind with this seed; what went wrong, or nothing."""


async def _kill(tools: Tools, database: str, seed: int, folder: Path) -> str:
    outcome = await _plan(tools, database, Plan(seed, signal.SIGKILL, QUESTIONS), folder)
    return _faults(lost=outcome.lost, again=outcome.twice_though_marked)


async def _stop(tools: Tools, database: str, seed: int, folder: Path) -> str:
    outcome = await _plan(tools, database, Plan(seed, signal.SIGTERM, QUESTIONS, 1), folder)
    late = [f"{outcome.slowest_stop:.1f} s"] if outcome.slowest_stop > 10 else []
    return _faults(lost=outcome.lost, twice=outcome.twice, late=late)


async def _own_polling(tools: Tools, database: str, seed: int, folder: Path) -> str:
    signal_ = random.Random(seed).choice((signal.SIGTERM, signal.SIGKILL))
    plan = Plan(seed, signal_, QUESTIONS, own_polling=True)
    outcome = await _plan(tools, database, plan, folder)
    return "" if outcome.lost else "aiogram's own polling lost nothing: the trial is blind"


async def _plan(tools: Tools, database: str, plan: Plan, folder: Path) -> kills.Outcome:
    names = kills.questions(tools.catalogue, tools.search, plan.questions, plan.seed)
    url = tools.databases.new(database)
    return await kills.run(plan, tools.zygote, names, url, folder / "log")


async def _crash(tools: Tools, database: str, seed: int, folder: Path) -> str:
    every = points(database)
    point = every[seed % len(every)]
    url = tools.databases.new(database)
    crash = await crashes.run(point, tools.zygote, url, folder, time=1 + seed // len(every) % 2)
    return "; ".join(f"{point}: {fault}" for fault in crash.faults())


CAMPAIGN = {
    "kills": Kind(f"3 × SIGKILL, {QUESTIONS} questions, slow handlers", 40, _kill),
    "stops": Kind(f"SIGTERM, {QUESTIONS} questions, slow handlers", 40, _stop),
    "own-polling": Kind("control: aiogram's own polling loses", 4, _own_polling),
    "crashes": Kind("killed at a named point, each point twice", 60, _crash),
}


def _faults(**found: list[str]) -> str:
    return "; ".join(f"{what}: {', '.join(which)}" for what, which in found.items() if which)


@asynccontextmanager
async def _tools() -> AsyncIterator[Tools]:
    catalogue = Catalogue.load()
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        zygote = await Zygote.begin()
        try:
            yield Tools(zygote, databases, catalogue, Search(catalogue, load_scheme("four_way")))
        finally:
            await zygote.end()
            databases.remove()


async def campaign(names: list[str], shard: tuple[int, int], seed: int | None) -> int:
    """Carry out one shard of these kinds; 1 if a trial went wrong."""
    begun, red = time.monotonic(), 0
    number, of = shard
    async with _tools() as tools:
        for name in names:
            kind = CAMPAIGN[name]
            for database in KINDS if tools.databases.server else KINDS[:1]:
                seeds = [seed] if seed is not None else range(number, kind.trials + 1, of)
                for each in seeds:
                    if time.monotonic() - begun > SHARD_SECONDS:
                        print(f"{name} {database}: out of time before seed {each}; cut it finer")
                        return 1
                    with tempfile.TemporaryDirectory() as folder:
                        wrong = await kind.one(tools, database, each, Path(folder))
                    red += bool(wrong)
                    _keep(name, database, each, wrong)
    return 1 if red else 0


def _keep(name: str, database: str, seed: int, wrong: str) -> None:
    print(f"{'RED' if wrong else 'ok '} {name} {database} seed {seed} {wrong}", flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    line = {"kind": name, "database": database, "seed": seed, "wrong": wrong, "commit": _commit()}
    with (RESULTS / "trials.jsonl").open("a") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def table() -> None:
    """Print what has been run, added up over the shards: the last run of each seed counts."""
    found: dict[tuple[str, str], dict[int, dict[str, str]]] = {}
    file = RESULTS / "trials.jsonl"
    for line in file.read_text("utf-8").splitlines() if file.exists() else []:
        trial = json.loads(line)
        found.setdefault((trial["kind"], trial["database"]), {})[trial["seed"]] = trial
    print("| trial | database | trials | seeds | commit | result |\n|---|---|---|---|---|---|")
    for (name, database), trials in sorted(found.items()):
        red = sorted(seed for seed, trial in trials.items() if trial["wrong"])
        commits = ", ".join(sorted({trial["commit"] for trial in trials.values()}))
        result = f"{len(red)} red: {red}" if red else "all as they should be"
        seeds = f"{min(trials)}–{max(trials)}"
        what = CAMPAIGN[name].what if name in CAMPAIGN else name
        print(f"| {what} | {database} | {len(trials)} | {seeds} | {commits} | {result} |")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make campaign ARGS=…", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*CAMPAIGN, []], metavar="KIND")
    parser.add_argument("--shard", default="1/1", help="this one of so many, e.g. 2/4")
    parser.add_argument("--seed", type=int, help="only this one")
    parser.add_argument("--table", action="store_true", help="only the table")
    chosen = parser.parse_args()
    if chosen.table:
        table()
        return 0
    number, _, of = chosen.shard.partition("/")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    status = asyncio.run(
        campaign(chosen.kinds or list(CAMPAIGN), (int(number), int(of)), chosen.seed)
    )
    table()
    return status


if __name__ == "__main__":
    sys.exit(main())
