"""Takes in the papers that offices issued: the report and the notice of conclusions, signed and numbered."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from soket.faults import MESSAGES, fault_of
from soket.intake.roots import supplied_roots
from soket.plan.model import Severity, Stage, StageKind
from soket.reading.kinds import extension_of
from soket.reading.signatures import FileSignature, Integrity
from soket.record.filing import file_stage_record
from soket.record.issued import is_issued, issuing
from soket.record.products import CONTENT_TYPES
from soket.record.records import StageRecord
from soket.record.register import Drop, Register
from soket.record.signed import CHAINS, INTEGRITIES, IssuedPaper
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import format_date

if TYPE_CHECKING:
    from soket.documents.issued import IssuedHead

log = logging.getLogger(__name__)

_TYPES = ("pdf", "docx", "doc", "odt")


def take_issued(workspace: Workspace, register: Register) -> str:
    """Take in what offices put into their folders for issued papers, each file once; say what came of it."""
    told = []
    for office, drops in register.office_drops.items():
        stages = issuing(workspace.plan, register, office)
        for drop in filter(is_issued, drops):
            if stages and not _is_known(register, stages, drop):
                told += _take(workspace, register, stages, drop)
    return " ".join(each.note for each in told)


def _is_known(register: Register, stages: list[Stage], drop: Drop) -> bool:
    return any(
        isinstance(record.details, IssuedPaper)
        and (record.details.inbox_key, record.details.etag) == (drop.key, drop.etag)
        for stage in stages
        for record in register.of(stage).records
    )


def _take(workspace: Workspace, register: Register, stages: list[Stage], drop: Drop) -> list[StageRecord]:
    """File a paper with the stage that it was issued at, or with the first why it is none; nothing if it went away."""
    from soket.documents.issued import NotIssuedError
    from soket.reading.reader import UnreadFileError

    try:
        data = workspace.store.get(drop.key)
    except MissingObjectError:
        return []
    digest = hashlib.sha256(data).hexdigest()
    paper = IssuedPaper(inbox_key=drop.key, etag=drop.etag, sha256=digest)
    mark = hashlib.sha256(f"{drop.key} {drop.etag}".encode()).hexdigest()[:16]  # the same bytes under two names are two
    stage, name = stages[0], drop.key.rpartition("/")[2]
    try:
        head, signatures = _read(drop, data)
        stage = _stage_of(stages, head)
    except UnreadFileError:
        log.exception("%s was not read, and is tried again", drop.key)
        return []
    except NotIssuedError as error:
        note = f"Chưa nhận “{name}” là văn bản đã ban hành: {error}."
        return [_file(workspace, register, stage, paper, f"issued-refused-{mark}", note)]
    key = workspace.keys.stage(
        stage.id, register.of(stage).round, f"van-ban-ban-hanh-{digest[:8]}.{extension_of(drop.key)}"
    )
    workspace.store.put(key, data, CONTENT_TYPES.get(extension_of(drop.key), "application/octet-stream"))
    paper = paper.model_copy(update={"number": head.number, "day": head.day})
    note = f"Ban hành: số {head.number}, ngày {format_date(head.day)}; {_say(signatures)}. SHA-256: {digest}."
    return [_file(workspace, register, stage, paper, f"issued-{mark}", note, key)]


def _file(
    workspace: Workspace, register: Register, stage: Stage, paper: IssuedPaper, step: str, note: str, *keys: str
) -> StageRecord:
    return file_stage_record(workspace, stage.id, register.of(stage).round, step, note, products=keys, details=paper)


def _read(drop: Drop, data: bytes) -> tuple[IssuedHead, tuple[FileSignature, ...]]:
    """Return what a paper is known by, and its signatures; raise NotIssuedError where it is none."""
    from soket.documents.issued import NotIssuedError, head_of
    from soket.reading.pool import ReaderPool
    from soket.reading.signed_files import LIBRARIES, may_be_signed, signatures_on

    extension = extension_of(drop.key)
    if extension not in _TYPES:
        raise NotIssuedError("không phải tệp PDF hoặc Word")
    with ReaderPool(1) as readers:
        content = readers.read(extension, data)
    for finding in content.findings:
        if MESSAGES[finding.code].severity is Severity.CRITICAL:
            raise NotIssuedError(fault_of(finding, "").message.rstrip("."))
    head, signatures = head_of(content.paragraphs), tuple[FileSignature, ...]()
    if may_be_signed(drop.key, data):
        with ReaderPool(1, LIBRARIES) as readers:
            signatures = signatures_on(readers, drop.key, data, supplied_roots(), drop.arrived_at)
    if any(each.integrity is Integrity.BROKEN for each in signatures):
        raise NotIssuedError(INTEGRITIES[Integrity.BROKEN].phrase)
    return head, signatures


def _stage_of(stages: list[Stage], head: IssuedHead) -> Stage:
    """Return the stage at whose end a paper was issued: a notice belongs to a conference, all else to a report."""
    from soket.documents.issued import NotIssuedError

    wanted = StageKind.CONFER if head.is_notice else StageKind.APPRAISE
    found = [each for each in stages if each.kind is wanted]
    if not found:
        what = "thông báo kết luận" if head.is_notice else "báo cáo"
        raise NotIssuedError(
            f"số {head.number} không phải của văn bản đang chờ ban hành: chưa đến bước ban hành {what}"
        )
    return found[-1]


def _say(signatures: tuple[FileSignature, ...]) -> str:
    """Say who signed a paper, and what is known of each signature."""
    if not signatures:
        return "tệp không có chữ ký số"
    return "; ".join(
        f"ký số {each.signer or 'chưa rõ người ký'}: {INTEGRITIES[each.integrity].phrase}, {CHAINS[each.chain].phrase}"
        for each in signatures
    )
