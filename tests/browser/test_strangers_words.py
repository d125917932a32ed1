"""Script in every field that a unit fills in: on every page that shows it, it is text and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

import pytest
from fastapi import Request
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from conftest import Desk
from intake.turns import drop
from reading import corpus
from reading.hostile import png
from record import story
from record.builders import _act
from record.story import Story
from soket.board.access import Viewer
from soket.board.app import create_app as create_board
from soket.intake.contents import Contents
from soket.intake.nominations import take_nominations
from soket.notices.ledger import states
from soket.page.app import create_app
from soket.plan.model import Plan, StageKind
from soket.record.commending import nominated
from soket.record.decisions import Commendation
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.sending import leader_link
from soket.stages.act_table import ACTS
from soket.stages.collect import post_answers
from soket.stages.monitor import digest

from .conftest import Office, patched
from .serving import address_of, listener, serving
from .test_board import NO_PAGES
from .test_handing_in import choose, hand_in, payload

pytestmark = pytest.mark.browser

UNIT, NIL, REVIEWING, GUEST, NOW = "huyen_21", "huyen_23", "huyen_24", "h_can_loc", "2021-11-08 09:00"
SIGNED = {"name": "ban-ky.png", "mimeType": "image/png", "buffer": png(1, 1)}
AIRFLOWS = ("reruns", "questions", "sent")  # what is asked of Airflow


# What a unit fills in: in its files, on forms, and on the telephone.
Field = Enum(
    "Field",
    "FILE SHEET CELL HEADING TALK WRITER ABOUT REASON SURE WHY ASKER NAME POST MERIT BASIS PROMISE "
    "NIL_WHY NIL_BY PLACE CONTENT PLANNED_BY GUEST GUEST_POST GUEST_PHONE TOPIC REMARK",
)
INVITED = {Field.GUEST, Field.GUEST_POST, Field.GUEST_PHONE, Field.TOPIC, Field.REMARK}
# By the papers alone that are made of them: what nominations rest on, nil returns, plans of reviews.
NOT_SHOWN = {Field.BASIS, Field.NIL_WHY, Field.NIL_BY, Field.PLACE, Field.CONTENT, Field.PLANNED_BY}


def script(field: Field) -> str:
    return f"<img src=x onerror=alert({field.value})>"


@contextmanager
def board_of(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """Serve the board of a campaign, each act's form to who may enter it; give its address and its pages."""

    def authenticate(request: Request) -> Viewer:
        allowed = desk.plan.offices_of(str(request.path_params.get("act", "message")))
        return Viewer(next((str(office.account) for office in allowed), "btg"), lambda plan: True)

    app = create_board(lambda plan, campaign: desk(), lambda: ([desk.plan], []), authenticate)
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
    """A plan that takes nominations, whose offices have accounts to decide with."""
    offices = tuple(office.model_copy(update={"account": office.code}) for office in plan.offices)
    commendation = plan.commendation.model_copy(update={"nominations": True})
    return plan.model_copy(update={"commendation": commendation, "offices": offices})


def open_all(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def fill_in(page: Page, address: str, **fields: str) -> None:
    page.goto(address)
    open_all(page)
    for name, value in fields.items():
        page.locator(f"main [name^={name}]").first.fill(value)
    if (sworn := page.locator("main [name=no_secret]")).count():
        sworn.check()
    if (signed := page.locator("main [name=signed]")).count():
        signed.set_input_files(SIGNED)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).not_to_contain_text("Chưa làm được")


def look(page: Page, address: str, seen: set[Field]) -> None:
    """Look at a page: what is a stranger's makes no element of it."""
    answer = page.goto(address)
    assert answer is None or answer.status == 200, address
    assert page.locator("img[src=x]").count() == 0, address
    open_all(page)
    text = page.locator("body").inner_text()
    text += "".join(page.locator("input, textarea").evaluate_all("all => all.map((each) => each.value)"))
    seen |= {field for field in Field if script(field) in text}


def look_at_board(page: Page, desk: Desk, unit: str, seen: set[Field]) -> None:
    """Look at each page of the board that may be about a unit, and at the form of each act."""
    workspace = desk()
    mails = [notice for notice in states(workspace) if unit in notice or notice.startswith("digest.")]
    assert mails
    here = {"plan": desk.plan.id, "campaign": desk.campaign.code, "unit": unit, "number": "1"}
    here |= {"stage": desk.plan.stages[0].id, "since": "20211101T090000"}
    with board_of(desk) as (address, routes):
        for route in routes:
            for notice in mails if "{notice}" in route else ("",):
                for act in ACTS if "{act}" in route else ("",):
                    about = f"?unit={unit}&number=1" if act else ""
                    look(page, address + route.format_map(here | {"notice": notice, "act": act}) + about, seen)
        for notice in mails:
            look(page, f"{address}/{desk.plan.id}/{desk.campaign.code}/notices/{notice}/page", seen)


def test_what_strangers_write_is_text_on_every_page(office: Office, page: Page, tmp_path: Path) -> None:
    desk, home, seen = office.desk, office.home(UNIT), set[Field]()
    desk.plan = nominating(desk.plan)
    file_stage_record(desk(NOW), desk.plan.stages[0].id, 1, "opened", "Ghi.")
    book = load_workbook(io.BytesIO(corpus.table(CT01=(1000, 1200, script(Field.CELL)))))
    book.worksheets[0].title = script(Field.SHEET)
    report, table = f"{script(Field.FILE)}.docx", f"{script(Field.FILE)}.xlsx"
    first, second = (
        corpus.report(headings=(*corpus.HEADINGS[:3], last))
        for last in ("IV. Khác", f"IV. {script(Field.HEADING)} khác")
    )
    files = {report: first, table: corpus.saved(book)}
    page.goto(office.link(UNIT))
    choose(page, *(payload(name, data) for name, data in files.items()))
    expect(page.locator("#trial .group").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    drop(desk, UNIT, files, NOW)  # as an S3 program does, which leaves names as they are
    office.turn()
    fill_in(
        page, f"{home}trao-doi?lan=1&ve={script(Field.ABOUT)}", text=script(Field.TALK), person=script(Field.WRITER)
    )
    fill_in(page, f"{home}so-dung/1", ghi=script(Field.REASON), person=script(Field.SURE))
    day = {"last_day": "2021-11-12", "document_number": "1-CV"}
    fill_in(page, f"{home}gia-han", reason=script(Field.WHY), person=script(Field.ASKER), **day)
    named = {
        "name_1": script(Field.NAME),
        "post_1": script(Field.POST),
        "merit_1": "Đưa số khách tăng 20% trong một năm",
        "basis_1": script(Field.BASIS),
        "name_2": "Xã B",
        "merit_2": f"Đưa số khách tăng 10% trong một năm {script(Field.MERIT)}",
    }
    fill_in(page, f"{home}bieu-duong", **named)

    workspace = desk()
    register = read_register(workspace, keep=False)
    page.goto(str(leader_link(workspace, register.acts, "btg", workspace.now.date())))
    page.get_by_label("Ai hẹn").first.fill(script(Field.PROMISE))
    page.get_by_role("button", name="Đã gọi").first.click()
    look(page, page.url, seen)
    drop(desk, UNIT, files | {report: second}, "2021-11-08 10:00")
    office.turn()
    workspace = desk()
    post_answers(workspace, read_register(workspace))
    digest(workspace)
    with Contents(desk.store) as contents:
        take_nominations(workspace, read_register(workspace), contents)
    decided, _ = nominated(desk.plan, read_register(workspace))
    act = {"id": "bd-1", "proposals": (decided.id,), "conclusion": "commended", "document_number": "12-QĐ"}
    file_decision(workspace, Commendation(**_act(workspace, **act)))
    for own in ("", "thu", "bien-nhan/1", "trao-doi?lan=1", "gia-han", "bieu-duong"):
        look(page, home + own, seen)
    with page.expect_download() as download:
        page.goto(f"{home}bien-nhan/1")
        page.get_by_role("link", name="Tải biên nhận để lưu").click()
    download.value.save_as(tmp_path / "receipt.html")
    look(page, (tmp_path / "receipt.html").as_uri(), seen)
    look_at_board(page, desk, UNIT, seen)
    told = set(Field) - INVITED
    assert told - seen == NOT_SHOWN


@pytest.mark.parametrize(
    ("unit", "form", "filled"),
    [
        (NIL, "khong-phat-sinh", {"reason": script(Field.NIL_WHY), "person": script(Field.NIL_BY)}),
        (
            REVIEWING,
            "ke-hoach",
            {
                "day": "2021-11-12",
                "place": script(Field.PLACE),
                "content": script(Field.CONTENT),
                "person": script(Field.PLANNED_BY),
            },
        ),
    ],
)
def test_so_it_is_of_papers_that_the_page_writes(
    office: Office, page: Page, unit: str, form: str, filled: dict[str, str]
) -> None:
    office.desk(NOW)
    page.goto(office.link(unit))
    fill_in(page, office.home(unit) + form, **filled)
    expect(page.locator("#trial .told").first).to_contain_text("Kiểm tra trước")
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()
    office.turn()
    workspace = office.desk()
    post_answers(workspace, read_register(workspace))
    digest(workspace)
    seen = set[Field]()
    for own in ("", "bien-nhan/1"):
        look(page, office.home(unit) + own, seen)
    look_at_board(page, office.desk, unit, seen)
    assert seen & {field for field in Field if script(field) in "".join(filled.values())} <= NOT_SHOWN


def test_and_what_a_guest_answers(after: Story, page: Page) -> None:
    desk, seen = after(story.called), set[Field]()
    listening = listener()
    with patched(address_of(listening)):
        app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []))
        with serving(app, listening) as address:
            office = Office(desk, address)
            (stage,) = desk.plan.stages_of(StageKind.CONFER)
            form = f"{office.home(GUEST)}giay-moi/{stage.id}"
            page.goto(office.link(GUEST))
            page.goto(form)
            page.get_by_label("Cử người dự thay").check()
            answered = {
                "person": script(Field.GUEST),
                "post": script(Field.GUEST_POST),
                "phone": script(Field.GUEST_PHONE),
                "speaks_on": script(Field.TOPIC),
                "note": script(Field.REMARK),
            }
            for name, value in answered.items():
                page.locator(f"main [name={name}]").fill(value)
            page.get_by_role("button", name="Gửi trả lời").click()
            expect(page.get_by_text("Đã trả lời")).to_be_visible()
            for own in (office.home(GUEST), form):
                look(page, own, seen)
            look_at_board(page, desk, GUEST, seen)
    assert seen >= INVITED
