"""Tables from staff, and tables for staff."""

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import spreadsheets, workbooks
from knowledge.spreadsheets import Table, read, write_csv, write_xlsx
from knowledge.workbooks import Wrong

HARMFUL = [
    *("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "  =1"),
    *("＝1+1", "＋1", "－1", "＠SUM", "\u3000=1", "=cmd|'/c calc'!A1"),
    '=HYPERLINK("http://example.org";"x")',
]
LONG = ["123456789012345678", "0012", "13800138000123"]


def cells(table: Table) -> list[dict[str, str]]:
    assert table.problems == ()
    return [dict(row.cells) for row in table.rows]


def wrong(table: Table) -> list[tuple[int, str, str]]:
    return [(each.line, each.kind, each.values.get("column", "")) for each in table.problems]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_csv_is_read_as_any_program_saves_it(encoding: str, separator: str) -> None:
    text = f'楼号{separator}房号\r\n3{separator}"50{separator}2"\r\n\r\n4{separator} 601 \r\n'

    table = read("住户.csv", text.encode(encoding))
    assert cells(table) == [
        {"楼号": "3", "房号": f"50{separator}2"},
        {"楼号": "4", "房号": "601"},
    ]
    assert [row.line for row in table.rows] == [2, 4]


def test_a_quoted_line_break_does_not_shift_the_numbers_of_later_rows() -> None:
    table = read("a.csv", b'a,b\n1,"x\ny"\n2,z\n')

    assert [row.line for row in table.rows] == [2, 4]


def test_excel_keeps_all_digits_and_dates_become_iso() -> None:
    book = openpyxl.Workbook()
    book.active.append(["号码", "日期", "时间", "重量", "室", "空"])
    book.active.append(
        [
            123456789012345,
            date(2026, 11, 23),
            datetime.fromisoformat("2026-11-23 07:20"),
            1.25,
            7,
            None,
        ]
    )
    book.active["E2"].number_format = "000"

    [row] = cells(read("a.xlsx", saved(book)))
    assert list(row.values()) == [
        *("123456789012345", "2026-11-23", "2026-11-23 07:20", "1.25", "007", "")
    ]


def test_hidden_and_empty_rows_are_left_out_and_numbers_are_the_sheets_own() -> None:
    book = openpyxl.Workbook()
    for row in (["a"], ["1"], [], ["hidden"], ["2"]):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True

    table = read("a.xlsx", saved(book))
    assert [(row.line, row["a"]) for row in table.rows] == [(2, "1"), (5, "2")]


def test_a_formula_is_refused_with_its_place_and_other_rows_are_kept() -> None:
    table = read("a.xlsx", workbook(["名", "分"], ["x", "=1+1"], ["y", 2]))

    assert wrong(table) == [(2, Wrong.FORMULA, "分")]
    assert [row["名"] for row in table.rows] == ["y"]


@pytest.mark.parametrize(
    ("data", "line", "kind"),
    [
        (b"", 0, Wrong.EMPTY),
        (b"\n\n,,\n", 0, Wrong.EMPTY),
        (b"\xff\xfe\xff\x00", 0, Wrong.NOT_TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), 0, Wrong.NOT_TEXT),
        (b'a,b\n1,"x"y\n', 2, Wrong.BAD_CSV),
        (b"PK\x03\x04 nothing", 0, Wrong.NOT_READABLE),
        (b"a,b,a\n1,2,3\n", 1, Wrong.NAME_TWICE),
        (b"a,,b\n1,2,3\n", 1, Wrong.NO_NAME),
        (b"a,b\n1,2,3\n", 2, Wrong.WRONG_COLUMNS),
        (b"a\n" + b"1\n" * (spreadsheets.FROM_CHAT.rows + 1), 20_002, Wrong.TOO_MANY_ROWS),
        (",".join(map(str, range(61))).encode() + b"\n", 1, Wrong.TOO_MANY_COLUMNS),
        (bytes(spreadsheets.FROM_CHAT.bytes_ + 1), 0, Wrong.TOO_LARGE),
    ],
)
def test_what_is_wrong_with_a_file_is_said(data: bytes, line: int, kind: Wrong) -> None:
    assert [(each.line, each.kind) for each in read("a", data).problems] == [(line, kind)]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(spreadsheets.FROM_CHAT.unpacked + 1))

    assert wrong(read("a.xlsx", file.getvalue())) == [(0, Wrong.TOO_LARGE, "")]


def test_a_cell_far_away_does_not_keep_us_busy() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "far"

    assert read("a.xlsx", saved(book)).rows == ()


def test_damaged_workbooks_give_problems_and_no_faults() -> None:
    whole, chance = workbook(["a", "b"], ["1", 2], ["3", date(2026, 1, 1)]), Random(3)
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        table = read("a.xlsx", bytes(data[: chance.randint(10, len(data))]))
        assert isinstance(table, Table)


@pytest.mark.parametrize(
    ("part", "said", "harmed"),
    [
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row hidden="1" r="' + b"9" * 5000 + b'"'),
        ("xl/worksheets/sheet1.xml", b's="1"', b's="999"'),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="2A"'),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b""),
        ("xl/workbook.xml", b"<sheets>", b"<sheats>"),
    ],
)
def test_a_workbook_that_says_what_cannot_be_is_not_readable(
    part: str, said: bytes, harmed: bytes
) -> None:
    whole, harm = workbook(["a"], [date(2026, 1, 1)]), BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as before, zipfile.ZipFile(harm, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or said in content
            after.writestr(name, content.replace(said, harmed) if name == part else content)

    assert wrong(read("a.xlsx", harm.getvalue())) == [(0, Wrong.NOT_READABLE, "")]


def test_a_fault_of_our_own_is_not_taken_for_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> str:
        msg = "broken for a test"
        raise ValueError(msg)

    monkeypatch.setattr(workbooks, "_text", broken)
    with pytest.raises(ValueError, match="broken for a test"):
        read("a.xlsx", workbook(["a"], ["1"]))


def test_a_format_of_very_many_zeros_fills_no_memory() -> None:
    book = openpyxl.Workbook()
    for row in (["a"], [7]):
        book.active.append(row)
    book.active["A2"].number_format = "0" * 1_000_000

    assert cells(read("a.xlsx", saved(book))) == [{"a": "7"}]


@pytest.mark.parametrize("text", HARMFUL)
def test_no_cell_of_ours_is_taken_for_a_formula(text: str) -> None:
    [[_], [cell]] = csv.reader(
        StringIO(write_csv(["a"], [[text]]).decode("utf-8-sig"), newline="")
    )
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(["a"], [[text]]))).active

    assert cell.startswith("'")
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", LONG)
def test_long_numbers_and_leading_zeros_stay_text(text: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(["a"], [[text]]))).active

    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert f"'{text}" in write_csv(["a"], [[text]]).decode()
    for written in (write_csv(["a"], [[text]]), write_xlsx(["a"], [[text]])):
        assert cells(read("a", written)) == [{"a": text}]


def test_numbers_stay_numbers_unless_excel_would_lose_digits() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(["a", "b"], [[-5, 10**17]]))).active

    assert (sheet["A2"].value, sheet["B2"].value) == (-5, str(10**17))
    assert "-5,'100000000000000000" in write_csv(["a", "b"], [[-5, 10**17]]).decode()


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=4))
def test_what_we_write_as_csv_any_reader_reads_again(texts: list[str]) -> None:
    written = write_csv(["a"], [[text] for text in texts]).decode("utf-8-sig")

    read_back = [cells[0] for cells in csv.reader(StringIO(written, newline=""))][1:]
    for text, cell in zip(texts, read_back, strict=True):
        assert cell.removeprefix("'") == text.replace("\0", "").removeprefix("'")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"])), max_size=4))
def test_what_we_write_we_read_again(texts: list[str]) -> None:
    wanted = [text for text in texts if text]

    for written in (
        write_csv(["a"], [[each] for each in wanted]),
        write_xlsx(["a"], [[each] for each in wanted]),
    ):
        assert [row["a"] for row in read("a", written).rows] == wanted
