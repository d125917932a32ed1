"""A unit and an official talk, on real servers: from a fault to an answer by mail, and what is owed till then."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from board.airflow import FakeAirflow
from reading import corpus
from soket.board.access import Campaigns
from soket.board.app import create_app
from soket.notices.reports.filing import read_reports
from soket.notices.reports.server import mailbox_from_environment
from soket.record.workspace import Workspace
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.state import State
from soket.stages.collect import open_stage

from .real_pages import RealPages, real_pages
from .serving import serving
from .test_clerk import link_of, table

pytestmark = [pytest.mark.integration, pytest.mark.browser]

LOOKS_WITHIN = 60_000  # milliseconds
UNIT, ADDRESS, ACCOUNT = "h_mot", "vt@mot.example", "btg"
WRONG = {
    "bao-cao.docx": corpus.report(headings=("I. Kết quả", "II. Hạn chế")),
    "so-lieu.xlsx": table(CT01=(50, "nhiều")),
}
ASKED, ANSWERED, ASKED_BACK, MAILED = "Ô này ghi tổng hay bình quân?", "Ghi tổng.", "Số lấy từ đâu?", "Từ niên giám."


@pytest.fixture(scope="module")
def pages(servers: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPages]:
    """A campaign under way, in which a unit's report was returned."""
    with real_pages(servers, tmp_path_factory.mktemp("plans")) as served:
        workspace = served.under_way
        open_stage(workspace, workspace.plan.stages[0])
        for name, data in WRONG.items():
            workspace.store.put(workspace.keys.inbox_folder(UNIT) + name, data)
        assert "1 trả lại" in served.take_turn()
        yield served


@pytest.fixture
def board(pages: RealPages) -> Iterator[str]:
    """The address of the campaign's board."""
    workspace = pages.under_way

    def make(authenticate: Callable[..., object]) -> FastAPI:
        there = (lambda *_: workspace), lambda: ([workspace.plan], [])
        app = create_app(*there, authenticate)  # type: ignore[arg-type]
        app.state.campaigns = Campaigns(*there, while_reading=0.0)
        return app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)
        with serving(FakeAirflow(make, workspace).app) as address:
            yield f"{address}/soket/{workspace.plan.id}/{workspace.campaign.code}"


def says(official: Page, manner: str, words: str) -> None:
    """Have the official say something, from the thread on the unit's page."""
    official.get_by_role("link", name="Trả lời, viết tiếp").first.click()
    official.get_by_label(manner).check()
    official.get_by_label("Nội dung").fill(words)
    official.get_by_label("Người cho phép").fill("Đ/c Trưởng phòng")
    official.get_by_role("button", name="Xem trước").click()
    official.get_by_role("button", name="Ghi quyết định").click()
    expect(official.get_by_text("Đã ghi").first).to_be_visible()


def answers_mail(state: State, mail: EmailMessage, words: str) -> None:
    """Answer a mail as a clerk's program does, by the mail server."""
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = ADDRESS, mail["Reply-To"], f"Re: {mail['Subject']}"
    reply["In-Reply-To"], reply["Message-ID"] = mail["Message-ID"], "<reply.1@mot.example>"
    reply.set_content(f"{words}\n\nVào 01/11/2021 lúc 09:00 Ban Tuyên giáo đã viết:\n> {ASKED_BACK}\n")
    known = ssl.create_default_context(cafile=str(state.root / "mail" / "certificate.pem"))
    with smtplib.SMTP(HOST, state.ports["smtp"]) as smtp:
        smtp.starttls(context=known)
        smtp.login(USER, Credentials.load(state).mail)
        smtp.send_message(reply)


def owed(workspace: Workspace) -> str:
    return f"{workspace.plan.unit(UNIT).name} hỏi, chờ từ"


def test_from_a_fault_to_the_answer_by_mail(pages: RealPages, board: str, open_page: Callable[..., Page]) -> None:
    workspace = pages.under_way
    clerk, official = open_page(), open_page()
    official.context.add_cookies([{"name": "_token", "value": ACCOUNT, "url": board}])
    clerk.goto(link_of(workspace, UNIT))
    home = clerk.url

    clerk.get_by_role("link", name="Hỏi về điểm này").first.click()
    clerk.get_by_label("Nội dung").fill(ASKED)
    clerk.get_by_label("Người viết").fill("Nguyễn Văn A, Văn thư")
    clerk.get_by_role("button", name="Gửi").click()
    expect(clerk.get_by_text("đang chờ cơ quan nhận trả lời")).to_be_visible()
    expect(clerk.locator(".talk")).to_contain_text("so-lieu.xlsx, ")

    official.goto(board)
    expect(official.locator("[aria-labelledby=answers-owed]")).to_contain_text(owed(workspace))
    official.get_by_role("link", name=workspace.plan.unit(UNIT).name).first.click()
    expect(official.locator(".talk")).to_contain_text(ASKED)
    expect(official.get_by_text("Chờ trả lời từ")).to_be_visible()
    unit = official.url
    says(official, "Chỉ nội bộ", "Đơn vị này hay nhầm.")
    official.goto(board)
    expect(official.locator("[aria-labelledby=answers-owed]")).to_contain_text(owed(workspace))
    official.goto(unit)
    says(official, "Trả lời, báo đơn vị", ANSWERED)
    pages.take_turn()
    official.goto(board)
    expect(official.locator("[aria-labelledby=answers-owed]")).to_have_count(0)
    official.goto(unit)
    says(official, "Hỏi đơn vị, cần trả lời", ASKED_BACK)

    clerk.goto(home)
    expect(clerk.get_by_text("Cơ quan nhận đang hỏi, cần trả lời")).to_be_visible()
    for words in (ASKED, ANSWERED, ASKED_BACK):
        expect(clerk.locator("#trao-doi")).to_contain_text(words)
    expect(clerk.locator("body")).not_to_contain_text("hay nhầm")

    pages.take_turn()
    mail = pages.mail(workspace, ADDRESS, "message")
    body = mail.get_body(("plain",))
    assert body is not None
    assert ASKED_BACK in body.get_content()
    answers_mail(pages.state, mail, MAILED)
    source = mailbox_from_environment()
    assert source is not None
    assert read_reports(workspace, [source]).answered == 1
    expect(clerk.get_by_text("Cơ quan nhận đang hỏi")).to_have_count(0, timeout=LOOKS_WITHIN)
    expect(clerk.locator("#trao-doi")).to_contain_text(MAILED)  # on the page that was open all the time
    official.goto(unit)
    expect(official.locator(".talk").first).to_contain_text(MAILED)
    expect(official.locator(".talk").first).to_contain_text("qua thư")
    expect(official.locator(".talk").first).not_to_contain_text("đã viết:")
