"""Any mail can be read on the board as its reader has it, with what goes with it, by whoever may see the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI, HTTPException

from notices.post import CountingStore, receipt
from soket.board.access import Campaigns, Viewer
from soket.board.app import create_app
from soket.notices.delivery import deliver
from soket.notices.ladder import due
from soket.notices.ledger import End, Ending, states, write_end
from soket.notices.notice import Attachment, Kind, Notice
from soket.notices.outbox import post
from soket.notices.reports.outcome import Outcome, Reported, report_name
from soket.notices.senders import RecordingSender
from soket.notices.story import page_of, parse, tell
from soket.plan.model import Contact
from soket.record.keeping import read_register
from soket.record.seal import read_seal
from soket.record.sending import UPLOAD_VARIABLE, entry_link
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

from .browser import Browser
from .conftest import an_official

HOME = "/nq06_thu/2021"
NAME = "Phiếu trả lại số 1 (bản cuối).docx"
UNIT = "huyen_uy_01"


def posted(workspace: Workspace, **changes: object) -> Notice:
    key = workspace.keys.report(UNIT, 1, "slip.docx")
    workspace.store.put(key, b"PK phieu")
    notice = receipt(UNIT, "n9", "vt@hatinh.example").model_copy(
        update={"attachments": (Attachment(name=NAME, key=key),), **changes}
    )
    post(workspace, notice)
    return notice


def browser_of(account: str, workspace: Workspace) -> Browser:
    offices = tuple(each.model_copy(update={"account": each.code}) for each in workspace.plan.offices)
    plan = workspace.plan.model_copy(update={"offices": offices})
    here = replace(workspace, plan=plan)
    return Browser(create_app(lambda *_: here, lambda: ([plan], []), lambda: Viewer(account, lambda _: True)))


def test_a_mail_reads_as_its_reader_has_it(browser: Browser, workspace: Workspace) -> None:
    notice = posted(workspace)
    deliver(workspace, RecordingSender())
    page = browser.get(f"{HOME}/notices/{notice.id}")
    assert page.status_code == 200
    assert "Đã tiếp nhận báo cáo sơ kết (lần nộp 1)" in page.text
    assert "vt@hatinh.example" in page.text
    assert f'<iframe class="mail" sandbox title="Thư như người nhận thấy" src="{HOME}/notices/{notice.id}/page">' in (
        page.text
    )
    assert "script-src" not in page.headers["content-security-policy"]
    shown = browser.get(f"{HOME}/notices/{notice.id}/page")
    assert "Đã tiếp nhận" in shown.text
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    file = browser.get(f"{HOME}/notices/{notice.id}/files/0")
    assert file.content == b"PK phieu"
    assert "Phi%E1%BA%BFu%20tr%E1%BA%A3%20l%E1%BA%A1i" in file.headers["content-disposition"]
    assert file.headers["content-disposition"].startswith("attachment")
    assert "Thư chưa gửi lần nào" not in page.text
    whole = browser_of("ban_tuyen_giao", workspace).get(f"{HOME}/notices/{notice.id}/message.eml")
    assert whole.content == workspace.store.get(workspace.keys.notice(notice.id, "message.eml"))


def test_a_mail_that_waits_is_read_as_it_would_go_out_and_nobody_has_it_in_hand(
    board_app: Callable[..., FastAPI], workspace: Workspace
) -> None:
    notice = posted(workspace)
    read_seal(workspace.store)  # which a bucket has from the first
    before = dict(workspace.store.objects)  # type: ignore[attr-defined]
    browser, lead = Browser(board_app()), browser_of("ban_tuyen_giao", workspace)
    page = browser.get(f"{HOME}/notices/{notice.id}").text
    assert "Thư chưa gửi lần nào: đây là lời thư nếu gửi lúc này." in page
    assert "Đã tiếp nhận báo cáo sơ kết (lần nộp 1)" in page
    assert "Đã tiếp nhận" in browser.get(f"{HOME}/notices/{notice.id}/page").text
    assert browser.get(f"{HOME}/notices/{notice.id}/files/0").content == b"PK phieu"
    whole = lead.get(f"{HOME}/notices/{notice.id}/message.eml").content
    assert workspace.store.objects == before  # type: ignore[attr-defined]
    sender = RecordingSender()
    deliver(workspace, sender)
    (sent,) = (each for each in sender.messages if each["X-Soket-Notice"] == notice.id)
    assert parse(whole)["Message-ID"] == sent["Message-ID"]
    assert page_of(parse(whole)) == page_of(sent)


def test_a_mail_whose_words_cannot_be_written_is_shown_with_what_keeps_them(
    browser: Browser, workspace: Workspace
) -> None:
    notice = posted(workspace, attachments=(Attachment(name=NAME, key="nowhere"),))
    page = browser.get(f"{HOME}/notices/{notice.id}")
    assert page.status_code == 200
    assert "Thư chưa soạn được" in page.text
    assert "MissingObjectError: nowhere" in page.text


def test_links_that_open_a_unit_s_page_are_read_by_whom_they_are_for_and_by_who_makes_them(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/{plan}/{campaign}/{unit}")
    register = read_register(workspace)
    notice = next(each for each in due(workspace, register) if each.kind is Kind.REMINDER)
    post(workspace, notice)
    link = entry_link(workspace, register.units[notice.addressee]) or ""
    place, _, token = link.rpartition("/")
    lead, other = browser_of("ban_tuyen_giao", workspace), browser_of("ubnd", workspace)
    for part in ("", "/page"):
        address = f"{HOME}/notices/{notice.id}{part}"
        assert link in lead.get(address).text
        seen = other.get(address).text
        assert token not in seen
        assert f"{place}/••••••" in seen
    assert "Đường dẫn riêng của người nhận" in other.get(f"{HOME}/notices/{notice.id}").text
    assert lead.get(f"{HOME}/notices/{notice.id}/message.eml").status_code == 200
    assert other.get(f"{HOME}/notices/{notice.id}/message.eml", headers={"accept": "x"}).status_code == 404


def test_a_long_name_is_shown_as_it_was_written(browser: Browser, workspace: Workspace) -> None:
    name = "Tổ soạn thảo báo cáo Ban cán sự đảng Ủy ban nhân dân tỉnh"
    people = (Contact(name=name, email="bcs@hatinh.example"), Contact(name="Văn thư", email="vt@hatinh.example"))
    page = browser.get(f"{HOME}/notices/{posted(workspace, to=people, cc=people[:1]).id}").text
    assert f"<dt>Đến</dt><dd>{name} &lt;bcs@hatinh.example&gt;, Văn thư &lt;vt@hatinh.example&gt;</dd>" in page
    assert f"<dt>Đồng gửi</dt><dd>{name} &lt;bcs@hatinh.example&gt;</dd>" in page


def test_every_line_of_the_ledger_leads_to_its_mail(browser: Browser, workspace: Workspace) -> None:
    notice = posted(workspace)
    for page in (f"{HOME}/notices?kind=receipt", f"{HOME}/units/{UNIT}"):
        assert f'href="{HOME}/notices/{notice.id}"' in browser.get(page).text


@pytest.mark.parametrize(
    "address",
    [
        "notices/receipt.huyen_uy_01.n77",
        "notices/x",
        "notices/..%2Fstages.a.b",
        "notices/receipt.huyen_uy_01.n9%00",
        "notices/receipt.huyen_uy_01.n9/files/1",
        "notices/receipt.huyen_uy_01.n9/files/-1",
        "notices/receipt.huyen_uy_01.n77/page",
        "notices/receipt.huyen_uy_01.n77/message.eml",
    ],
)
def test_what_is_no_mail_is_not_found(browser: Browser, workspace: Workspace, address: str) -> None:
    posted(workspace)
    assert browser.get(f"{HOME}/{address}").status_code == 404


def nobody() -> Viewer:
    raise HTTPException(401)


def somebody_else() -> Viewer:
    return Viewer("khac", lambda plan: False)


@pytest.mark.parametrize(("who", "status"), [(nobody, 401), (somebody_else, 403)])
@pytest.mark.parametrize("part", ["", "/page", "/message.eml", "/files/0"])
def test_mail_is_for_those_who_may_see_the_plan(
    board_app: Callable[..., FastAPI], workspace: Workspace, who: Callable[[], Viewer], status: int, part: str
) -> None:
    notice = posted(workspace)
    browser = Browser(board_app(who))
    assert browser.get(f"{HOME}/notices/{notice.id}{part}", headers={"accept": "x"}).status_code == status


def test_words_of_strangers_are_shown_and_do_nothing(browser: Browser, workspace: Workspace) -> None:
    facts = {**receipt(UNIT).context, "files": ["<script>alert(1)</script>.docx"]}
    notice = posted(workspace, context=facts)
    for address in (f"{HOME}/notices/{notice.id}", f"{HOME}/notices/{notice.id}/page"):
        assert "<script>" not in browser.get(address).text


def test_a_contact_that_bounces_is_on_the_board(browser: Browser, workspace: Workspace) -> None:
    contact = workspace.plan.unit(UNIT).contact
    notice = posted(workspace, to=(contact,))
    end = End(ending=Ending.SENT, at=workspace.now, real_at=workspace.now, delivered=(contact.email,))
    write_end(workspace, notice.id, end)
    report = Reported(address=contact.email, outcome=Outcome.BOUNCED, at=workspace.now, status="5.1.1", said="unknown")
    workspace.store.create(workspace.keys.notice(notice.id, report_name(Outcome.BOUNCED, 1, 1)), report.to_json())
    for page in (f"{HOME}/notices", f"{HOME}/units/{UNIT}"):
        text = browser.get(page).text
        assert "Địa chỉ không nhận được thư" in text
        assert "không có hộp thư này" in text
        assert '<span class="badge notice-bounced">Bị trả lại</span>' in text
    assert "Địa chỉ không nhận được thư" not in browser.get(f"{HOME}/units/huyen_uy_02").text


def test_a_mail_that_ended_is_read_once_however_often_the_list_is_shown(workspace: Workspace) -> None:
    counting = CountingStore(workspace.store)
    there = Workspace(workspace.plan, workspace.campaign, counting, workspace.clock)
    campaigns = Campaigns(lambda plan, campaign: there, lambda: ([workspace.plan], []))
    place = campaigns.place(an_official(), there.plan.id, there.campaign.code)
    ended = [state for state in states(there).values() if state.ending is not None]
    assert ended
    first = campaigns.lines(place, ended)
    counting.calls.clear()
    assert campaigns.lines(place, ended) == first
    assert not counting.calls["get"]


def test_draft_urging_letters_can_be_fetched(browser: Browser, workspace: Workspace) -> None:
    office = workspace.plan.offices[0]
    key = workspace.keys.notice("escalation.x.y", "cong-van-don-doc.docx")
    workspace.store.put(key, b"PK cong van")
    sent = next(code for code, entry in read_register(workspace).units.items() if entry.accepted)
    late = [{"code": sent, "name": "Đơn vị đã gửi", "standing": "chưa gửi"}, {}]
    facts = {**receipt(UNIT).context, "letter": True, "late_units": late}
    notice = posted(
        workspace,
        kind=Kind.ESCALATION,
        addressee=office.code,
        step="2021-11-08",
        context=facts,
        attachments=(Attachment(name="cong-van-don-doc.docx", key=key),),
    )
    text = browser.get(f"{HOME}/notices").text
    letter = f'<a href="{HOME}/notices/{notice.id}/files/0">Công văn đôn đốc 2 đơn vị</a>'
    assert f'{letter} <span class="note">{office.name}: ' in text
    told = r"đã cũ: Đơn vị đã gửi đã gửi ngày \d\d/\d\d/2021; còn 1 đơn vị phải đôn đốc"
    assert re.search(f"<strong>{told}</strong>", text)


def test_a_unit_s_page_lists_what_those_above_it_were_told_of_it_and_no_more(
    browser: Browser, workspace: Workspace
) -> None:
    office, other = workspace.plan.offices[:2]
    late = {"code": UNIT, "name": "Đơn vị chưa gửi", "standing": "chưa gửi"}
    facts = {**receipt(UNIT).context, "late_units": [late]}
    above = {"kind": Kind.ESCALATION, "context": facts}
    told = posted(workspace, **above, addressee=office.code, step="2021-11-08")
    withdrawn = posted(workspace, **above, addressee=other.code, step="2021-11-09")
    write_end(workspace, told.id, End(ending=Ending.SENT, at=workspace.now, real_at=workspace.now))
    write_end(workspace, withdrawn.id, End(ending=Ending.WITHDRAWN, at=workspace.now, real_at=workspace.now))
    page = browser.get(f"{HOME}/units/{UNIT}").text
    words = "Thư đôn đốc gửi cấp trên có nêu đơn vị này"
    link = f'<a href="{HOME}/notices/{told.id}">{office.name}</a> ({workspace.now:%d/%m/%Y}).'
    assert f"{words} (không kể trong bảng): {link}</p>" in page
    assert withdrawn.id not in page
    assert words not in browser.get(f"{HOME}/units/huyen_uy_02").text


def test_what_is_withdrawn_is_said_to_be_bulletins_and_provisional_drafts_too(
    browser: Browser, workspace: Workspace
) -> None:
    digest = posted(workspace, kind=Kind.DIGEST, addressee=workspace.plan.offices[0].code, step="2021-11-08")
    write_end(workspace, digest.id, End(ending=Ending.WITHDRAWN, at=workspace.now, real_at=workspace.now))
    assert "đã có bản tin hay bản tổng hợp tạm mới hơn, hoặc đợt đã kết thúc" in browser.get(f"{HOME}/notices").text


def test_the_table_of_units_says_when_a_reminder_left_as_the_mail_s_page_does(
    browser: Browser, workspace: Workspace
) -> None:
    notice = next(each for each in due(workspace, read_register(workspace)) if each.kind is Kind.REMINDER)
    post(workspace, notice)
    left = workspace.now
    write_end(workspace, notice.id, End(ending=Ending.SENT, at=left, real_at=left))
    stamped = MemoryStore(lambda: left - timedelta(hours=5))  # as the store stamps it, which in a replay is hours away
    key = workspace.keys.notice(notice.id, "sent.json")
    stamped.put(key, workspace.store.get(key))
    workspace.store.objects[key] = stamped.objects[key]  # type: ignore[attr-defined]
    row = browser.get(HOME).text.partition(f'/units/{notice.addressee}"')[2].partition("</tr>")[0]
    assert f"{left:%d/%m/%Y %H:%M}" in row
    assert f"{left:%d/%m/%Y %H:%M}" in browser.get(f"{HOME}/notices/{notice.id}").text


def test_in_a_replay_no_try_is_shown_before_its_mail_was_written(browser: Browser, workspace: Workspace) -> None:
    """The store cuts its moments to the second, which is hours of a replay."""
    notice = posted(workspace)
    cut = workspace.now - timedelta(hours=5)
    store = MemoryStore(lambda: cut)
    for name in ("attempts/1.json", "attempts/1-failed.json", "attempts/2.json"):
        key = workspace.keys.notice(notice.id, name)
        store.put(key, b"{}")
        workspace.store.objects[key] = store.objects[key]  # type: ignore[attr-defined]
    write_end(workspace, notice.id, End(ending=Ending.SENT, at=workspace.now, real_at=workspace.now))
    events = tell(workspace, notice.id).events
    assert [event.what for event in events] == [
        "lập thư",
        "gửi lần 1",
        "lần 1 chưa được",
        "gửi lần 2",
        "máy chủ đã nhận",
    ]
    assert {event.at for event in events} == {workspace.now}
