"""Publicity: coverage plans, the press pack; and the archive that closes the campaign."""

from __future__ import annotations

from soket.plan.model import Stage, StageKind
from soket.plan.themes import lexicon_of
from soket.record.commending import names_of_proposals
from soket.record.filing import file_stage_record
from soket.record.issued import report_cited
from soket.record.keeping import read_register
from soket.record.products import INVENTORY, MANIFEST, PRESS_NOTE, save_products
from soket.record.resting import draft_under
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.asking import papers_of
from soket.stages.commending import commended
from soket.stages.issuing import take_issued
from soket.stages.resting import summary_now, summary_of
from soket.stages.traces import traced
from soket.stages.waiting import wait_for_what_it_follows
from soket.store.holding import hold
from soket.text import format_number

ROUND = 1


def request_coverage(workspace: Workspace, stage: Stage) -> str:
    """Ask the press agencies for their coverage plans."""
    from soket.notices.compose import coverage_request_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    if register.of(stage).record("opened", ROUND) is None or workspace.rerun:
        press = workspace.plan.units_of(stage)
        papers = papers_of(workspace.plan, workspace.campaign, stage) if press else {}
        keys = save_products(workspace, stage.id, ROUND, papers)
        note = "Đề nghị kế hoạch tuyên truyền." if press else "Không có cơ quan báo chí; cuối đợt thì lưu trữ."
        opened = file_stage_record(workspace, stage.id, ROUND, "opened", note, products=keys)
        register = register.having(opened)
    notices = coverage_request_notices(workspace, register, stage)
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Đề nghị {len(notices)} cơ quan báo chí gửi kế hoạch tuyên truyền."


def send_press_pack(workspace: Workspace, stage: Stage) -> str:
    """Write the press note and post it, embargoed until the conference where there is one.

    Raise NothingToDoError before what it is about is there, and where no press agency is to have it.
    """
    from soket.documents.press import render_press_note
    from soket.notices.compose import press_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    wait_for_what_it_follows(workspace, register, stage)
    if not workspace.plan.units_of(stage):
        raise NothingToDoError("Kế hoạch không có cơ quan báo chí nào.")
    decision = register.conference_before(workspace.plan, stage)
    if decision is None and any(each.kind is StageKind.CONFER for each in workspace.plan.upstream(stage)):
        raise NothingToDoError("Chưa chọn hình thức hội nghị.")
    if register.of(stage).record("press", ROUND) is None or workspace.rerun:
        # The report's own figures: what came after it would contradict what is signed.
        draft = draft_under(workspace.plan, register, stage)
        summary = summary_of(workspace, register, draft) if draft else summary_now(workspace, register, stage)
        named, lexicon = commended(workspace, register), lexicon_of(workspace.plan)
        with traced(workspace, register, stage, ROUND, summary) as note:
            note[PRESS_NOTE] = render_press_note(
                summary, decision, named, lexicon=lexicon, cited=report_cited(workspace.plan, register, stage)
            )
        keys = save_products(workspace, stage.id, ROUND, note)
        pack = file_stage_record(workspace, stage.id, ROUND, "press", "Đã có tài liệu báo chí.", products=keys)
        register = register.having(pack)
    notices = press_notices(workspace, register, stage)
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Gửi tài liệu báo chí cho {len(notices)} cơ quan."


def archive(workspace: Workspace, stage: Stage) -> str:
    """List the campaign's papers, and every object with its SHA-256; raise NothingToDoError before the last day.

    Issued papers that came meanwhile are taken in first: after the last day nobody else does.
    """
    from soket.documents.archive import contents, kept_prefixes, manifest, render_manifest
    from soket.documents.archive_gaps import gaps, say_brought_later, say_gaps

    if workspace.now.date() < workspace.campaign.closes:
        raise NothingToDoError("Chưa đến ngày cuối của đợt.")
    keys = workspace.keys
    register = read_register(workspace)
    if register.of(stage).record("done", ROUND) and not workspace.rerun:
        return "Đã lưu trữ hồ sơ của đợt."
    if issued := take_issued(workspace, register):
        register = read_register(workspace)
    entries = manifest(workspace.store, kept_prefixes(keys))
    proposed = names_of_proposals(workspace, register)
    groups, lacking = contents(workspace.plan, register, entries, proposed), gaps(workspace, register)
    written = {
        MANIFEST: entries.to_json(),
        INVENTORY: render_manifest(workspace.plan, workspace.campaign, stage, entries, groups, lacking),
    }
    for name, data in written.items():
        workspace.store.put(keys.archive(name), data)
    held = hold(workspace.store, [*(file.key for file in entries.files), *map(keys.archive, written)])
    locked = "đã khóa chống xóa, chỉ người quản trị kho bỏ khóa được" if held else "kho không có khóa chống xóa"
    short = " ".join(filter(None, (say_gaps(workspace, register), say_brought_later(workspace, register))))
    note = f"Lưu trữ {format_number(len(entries.files))} tệp, kèm mã để đối chiếu; {locked}. {short}"
    file_stage_record(workspace, stage.id, ROUND, "done", note, products=tuple(keys.archive(name) for name in written))
    return " ".join(filter(None, (note, issued)))
