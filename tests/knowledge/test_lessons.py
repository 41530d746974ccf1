"""What staff have taught is in the catalogue, which stays as sound as it was."""

import shutil
from pathlib import Path

import pytest

from knowledge import catalogue, cities, lessons, spreadsheets, wording
from knowledge.answers import Asked, Found, Nothing, verdict
from knowledge.catalogue import Catalogue
from knowledge.catalogue_files import ITEM_HEADER, row_of
from knowledge.lessons import Lesson, Says
from knowledge.schemes import load_scheme
from knowledge.search import Search
from tests.knowledge.conftest import Write
from tests.knowledge.test_cities import AFTER
from tests.quality import COMMITTED

ALIAS = Lesson("虫洞发生器", Says.ALIAS, item="香蕉皮")
ITEM = Lesson("虫洞发生器", Says.ITEM, group="staff_hazardous")
NO_RUBBISH = Lesson("虫洞发生器", Says.NO_RUBBISH)


def taught(search: Search, catalogue: Catalogue, *said: Lesson) -> Search:
    return search.in_place(lessons.with_lessons(catalogue, said), load_scheme("four_way"))


def answers(search: Search, text: str) -> str:
    return verdict(search.answers(text)[0])[0]


@pytest.mark.parametrize(
    ("lesson", "bin_"), [(ALIAS, "food"), (ITEM, "hazardous"), (NO_RUBBISH, "unknown")]
)
def test_what_was_taught_is_answered_however_it_is_asked(
    search: Search, shipped: Catalogue, lesson: Lesson, bin_: str
) -> None:
    there = taught(search, shipped, lesson)

    said = {answers(there, text) for text in ("虫洞发生器", "请问虫洞發生器怎么扔？")}
    assert said == {bin_}
    assert answers(search, "虫洞发生器") == "unknown"


def test_what_is_no_rubbish_is_not_kept_as_unknown(search: Search, shipped: Catalogue) -> None:
    there = taught(search, shipped, NO_RUBBISH)

    assert there.answers("虫洞发生器") == (Nothing("虫洞发生器", not_rubbish=True),)


def test_an_alias_is_found_by_a_slip_of_the_pen_too(search: Search, shipped: Catalogue) -> None:
    there = taught(search, shipped, ALIAS)

    assert answers(there, "虫洞发声器") == "food"


def test_the_later_lesson_about_a_name_holds(search: Search, shipped: Catalogue) -> None:
    assert answers(taught(search, shipped, ALIAS, ITEM), "虫洞发生器") == "hazardous"
    assert answers(taught(search, shipped, ITEM, ALIAS), "虫洞发生器") == "food"
    assert answers(taught(search, shipped, NO_RUBBISH, ALIAS), "虫洞发生器") == "food"


def test_a_name_of_another_item_is_taken_from_it(search: Search, shipped: Catalogue) -> None:
    there = taught(search, shipped, Lesson("🍌", Says.ALIAS, item="沙发"))

    assert answers(there, "🍌") == "bulky"
    assert answers(there, "香蕉皮") == "food"


def test_a_thing_by_its_own_name_is_moved_with_its_other_names(
    search: Search, shipped: Catalogue
) -> None:
    item = next(i for i in shipped.items if i.stream_of(None) == "food" and len(i.names) > 2)
    there = taught(search, shipped, Lesson(item.name, Says.ITEM, group="staff_residual"))

    assert {answers(there, name) for name in item.names if len(name) > 1} == {"residual"}


def test_every_name_means_one_thing_after_any_lesson(shipped: Catalogue) -> None:
    said = [
        Lesson("🍌", Says.ALIAS, item="沙发"),
        Lesson("沙发", Says.ITEM, group="staff_residual"),
        Lesson("旧沙发", Says.ALIAS, item="书"),
        Lesson("书", Says.NO_RUBBISH),
        Lesson("报纸", Says.ALIAS, item="沙发"),
    ]
    for number in range(len(said) + 1):
        there = lessons.with_lessons(shipped, said[:number])
        owned = [(name, item.name) for item in there.items for name in item.names]

        assert len(owned) == len({name for name, _ in owned})
        owners = dict(owned)
        for name in {*(each.name for each in said), *owners}:
            owner = there.owner(wording.key(name))
            assert (owner and owner.name) == owners.get(name)


def test_a_part_whose_only_name_now_means_something_else_is_still_a_part(write: Write) -> None:
    small = Catalogue.load(write())
    there = lessons.with_lessons(small, [Lesson("饭盒", Says.ALIAS, item="沙发"),
                                         Lesson("便当盒", Says.ALIAS, item="沙发")])  # fmt: skip

    boxed = there.by_name("盒饭")
    assert boxed
    assert all(there.by_name(part) for part in boxed.parts)


def test_a_lesson_about_what_is_gone_teaches_nothing(search: Search, shipped: Catalogue) -> None:
    there = taught(
        search, shipped, Lesson("虫洞发生器", Says.ALIAS, item="恐龙"),
        Lesson("时光机", Says.ITEM, group="gone"),
    )  # fmt: skip

    assert answers(there, "虫洞发生器") == "unknown"
    assert answers(there, "时光机") == answers(search, "时光机")


def test_only_what_is_sure_needs_no_lesson(search: Search) -> None:
    def sure(text: str) -> bool:
        return lessons.is_sure(search.answers(text)[0])

    assert sure("香蕉皮")
    assert sure("有害垃圾")
    assert isinstance(search.answers("餐盒")[0], Asked | Found)
    assert not sure("虫洞发生器")
    assert not sure("玻璃温油计")


def test_a_place_answers_as_if_its_catalogue_were_the_only_one(
    search: Search, shipped: Catalogue
) -> None:
    """The layered search and one that is built anew say the same to a thousand questions."""
    rules = cities.read_rules("guangzhou", shipped.groups)
    there = lessons.with_lessons(cities.as_in_city(shipped, rules, AFTER), [ALIAS])
    layered = search.in_place(there, load_scheme("four_way"))
    anew = Search(there, load_scheme("four_way"))

    lines = COMMITTED.read_text("utf-8").splitlines()[1:]
    different = [
        text
        for text in (line.partition("\t")[0] for line in lines)
        if list(map(verdict, layered.answers(text))) != list(map(verdict, anew.answers(text)))
    ]
    assert different == []


def test_items_are_written_as_they_were_read(shipped: Catalogue, tmp_path: Path) -> None:
    """What a place exports goes upstream as it is."""
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue.FOLDER, folder)
    for file in (folder / "items").iterdir():
        file.unlink()
    rows = [row_of(item) for item in shipped.items]
    (folder / "items" / "paper.csv").write_bytes(spreadsheets.write_csv(list(ITEM_HEADER), rows))

    again = Catalogue.load(folder)

    def said(one: Catalogue) -> list[object]:
        return [(i.name, i.english, set(i.names), i.group, i.states, i.members, i.parts, i.reason,
                 i.prepare, i.elsewhere, i.unlike) for i in one.items]  # fmt: skip

    assert said(again) == said(shipped)


def test_what_was_taught_can_go_into_the_files_of_the_catalogue(
    search: Search, shipped: Catalogue, tmp_path: Path
) -> None:
    """The rows take the place of those of the same names, and the files are as sound as before."""
    said = [
        Lesson("虫洞发生器", Says.ITEM, group="staff_hazardous"),
        Lesson("量子香蕉片皮", Says.ALIAS, item="香蕉皮"),
        Lesson("🍌", Says.ALIAS, item="沙发"),
        Lesson("时光机", Says.NO_RUBBISH),
    ]
    items, no_rubbish = lessons.rows(shipped, said)
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue.FOLDER, folder)
    named = {row[0] for row in items}
    for file in (folder / "items").iterdir():
        table = spreadsheets.read(file.name, file.read_bytes(), spreadsheets.FROM_DISK)
        kept = [list(row.cells.values()) for row in table.rows if row.cells["name"] not in named]
        kept += items if file.name == "paper.csv" else []
        file.write_bytes(spreadsheets.write_csv(list(ITEM_HEADER), kept))
    with (folder / "not_rubbish.csv").open("a", encoding="utf-8") as file:
        file.write(f"staff,{';'.join(no_rubbish)}\n")

    upstream = Search(Catalogue.load(folder), load_scheme("four_way"))

    assert named == {"虫洞发生器", "香蕉皮", "香蕉", "沙发"}
    asked = ("虫洞发生器", "量子香蕉片皮", "🍌", "香蕉皮", "时光机")
    there = taught(search, shipped, *said)
    assert [answers(upstream, one) for one in asked] == [answers(there, one) for one in asked]
