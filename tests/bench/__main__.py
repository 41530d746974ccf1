"""`make bench`: what things take, each beside its floor in the same run.

These machines are noisy: the ratios count, the absolute figures only tell the scale.
`ARGS="books drop-offs"` measures only these.
"""

import argparse
import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.books import books
from tests.bench.broadcasts import broadcasting
from tests.bench.drop_offs import drop_off_rates
from tests.bench.look_up import look_up
from tests.bench.reminders import reminders
from tests.bench.report import Report
from tests.bench.start import start
from tests.bench.throughput import throughput
from tests.databases import Databases

FOLDER = Path("var/bench")
PARTS = ("look-up", "drop-offs", "books", "reminders", "throughput", "broadcast", "start")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    wanted = parser.parse_args().parts or PARTS
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    now = datetime.now(UTC)
    title = f"Greenbin, measured {now:%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores"
    report = Report(FOLDER / f"{now:%Y%m%d-%H%M}", title)
    if "look-up" in wanted:
        look_up(report)
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        try:
            asyncio.run(_with_databases(report, databases, wanted))
        finally:
            databases.remove()
    if "start" in wanted:
        asyncio.run(start(report))
    print(f"\nWith plots: {report.file}")


async def _with_databases(report: Report, databases: Databases, wanted: list[str]) -> None:
    for part, measure in (
        ("drop-offs", drop_off_rates),
        ("books", books),
        ("reminders", reminders),
        ("throughput", throughput),
        ("broadcast", broadcasting),
    ):
        if part in wanted:
            await measure(report, databases)


if __name__ == "__main__":
    main()
