"""Reading the catalogue from the files that staff edit, with everything checked."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from knowledge import catalogue_notes, tables, wording
from knowledge.items import NO_STATES, Group, Item, Question, State
from knowledge.streams import Stream, Words
from knowledge.tables import Problems, Row

GROUP_HEADER = ("group", "stream", "reason_zh", "reason_en", "prepare_zh", "prepare_en")
QUESTION_HEADER = (
    "question",
    "question_zh",
    "question_en",
    "state",
    "state_zh",
    "state_en",
    "words",
)
ITEM_HEADER = (
    *("name", "en", "group", "also", "states", "members", "parts"),
    *("reason_zh", "reason_en", "prepare_zh", "prepare_en"),
)

NOT_RUBBISH_HEADER = ("kind", "words")

ASK = "ask"
"""In the column `group`: the bare name does not say which bin."""

LONGEST_NAME = 30
"""Characters of a name; it has to fit on a button."""

LONGEST_ENGLISH = 60
FEWEST_MEMBERS = 2
MOST_MEMBERS = 6

Groups = Mapping[str, Group]
Questions = Mapping[str, Question]


def read(folder: Path) -> tuple[tuple[Item, ...], Groups, Questions, frozenset[str]]:
    """Items, groups, questions and words that are no rubbish, from `folder`."""
    problems = Problems()
    groups = _groups(folder, problems)
    questions = _questions(folder, problems)
    shared_is_sound = not problems
    files = sorted((folder / "items").glob("*.csv"))
    catalogue_notes.check_sources(folder, files, problems)
    rows = [
        row
        for path in files
        for row in tables.read_table(path, f"items/{path.name}", ITEM_HEADER, problems)
    ]
    _check_names(rows, problems)
    items: tuple[Item, ...] = ()
    # With a broken groups file each item would be reported too, for nothing.
    if shared_is_sound:
        items = _Items(groups, questions, rows, problems).read()
    if not problems:
        items = catalogue_notes.noted(folder, items, problems)
    not_rubbish = _not_rubbish(folder, problems)
    problems.stop_if_any()
    return items, groups, questions, not_rubbish


def groups_of(folder: Path) -> Groups:
    """The groups alone; raises `BadCatalogue` with what is wrong with them."""
    problems = Problems()
    groups = _groups(folder, problems)
    problems.stop_if_any()
    return groups


def row_of(item: Item) -> list[str]:
    """The cells that say this item, in a file of items: see `ITEM_HEADER`."""
    english = {wording.key(name) for name in (item.name, *item.english)}
    pairs = {"reason": item.reason, "prepare": item.prepare}
    cells = {
        "name": item.name,
        "en": ";".join(item.english),
        "group": item.group.key if item.group else ASK,
        "also": ";".join(name for name in item.names if wording.key(name) not in english),
        "states": ";".join(f"{state}={group.key}" for state, group in item.states.items()),
        "members": ";".join(item.members),
        "parts": ";".join(item.parts),
        **{f"{what}_zh": words.zh if words else "" for what, words in pairs.items()},
        **{f"{what}_en": words.en if words else "" for what, words in pairs.items()},
    }
    return [cells[column] for column in ITEM_HEADER]


def _groups(folder: Path, problems: Problems) -> Groups:
    groups: dict[str, Group] = {}
    for row in tables.read_table(folder / "groups.csv", "groups.csv", GROUP_HEADER, problems):
        key = row["group"]
        if not key or key == ASK:
            problems.add_at(row, "empty_name")
        elif key in groups:
            problems.add_at(row, "name_twice", name=key)
        elif row["stream"] not in set(Stream):
            problems.add_at(row, "unknown_stream", stream=row["stream"])
        else:
            reason = both(row, "reason", problems) or Words("", "")
            prepare = both(row, "prepare", problems) or Words("", "")
            groups[key] = Group(key, Stream(row["stream"]), reason, prepare)
    return MappingProxyType(groups)


def _questions(folder: Path, problems: Problems) -> Questions:
    texts: dict[str, Words] = {}
    states: dict[str, list[State]] = {}
    seen: set[str] = set()
    path = folder / "questions.csv"
    for row in tables.read_table(path, "questions.csv", QUESTION_HEADER, problems):
        key, state = row["question"], row["state"]
        text, label = both(row, "question", problems), both(row, "state", problems)
        if not key or not state:
            problems.add_at(row, "empty_name")
        elif state in seen:
            # A row of the items names only the state, so that has to say which question.
            problems.add_at(row, "name_twice", name=state)
        elif text and label:
            seen.add(state)
            texts.setdefault(key, text)
            words = tuple(wording.plain(word) for word in row.entries("words"))
            states.setdefault(key, []).append(State(state, label, words))
    return MappingProxyType(
        {key: Question(key, texts[key], tuple(found)) for key, found in states.items()}
    )


def _not_rubbish(folder: Path, problems: Problems) -> frozenset[str]:
    path = folder / "not_rubbish.csv"
    rows = tables.read_table(path, path.name, NOT_RUBBISH_HEADER, problems)
    return frozenset(word for row in rows for word in row.entries("words"))


def _check_names(rows: Sequence[Row], problems: Problems) -> None:
    """Every name belongs to one item only, however it is written."""
    owners: dict[str, Row] = {}
    for row in rows:
        if not row["name"]:
            problems.add_at(row, "empty_name")
            continue
        for name in _names(row):
            longest = LONGEST_ENGLISH if name.isascii() else LONGEST_NAME
            if len(name) > longest:
                problems.add_at(row, "too_long", name=name, longest=str(longest))
            key = wording.key(name)
            owner = owners.setdefault(key, row) if key else row
            if not key:
                problems.add_at(row, "empty_name", name=name)
            elif owner is not row:
                problems.add_at(
                    row,
                    "name_twice",
                    name=name,
                    item=owner["name"],
                    other_file=owner.file,
                    other_line=str(owner.line),
                )


def _names(row: Row) -> tuple[str, ...]:
    names = (row["name"], *row.entries("also"), *row.entries("en"))
    return tuple(dict.fromkeys(filter(None, names)))


def both(row: Row, column: str, problems: Problems) -> Words | None:
    """What the pair of columns says, or `None` if nothing; half of it is a problem."""
    chinese, english = row[f"{column}_zh"], row[f"{column}_en"]
    if bool(chinese) != bool(english):
        problems.add_at(row, "half_translated", column=column)
    return Words(chinese, english) if chinese and english else None


class _Items:
    """Turns rows into items, with what they refer to checked."""

    def __init__(
        self, groups: Groups, questions: Questions, rows: Sequence[Row], problems: Problems
    ) -> None:
        self._groups = groups
        self._question_of = {
            state.key: question for question in questions.values() for state in question.states
        }
        self._rows = rows
        self._by_name = {row["name"]: row for row in rows}
        self._problems = problems

    def read(self) -> tuple[Item, ...]:
        """The items of all rows; those with problems are not to be used."""
        return tuple(map(self._item, self._rows))

    def _item(self, row: Row) -> Item:
        group = self._usual_group(row)
        states, question = self._states(row)
        self._check_ask(row, group, states)
        self._check_others(row)
        return Item(
            name=row["name"],
            english=row.entries("en"),
            names=_names(row),
            group=group,
            question=question,
            states=states,
            members=row.entries("members"),
            parts=row.entries("parts"),
            reason=both(row, "reason", self._problems),
            prepare=both(row, "prepare", self._problems),
        )

    def _usual_group(self, row: Row) -> Group | None:
        key = row["group"]
        if key != ASK and key not in self._groups:
            self._problems.add_at(row, "unknown_group", group=key)
        return self._groups.get(key)

    def _states(self, row: Row) -> tuple[Mapping[str, Group], Question | None]:
        states: dict[str, Group] = {}
        asked: dict[str, Question] = {}
        for entry in row.entries("states"):
            state, _, group = (part.strip() for part in entry.partition("="))
            if state not in self._question_of:
                self._problems.add_at(row, "unknown_state", state=state)
            elif state in states:
                self._problems.add_at(row, "state_twice", state=state)
            elif group not in self._groups:
                self._problems.add_at(row, "unknown_group", group=group)
            else:
                states[state] = self._groups[group]
                question = self._question_of[state]
                asked[question.key] = question
        if len(asked) > 1:
            self._problems.add_at(row, "mixed_questions", questions=";".join(asked))
        return MappingProxyType(states) if states else NO_STATES, next(iter(asked.values()), None)

    def _check_ask(self, row: Row, group: Group | None, states: Mapping[str, Group]) -> None:
        """Asking needs something to ask about, and the usual bin is the bin of some state."""
        stated, members = row.entries("states"), row.entries("members")
        if row["group"] == ASK and not stated and not members:
            self._problems.add_at(row, "nothing_to_ask")
        if members and (row["group"] != ASK or stated):
            self._problems.add_at(row, "family_with_own_bin")
        if members and not FEWEST_MEMBERS <= len(members) <= MOST_MEMBERS:
            self._problems.add_at(row, "member_count", count=str(len(members)))
        if group and states and group.stream not in {g.stream for g in states.values()}:
            self._problems.add_at(row, "usual_bin_not_among_states", group=group.key)
        if len(stated) == 1:
            self._problems.add_at(row, "single_state", state=stated[0])

    def _check_others(self, row: Row) -> None:
        """Members and parts are items; a family has no family in it."""
        for column, kind in (("members", "unknown_member"), ("parts", "unknown_part")):
            for name in row.entries(column):
                other = self._by_name.get(name)
                if other is None or other is row:
                    self._problems.add_at(row, kind, name=name)
                elif column == "members" and other.entries("members"):
                    self._problems.add_at(row, "family_in_family", name=name)
