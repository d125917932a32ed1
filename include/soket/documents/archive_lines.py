"""The lines of an archive's list: each paper of a campaign by what it is, whose it is and of which day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from soket.plan.model import Plan, Stage, StageKind
from soket.record.composed import composed_for
from soket.record.decision_lines import DecisionLine
from soket.record.issued import issued_title
from soket.record.nominees import NominationTaken
from soket.record.products import (
    APPRAISAL_ANSWERS,
    COMMENDATIONS,
    CONTENT_TYPES,
    COVERAGE_REQUEST,
    EVIDENCE,
    FIGURES,
    MARKED_DRAFT,
    NOMINATION_FORM,
    OUTLINE,
    PRESS_NOTE,
    REQUEST_LETTER,
    SHORT_TRACE_PAGE,
    TRACE_PAGE,
    WORKING_DRAFT,
)
from soket.record.provisional import ROUND
from soket.record.records import Ruling, StageRecord, Verdict
from soket.record.register import Register
from soket.record.signed import IssuedPaper
from soket.record.stage_details import DraftTaken
from soket.record.words import product_names, submission_word
from soket.store.keys import Keys
from soket.text import format_date, lower_first, upper_first

_PAPERS = frozenset(CONTENT_TYPES) - {"json", "png"} | {"doc", "odt", "pdf"}
_OF_THE_LEAD = (REQUEST_LETTER, OUTLINE, NOMINATION_FORM, COVERAGE_REQUEST, PRESS_NOTE, COMMENDATIONS)
_OF_THE_SYSTEM = (  # made by it alone, and signed by nobody
    *(WORKING_DRAFT, FIGURES, EVIDENCE, MARKED_DRAFT, APPRAISAL_ANSWERS),
    *(TRACE_PAGE, SHORT_TRACE_PAGE),
)
_SYSTEM = "Hệ thống theo dõi lập"
_ANEW = "lists-"  # what a step is called that writes papers over those that are there


@dataclass(frozen=True)
class Kept:
    """One line of the contents: a paper, a unit's report with all its files, or a decision."""

    title: str
    author: str
    file: str  # its key, or its folder's, without plan and campaign
    date: str = ""
    sign: str = ""  # number and sign, where they are known: papers get theirs by hand
    keys: tuple[str, ...] = ()  # of its objects
    taken: bool = True  # it counts; a report that nobody took in does not


def plan_of(plan: Plan, there: set[str]) -> Iterator[Kept]:
    """Yield the line of the plan, with all the editions that the campaign went by."""
    editions = sorted(key for key in there if key.startswith("plans/") and "/refused/" not in key)
    if editions:
        more = f" ({len(editions)} bản, do thay đổi trong đợt)" if len(editions) > 1 else ""
        folder = _short(editions[0]).rpartition("/")[0] + "/"
        yield Kept(f"Bản khai kế hoạch trên hệ thống: {plan.short_title}{more}", _SYSTEM, folder, keys=tuple(editions))


def papers_of(plan: Plan, register: Register, stage: Stage, unlisted: set[str]) -> Iterator[Kept]:
    """Yield what a stage made or took in, each as it was kept last; what an earlier stage lists, not again."""
    entry = register.stages.get(stage.id)
    made: dict[str, StageRecord] = {}
    for record in entry.records if entry else ():
        for key in record.products:  # a later step may list what an earlier one made: that one tells of which day it is
            made[key] = record if _is_anew(record) else made.get(key, record)
    for key, record in made.items():
        if key not in unlisted or key.rpartition(".")[2] not in _PAPERS or record.round == ROUND:
            continue  # of ROUND are provisional drafts, which their successors replaced
        unlisted.remove(key)
        issued = record.details if isinstance(record.details, IssuedPaper) else None
        yield Kept(
            _title(plan, stage, record, key.rpartition("/")[2]),
            _author(plan, stage, record, key.rpartition("/")[2]),
            _short(key),
            format_date(issued.day) if issued and issued.day else format_date(_moment(record).date()),
            issued.number if issued else "",
            (key,),
        )


def _is_anew(record: StageRecord) -> bool:
    """Whether a step wrote its papers over those that were there."""
    return bool(record.times) or record.step.startswith(_ANEW)


def _title(plan: Plan, stage: Stage, record: StageRecord, name: str) -> str:
    """Return what a paper is: of one that somebody sent, whatever its file was called, whose it is."""
    if isinstance(record.details, IssuedPaper):
        return f"{issued_title(stage)} (bản đã ban hành)"
    if isinstance(taken := record.details, NominationTaken):
        return taken.title(plan, name)
    names = product_names(plan)
    if stage.takes == "document":
        names |= {REQUEST_LETTER: f"Công văn đề nghị {lower_first(stage.delivers)}"}
    stems = {each.rpartition(".")[0]: told for each, told in names.items()}
    turn = f", vòng {record.round}" if record.round > 1 else ""
    turn += " (bản lập sau cùng)" if _is_anew(record) else ""
    return upper_first(names.get(name) or stems.get(name.rpartition(".")[0]) or name) + turn


def _author(plan: Plan, stage: Stage, record: StageRecord, name: str) -> str:
    """Return who made a paper, or signs it."""
    if isinstance(record.details, IssuedPaper):
        return plan.office(stage.receiver).name
    if isinstance(taken := record.details, NominationTaken) and not taken.is_slip(name):
        return plan.unit(taken.unit).name
    if name in _OF_THE_SYSTEM:
        return _SYSTEM
    if name in _OF_THE_LEAD or isinstance(record.details, NominationTaken):
        return plan.office(plan.roles.lead).name
    by_order = plan.roles.signer if stage.kind is StageKind.CONFER else None
    return plan.office(by_order or stage.owner).name


def _moment(record: StageRecord) -> datetime:
    """Return when a paper was made, or handed in."""
    return record.details.arrived_at if isinstance(record.details, NominationTaken | DraftTaken) else record.at


def report_of(plan: Plan, register: Register, code: str, there: set[str]) -> Iterator[Kept]:
    """Yield a unit's line: the submission that counts or, without one, its last."""
    entry, keys = register.units[code], Keys(register.plan, register.campaign)
    receipts = [each for each in entry.sent if keys.receipt(code, each.number) in there]
    if not receipts:
        return
    receipt = next((each for each in receipts if each.number == entry.accepted), receipts[-1])
    verdict = next((each for each in entry.outcomes if each.number == receipt.number), None)
    title = upper_first(str(submission_word(plan, verdict.kind).label)) if verdict else "Hồ sơ đã nộp"
    taken = entry.accepted == receipt.number
    told = [] if taken else [_not_taken(verdict, closed=entry.closed is not None)]
    composed = composed_for(plan, register, entry)
    told += ["dự thảo không tính bản này"] if taken and composed and composed.is_uncounted else []
    told += [f"nộp {len(receipts)} lần"] if len(receipts) > 1 else []
    kept = tuple(file.key for file in receipt.files if file.key in there)
    yield Kept(
        title + (f" ({', '.join(told)})" if told else ""),
        plan.unit(code).name,
        _folder(keys.report(code, receipt.number, ""), kept) if kept else "",
        format_date(receipt.received_at.date()),
        keys=kept,
        taken=taken,
    )


def _folder(folder: str, kept: Sequence[str]) -> str:
    """Return where a submission's files lie: those that were kept from an earlier one lie in that one's folder."""
    earlier = sum(not key.startswith(folder) for key in kept)
    more = f", trong đó {earlier} ở thư mục lần nộp trước" if earlier else ""
    return f"{_short(folder)} ({len(kept)}\u00a0tệp{more})"


def _not_taken(verdict: Verdict | None, *, closed: bool) -> str:
    if verdict is None or verdict.ruling is not Ruling.RETURNED:
        return "chưa được tiếp nhận"
    return "bị trả lại, không gửi lại" if closed else "bị trả lại, chưa gửi lại"


def decisions_of(lines: Sequence[DecisionLine], register: Register, there: set[str]) -> Iterator[Kept]:
    """Yield the line of each decision, the first first."""
    keys = Keys(register.plan, register.campaign)
    for line in reversed(lines):
        title = ": ".join(part for part in (upper_first(line.kind), line.subject, line.content) if part)
        act, key = line.act, keys.decision(line.act.id)
        if key not in there:
            continue
        undone = " (đã hủy)" if line.undone_by else ""
        yield Kept(
            title + undone,
            act.granted_by,
            _short(key),
            format_date(act.decided_at.date()),
            act.document_number or "",
            keys=(key,),
        )


def _short(key: str) -> str:
    """Return a key without plan and campaign, which are the same in all."""
    root, _, _, rest = key.split("/", 3)
    return f"{root}/{rest}"
