"""`make campaign`: the long trials, in seeded shards of at most 25 minutes whose counts add up.

    make campaign ARGS="kills --shard 1/4"      one shard of one kind
    make campaign                               everything, one after the other
    make campaign ARGS="--table"                the table of what has been run

A red trial prints its seed; the same line with `--seed N` runs that one again. Results are kept in
`var/campaign/`, a line a trial.
"""

import argparse
import asyncio
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.databases import KINDS, NO_SERVER
from tests.trials import (
    again,
    bookings,
    broadcasts,
    crashes,
    failures,
    kills,
    odd,
    pickups,
    poison,
    races,
    scans,
    troubles,
)
from tests.trials.faults import FAULTS
from tests.trials.tools import Tools
from tests.trials.troubles import in_campaign

SHARD_SECONDS = 25 * 60
RESULTS = Path("var/campaign/trials.jsonl")


@dataclass(frozen=True)
class Kind:
    """A kind of trial: what it shows, how often, and how one is carried out."""

    what: str
    trials: int
    """On each database."""
    one: Callable[[Tools, str, int, Path], Awaitable[str]]
    """Carries out one on a database of this kind with this seed; what went wrong, or nothing."""
    databases: tuple[str, ...] = KINDS


CAMPAIGN = {
    "kills": Kind("killed three times, 300 questions, slow handlers", 40, kills.killed),
    "stops": Kind("stopped, 300 questions, slow handlers", 40, kills.stopped),
    "own-polling": Kind("control: aiogram's own polling loses", 4, kills.own_polling),
    "crashes": Kind("killed at a named point, each twice", 60, crashes.at_a_point),
    "failures": Kind(
        f"a kind of API failure, {failures.ROUNDS} rounds at each method",
        failures.FIFTY * len(FAULTS),
        failures.one_kind,
    ),
    "outages": Kind("every call fails in one way", 5 * len(failures.LASTING), failures.one_outage),
    "pauses": Kind("too many requests, and a restart", 30, failures.one_pause),
    "storms": Kind("300 questions, a quarter of all calls fails", 20, failures.one_storm),
    "again": Kind("redelivered, reordered, pressed often and late", 20, again.again),
    "races": Kind("everybody does something at once, three times", 100, races.raced),
    "bookings": Kind("500 want 20 places while holds lapse", 50, bookings.booked),
    "scans": Kind("killed three times while a queue is scanned", 100, scans.scanned),
    "pickups": Kind(
        "killed three times amid bookings, changes, reminders and rounds", 50, pickups.killed
    ),
    "told-later": Kind("control: told after the commit", 4, pickups.told_later),
    "broadcasts": Kind("10,000 people, killed ten times", 20, broadcasts.killed),
    "blind-broadcasts": Kind("control: sent again blindly", 4, broadcasts.retried),
    "poison": Kind("all poison in one answer, among neighbours' questions", 9, poison.one_batch),
    "texts": Kind(f"{odd.EACH} generated texts", 40, odd.some_texts),
    "updates": Kind(f"{odd.EACH} mutated updates", 100, odd.some_updates),
    "locks": Kind("the database locked for 0.1–20 s", 40, in_campaign(troubles.locked)),
    "full": Kind("no room on the disk", 40, in_campaign(troubles.full), ("sqlite",)),
    "confirm-first": Kind(
        "control: confirmed before it is stored, no room", 4, troubles.confirmed_first, ("sqlite",)
    ),
    "ended": Kind("PostgreSQL backends ended", 40, in_campaign(troubles.ended), ("postgresql",)),
}


@dataclass(frozen=True)
class Result:
    """How one trial ended."""

    kind: str
    database: str
    seed: int
    wrong: str
    seconds: float
    commit: str


async def campaign(names: list[str], shard: tuple[int, int], seed: int | None) -> bool:
    """Carry out one shard of these kinds; whether all went well."""
    deadline, well = time.monotonic() + SHARD_SECONDS, True
    with tempfile.TemporaryDirectory() as folder:
        async with Tools.at_hand(Path(folder)) as tools:
            if not tools.databases.server:
                print(NO_SERVER)
            for name, database, each in _planned(names, shard, seed):
                if database == "postgresql" and not tools.databases.server:
                    continue
                left = deadline - time.monotonic()
                if left <= 0:
                    print(f"RED {name} {database}: out of time before seed {each}; cut it finer")
                    return False
                result = await _one(tools, name, database, each, left)
                _keep(result)
                well = well and not result.wrong
    return well


def _planned(
    names: list[str], shard: tuple[int, int], seed: int | None
) -> Iterator[tuple[str, str, int]]:
    """What this shard has to do: kind, database and seed of each trial."""
    number, of = shard
    for name in names:
        for database in CAMPAIGN[name].databases:
            for each in range(number, CAMPAIGN[name].trials + 1, of) if seed is None else [seed]:
                yield name, database, each


async def _one(tools: Tools, name: str, database: str, seed: int, left: float) -> Result:
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with asyncio.timeout(left):
                wrong = await CAMPAIGN[name].one(tools, database, seed, Path(folder))
    except TimeoutError:
        wrong = "not over when the shard's time was"
    except Exception as error:  # one trial that breaks is red; the others go on
        wrong = f"{type(error).__name__}: {error}"
    seconds = round(time.monotonic() - begun, 1)
    return Result(name, database, seed, wrong, seconds, _commit())


def _keep(result: Result) -> None:
    colour = "RED" if result.wrong else "ok "
    print(
        f"{colour} {result.kind} {result.database} seed {result.seed} {result.wrong}", flush=True
    )
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a") as file:
        file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def table() -> None:
    """Print what has been run, added up over the shards: the last run of each seed counts."""
    found: dict[tuple[str, str], dict[int, Result]] = {}
    for line in RESULTS.read_text("utf-8").splitlines() if RESULTS.exists() else []:
        result = Result(**json.loads(line))
        found.setdefault((result.kind, result.database), {})[result.seed] = result
    print("| trial | | database | trials | seeds | commit | s each | result |")
    print("|---|---|---|---|---|---|---|---|")
    for (name, database), trials in sorted(found.items()):
        red = sorted(seed for seed, trial in trials.items() if trial.wrong)
        kind = CAMPAIGN[name]
        cells = (
            name,
            kind.what,
            database,
            f"{len(trials)} of {kind.trials}",
            f"{min(trials)}–{max(trials)}",
            ", ".join(sorted({trial.commit for trial in trials.values()})),
            f"{statistics.median(trial.seconds for trial in trials.values()):.0f}",
            f"{len(red)} red: {red}" if red else "all as they should be",
        )
        print("| " + " | ".join(cells) + " |")


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
    logging.disable(logging.CRITICAL)  # things go wrong all the time here
    shard = (int(number), int(of))
    well = asyncio.run(campaign(chosen.kinds or list(CAMPAIGN), shard, chosen.seed))
    table()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
