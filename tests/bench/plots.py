"""Plots for reports, drawn as SVG by hand: bars, and lines."""

import math
import statistics
from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#2e7d32", "#1565c0", "#9e9e9e", "#ef6c00")
WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP = 60, 20, 40


def bars(title: str, unit: str, values: Mapping[str, Sequence[float]]) -> str:
    """A bar a name, as long as the median of its values; each value is a dot on it."""
    height = TOP + 44 * len(values) + 10
    most = max(max(found) for found in values.values())
    drawn = []
    for row, (name, found) in enumerate(values.items()):
        y = TOP + 44 * row
        middle = statistics.median(found)
        drawn.append(_text(LEFT, y + 10, f"{name}: {middle:.4g} {unit}"))
        long = _along(middle, most)
        colour = COLOURS[row % len(COLOURS)]
        drawn.append(f'<rect x="{LEFT}" y="{y + 16}" width="{long}" height="16" fill="{colour}"/>')
        for value in found:
            x = LEFT + _along(value, most)
            drawn.append(f'<circle cx="{x}" cy="{y + 24}" r="3" fill="white" stroke="black"/>')
    return _picture(title, drawn, height)


def lines(
    title: str,
    x_name: str,
    y_name: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    tenfold: bool = False,
) -> str:
    """A line a name through its points; `tenfold`: each step upwards is ten times as much."""
    points = [point for line in series.values() for point in line]
    most_x = max(x for x, _ in points)
    marks = _marks([y for _, y in points], tenfold=tenfold)
    top = TOP + 16 * len(series)
    low = top + HEIGHT

    def place(x: float, y: float) -> tuple[float, float]:
        floor, ceiling, value = marks[0], marks[-1], max(y, marks[0])
        if tenfold:
            floor, ceiling, value = map(math.log10, (floor, ceiling, value))
        high = HEIGHT * (value - floor) / (ceiling - floor)
        return LEFT + _along(x, most_x), round(low - high, 1)

    drawn = [_text(WIDTH - RIGHT, low + 32, x_name, "end"), _text(5, top - 12, y_name)]
    for mark in marks:
        y = place(0, mark)[1]
        drawn.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        drawn.append(_text(LEFT - 6, y + 4, f"{mark:g}", "end"))
    for step in range(5):
        x = most_x * step / 4
        drawn.append(_text(LEFT + _along(x, most_x), low + 16, f"{x:.3g}", "middle"))
    for row, (name, line) in enumerate(series.items()):
        colour = COLOURS[row % len(COLOURS)]
        path = " ".join(f"{x},{y}" for x, y in (place(*point) for point in line))
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(_text(LEFT, TOP + 16 * row, f"— {name}", colour=colour))
    return _picture(title, drawn, low + 45)


def _marks(values: Sequence[float], *, tenfold: bool) -> list[float]:
    """Where the lines across are drawn: from the floor to what holds all values."""
    if tenfold:
        least, most = min(value for value in values if value > 0), max(values)
        steps = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
        return [10.0**step for step in steps]
    step = 10 ** math.floor(math.log10(max(values) or 1.0)) / 2
    return [step * number for number in range(math.ceil(max(values) / step) + 1)]


def _along(value: float, most: float) -> float:
    return round((WIDTH - LEFT - RIGHT) * value / (most or 1), 1)


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#222") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _picture(title: str, drawn: Sequence[str], height: int) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        ' font-family="sans-serif" font-size="12">'
    )
    ground = '<rect width="100%" height="100%" fill="white"/>'
    heading = f'<text x="5" y="18" font-size="14" font-weight="bold">{escape(title)}</text>'
    return "\n".join((head, ground, heading, *drawn, "</svg>\n"))
