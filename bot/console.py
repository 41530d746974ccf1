"""What the command line says, in plain English: to the engineer, not to residents."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from knowledge.tables import BadCatalogue
from models.imports import Problem, Report
from models.imports.counts import Invited

if TYPE_CHECKING:  # the command line need not load it
    from bot.simulation.report import Report as Simulated

NO_TOKEN = "GREENBIN_TOKEN is not set: this is the playground, nothing leaves this machine."
STOPPED = "Stopped. Nothing is lost: what was not answered is answered at the next start."


def fail(lines: Iterable[str] | str) -> int:
    """Say what is wrong, and hand back the exit status for it."""
    for line in [lines] if isinstance(lines, str) else lines:
        print(line, file=sys.stderr)
    return 2


def say(line: str) -> None:
    print(line, flush=True)


def warn(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def wrong_settings(error: ValidationError) -> list[str]:
    """One line a wrong setting, without its value: it may be a secret."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = "GREENBIN_" + "_".join(str(part) for part in problem["loc"]).upper()
        lines.append(f"{name}: {problem['msg'].removeprefix('Value error, ')}")
    return lines


def misspelt(names: Iterable[str]) -> list[str]:
    return [f"{name} is no setting of Greenbin; see the README for their names" for name in names]


def opened(address: str) -> str:
    return f"Playground: {address}  (open it in a browser; Ctrl-C ends it)"


def serving(username: str) -> str:
    return f"Serving @{username}. Ctrl-C or SIGTERM ends it."


def in_use(file: object) -> str:
    return (
        f"{file} is in use by another Greenbin on this machine. Stop that one first, or give this "
        "one another GREENBIN_DATABASE_URL."
    )


def cannot_open(file: object, error: Exception) -> str:
    return f"The database {file} cannot be opened ({error}). Is it there, and ours?"


def moved_aside(file: object, aside: object) -> str:
    return (
        f"The playground kept in {file} cannot be read, so a new one begins; the old one was "
        f"moved to {aside}"
    )


def migrating(file: object, copy: object | None) -> str:
    if copy is None:
        return f"Setting up the database {file}"
    return f"Bringing the database {file} up to date; a copy of it is at {copy}"


def not_migrated(found: str | None, head: str) -> str:
    return (
        f"The database is at revision {found or 'none'}, this version needs {head}. Make a backup "
        "(pg_dump), stop the other processes, and run: greenbin migrate"
    )


def migration_failed(file: object) -> str:
    return f"The database {file} could not be brought up to date; see the lines above."


def newer_database(file: object, revision: str) -> str:
    return (
        f"The database {file} is at revision {revision}, which this version does not know. "
        "Install the newer version, or restore a copy from before."
    )


_KINDS = {
    "bad_csv": "this line is not CSV ({reason})",
    "bad_header": "the first line must be: {expected}",
    "empty_name": "a name is missing",
    "family_in_family": "the member {name} is a family itself",
    "family_with_own_bin": "an item with members must have the group ask",
    "half_translated": "{what} is there in one language only",
    "member_count": "a family has two to six members",
    "mixed_questions": "its states belong to different questions",
    "name_twice": "the name {name} is taken already, by {other}",
    "no_file": "the file is missing",
    "not_utf8": "the file is not UTF-8; in Excel, save it as “CSV UTF-8”",
    "nothing_to_ask": "the group ask needs states or members",
    "single_state": "one state alone decides nothing",
    "state_twice": "the state {state} stands there twice",
    "too_long": "the name {name} is longer than {longest} characters",
    "unknown_group": "there is no group {group}",
    "unknown_member": "there is no item {name}, named as a member",
    "unknown_part": "there is no item {name}, named as a part",
    "unknown_state": "there is no state {state}",
    "unknown_stream": "there is no stream {stream}",
    "usual_bin_not_among_states": "none of its states goes where its usual group goes",
    "wrong_columns": "it has {found} columns and should have {expected}",
}
"""What is wrong in a catalogue file, by the kind that `knowledge` names."""


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def bad_catalogue(error: BadCatalogue) -> list[str]:
    """File, line and reason of everything that is wrong."""
    return [
        f"{problem.file}:{problem.line}: "
        + _KINDS.get(problem.kind, problem.kind).format_map(_Values(problem.values))
        for problem in error.problems
    ]


BROKEN_OFF = "Broken off; nothing was changed."


def database(shown: str) -> str:
    return f"Database: {shown}"


def cannot_read(file: object, error: OSError) -> str:
    return f"{file} cannot be read: {error.strerror}"


def cannot_write(file: object, error: OSError) -> str:
    return f"{file} cannot be written: {error.strerror}"


def written(file: object, rows: int) -> str:
    return f"{file}: {rows} rows"


def no_username(api_base: str, error: Exception) -> str:
    return f"{api_base} does not tell the bot's name ({error}); give it with --username"


_WRONG = {
    "bad_csv": "from here on it is not CSV: a quotation mark is missing or too many",
    "bad_date": "“{found}” is no day such as 2026-01-31",
    "bad_id": "“{found}” is no Telegram id, which is a number such as 123456789",
    "bad_pickups": "these rules of pickups cannot be read at character {at}, “{piece}”: {why}",
    "bad_tariff": "this tariff cannot be read at character {at}, “{piece}”: {why}",
    "bad_windows": "these hours cannot be read at character {at}, “{piece}”: {why}",
    "column_twice": "means the same as the column “{other}”; keep one of them",
    "empty": "there is nothing in it",
    "formula": "is a formula; put its result there",
    "half_translated": "is there in one language only",
    "half_a_place": "latitude and longitude go together; fill in both, or none",
    "missing": "must not be empty",
    "name_taken": "the name {name} belongs to {other} on the same day",
    "name_twice": "there are two columns of this name",
    "no_city": "say which area it is about: there is not just one city",
    "no_name": "a column without a name stands among the others",
    "not_a_number": "“{found}” is not degrees such as 31.2304",
    "not_for_homes": "{code} is a {kind}; households lie in a community or an estate",
    "not_granted": "admins are named by GREENBIN_ADMINS, and by no file",
    "not_in_china": "{found} degrees is nowhere in China",
    "not_readable": "it is damaged, locked with a password, or no Excel file",
    "not_text": "it is neither CSV (UTF-8 or GB 18030) nor an Excel file (.xlsx)",
    "swapped": "{latitude}, {longitude}: latitude and longitude have changed places",
    "too_large": "it is too large; make several files of it",
    "too_long": "is longer than {longest} characters",
    "too_many_columns": "it has too many columns",
    "too_many_rows": "it has too many rows; make several files of it",
    "twice": "the same stands in {file}, row {row}",
    "unclear_table": (
        "its headings do not say what it is about. Needed are, for areas: code, and kind or "
        "parent; collections: area, stream; households: area, building, room; stations: area, "
        "code; staff: area, role"
    ),
    "unknown_area": "there is no area {found}",
    "unknown_column": "a table of {table} has no such column",
    "unknown_datum": "“{found}” is none of: {known}",
    "unknown_group": "there is no group {found}",
    "unknown_kind": "“{found}” is none of: {known}",
    "unknown_role": "“{found}” is none of: {known}",
    "unknown_scheme": "“{found}” is none of: {known}",
    "unknown_stream": "there is no stream “{found}”, in Chinese or English",
    "wrong_columns": "it has {found} cells, and there are {expected} columns",
    "wrong_parent": "{code} is a {kind} and cannot lie in {parent}, a {above}",
}
"""What is wrong in a file to be imported, by the kind that `models` and `knowledge` name."""

_CELLS = {
    "backwards": "the last day is before the first",
    "clash": "another entry is about the same days",
    "no_clock": "the time is missing, and how many working days before: 14:00 1",
    "no_days": "the days are missing",
    "no_end": "where it ends is missing",
    "no_hours": "the hours are missing",
    "no_length": "it closes when it opens",
    "no_number": "a number is missing",
    "no_span": "the first and the last day ahead are missing: 1-28",
    "nothing_in_it": "a booking takes at least one item, and no more than a day does",
    "no_range": "from or to something that is not one weekday",
    "no_such_date": "there is no such date",
    "no_such_time": "there is no such time",
    "not_whole": "only a price and what a kilogram is worth may have decimals",
    "overlap": "these hours overlap others",
    "passes_midnight": "it closes before it opens; write two windows",
    "too_many": "that is too much",
    "twice": "the same stands there twice",
    "unexpected": "this word means nothing here",
    "unfair": "a worse quality gives more than a better one",
    "unknown_stream": "there is no such stream",
    "unknown_word": "this word is not known",
}
"""What is wrong with hours, a tariff or rules of pickups in one cell."""


def bad_import(problems: Sequence[Problem]) -> list[str]:
    """File, row, column and reason of everything that is wrong."""
    lines = []
    for problem in problems:
        row = f", row {problem.row}" if problem.row else ""
        column = f", {problem.column}" if problem.column else ""
        values = _Values(problem.values)
        values["why"] = _CELLS.get(values["why"], values["why"])
        why = _WRONG[problem.kind].format_map(values)
        lines.append(f"{problem.file}{row}{column}: {why}")
    return [*lines, f"{len(lines)} to mend. Nothing was changed."]


def imported(report: Report, *, dry: bool) -> list[str]:
    """What was done, or would be."""
    lines = [
        f"{kind}: {count.new} new, {count.changed} changed, {count.same} as they were"
        for kind, count in report.counts.items()
    ]
    for left in report.missing:
        where = f" of {left.where}" if left.where else ""
        examples = ", ".join(left.examples) + (", …" if left.number > len(left.examples) else "")
        lines.append(f"Not in the files: {left.number} {left.kind}{where} ({examples}); they stay")
    lines += [
        f"Telegram id {ended.telegram_id} was {ended.role} of {ended.area} and is not any more; "
        "if this was meant, invite them anew: /invite"
        for ended in report.ended
    ]
    return [*lines, "A dry run: nothing was changed." if dry else "Done."]


def invited(invitation: Invited, link: str) -> str:
    who = invitation.note or "somebody"
    return f"{invitation.role} of {invitation.area}, for {who}, once, within 48 hours: {link}"


def no_area(code: str) -> str:
    return f"There is no area {code}."


def too_many_cards(code: str, many: int, most: int) -> str:
    return f"{code} has {many} households; {most} cards are printed at once. Name an area in it."


def printed(file: object, many: int) -> str:
    return f"{file}: {many} printed"


def keys(made: Sequence[tuple[int, datetime]]) -> list[str]:
    if not made:
        return ["There is no key yet; the first code makes one."]
    (newest, since), *before = made
    lines = [f"Key {newest}, made {since:%Y-%m-%d}: new codes are made with it."]
    lines += [
        f"Key {id_}, made {at:%Y-%m-%d}: codes made with it still count." for id_, at in before
    ]
    if before:
        lines.append(
            "The next new key ends that: what was printed with it must be printed anew first."
        )
    return lines


def unauthorised(api_base: str) -> str:
    return (
        f"{api_base} does not know this GREENBIN_TOKEN. Copy it again from @BotFather; "
        "if it was revoked, take the new one."
    )


def no_connection(api_base: str, error: Exception, seconds: float) -> str:
    return f"{api_base} cannot be reached ({error}); trying again in {seconds:g} s"


def for_a_bot(address: str, token: str) -> str:
    return f"A bot finds it with GREENBIN_API_BASE={address} GREENBIN_TOKEN={token}"


def no_port(error: Exception) -> str:
    return f"The playground cannot be opened: {error}"


def finding(what: str, found: str, mend: str) -> str:
    return f"BAD  {what}: {found}. Mend: {mend}" if mend else f"ok   {what}: {found}"


def not_empty(file: object) -> str:
    return f"There is something in {file}. A simulation needs a file that is empty or not there."


def simulating(first: date, until: date, households: int, seed: int, file: object) -> str:
    last = until - timedelta(days=1)
    return (
        f"Simulating {households} households from {first} to {last} into {file} "
        f"(again: --households {households} --days {(until - first).days} --until {until} "
        f"--seed {seed})"
    )


def days_over(number: int, days: int) -> str:
    return f"  day {number} of {days} is over"


def kept_playground(file: object) -> str:
    return f"The chats are in {file}"


def simulated(made: "Simulated", seconds: float, cpu_seconds: float) -> list[str]:
    """A month in numbers, and what is wrong with it."""
    found, sent = made.figures, made.notices
    lines = [
        f"Households: {found.households}, with {found.living} people who joined",
        f"Shifts: {found.shifts}, of which the clock closed {found.closed_by_clock}",
        f"Drop-offs: {made.drop_offs} ({_listed(made.by_way)}; {_listed(made.by_quality)})",
        f"Corrections: {found.changes}, withdrawn: {found.withdrawn}",
        f"Refusals: {_listed(made.refused)}",
        f"Points issued: {found.issued}, in {found.transfers} transfers",
        f"Sum of balances: {made.total}",
        f"Balances that are not their transfers: {made.unbalanced}",
        f"Notices: {_listed(sent)}",
        f"Questions asked: {made.asked}, kept for staff: {found.unknown}",
        f"Messages: {made.sent} of people ({made.came_twice} came twice), {made.answered} of us",
        f"Failures: {made.faults}",
        f"Seconds: {seconds:.1f} ({cpu_seconds:.1f} of the CPU)",
        f"Drop-offs per second: {made.drop_offs / seconds:.0f}",
    ]
    if made.at_a_loss:
        lines.insert(-1, f"People who did not find their button: {made.at_a_loss}")
    return lines


def _listed(numbers: Mapping[Any, int]) -> str:
    """The most first; a name that is missing is "other"."""
    some = sorted(((n, str(name or "other")) for name, n in numbers.items() if n), reverse=True)
    return ", ".join(f"{name} {number}" for number, name in some) or "none"
