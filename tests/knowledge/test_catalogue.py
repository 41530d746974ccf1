"""The catalogue's files are read whole, or every mistake in them is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.catalogue import BadCatalogue, Catalogue
from knowledge.streams import Stream, Words

Write = Callable[..., Path]

HEADER = "name,en,group,also,states,members,parts,reason_zh,reason_en,prepare_zh,prepare_en\n"
GROUPS = "group,stream,reason_zh,reason_en,prepare_zh,prepare_en\n"
QUESTIONS = "question,question_zh,question_en,state,state_zh,state_en,words\n"


def problems_of(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(BadCatalogue) as caught:
        Catalogue.load(folder)
    return [(found.file, found.line, found.kind) for found in caught.value.problems]


def test_what_is_shipped_is_sound(shipped: Catalogue) -> None:
    assert len(shipped.items) > 1000
    assert all(shipped.by_key(item.key) is item for item in shipped.items)
    assert all(shipped.by_name(name) for item in shipped.items for name in item.parts)
    assert all(len(item.key) == 8 for item in shipped.items)


def test_every_item_can_be_answered(shipped: Catalogue) -> None:
    for item in shipped.items:
        assert item.group or item.states or item.members, item.name
        for state in (None, *item.states):
            if item.stream_of(state):
                assert item.reason_of(state).zh, item.name
                assert item.reason_of(state).en, item.name


def test_an_item_is_read_with_all_its_columns(write: Write) -> None:
    paper = Catalogue.load(write()).by_name("杂志")

    assert paper
    assert paper.names == ("杂志", "画报", "magazine")
    assert paper.title == Words("杂志", "magazine")
    assert paper.question
    assert paper.question.text == Words("干净吗？", "Is it clean?")
    assert list(paper.states) == ["clean", "dirty"]
    assert paper.stream_of(None) is Stream.RECYCLABLE
    assert paper.stream_of("dirty") is Stream.RESIDUAL
    assert paper.prepare_of("dirty").en == "Wrap it"


def test_an_item_to_ask_about_has_a_stream_only_in_a_state(write: Write) -> None:
    box = Catalogue.load(write()).by_name("饭盒")

    assert box
    assert box.stream_of(None) is None
    assert box.stream_of("clean") is Stream.RECYCLABLE


def test_its_own_reason_comes_before_that_of_the_group(write: Write) -> None:
    meal = Catalogue.load(write()).by_name("盒饭")

    assert meal
    assert meal.reason_of(None) == Words("打包了", "It is packed")
    assert meal.prepare_of(None) == Words("沥干", "Drain it")
    assert meal.parts == ("饭盒", "香蕉皮")


def test_the_key_of_an_item_stays_when_its_row_is_edited_and_moved(write: Write) -> None:
    before = Catalogue.load(write(HEADER + "梨,pear,fruit,,,,,,,,\n书,book,paper,,,,,,,,\n"))
    after = Catalogue.load(write(HEADER + "书,book,paper,,,,,,,,\n梨,,paper,鸭梨,,,,,,,\n"))

    assert [item.key for item in before.items] == [item.key for item in after.items][::-1]


def test_excel_may_add_a_mark_at_the_start_and_blank_rows_at_the_end(write: Write) -> None:
    rows = "梨,pear,fruit,鸭梨；雪梨,,,,,,,\r\n,,,,,,,,,,\r\n\r\n"
    catalogue = Catalogue.load(write(("\ufeff" + HEADER + rows).encode()))

    assert [item.names for item in catalogue.items] == [("梨", "鸭梨", "雪梨", "pear")]


@pytest.mark.parametrize(
    ("row", "kind", "values"),
    [
        ("梨,pear,fruit,,,,,,,\n", "wrong_columns", {"expected": "11", "found": "10"}),
        (",pear,fruit,,,,,,,,\n", "empty_name", {}),
        ("梨,pear,fruit,？！,,,,,,,\n", "empty_name", {"name": "？！"}),
        (f"{'梨' * 31},pear,fruit,,,,,,,,\n", "too_long", {"longest": "30"}),
        ("梨,pear,frut,,,,,,,,\n", "unknown_group", {"group": "frut"}),
        ("梨,pear,,,,,,,,,\n", "unknown_group", {"group": ""}),
        ("梨,pear,fruit,,wet=fruit;clean=fruit,,,,,,\n", "unknown_state", {"state": "wet"}),
        ("梨,pear,fruit,,clean=fruit;dirty=frut,,,,,,\n", "unknown_group", {"group": "frut"}),
        ("梨,pear,fruit,,clean=fruit;clean=paper,,,,,,\n", "state_twice", {"state": "clean"}),
        ("梨,pear,fruit,,clean=fruit,,,,,,\n", "single_state", {"state": "clean=fruit"}),
        (
            "梨,pear,fruit,,clean=fruit;plastic=plastic,,,,,,\n",
            "mixed_questions",
            {"questions": "clean;material"},
        ),
        (
            "梨,pear,fruit,,clean=paper;dirty=soiled_paper,,,,,,\n",
            "usual_bin_not_among_states",
            {"group": "fruit"},
        ),
        ("梨,pear,ask,,,,,,,,\n", "nothing_to_ask", {}),
        ("梨,pear,fruit,,,香蕉皮;书,,,,,\n", "family_with_own_bin", {}),
        ("梨,pear,ask,,,香蕉皮,,,,,\n", "member_count", {"count": "1"}),
        ("梨,pear,ask,,,香蕉皮;桃,,,,,\n", "unknown_member", {"name": "桃"}),
        ("梨,pear,ask,,,香蕉皮;盆子,,,,,\n", "family_in_family", {"name": "盆子"}),
        ("梨,pear,fruit,,,,梨心,,,,\n", "unknown_part", {"name": "梨心"}),
        ("梨,pear,fruit,,,,梨,,,,\n", "unknown_part", {"name": "梨"}),
        ("梨,pear,fruit,,,,,会烂,,,\n", "half_translated", {"column": "reason"}),
        ("梨,pear,fruit,,,,,,,,Wrap it\n", "half_translated", {"column": "prepare"}),
        ('梨,pear,"fruit,,,,,,,,\n', "bad_csv", {}),
    ],
)
def test_a_mistake_in_a_row_is_named_with_its_line(
    write: Write, row: str, kind: str, values: dict[str, str]
) -> None:
    good = "香蕉皮,,fruit,,,,,,,,\n书,,paper,,,,,,,,\n盆子,,ask,,,香蕉皮;书,,,,,\n"
    folder = write(HEADER + good + row)

    with pytest.raises(BadCatalogue) as caught:
        Catalogue.load(folder)

    bad = caught.value
    assert [found.kind for found in bad.problems] == [kind]
    assert (bad.file, bad.line, bad.kind) == ("items/all.csv", 5, kind)
    assert values.items() <= dict(bad.values).items()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("梨,,fruit,,,,,,,,", "梨,,fruit,,,,,,,,"),
        ("梨,,fruit,鸭梨,,,,,,,", "鸭梨,,fruit,,,,,,,,"),
        ("U盘,,plastic,,,,,,,,", "ｕ盘,,plastic,,,,,,,,"),
        ("面条,,fruit,,,,,,,,", "面,,fruit,麵條,,,,,,,"),
        ("梨,Pear,fruit,,,,,,,,", "桃,pear,fruit,,,,,,,,"),
        ("伞,,plastic,☂,,,,,,,", "雨衣,,plastic,☂️,,,,,,,"),
    ],
)
def test_a_name_belongs_to_one_item_however_it_is_written(
    write: Write, first: str, second: str
) -> None:
    folder = write(f"{HEADER}{first}\n{second}\n")

    with pytest.raises(BadCatalogue) as caught:
        Catalogue.load(folder)

    [problem] = caught.value.problems
    assert (problem.line, problem.kind) == (3, "name_twice")
    assert problem.values["other_line"] == "2"
    assert problem.values["other_file"] == "items/all.csv"


@pytest.mark.parametrize(
    ("items", "line", "kind", "guess"),
    [
        ((HEADER + "梨,,fruit,,,,,,,,\n").encode("gb18030"), 2, "not_utf8", "GBK"),
        (HEADER.encode() + b"a\xff\xff\xff,,\n", 2, "not_utf8", ""),
    ],
)
def test_a_file_that_excel_saved_in_another_encoding_is_named(
    write: Write, items: bytes, line: int, kind: str, guess: str
) -> None:
    with pytest.raises(BadCatalogue) as caught:
        Catalogue.load(write(items))

    assert (caught.value.line, caught.value.kind) == (line, kind)
    assert caught.value.values["guess"] == guess


def test_a_wrong_header_is_one_problem_and_not_one_for_each_row(write: Write) -> None:
    folder = write("item,en,group\n梨,pear,fruit\n桃,peach,fruit\n")

    assert problems_of(folder) == [("items/all.csv", 1, "bad_header")]


def test_a_missing_file_is_named(write: Write) -> None:
    folder = write()
    (folder / "questions.csv").unlink()

    assert problems_of(folder) == [("questions.csv", 0, "no_file")]


def test_all_mistakes_of_a_run_are_told_together_in_the_order_of_the_files(write: Write) -> None:
    rows = "梨,,frut,,,,,,,,\n桃,,ask,,,,,,,,\n桃,,fruit,,,,,,,,\n"

    assert problems_of(write(HEADER + rows)) == [
        ("items/all.csv", 2, "unknown_group"),
        ("items/all.csv", 3, "nothing_to_ask"),
        ("items/all.csv", 4, "name_twice"),
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("paper,blue,因,Why,做,How\n", "unknown_stream"),
        ("ask,food,因,Why,做,How\n", "empty_name"),
        ("fruit,food,因,Why,做,How\nfruit,food,因,Why,做,How\n", "name_twice"),
        ("paper,food,因,,做,How\n", "half_translated"),
    ],
)
def test_a_mistake_in_the_groups_is_named(write: Write, row: str, kind: str) -> None:
    found = problems_of(write(HEADER, groups=GROUPS + row))

    assert [(file, one) for file, _, one in found] == [("groups.csv", kind)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("clean,干净吗,Clean?,,干净,Clean,净\n", "empty_name"),
        ("clean,干净吗,,clean,干净,Clean,净\n", "half_translated"),
        ("a,问,Ask,yes,是,Yes,是\nb,问,Ask,yes,是,Yes,是\n", "name_twice"),
    ],
)
def test_a_mistake_in_the_questions_is_named(write: Write, row: str, kind: str) -> None:
    found = problems_of(write(HEADER, questions=QUESTIONS + row))

    assert [(file, one) for file, _, one in found] == [("questions.csv", kind)]
