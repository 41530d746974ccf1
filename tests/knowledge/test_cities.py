"""A city's own rules take the place of the catalogue's, from the day they say."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import cities
from knowledge.answers import Found, verdict
from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.learned import Learned
from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.knowledge.conftest import Write

BEFORE, AFTER = date(2018, 6, 30), date(2020, 9, 1)
HEADER = "from,name,group,also,reason_zh,reason_en,prepare_zh,prepare_en,source\n"


def answers(catalogue: Catalogue, text: str) -> str:
    search = Search(catalogue, load_scheme("four_way"), Learned({}))
    return verdict(search.answers(text)[0])[0]


def small_city(write: Write, rows: str, day: date) -> Catalogue:
    folder = write()
    (folder / "small.csv").write_text(HEADER + rows, "utf-8")
    catalogue = Catalogue.load(folder)
    return cities.as_in_city(catalogue, cities.read_rules("small", catalogue.groups, folder), day)


def test_peanut_shells_are_residual_in_guangzhou_since_the_rule_is_in_force(
    shipped: Catalogue,
) -> None:
    rules = cities.read_rules("guangzhou", shipped.groups)

    assert answers(cities.as_in_city(shipped, rules, BEFORE), "花生壳") == "food"
    assert answers(cities.as_in_city(shipped, rules, AFTER), "花生壳") == "residual"
    assert answers(shipped, "花生壳") == "food"


def test_new_year_kumquats_are_recycled_in_shenzhen(shipped: Catalogue) -> None:
    rules = cities.read_rules("shenzhen", shipped.groups)
    there = cities.as_in_city(shipped, rules, AFTER)

    [answer] = Search(there, load_scheme("four_way")).answers("年橘怎么扔")

    assert isinstance(answer, Found)
    assert answer.item.name == "年桔"
    assert "年花年桔" in answer.item.reason_of(None).zh
    assert verdict(answer)[0] == "recyclable"


@pytest.mark.parametrize("key", cities.city_keys())
def test_every_city_that_is_shipped_can_be_applied(shipped: Catalogue, key: str) -> None:
    rules = cities.read_rules(key, shipped.groups)
    there = cities.as_in_city(shipped, rules, max(rule.since for rule in rules))

    names = [name for item in there.items for name in item.names]

    assert all(rule.source for rule in rules)
    assert len(names) == len(set(names))
    assert all(there.by_name(rule.name) for rule in rules)


def test_a_later_rule_takes_the_place_of_an_earlier_one_and_may_end_it(write: Write) -> None:
    rows = (
        "2024-01-01,干电池,usual,,,,,,公告三\n"
        "2020-01-01,干电池,battery,,,,,,公告一\n"
        "2022-01-01,干电池,plastic,,,,,,公告二\n"
    )

    said = [
        answers(small_city(write, rows, day), "干电池")
        for day in (date(2019, 1, 1), date(2020, 1, 1), date(2023, 1, 1), date(2024, 1, 1))
    ]

    assert said == ["residual", "hazardous", "recyclable", "residual"]


def test_a_name_means_what_the_city_means_by_it(write: Write) -> None:
    there = small_city(write, "2020-01-01,沙发,furniture,画报,,,,,公告\n", AFTER)

    assert answers(there, "画报") == "bulky"
    assert answers(there, "杂志") == "recyclable"


def test_what_the_city_says_holds_in_every_state(write: Write) -> None:
    there = small_city(write, "2020-01-01,饭盒,soiled_plastic,,,,,,公告\n", AFTER)

    assert answers(there, "饭盒") == "residual"
    assert answers(there, "干净的饭盒") == "residual"


def test_a_city_may_know_things_that_the_catalogue_does_not(write: Write) -> None:
    rows = "2020-01-01,槟榔叶,fruit,蒟酱叶,,,,,公告\n2020-01-01,飞碟,usual,,,,,,公告\n"
    there = small_city(write, rows, AFTER)

    assert answers(there, "蒟酱叶") == "food"
    assert there.by_name("飞碟") is None


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("昨天,书,paper,,,,,,公告", "bad_date"),
        ("2020-01-01,,paper,,,,,,公告", "empty_name"),
        ("2020-01-01,书,papier,,,,,,公告", "unknown_group"),
        ("2020-01-01,书,paper,,,,,,", "no_source"),
        ("2020-01-01,书,paper,,因为,,,,公告", "half_translated"),
        ("2020-01-01,沙发,furniture,,,,,,公告", "name_twice"),
        ("2020-01-01,椅子,furniture,沙发,,,,,公告", "name_twice"),
    ],
)
def test_a_mistake_in_a_city_is_named_with_its_line(write: Write, row: str, kind: str) -> None:
    with pytest.raises(BadCatalogue) as caught:
        small_city(write, f"2020-01-01,沙发,furniture,,,,,,公告\n{row}\n", AFTER)

    assert [(one.file, one.line, one.kind) for one in caught.value.problems] == [
        ("cities/small.csv", 3, kind)
    ]


def test_a_city_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCatalogue) as caught:
        cities.read_rules("nowhere", {}, tmp_path)

    assert caught.value.kind == "no_file"
