"""Publicity: coverage plans, the press pack; and the archive that closes the campaign."""

from __future__ import annotations

from soket.intake.reread import accepted_reports
from soket.plan.model import StageName
from soket.record.keeping import file_stage_record, read_register
from soket.record.products import COVERAGE_REQUEST, INVENTORY, MANIFEST, PRESS_NOTE, save_products
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.text import format_number

STAGE = StageName.COMMUNICATIONS
ROUND = 1


def request_coverage(workspace: Workspace) -> str:
    """Ask the press agencies for their coverage plans."""
    from soket.documents.request import render_coverage_request
    from soket.notices.compose import coverage_request_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    if register.stages[STAGE].record("opened", ROUND) is None or workspace.rerun:
        letter = {COVERAGE_REQUEST: render_coverage_request(workspace.plan, workspace.campaign)}
        keys = save_products(workspace, STAGE, ROUND, letter)
        opened = file_stage_record(
            workspace, STAGE, ROUND, "opened", "Đề nghị kế hoạch tuyên truyền.", products=tuple(keys.values())
        )
        register = register.having(opened)
    notices = coverage_request_notices(workspace, register)
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Đề nghị {len(notices)} cơ quan báo chí gửi kế hoạch tuyên truyền."


def send_press_pack(workspace: Workspace) -> str:
    """Write the press note and post it, embargoed until the conference; raise NothingToDoError before it is called."""
    from soket.documents.figures import summarise
    from soket.documents.press import render_press_note
    from soket.notices.compose import press_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    decision = register.conference_format()
    if decision is None or not register.stages[StageName.CONFERENCE].done:
        raise NothingToDoError("Chưa gửi giấy mời hội nghị; khi gửi, bước này tự chạy.")
    if register.stages[STAGE].record("press", ROUND) is None or workspace.rerun:
        summary = summarise(workspace.plan, workspace.campaign, register, accepted_reports(workspace, register.basis()))
        note = {PRESS_NOTE: render_press_note(summary, decision)}
        keys = save_products(workspace, STAGE, ROUND, note)
        pack = file_stage_record(
            workspace, STAGE, ROUND, "press", "Đã có tài liệu báo chí.", products=tuple(keys.values())
        )
        register = register.having(pack)
    notices = press_notices(workspace, register)
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Gửi tài liệu báo chí cho {len(notices)} cơ quan."


def archive(workspace: Workspace) -> str:
    """List every object of the campaign with its SHA-256; raise NothingToDoError before the last day."""
    from soket.documents.archive import manifest, render_manifest

    if workspace.now.date() < workspace.campaign.closes:
        raise NothingToDoError("Chưa đến ngày cuối của đợt.")
    keys = workspace.keys
    register = read_register(workspace)
    if register.stages[STAGE].record("done", ROUND) and not workspace.rerun:
        return "Đã lưu trữ hồ sơ của đợt."
    prefixes = (keys.receipts, keys.reports, keys.decisions, keys.stages, keys.notices)
    entries = manifest(workspace.store, prefixes)
    written = {
        MANIFEST: entries.to_json(),
        INVENTORY: render_manifest(workspace.plan, workspace.campaign, entries),
    }
    for name, data in written.items():
        workspace.store.put(keys.archive(name), data)
    note = f"Lưu trữ {format_number(len(entries.files))} tệp, kèm mã để đối chiếu."
    file_stage_record(workspace, STAGE, ROUND, "done", note, products=tuple(keys.archive(name) for name in written))
    return note
