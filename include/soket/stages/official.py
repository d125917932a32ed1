"""The official drafts in the drafting offices' folders: which are new, and taking one into its round."""

from __future__ import annotations

from soket.plan.model import Stage, StageKind
from soket.reading.kinds import extension_of
from soket.record.filing import file_stage_record
from soket.record.issued import is_issued
from soket.record.products import OFFICIAL_DRAFT
from soket.record.provisional import TITLE, is_provisional
from soket.record.records import StageRecord
from soket.record.register import Drop, Register
from soket.record.stage_details import DraftTaken
from soket.record.workspace import Workspace
from soket.stages import StillWaitingError
from soket.store.store import MissingObjectError
from soket.text import format_date, format_moment

_DRAFT_TYPES = ("docx", "doc", "odt")


def fresh_official_drafts(workspace: Workspace, register: Register, stage: Stage) -> list[Drop]:
    """Return the drafts in the drafting office's folder that no round has taken or refused, oldest first."""
    earlier = (each for each in workspace.plan.upstream(stage) if each.kind is StageKind.DRAFT)
    if any(each.owner == stage.owner and not register.of(each).done for each in earlier):
        return []  # it is the earlier draft of the same office that is being waited for
    seen = {
        (record.details.inbox_key, record.details.etag)
        for each in workspace.plan.stages_of(StageKind.DRAFT)
        for record in register.of(each).records
        if isinstance(record.details, DraftTaken)
    }
    return [
        drop
        for drop in register.office_drops[stage.owner]
        if extension_of(drop.key) in _DRAFT_TYPES and not is_issued(drop) and (drop.key, drop.etag) not in seen
    ]


def take_official(workspace: Workspace, register: Register, stage: Stage) -> StageRecord:
    """Take the newest official draft into the round at hand; raise StillWaitingError where none can be read."""
    from soket.documents.official import UnreadableDraftError, read_official

    entry = register.of(stage)
    drops = fresh_official_drafts(workspace, register, stage)
    if not drops:
        raise StillWaitingError("Chưa có dự thảo chính thức.")
    drop = drops[-1]
    extension = extension_of(drop.key)
    key = workspace.keys.stage(stage.id, entry.round, f"{OFFICIAL_DRAFT.rpartition('.')[0]}.{extension}")
    late = drop.arrived_at >= entry.deadline
    taken = DraftTaken(inbox_key=drop.key, etag=drop.etag, arrived_at=drop.arrived_at, late=late)
    try:
        workspace.store.copy(drop.key, key, drop.etag)
        draft = read_official(workspace.plan, workspace.store.get(key), extension)
    except MissingObjectError:
        raise StillWaitingError("Dự thảo chính thức vừa được thay; chờ bản mới.") from None
    except UnreadableDraftError as error:
        file_stage_record(
            workspace, stage.id, entry.round, f"refused-{drop.etag}", f"Không đọc được: {error}", details=taken
        )
        raise StillWaitingError(f"Không đọc được {drop.key}: {error}. Chờ bản khác.") from error
    if is_provisional(draft.paragraphs):
        note = f"Không nhận: tệp còn ghi là “{TITLE}”; xóa các dòng ấy khi đã soạn thành dự thảo rồi gửi lại."
        file_stage_record(workspace, stage.id, entry.round, f"refused-{drop.etag}", note, details=taken)
        raise StillWaitingError(f"{drop.key}: {note}")
    return file_stage_record(
        workspace,
        stage.id,
        entry.round,
        "official",
        f"Dự thảo chính thức vòng {entry.round}, đến lúc {format_moment(drop.arrived_at)}"
        f"{f', sau hạn lúc đó (hết ngày {format_date(entry.last_day)})' if late else ''}.",
        products=(key,),
        details=taken,
    )
