"""One submission examined: what it is, what it holds, and what is wrong with it before any rule on figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from soket.documents.stamp import check_stamp
from soket.faults import MESSAGES, Fault, fault, fault_of
from soket.intake.changed import word_faults
from soket.intake.classify import classify, expected_kind, looks_like_a_plan, no_document, owed_kinds
from soket.intake.contents import STOPPING, Contents, content_of, identity_of
from soket.intake.copies.hold import CopyFile, Document, hold
from soket.intake.likeness.sketch import body_of, sketch_of
from soket.intake.photo_pages import binds, with_photos
from soket.intake.receive import is_carried_over
from soket.intake.report_checks import report_faults, too_short
from soket.intake.table import (
    Bodies,
    FormTable,
    bodies_of,
    differences,
    explain_absence,
    find_tables,
    leave_to_rivals,
    like_the_first,
    stands_for_workbook,
    tables_in,
)
from soket.intake.take_in import not_kept
from soket.intake.validation import SubmissionId
from soket.narrative.requests.sorting import sorted_outline
from soket.plan.model import Duty, IndicatorForm, Plan, Severity, Unit
from soket.reading.findings import Answered, Content
from soket.reading.kinds import FileKind, extension_of, kinds_in_set
from soket.record.records import Figure, Receipt, ReceivedFile, SectionText, Submission
from soket.record.signed import SignedFile
from soket.record.workspace import Workspace

_SHORTEST = 200  # characters of a document that says anything


@dataclass
class Examined:
    """What became of one submission; `table` goes on to the plan's rules."""

    receipt: Receipt
    unit: Unit
    kind: Submission
    main: str = ""  # the file that was taken for its document
    document: str = ""  # the same, where that is a report in words
    sections: tuple[SectionText, ...] = ()
    unplaced: tuple[SectionText, ...] = ()  # of no section
    sketch: bytes = b""  # of its text: see intake.likeness
    form: IndicatorForm | None = None
    table: FormTable | None = None
    faults: list[Fault] = field(default_factory=list)
    scans: dict[str, str] = field(default_factory=dict)
    signed: list[SignedFile] = field(default_factory=list)
    answers: list[tuple[ReceivedFile, Answered]] = field(default_factory=list)  # what came back beside our questions

    @property
    def id(self) -> SubmissionId:
        """What it is known by."""
        return self.receipt.unit, self.receipt.number

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures read, in the order of the form and the years."""
        return tuple(self.table.figures.values()) if self.table else ()


@dataclass(frozen=True)
class _Read:
    """One file of a submission with its content."""

    file: ReceivedFile
    kind: FileKind
    content: Content
    carried: bool


def examine(workspace: Workspace, receipt: Receipt, contents: Contents, *, given_up: bool = False) -> Examined:
    """Examine a submission, given what was read of its files.

    Where readers died over it often enough to be `given_up`, a person reads what they did not.
    """
    plan, unit = workspace.plan, workspace.plan.unit(receipt.unit)
    examined = Examined(receipt, unit, expected_kind(unit))
    read: list[_Read] = []
    kinds = kinds_in_set([file.original_name for file in receipt.files])
    names: dict[tuple[str, str], str] = {}  # of the files by their content and type
    for file, kind in zip(receipt.files, tuple(kinds), strict=True):
        if not file.kept:
            continue  # told of together below
        if kind is FileKind.LITTER:
            examined.faults.append(fault("TEP-19", file.name))
        elif (other := names.setdefault(identity_of(file), file.name)) != file.name:
            examined.faults.append(fault("HS-10", file.name, other=other))
        else:
            content = content_of(file, receipt, contents, given_up=given_up)
            carried = is_carried_over(workspace, receipt, file)
            found = _Read(file, kind, with_photos(plan, receipt, file, content, carried=carried), carried)
            _note(examined, found)
            if content.is_slip:
                kinds.remove(kind)  # ours, and no part of the report, whatever it is called
            else:
                read.append(found)
    examined.faults += not_kept(plan, receipt)
    documents = [each for each in read if each.kind is FileKind.DOCUMENT and each.content.paragraphs]
    tables = [each for each in read if each.kind is FileKind.TABLE]
    _examine_documents(plan, examined, documents)
    form = plan.form_of(unit) if unit.owes not in (Duty.COVERAGE_PLAN, Duty.DOCUMENT) else None
    bodies = bodies_of(plan, unit)
    inside, sent = tables_in(form, {each.file.name: each.content for each in documents}, bodies), set(kinds)
    if form and FileKind.TABLE not in sent:
        sent |= _take_from_report(examined, form, inside)
    _check_presence(plan, examined, read, sent)
    if examined.kind is Submission.NIL_RETURN:
        _examine_nil_return(plan, examined, tables)
    elif form:
        _examine_tables(plan, examined, form, tables, bodies)
        _compare_with_table(plan, examined, form, inside)
    _examine_copies(plan, examined, read, contents)
    return examined


def _note(examined: Examined, read: _Read) -> None:
    """Note what there is to say of a file by itself."""
    name, content = read.file.name, read.content
    examined.faults += [fault_of(finding, name) for finding in content.findings]
    if content.answered:
        examined.answers.append((read.file, content.answered))
    examined.scans |= {name: content.scan} if content.scan else {}
    if read.kind is FileKind.ATTACHMENT and not content.findings and not content.paragraphs:
        examined.faults.append(fault("TEP-20", name))


def _examine_copies(plan: Plan, examined: Examined, read: Sequence[_Read], contents: Contents) -> None:
    """Look at whose signatures the files bear, and hold signed copies against what was sent beside them."""
    main = next((each for each in read if each.file.name == examined.main), None)
    parts = examined.sections, examined.form, examined.table
    document = Document(main.file.name, main.content.paragraphs, *parts) if main else None
    files = [
        CopyFile(each.file.name, each.file.sha256, each.content, contents.signatures_of(each.file)) for each in read
    ]
    examined.signed, told = hold(plan, examined.unit, document, files)
    examined.faults += told


def _compare_with_table(plan: Plan, examined: Examined, form: IndicatorForm, inside: Sequence[FormTable]) -> None:
    """Hold what the report says, in tables of its own and in words, against the table that was taken."""
    if (table := examined.table) is None:
        return
    examined.faults += differences(form, inside, table)
    told = (*examined.sections, *examined.unplaced)
    examined.faults += word_faults(plan, examined.unit, examined.document, told, form, table)


def _examine_documents(plan: Plan, examined: Examined, documents: list[_Read]) -> None:
    """Read the outline; of several documents, the one that follows it most closely is the report."""
    if not documents:
        return
    read = {each.file.key: sorted_outline(plan, each.content.paragraphs, each.content.tables) for each in documents}
    known = {key: sum(each.heading is not None for each in outline.sections) for key, outline in read.items()}
    main = max(documents, key=lambda each: known[each.file.key])
    name = examined.main = main.file.name
    paragraphs = main.content.paragraphs
    if extension_of(main.file.original_name) == "pdf":
        examined.faults.append(fault("TEP-27", name))
    kind = examined.kind = classify(plan, examined.unit, main.file.original_name, paragraphs, known[main.file.key])
    if sum(map(len, paragraphs)) < _SHORTEST and kind not in (Submission.NIL_RETURN, Submission.DOCUMENT):
        examined.faults.append(too_short(name, paragraphs))
        return
    match kind:
        case Submission.COVERAGE_PLAN:
            if not looks_like_a_plan(paragraphs):
                examined.faults.append(fault("HS-06", name))
        case Submission.REPORT | Submission.OWN_REVIEW:
            examined.document, (examined.sections, examined.unplaced) = name, read[main.file.key]
            examined.sketch = sketch_of(plan, body_of(examined.sections))
            examined.faults += report_faults(plan, examined.receipt, read[main.file.key], name, paragraphs)
        case Submission.OWN_REVIEW_PLAN:
            examined.faults.append(fault("HS-05", name, review=plan.review_word))


def _check_presence(plan: Plan, examined: Examined, read: list[_Read], sent: set[FileKind]) -> None:
    """Say which kinds of file are missing; one that came and could not be read is told of as that."""
    if any(each.kind is FileKind.ARCHIVE and _stopped(each) for each in read):
        return  # what was in it is not known
    owed = owed_kinds(plan, examined.unit)
    if FileKind.DOCUMENT in owed:
        documents = [each for each in read if each.kind is FileKind.DOCUMENT]
        is_read = any(each.content.paragraphs for each in documents)
        if FileKind.DOCUMENT not in sent and not any(binds(plan, each.file.name) and _stopped(each) for each in read):
            examined.faults.append(no_document(plan, examined.unit))
        for each in documents:
            if each.content.scan is not None:
                # Beside a document that is read, a scan is its signed copy.
                examined.faults += [] if is_read else [fault("TEP-23", each.file.name)]
            elif not each.content.paragraphs and not _stopped(each):
                examined.faults.append(fault("HS-07", each.file.name, count=0))
    form = plan.form_of(examined.unit)
    in_words = examined.kind in (Submission.NIL_RETURN, Submission.OWN_REVIEW_PLAN)
    if FileKind.TABLE in owed - sent and form and not in_words:
        examined.faults.append(fault("HS-02", form=form.title))


def _stopped(read: _Read) -> bool:
    """Return whether a file was stopped by the guard or its reader, or left to a person."""
    return any(MESSAGES[finding.code].severity in STOPPING for finding in read.content.findings)


def _examine_nil_return(plan: Plan, examined: Examined, tables: list[_Read]) -> None:
    # A table kept from before says nothing against a nil return sent now.
    if any(not each.carried for each in tables):
        examined.faults.append(fault("HS-03"))
    elif plan.form_of(examined.unit) and examined.unit.owes is not Duty.NIL_RETURN:
        examined.faults.append(fault("HS-04"))


def _examine_tables(plan: Plan, examined: Examined, form: IndicatorForm, tables: list[_Read], bodies: Bodies) -> None:
    readable = [each for each in tables if not _stopped(each)]
    stamped = {each.file.name: check_stamp(plan, form, each.file.name, each.content.sheets) for each in readable}
    foreign = {name for name, told in stamped.items() if told and told.severity is Severity.CRITICAL}
    own = [each for each in readable if each.file.name not in foreign]
    found = [table for each in own for table in find_tables(form, each.file.name, each.content.sheets, bodies)]
    if not found:
        if own:
            examined.faults.append(explain_absence(form, own[0].file.name, own[0].content.sheets))
        examined.faults += [told for told in stamped.values() if told]
        return
    # Beside the table there may be others that look like it: extracts, older versions.
    table = max(found, key=lambda each: (len(each.codes), each.holds_figures))
    examined.faults += leave_to_rivals(form, table, found)
    examined.form, examined.table = form, table
    if told := stamped[table.file]:
        examined.faults.append(told)
    examined.faults += table.faults


def _take_from_report(examined: Examined, form: IndicatorForm, inside: Sequence[FormTable]) -> set[FileKind]:
    """Take the figures from a table in the report, as no workbook came; return what kind of file that stands for."""
    if not inside or not stands_for_workbook(form, inside[0]) or examined.kind is Submission.NIL_RETURN:
        return set()
    table = examined.table = inside[0]
    examined.form = form
    examined.faults.append(fault("BS-30", table.file, form=form.title, where=table.sheet_name))
    examined.faults += [*leave_to_rivals(form, table, like_the_first(form, inside)), *table.faults]
    return {FileKind.TABLE}
