"""What signatures and signed copies of a submission come to: a record of what was found, and what is told of it.

By themselves they only tell or ask. Where the plan requires a signed copy, one that is not there, or is no longer what
was signed, returns the submission; one that we cannot judge by what the office supplied goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from soket.clock import VIETNAM
from soket.faults import Fault, fault
from soket.intake.copies.against_table import HeldRows, compare_table
from soket.intake.copies.against_text import Compared, compare_texts
from soket.intake.copies.signers import Whose, whose
from soket.intake.table import FormTable
from soket.plan.model import IndicatorForm, Plan, Unit
from soket.reading.findings import Content
from soket.reading.kinds import extension_of
from soket.reading.signatures import Chain, FileSignature, Integrity
from soket.record.records import SectionText
from soket.record.signed import CHAINS, INTEGRITIES, DifferentFigure, SignedFile
from soket.text import format_moment, format_number

_ALIKE = 0.6  # of the document's wording; what has less is another paper
_MOST_TOLD = 30  # rows that differ
_HOLDS = (Integrity.WHOLE, Integrity.ADDED)
_BROKEN = {Integrity.BROKEN: "KS-02", Integrity.CHANGED: "KS-03"}
_DOUBTED = {Chain.UNKNOWN: "KS-05", Chain.EXPIRED: "KS-06", Chain.REVOKED: "KS-07", Chain.UNFIT: "KS-08"}
_NAMED = {Whose.NEARLY: "KS-10", Whose.ANOTHER: "KS-11", Whose.NOBODY: "KS-12"}


@dataclass(frozen=True)
class CopyFile:
    """A file of a submission that is signed, or may be a copy of its document."""

    name: str
    sha256: str
    content: Content
    signatures: Sequence[FileSignature]

    @property
    def may_be_copy(self) -> bool:
        """Whether it has text that can be held against the document beside it."""
        return extension_of(self.name) == "pdf" and bool(self.content.paragraphs)


@dataclass(frozen=True)
class Document:
    """What was sent to be read: the report in words, and the indicator table."""

    name: str
    paragraphs: Sequence[str]
    sections: Sequence[SectionText] = ()
    form: IndicatorForm | None = None
    table: FormTable | None = None


def hold(
    plan: Plan, unit: Unit, document: Document | None, files: Sequence[CopyFile]
) -> tuple[list[SignedFile], list[Fault]]:
    """Return what was found of a submission's signed files, and what is told of it."""
    found, told = [], list[Fault]()
    for each in files:
        record = SignedFile(
            file=each.name,
            sha256=each.sha256,
            signatures=tuple(each.signatures),
            is_scan=each.content.scan is not None,
        )
        told += _of_signatures(each)
        told += _of_names(plan, unit, each)
        if document and document.name != each.name and each.may_be_copy:
            record = _held(plan, unit, document, each, record)
            told += _of_copy(document, record)
        if record.signatures or record.held_against or record.is_scan:
            found.append(record)
    if document and plan.stage_of(unit).signed_copy == "required":
        told += _of_what_is_required(document, found)
    return found, told


def _of_signatures(file: CopyFile) -> Iterator[Fault]:
    for each in file.signatures:
        signer = f"«{each.signer}»" if each.signer else "người ký không rõ tên"
        if each.integrity is Integrity.UNCHECKED:
            yield fault("KS-09", file.name)
            continue
        if code := _BROKEN.get(each.integrity):
            yield fault(code, file.name, signer=signer)
        if code := _DOUBTED.get(each.chain):
            yield fault(code, file.name, signer=signer, issuer=each.issuer, time=_time(each))
        if each.integrity in _HOLDS and each.chain not in _DOUBTED:
            yield fault(
                "KS-01",
                file.name,
                signer=signer,
                time=_time(each),
                integrity=INTEGRITIES[each.integrity].phrase,
                chain=CHAINS[each.chain].phrase,
                revocation="không có trong danh sách thu hồi mà cơ quan cung cấp"
                if each.revocation_checked
                else "chưa kiểm việc thu hồi chứng thư",
            )


def _time(signature: FileSignature) -> str:
    if signature.signed_at is None:
        return "không ghi giờ ký"
    by = "dấu thời gian" if signature.time_stamped else "máy của người ký"
    return f"ký {format_moment(signature.signed_at.astimezone(VIETNAM))} theo {by}"


def _of_names(plan: Plan, unit: Unit, file: CopyFile) -> Iterator[Fault]:
    """Ask about the name on a file's signatures, where none of them is in the unit's."""
    said = [whose(plan, unit, each) for each in file.signatures if each.signer or each.bodies]
    if said and all(sort is not Whose.UNIT for sort, _ in said):
        sort, name = min(said, key=lambda each: [*_NAMED].index(each[0]))
        yield fault(_NAMED[sort], file.name, name=name, unit=plan.unit(unit.base).name)


def _held(plan: Plan, unit: Unit, document: Document, file: CopyFile, record: SignedFile) -> SignedFile:
    """Return a file's record with what holding it against the document comes to."""
    compared = compare_texts(document.paragraphs, file.content.paragraphs)
    held, rows = {"held_against": document.name, "alike": round(compared.alike, 3)}, HeldRows(0, ())
    if compared.alike < _ALIKE:
        return record.model_copy(update=held)
    if document.form and document.table:
        form, table = document.form, document.table
        rows = compare_table(plan, unit, form, table, document.paragraphs, file.content.paragraphs)
    return record.model_copy(
        update=held
        | {
            "figures": compared.figures,
            "different": tuple(_differences(plan, document, compared)),
            "rows": rows.rows,
            "different_rows": rows.different,
        }
    )


def _differences(plan: Plan, document: Document, compared: Compared) -> Iterator[DifferentFigure]:
    numbers = {section.code: section.number.rstrip(".") for section in plan.outline}
    for each in compared.different:
        text = document.paragraphs[each.paragraph] if each.paragraph is not None else ""
        code = next((section.section for section in document.sections if text and text in section.text), None)
        yield DifferentFigure(
            signed=each.copy, source=each.document, quote=each.quote, place=f"mục {numbers[code]}" if code else ""
        )


def _of_copy(document: Document, record: SignedFile) -> Iterator[Fault]:
    """Tell how a copy compares with the document and the table beside it."""
    if record.alike is None or record.alike < _ALIKE:
        share = format_number(round(100 * (record.alike or 0)))
        yield fault("KS-16", record.file, document=document.name, share=share)
        return
    if not record.different and not record.different_rows:
        rows = f", {record.rows} dòng của biểu số liệu in trong bản này cũng khớp" if record.rows else ""
        yield fault("KS-14", record.file, document=document.name, figures=record.figures, rows=rows)
    if record.different:
        yield fault("KS-20", record.file, document=document.name, count=len(record.different))
    for each in record.different:
        code = "KS-21" if each.signed and each.source else "KS-22" if each.source else "KS-23"
        said = {"signed": each.signed, "source": each.source, "quote": each.quote}
        yield fault(code, record.file, each.place or None, **said)
    for each in record.different_rows[:_MOST_TOLD]:
        yield fault("KS-24", record.file, signed=each.signed, source=each.source, what=each.place)


def _of_what_is_required(document: Document, found: Sequence[SignedFile]) -> Iterator[Fault]:
    """Tell where the signed copy that the plan requires is not there, or is not to be relied on."""
    signed = [each for each in found if each.signatures]
    if not signed:
        yield fault("KS-30")
        return
    own = [each for each in signed if each.file == document.name or (each.alike or 0) >= _ALIKE]
    sound = [each for file in own for each in file.signatures if each.integrity in (*_HOLDS, Integrity.UNCHECKED)]
    if not sound:
        yield fault("KS-32", signed[0].file, document=document.name)
    elif not any(each.integrity in _HOLDS and each.chain in (Chain.TRUSTED, Chain.NO_ROOTS) for each in sound):
        yield fault("KS-31", own[0].file)
