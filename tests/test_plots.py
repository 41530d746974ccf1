"""The plots of `make bench` are pictures that a browser can read."""

from xml.etree import ElementTree

from tests.bench import plots

SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_for_each_name_is_as_long_as_its_median() -> None:
    drawn = plots.bars("Updates", "/s", {"ours": [1, 2, 3], "<floor>": [4, 4, 4]})

    shown = ElementTree.fromstring(drawn)
    ours, floor = [float(bar.attrib["width"]) for bar in shown.findall(f"{SVG}rect")[1:]]
    assert ours == floor / 2
    assert [each.text for each in shown.findall(f"{SVG}text")][-1] == "<floor>: 4 /s"


def test_a_line_that_grows_tenfold_by_the_same_step_is_straight() -> None:
    drawn = plots.lines("Waits", "%", "ms", {"ours": [(0, 1), (1, 10), (2, 100)]}, tenfold=True)

    (line,) = ElementTree.fromstring(drawn).findall(f"{SVG}polyline")
    first, middle, last = [
        [float(each) for each in point.split(",")] for point in line.attrib["points"].split()
    ]
    assert middle == [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2]
