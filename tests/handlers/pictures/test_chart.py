"""The picture of the last twelve weeks."""

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from handlers.pictures import chart
from handlers.pictures.chart import Week


def drawn(points: list[int], label: str = "11月23日") -> Image.Image:
    made = chart.weeks([Week(label, each) for each in points], title="最近十二周的积分")
    assert len(made) < 60_000
    return Image.open(BytesIO(made)).convert("RGB")


def heights(picture: Image.Image, colour: str) -> list[int]:
    """How many pixels of this colour stand in the middle of each week's room."""
    ink, slot = ImageColor.getrgb(colour), (chart.WIDTH - 2 * chart.SIDE) / 12
    near = [
        [picture.getpixel((chart.SIDE + (week + 0.75) * slot, y)) for y in range(picture.height)]
        for week in range(12)
    ]
    return [
        sum(all(abs(a - b) < 12 for a, b in zip(at, ink, strict=True)) for at in column)
        for column in near
    ]


def test_bars_are_as_high_as_their_points() -> None:
    bars = heights(drawn([10, 20, 40, 0, 10, 20, 40, 0, 10, 20, 40, 80]), chart.GAIN)

    assert bars[3] == bars[7] == 0
    assert bars[11] == pytest.approx(2 * bars[2], rel=0.03)
    assert bars[2] == pytest.approx(4 * bars[0], rel=0.05)


def test_lost_points_hang_below_the_line_in_another_colour() -> None:
    picture = drawn([10, -10] * 6)

    assert all(heights(picture, chart.GAIN)[0::2])
    assert all(heights(picture, chart.LOSS)[1::2])
    assert not any(heights(picture, chart.LOSS)[0::2])


def test_a_single_point_beside_a_million_is_seen() -> None:
    assert heights(drawn([1_000_000] + [1] * 11), chart.GAIN)[5] >= 3


@pytest.mark.parametrize(
    "points", [[], [0] * 12, [-5] * 12, [10**12, -(10**12)] * 6, [1], list(range(60))]
)
def test_any_points_can_be_drawn(points: list[int]) -> None:
    assert drawn(points, "十一月的第三个星期一到星期天").size == (chart.WIDTH, chart.HEIGHT)


def test_words_keep_inside_the_picture() -> None:
    week = Week("很长的标签" * 5, 10**15)
    made = chart.weeks([week] * 12, title="很长的标题" * 30, below="一共" * 200)

    picture = Image.open(BytesIO(made)).convert("L")
    edges = [picture.crop((x, 0, x + 10, picture.height)) for x in (0, picture.width - 10)]
    assert all(edge.getextrema() == (255, 255) for edge in edges)
