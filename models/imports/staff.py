"""Importing staff: an invitation for each row, or the role itself where a Telegram id is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from models import actors, invitations, roles
from models.areas import Area
from models.base import Session
from models.imports import cells
from models.imports.areas import Tree
from models.imports.counts import Count, Ended, Invited, Report
from models.imports.problems import Wrong
from models.imports.tables import Kind, Row, Sheet
from models.invitations import Invitation
from models.roles import Grant, Role

NAMES = {
    **{str(role): str(role) for role in Role},
    "志愿者": str(Role.VOLUNTEER),
    "督导员": str(Role.VOLUNTEER),
    "收运员": str(Role.CREW),
    "保洁员": str(Role.CREW),
    "工作人员": str(Role.STAFF),
    "社区工作人员": str(Role.STAFF),
    "管理员": str(Role.ADMIN),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who shall have which role where."""

    area: str
    role: Role
    telegram_id: int | None
    note: str
    """Who it is, in the words of the file: it tells two invitations apart."""


@dataclass(slots=True)
class People:
    """The roles of the files; first all, then those that are new."""

    wanted: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    new: list[Wanted] = field(default_factory=list)


async def plan(
    session: Session, sheets: Iterable[Sheet], tree: Tree, report: Report, now: datetime
) -> People:
    """Read the sheets and hold them against what is known; nothing is changed yet."""
    people = People()
    sheets = list(sheets)
    if sheets:
        report.counts[Kind.STAFF] = count = Count()
        for wanted in [each for sheet in sheets for each in _read(sheet, tree, people)]:
            if await _is_new(session, wanted, tree, report, now):
                people.new.append(wanted)
                count.new += 1
            else:
                count.same += 1
    return people


async def carry_out(
    session: Session, people: People, tree: Tree, report: Report, now: datetime
) -> None:
    """Grant and invite as planned. Writes."""
    for wanted in people.new:
        area = tree.known[wanted.area]
        if wanted.telegram_id is None:
            token = invitations.new(
                session, wanted.role, area, actors.SYSTEM, now, note=wanted.note
            )
            report.invited.append(Invited(wanted.area, wanted.role, wanted.note, token))
        else:
            await roles.grant(
                session, wanted.telegram_id, wanted.note, wanted.role, area, actors.SYSTEM, now
            )


def _read(sheet: Sheet, tree: Tree, people: People) -> list[Wanted]:
    found = []
    for row in sheet.rows():
        area = cells.code(row, "area", Area.code)
        if area is not None and area not in tree:
            row.wrong("area", Wrong.UNKNOWN_AREA, found=area)
        role = _role(row)
        person = cells.telegram_id(row)
        note = cells.text(row, "note", Grant.name) or ""
        if area is None or role is None:
            continue
        # One person has a role at a place once; without a person, the note tells them apart.
        key = (area, role, str(person) if person else f"note {note}")
        if before := people.wanted.get(key):
            row.twice("telegram_id" if person else "note", before)
        else:
            people.wanted[key] = row.place
            found.append(Wanted(area, role, person, note))
    return found


def _role(row: Row) -> Role | None:
    named = cells.one_of(row, "role", NAMES, Wrong.UNKNOWN_ROLE, needed=True)
    if named == Role.ADMIN:
        row.wrong("role", Wrong.NOT_GRANTED)
        return None
    return Role(named) if named else None


async def _is_new(
    session: Session, wanted: Wanted, tree: Tree, report: Report, now: datetime
) -> bool:
    area = tree.known.get(wanted.area)
    if area is None or area.id is None:
        return True
    if wanted.telegram_id is None:
        return not await session.scalar(
            select(Invitation.token)
            .where(Invitation.area_id == area.id, Invitation.role == wanted.role)
            .where(Invitation.note == wanted.note, invitations.counts_still(now))
            .limit(1)
        )
    granted = await session.scalar(
        select(Grant)
        .where(Grant.area_id == area.id, Grant.role == wanted.role)
        .where(Grant.resident_id == wanted.telegram_id)
        .order_by(Grant.ended_at.is_not(None), Grant.id.desc())
        .limit(1)
    )
    # A file that was written before somebody was relieved must not bring the role back.
    if granted and granted.ended_at:
        report.ended.append(Ended(wanted.area, wanted.role, wanted.telegram_id))
    return granted is None
