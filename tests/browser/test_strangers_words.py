"""Script in every field that a unit fills in: on every page that shows it, it is text and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from intake.turns import drop
from reading import corpus
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.intake.contents import Contents
from soket.intake.nominations import take_nominations
from soket.notices.ledger import states
from soket.plan.model import Plan
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.sending import leader_link
from soket.stages.collect import post_answers
from soket.stages.monitor import digest

from .conftest import Office
from .serving import serving
from .test_board import NO_PAGES
from .test_handing_in import choose, payload

pytestmark = pytest.mark.browser

UNIT, NOW = "huyen_21", "2021-11-08 09:00"
TALK, WRITER, ABOUT, CELL, SHEET, FILE, HEADING, REASON, SURE, WHY, ASKER, NAME, POST, MERIT, BASIS, PROMISE = range(16)
FIELDS = range(16)
NOT_SHOWN = {HEADING, NAME, POST, MERIT, BASIS}  # by papers alone: headings that no outline has, nominations
AIRFLOWS = ("reruns", "questions", "sent")  # what is asked of Airflow


def script(field: int) -> str:
    return f"<img src=x onerror=alert({field})>"


@pytest.fixture
def board(office: Office) -> Iterator[tuple[str, list[str]]]:
    """The board's address, and those of its pages about a unit."""
    desk = office.desk

    def authenticate() -> Viewer:
        return Viewer("btg", lambda plan: True)

    app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []), authenticate)
    routes = {route.path for route in app.routes if "GET" in getattr(route, "methods", ())} - NO_PAGES  # type: ignore[attr-defined]
    with serving(app) as address:
        yield address, sorted(route for route in routes if not any(f"/{word}" in route for word in AIRFLOWS))


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Iterator[Page]:
    """A page on which no script of a stranger's runs, nor is kept from running."""
    page, wrong = open_page(accept_downloads=True), []
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    assert wrong == []


def nominating(plan: Plan) -> Plan:
    return plan.model_copy(update={"commendation": plan.commendation.model_copy(update={"nominations": True})})


def fill_in(page: Page, address: str, **fields: str) -> None:
    page.goto(address)
    for name, value in fields.items():
        page.locator(f"main [name^={name}]").first.fill(value)
    if (sworn := page.locator("main [name=no_secret]")).count():
        sworn.check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).not_to_contain_text("Chưa làm được")


def look(page: Page, address: str, seen: set[int]) -> None:
    """Look at a page: what is a stranger's makes no element of it."""
    answer = page.goto(address)
    assert answer is None or answer.status == 200, address
    assert page.locator("img[src=x]").count() == 0, address
    text = page.locator("body").inner_text()
    text += "".join(page.locator("input, textarea").evaluate_all("all => all.map((each) => each.value)"))
    seen |= {field for field in FIELDS if script(field) in text}


def test_what_strangers_write_is_text_on_every_page(
    office: Office, board: tuple[str, list[str]], page: Page, tmp_path: Path
) -> None:
    desk, home = office.desk, office.home(UNIT)
    desk.plan = nominating(desk.plan)
    file_stage_record(desk(NOW), desk.plan.stages[0].id, 1, "opened", "Ghi.")
    book = load_workbook(io.BytesIO(corpus.table(CT01=(1000, 1200, script(CELL)))))
    book.worksheets[0].title = script(SHEET)
    files = {
        f"{script(FILE)}.docx": corpus.report(headings=(*corpus.HEADINGS[:3], f"IV. {script(HEADING)}")),
        f"{script(FILE)}.xlsx": corpus.saved(book),
    }
    page.goto(office.link(UNIT))
    choose(page, *(payload(name, data) for name, data in files.items()))
    expect(page.locator("#trial .group").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    drop(desk, UNIT, files, NOW)  # as an S3 program does, which leaves names as they are
    office.turn()
    fill_in(page, f"{home}trao-doi?lan=1&ve={script(ABOUT)}", text=script(TALK), person=script(WRITER))
    fill_in(page, f"{home}so-dung/1", ghi=script(REASON), person=script(SURE))
    day = {"last_day": "2021-11-12", "document_number": "1-CV"}
    fill_in(page, f"{home}gia-han", reason=script(WHY), person=script(ASKER), **day)
    named = {
        "name_1": script(NAME),
        "post_1": script(POST),
        "merit_1": f"Đưa số khách tăng 20% trong một năm {script(MERIT)}",
        "basis_1": script(BASIS),
    }
    fill_in(page, f"{home}bieu-duong", **named)

    seen: set[int] = set()
    workspace = desk()
    register = read_register(workspace, keep=False)
    page.goto(str(leader_link(workspace, register.acts, "btg", workspace.now.date())))
    page.get_by_label("Ai hẹn").first.fill(script(PROMISE))
    page.get_by_role("button", name="Đã gọi").first.click()
    look(page, page.url, seen)
    post_answers(workspace, read_register(workspace, keep=False))
    digest(workspace)
    with Contents(desk.store) as contents:
        take_nominations(workspace, read_register(workspace), contents)
    for own in ("", "thu", "bien-nhan/1", "trao-doi?lan=1", "gia-han", "bieu-duong"):
        look(page, home + own, seen)
    with page.expect_download() as download:
        page.goto(f"{home}bien-nhan/1")
        page.get_by_role("link", name="Tải biên nhận để lưu").click()
    download.value.save_as(tmp_path / "receipt.html")
    look(page, (tmp_path / "receipt.html").as_uri(), seen)

    address, routes = board
    mails = [notice for notice in states(workspace) if UNIT in notice or notice.startswith("digest.")]
    assert len(mails) > 3
    place = {"plan": desk.plan.id, "campaign": desk.campaign.code, "unit": UNIT, "number": "1", "act": "extension"}
    place |= {"stage": desk.plan.stages[0].id, "since": "20211101T090000"}
    for route in routes:
        for notice in mails if "{notice}" in route else ("",):
            about = f"?unit={UNIT}&number=1" if "{act}" in route else ""
            look(page, address + route.format_map(place | {"notice": notice}) + about, seen)
    for notice in mails:
        look(page, f"{address}/{desk.plan.id}/{desk.campaign.code}/notices/{notice}/page", seen)
    assert set(FIELDS) - seen == NOT_SHOWN
