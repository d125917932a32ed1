"""Nominations that units send: a table of collectives and people, read under the readers' guard, taken or returned.

A later one of a unit stands in an earlier one's place; one with a fault goes back whole, with all its faults.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from soket.faults import Fault, fault, fault_of
from soket.intake.contents import Contents
from soket.intake.names import safe_name
from soket.plan.model import Severity, Unit
from soket.reading.findings import Content
from soket.reading.kinds import FileKind, kind_of
from soket.reading.reader import UnreadFileError
from soket.record.commending import nominations_of
from soket.record.filing import file_stage_record
from soket.record.nominees import NominationTaken, Nominee, Origin, proposal_id
from soket.record.products import CONTENT_TYPES
from soket.record.records import ReceivedFile, StageRecord
from soket.record.register import Drop, Register
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import fold

log = logging.getLogger(__name__)

_SHORTEST = 5  # words of what somebody did
_HEADS = {
    "name": ("tap the", "ca nhan", "ho ten", "ho va ten"),
    "merit": ("thanh tich",),
    "kind": ("loai",),
    "post": ("chuc vu", "don vi cong tac", "noi cong tac"),
    "basis": ("can cu", "minh chung"),
}
_PERSON = ("dong chi ", "ong ", "ba ", "anh ", "chi ")
_EXAMPLE = "vi du"


def fresh_nominations(workspace: Workspace, register: Register) -> list[tuple[Unit, Drop]]:
    """Return the files with nominations that are not taken yet, unit by unit; none before units are asked."""
    plan = workspace.plan
    found = []
    for code, drops in register.nominations.items():
        unit = plan.unit(code)
        if register.of(plan.stage_of(unit)).record("opened") is None:
            continue
        seen = {(each.inbox_key, each.etag) for each in nominations_of(plan, register, unit)}
        found += [(unit, drop) for drop in drops if (drop.key, drop.etag) not in seen]
    return found


def take_nominations(workspace: Workspace, register: Register, contents: Contents) -> list[StageRecord]:
    """Take every nomination that is there: those in order are listed, the others go back with a slip."""
    taken = []
    for unit, drop in fresh_nominations(workspace, register):
        record = _taken(workspace, register, unit, drop, contents)
        if record is not None:
            taken.append(record)
            register = register.having(record)
    return taken


def _taken(workspace: Workspace, register: Register, unit: Unit, drop: Drop, contents: Contents) -> StageRecord | None:
    from soket.documents.nominations import render_nomination_slip

    plan, stage = workspace.plan, workspace.plan.stage_of(unit)
    number = 1 + len(nominations_of(plan, register, unit))
    name, round_number = safe_name(drop.key), register.of(stage).round
    kept = workspace.keys.stage(stage.id, round_number, f"bieu-duong/{unit.code}-{number}-{name}")
    try:
        nominees, faults = _examined(workspace, unit, drop, contents, kept=kept, number=number)
    except MissingObjectError:  # replaced since it was listed: the next look sees what is there then
        return None
    slip = None
    if any(each.severity is Severity.CRITICAL for each in faults):
        nominees = ()
        slip = workspace.keys.stage(stage.id, round_number, f"bieu-duong/{unit.code}-{number}-phieu-tra-lai.docx")
        workspace.store.put(
            slip, render_nomination_slip(plan, unit, name, faults, workspace.now), CONTENT_TYPES["docx"]
        )
    came = f"{len(nominees)} trường hợp" if nominees else "chưa tiếp nhận"
    return file_stage_record(
        workspace,
        stage.id,
        round_number,
        f"nomination-{unit.code}-{drop.etag}",
        f"Đề nghị biểu dương của {unit.name}, lần {number}: {came}.",
        products=(kept, *([slip] if slip else [])),
        details=NominationTaken(
            unit=unit.code,
            number=number,
            name=name,
            inbox_key=drop.key,
            etag=drop.etag,
            arrived_at=drop.arrived_at,
            nominees=nominees,
            faults=faults,
            slip_key=slip,
        ),
    )


def _examined(
    workspace: Workspace, unit: Unit, drop: Drop, contents: Contents, *, kept: str, number: int
) -> tuple[tuple[Nominee, ...], tuple[Fault, ...]]:
    """Keep a file and return who is nominated in it, and what is wrong with it."""
    name, limit = safe_name(drop.key), workspace.plan.limits.max_file_mb
    if kind_of(name) not in (FileKind.DOCUMENT, FileKind.TABLE):
        return (), (fault("DN-06", name),)
    if drop.size > limit << 20:
        return (), (fault("TEP-04", name, size=-(-drop.size >> 20), limit=limit),)
    workspace.store.copy(drop.key, kept, drop.etag)
    data = workspace.store.get(kept)
    file = ReceivedFile(
        inbox_key=drop.key,
        key=kept,
        name=name,
        original_name=name,
        etag=drop.etag,
        sha256=hashlib.sha256(data).hexdigest(),
        size=drop.size,
        arrived_at=drop.arrived_at,
    )
    contents.add((file, data))
    try:
        content = contents.of(file)
    except UnreadFileError:  # ours, not the unit's: a person opens it
        log.exception("The nomination %s was not read", kept)
        return (), (fault("TEP-31", name),)
    faults = [fault_of(each, name) for each in content.findings]
    if any(each.severity in (Severity.CRITICAL, Severity.REFER) for each in faults):
        return (), tuple(faults)
    nominees, wrong = read_nominations(unit, content, name, number)
    return nominees, (*faults, *wrong)


@dataclass(frozen=True)
class _Row:
    """A row of the form, by what its columns are."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")


def read_nominations(
    unit: Unit, content: Content, name: str, number: int
) -> tuple[tuple[Nominee, ...], tuple[Fault, ...]]:
    """Return who is nominated in a form's table, and what is wrong with it, row by row."""
    rows = next((found for table in _tables(content) if (found := _rows(table)) is not None), None)
    if rows is None:
        return (), (fault("DN-01", name),)
    if not rows:
        return (), (fault("DN-02", name),)
    nominees, faults, known = [], list[Fault](), set[str]()
    for row in rows:
        place, person = f"dòng {row.number}", _is_person(row)
        if not row["name"]:
            faults.append(fault("DN-03", name, place))
        elif (same := fold(row["name"])) in known:
            faults.append(fault("DN-07", name, place, who=row["name"]))
        else:
            known.add(same)
        if person is None and row["name"]:
            faults.append(fault("DN-04", name, place, who=row["name"]))
        if len(row["merit"].split()) < _SHORTEST:
            faults.append(fault("DN-05", name, place, who=row["name"] or "…"))
        nominees.append(
            Nominee(
                id=proposal_id(Origin.NOMINATION, unit.code, row["name"], row["merit"]),
                unit=unit.code,
                name=", ".join(filter(None, (row["name"], row["post"]))),
                individual=bool(person),
                source=Origin.NOMINATION,
                merit=row["merit"],
                evidence=". ".join(filter(None, (row["basis"].rstrip("."), f"Đề nghị nộp lần {number}, {place}"))),
            )
        )
    return tuple(nominees), tuple(faults)


def _is_person(row: _Row) -> bool | None:
    """Return whether a row is of a person; None where it does not say."""
    kind, name = fold(row["kind"]), fold(row["name"])
    if "ca nhan" in kind or "tap the" in kind:
        return "ca nhan" in kind
    return True if name.startswith(_PERSON) else False if name.startswith("tap the") else None


def _tables(content: Content) -> Iterator[list[dict[int, str]]]:
    """Yield every table of a file, its rows by column."""
    for table in content.tables:
        yield [
            {column: " ".join(content.paragraphs[first:after]).strip() for column, first, after in row}
            for row in table.rows
        ]
    for sheet in content.sheets:
        yield [
            {column: " ".join(cell.split()) for column, cell in enumerate(row) if isinstance(cell, str)}
            for row in sheet.cells
        ]


def _rows(table: Sequence[dict[int, str]]) -> list[_Row] | None:
    """Return the rows below the heads of a form that have something in them; None of a table that is no form."""
    for index, row in enumerate(table):
        heads = {
            head: column
            for column, text in reversed(row.items())
            for head, words in _HEADS.items()
            if any(word in fold(text) for word in words)
        }
        if {"name", "merit"} <= heads.keys() and heads["name"] != heads["merit"]:
            below = (
                _Row(number, {head: each.get(column, "") for head, column in heads.items()})
                for number, each in enumerate(table[index + 1 :], 1)
            )
            return [each for each in below if (each["name"] or each["merit"]) and not _is_example(each)]
    return None


def _is_example(row: _Row) -> bool:
    return fold(row["name"]).startswith(_EXAMPLE)
