"""What the command line says, in plain English: to the engineer, not to residents."""

import sys
from collections.abc import Iterable

from pydantic import ValidationError

from knowledge.tables import BadCatalogue

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
