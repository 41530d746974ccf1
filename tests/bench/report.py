"""One report of all that was measured: printed as it comes, and kept as Markdown with plots."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path


class Report:
    """Grows by a table or a plot at a time, so that a run broken off leaves what it has."""

    def __init__(self, folder: Path, title: str) -> None:
        self._folder = folder
        self.file = folder / "report.md"
        folder.mkdir(parents=True, exist_ok=True)
        self.file.write_text("", "utf-8")
        self._add(f"# {title}")

    def table(
        self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], note: str = ""
    ) -> None:
        ruled = [header, ["---"] * len(header), *rows]
        drawn = "\n".join("| " + " | ".join(row) + " |" for row in ruled)
        self._add("\n\n".join(filter(None, (f"## {title}", drawn, note))))

    def beside(
        self, title: str, unit: str, floor: str, found: Mapping[str, Sequence[float]]
    ) -> None:
        """Each way's median, and how many times the floor's it is."""
        lowest = statistics.median(found[floor])
        rows = [
            (
                f"{way} (floor)" if way == floor else way,
                f"{statistics.median(values):.4g}",
                f"{statistics.median(values) / lowest:.2f}",
                ", ".join(f"{value:.4g}" for value in values),
            )
            for way, values in found.items()
        ]
        self.table(title, ("way", f"median, {unit}", "ratio", "all rounds"), rows)

    def plot(self, name: str, svg: str) -> None:
        (self._folder / f"{name}.svg").write_text(svg, "utf-8")
        self._add(f"![{name}]({name}.svg)")

    def _add(self, text: str) -> None:
        print(f"{text}\n", flush=True)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n\n")
