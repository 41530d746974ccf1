"""`greenbin import` and `greenbin export`: what a city owns, from its files and back."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from aiogram.utils.link import create_telegram_link

from bot import console
from bot.starting import CannotStart, now, opened, read_settings, to_its_end, username
from knowledge import spreadsheets, workbooks
from knowledge.catalogue import Catalogue
from knowledge.catalogue_files import ITEM_HEADER, NOT_RUBBISH_HEADER
from knowledge.lessons import Lesson
from knowledge.lessons import rows as rows_of
from models import Database, codes, exports, imports, lessons
from models.imports import BadImport, Kind, Problem, Report, Table


def run(files: Sequence[Path], name: str | None, *, dry: bool) -> int:
    """Import these files, all or nothing; or only say what that would do."""

    async def bring_in() -> None:
        settings = read_settings()
        tables = [read(file.name, _bytes(file)) for file in files]
        # Asked before anything is written: links are shown once, and cannot be asked for again.
        makes_links = not dry and any(imports.is_about(each) is Kind.STAFF for each in tables)
        bot_name = await username(settings, name) if makes_links else ""
        async with opened(settings) as database:
            console.say(console.database(database.shown))
            try:
                report, links = await _bring_in(database, tables, dry=dry)
            except BadImport as bad:
                raise CannotStart(*console.bad_import(bad.problems)) from None
        for line in console.imported(report, dry=dry):
            console.say(line)
        for invited, code in zip(report.invited, links, strict=True):
            console.say(console.invited(invited, create_telegram_link(bot_name, start=code)))

    return to_its_end(bring_in)


def export(folder: Path) -> int:
    """Write what a city owns into a folder, as files that `import` reads."""

    async def write_out() -> None:
        settings = read_settings()
        async with opened(settings) as database, database.read() as session:
            for kind in Kind:
                rows = await exports.rows(session, kind, settings.language)
                header = exports.header(kind, settings.language)
                file = folder / f"{kind}.csv"
                write_private(file, spreadsheets.write_csv(header, rows))
                console.say(console.written(file, len(rows)))
            taught = await lessons.by_area(session)
        catalogue = Catalogue.load()
        for code, said in taught.items():
            place = folder / "learned" / _file_name(code or "everywhere")
            _export_lessons(place, catalogue, said)

    return to_its_end(write_out)


def _export_lessons(folder: Path, catalogue: Catalogue, said: Sequence[Lesson]) -> None:
    """Write what was taught in a place as files of the catalogue, which may go upstream."""
    items, no_rubbish = rows_of(catalogue, said)
    kind = [["staff", ";".join(no_rubbish)]] if no_rubbish else []
    for name, header, rows in (
        ("items.csv", ITEM_HEADER, items), ("not_rubbish.csv", NOT_RUBBISH_HEADER, kind),
    ):  # fmt: skip
        if rows:
            write_private(folder / name, spreadsheets.write_csv(list(header), rows))
            console.say(console.written(folder / name, len(rows)))


def _file_name(code: str) -> str:
    return re.sub(r"[^\w-]", "_", code)


def read(name: str, data: bytes) -> Table:
    """The table in a file, with what cannot be read in it."""
    found = spreadsheets.read(name, data, spreadsheets.FROM_DISK)
    problems = tuple(
        Problem(
            each.file, each.line, each.values.get("column", ""), workbooks.Wrong(each.kind),
            {key: value for key, value in each.values.items() if key != "column"},
        )
        for each in found.problems
    )  # fmt: skip
    rows = ((row.line, row.cells) for row in found.rows)
    return Table(name, found.header, rows, problems)


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only we can read: it tells who lives where, or lets people in."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened_ = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened_, "wb") as target:
            target.write(content)
    except OSError as error:
        raise CannotStart(console.cannot_write(file, error)) from None


async def _bring_in(
    database: Database, tables: Sequence[Table], *, dry: bool
) -> tuple[Report, list[str]]:
    """What was imported, and the codes of the invitations that were made."""
    if dry:
        async with database.read() as session:
            return (await imports.plan(session, tables, now())).report, []
    async with database.write() as session:
        report = await imports.run(session, tables, now())
        links = [
            await codes.write(session, codes.Kind.INVITATION, invited.token, now())
            for invited in report.invited
        ]
    return report, links


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotStart(console.cannot_read(file, error)) from None
