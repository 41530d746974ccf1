"""`make bench`: what things take, each beside its floor in the same run.

These machines are noisy: the ratios count, the absolute figures only tell the scale.
"""

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.look_up import look_up
from tests.bench.report import Report
from tests.bench.start import start
from tests.bench.throughput import throughput
from tests.databases import Databases

FOLDER = Path("var/bench")


def main() -> None:
    now = datetime.now(UTC)
    title = f"Greenbin, measured {now:%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores"
    report = Report(FOLDER / f"{now:%Y%m%d-%H%M}", title)
    look_up(report)
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        try:
            asyncio.run(throughput(report, databases))
        finally:
            databases.remove()
    asyncio.run(start(report))
    print(f"\nWith plots: {report.file}")


if __name__ == "__main__":
    main()
