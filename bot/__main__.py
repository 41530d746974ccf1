"""The command line: `greenbin run`, `playground`, `doctor`, `which`, `migrate`, `import`…"""

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from knowledge.catalogue import BadCatalogue
from knowledge.schemes import scheme_keys


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status is 0, 1 (a check failed) or 2 (could not)."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "which":
        return _which(chosen)
    # Imported late: `which` answers before aiogram would even be loaded (it takes three seconds).
    # What is imported stays: looking through it for garbage would take a tenth of that time.
    gc.disable()
    from bot import commands

    gc.freeze()
    gc.enable()
    match chosen.command:
        case "doctor":
            return commands.doctor()
        case "migrate":
            return commands.migrate()
        case "import":
            from bot import imports

            return imports.run(chosen.files, chosen.username, dry=chosen.dry_run)
        case "export":
            from bot import imports

            return imports.export(chosen.folder)
        case "cards":
            from bot import printing

            return printing.print_cards(chosen.area, chosen.output, chosen.username)
        case "signs":
            from bot import printing

            return printing.print_signs(chosen.area, chosen.output, chosen.username)
        case "keys":
            from bot import printing

            return printing.keys(renew=chosen.renew)
        case "simulate":
            from bot.simulation import command

            return command.run(
                chosen.households, chosen.days, chosen.seed, chosen.database, chosen.until,
                keep=chosen.keep_playground,
            )  # fmt: skip
        case "playground":
            return commands.playground(chosen.port)
        case _:
            return commands.run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="greenbin", description="小绿桶: which bin?")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="serve Telegram; without a token, open the playground")
    commands.add_parser("doctor", help="check settings, database, clock and connection")
    commands.add_parser("migrate", help="bring the database up to date")
    playground = commands.add_parser(
        "playground", help="open the playground alone, for a bot that runs elsewhere"
    )
    playground.add_argument("--port", type=int, help="default: GREENBIN_PORT or 8080")
    import_ = commands.add_parser(
        "import", help="bring in areas, households, stations and staff from CSV or Excel files"
    )
    import_.add_argument("files", nargs="+", type=Path, metavar="FILE")
    import_.add_argument(
        "--dry-run", action="store_true", help="say what is wrong and what would be done"
    )
    _add_username(import_)
    export = commands.add_parser("export", help="write the same files back")
    export.add_argument("folder", type=Path, metavar="FOLDER")
    for name, what in (
        ("cards", "door cards for its households"),
        ("signs", "its stations' signs"),
    ):
        prints = commands.add_parser(name, help=f"print an area as PDF: {what}")
        prints.add_argument("area", metavar="AREA", help="its code; all that lies in it, too")
        prints.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
        _add_username(prints)
    keys = commands.add_parser("keys", help="the keys that codes are made with")
    keys.add_argument(
        "--renew", action="store_true", help="make a new one; the last but one counts no more"
    )
    _add_simulate(commands.add_parser("simulate", help="a month of an estate, in a minute or two"))
    which = commands.add_parser("which", help="which bin for these things")
    which.add_argument("things", nargs="*", metavar="THING")
    which.add_argument("--tsv", action="store_true", help="a question a line on standard input")
    which.add_argument("--scheme", choices=scheme_keys(), default="four_way")
    return parser


def _add_simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--households", type=_number, default=300, metavar="NUMBER")
    parser.add_argument("--days", type=_number, default=30, metavar="NUMBER")
    parser.add_argument("--seed", type=int, default=1, help="the same one gives the same month")
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE",
        help="the day after the last; default: 2026-11-01, with --keep-playground today",
    )  # fmt: skip
    parser.add_argument(
        "--database", type=Path, default=Path("var/simulation.db"), metavar="FILE",
        help="an SQLite file that is empty or not there; default: var/simulation.db",
    )  # fmt: skip
    parser.add_argument(
        "--keep-playground", action="store_true",
        help="keep the chats beside it: with var/playground.db, `greenbin run` goes on with them",
    )  # fmt: skip


def _number(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _add_username(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--username", help="the bot's name in links; default: what Telegram says of GREENBIN_TOKEN"
    )


def _which(chosen: argparse.Namespace) -> int:
    from bot import which

    try:
        if chosen.tsv:
            # Whatever bytes come, a line is a line: what is no UTF-8 is only not found.
            source = io.TextIOWrapper(
                sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n"
            )
            which.answer_table(source, chosen.scheme)
        elif chosen.things:
            which.answer_words(chosen.things, chosen.scheme)
        else:
            print("greenbin which: name a thing, or give --tsv", file=sys.stderr)
            return 2
    except BadCatalogue as error:
        from bot import console

        return console.fail(console.bad_catalogue(error))
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
