"""Who is let in, what is let out, and what a browser is told about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI, HTTPException

from effort import within
from notices.post import CountingStore
from soket.board.access import Campaigns, Place, Viewer, is_kept
from soket.board.summary import RegisterReading
from soket.notices.notice import Kind
from soket.record.filing import file_stage_record
from soket.record.keeping import read_on, read_register
from soket.record.records import Ruling
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError

from .browser import Browser
from .campaigns import NOW, post, send

HOME = "/nq06_thu/2021"
PAGES = ["/", HOME, f"{HOME}/stages", f"{HOME}/units/huyen_uy_01", f"{HOME}/decisions", f"{HOME}/notices"]
DATA = [f"{HOME}/register.json", f"{HOME}/files/stages{HOME}/unit_reports/1/Đề cương báo cáo.docx"]


def nobody() -> Viewer:
    raise HTTPException(401, "Not authenticated")


@pytest.mark.parametrize("address", [*PAGES, *DATA, "/-/dag/nq06_thu.monitor"])
def test_a_stranger_is_sent_to_sign_in(board_app: Callable[..., FastAPI], address: str) -> None:
    outer = FastAPI()
    outer.mount("/soket", board_app(nobody))
    answer = Browser(outer).get(f"/soket{address}", follow_redirects=False)
    assert answer.status_code == 401
    assert "Chưa đăng nhập" in answer.text
    assert 'href="/api/v2/auth/login?next=/soket/' in answer.text
    assert "Huyện ủy" not in answer.text


def test_boards_beside_each_other_let_in_whom_each_does_and_are_made_in_a_moment(
    board_app: Callable[..., FastAPI],
) -> None:
    with within(0.02):
        closed, opened = board_app(nobody), board_app()
    assert [Browser(each).get(HOME).status_code for each in (closed, opened, closed)] == [401, 200, 401]


@pytest.mark.parametrize(("name", "kind"), [("style.css", "text/css"), ("board.js", "text/javascript")])
def test_style_and_script_need_no_login(board_app: Callable[..., FastAPI], name: str, kind: str) -> None:
    answer = Browser(board_app(nobody)).get(f"/-/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


def test_a_script_runs_only_where_news_come_by_themselves(browser: Browser) -> None:
    for address, runs in ((HOME, True), (f"{HOME}/notices", True), (f"{HOME}/acts", False), ("/", False)):
        answer = browser.get(address)
        assert ("script-src 'self'; connect-src 'self'" in answer.headers["content-security-policy"]) is runs
        assert ("<script src=" in answer.text) is runs
    then = browser.get("/nq06_thu/2021@2021-11-01")
    assert "script-src" not in then.headers["content-security-policy"]


def test_the_campaign_in_short_changes_with_anything_new(browser: Browser, workspace: Workspace) -> None:
    first = browser.get(f"{HOME}/now")
    assert len(first.content) <= 100
    assert f'data-seen="{first.text.partition(chr(10))[0]}"' in browser.get(HOME).text
    assert browser.get(f"{HOME}/now", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    seen = {first.text.partition("\n")[0]}
    folder = workspace.keys.inbox_folder
    waiting, silent = workspace.plan.unit("dang_uy_04"), workspace.plan.unit("huyen_uy_08")
    for change in (
        lambda: workspace.store.put(f"{folder('huyen_uy_08')}a.docx", b"1"),
        lambda: workspace.store.put(f"{folder('huyen_uy_08')}a.docx", b"2"),
        lambda: workspace.store.put(f"{folder('vptu')}a.docx", b"1"),
        lambda: workspace.store.put(f"{workspace.keys.inbox}la.docx", b"1"),
        lambda: send(workspace, waiting, 1, NOW, Ruling.ACCEPTED),
        lambda: post(workspace, Kind.REMINDER, silent, "p1"),
    ):
        change()
        browser.app.state.campaigns = Campaigns(  # type: ignore[attr-defined]
            lambda *_: workspace, lambda: ([workspace.plan], [])
        )
        seen.add(browser.get(f"{HOME}/now").text.partition("\n")[0])
    assert len(seen) == 7


def test_who_may_not_see_a_plan_does_not(board_app: Callable[..., FastAPI]) -> None:
    browser = Browser(board_app(lambda: Viewer("an", lambda plan: False)))
    for address in [*PAGES[1:], *DATA]:
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "Không có quyền xem" in answer.text
    assert "nq06_thu" not in browser.get("/").text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/khong_co/2021", "Không có kế hoạch «khong_co»."),
        ("/nq06_thu/1999", "Kế hoạch «Sơ kết Nghị quyết 06-NQ/TU» không có đợt «1999»."),
        (f"{HOME}/units/khong_co", "không có đơn vị «khong_co»."),
        (f"{HOME}/khong_co", "Không có trang này."),
        (f"{HOME}/files/stages{HOME}/unit_reports/1/mat.docx", "Không có tệp này trong hồ sơ của đợt."),
    ],
)
def test_what_is_not_there_is_said_in_vietnamese(browser: Browser, address: str, message: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    assert message in answer.text


def test_a_file_that_is_gone_is_said_to_be(browser: Browser, workspace: Workspace) -> None:
    product = workspace.keys.stage("unit_reports", 1, "mat.docx")
    file_stage_record(workspace, "unit_reports", 1, "papers", "Lập văn bản.", products=(product,))
    answer = browser.get(f"{HOME}/files/{product}")
    assert answer.status_code == 404
    assert "Tệp này không còn trong kho dữ liệu." in answer.text


def test_the_archive_is_let_out(browser: Browser, workspace: Workspace) -> None:
    key = workspace.keys.archive("manifest.json")
    workspace.store.put(key, b"{}")
    file_stage_record(workspace, "communications", 1, "done", "Lưu trữ.", products=(key,))
    assert f'href="{HOME}/files/{key}"' in browser.get(f"{HOME}/stages").text
    assert browser.get(f"{HOME}/files/{key}").content == b"{}"


@pytest.mark.parametrize("place", ["files", "checks", "units"])
@pytest.mark.parametrize(
    "name",
    [
        *("a%00.docx", "%0a", "index.html%0A", "%0d%0aX: y", "..%2f..%2fa", "..%2f%2e%2e%2fa", "%5c..%5ca", "C:%5ca"),
        *("a%2Fb", "%ff%fe", "%ed%a0%80", "%E2%80%AE.docx", "%25%30%30", "a" * 2_000, "%F0%9F%92%A5" * 300),
    ],
)
def test_a_name_that_nothing_can_have_is_not_there(
    browser: Browser, workspace: Workspace, place: str, name: str
) -> None:
    """Where the bucket takes no such name, it would answer with a failure: it is never asked."""
    really_get = workspace.store.get

    def get(key: str) -> bytes:
        if key not in workspace.store.objects and key != workspace.keys.register:  # type: ignore[attr-defined]
            raise StoreFailedError(key)
        return really_get(key)

    workspace.store.get = get  # type: ignore[method-assign]
    under = f"files/stages{HOME}/unit_reports/1" if place == "files" else place
    answer = browser.get(f"{HOME}/{under}/{name}")
    assert answer.status_code == 404
    assert "kho dữ liệu không trả lời" not in answer.text.lower()


def test_signing_in_leads_back_to_the_filters(board_app: Callable[..., FastAPI]) -> None:
    page = Browser(board_app(nobody)).get(f"{HOME}?progress=overdue&words=a").text
    assert f"?next={HOME}%3Fprogress%3Doverdue%26words%3Da" in page


def test_a_filter_that_makes_no_sense(browser: Browser) -> None:
    answer = browser.get(f"{HOME}?progress=khong_co")
    assert answer.status_code == 422
    assert "Địa chỉ không hợp lệ" in answer.text


def test_a_broken_bucket_is_said_in_vietnamese(board_app: Callable[..., FastAPI], workspace: Workspace) -> None:
    def broken(prefix: str) -> None:
        raise ConnectionError("refused")

    workspace.store.list = broken  # type: ignore[method-assign, assignment]
    answer = Browser(board_app(), raise_server_exceptions=False).get(HOME)
    assert answer.status_code == 500
    assert "Không đọc được sổ theo dõi" in answer.text
    assert "refused" not in answer.text
    assert answer.headers["content-security-policy"]


def test_a_kept_file_is_saved_never_shown(browser: Browser) -> None:
    answer = browser.get(DATA[1])
    assert answer.content == b"outline"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%C4%90%E1%BB%81%20c%C6%B0%C6%A1ng%20b%C3%A1o%20c%C3%A1o.docx"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_product_and_file_linked_can_be_had(browser: Browser) -> None:
    for page in (f"{HOME}/stages", f"{HOME}/units/huyen_uy_01"):
        links = [part.split('"')[0] for part in browser.get(page).text.split('href="')[1:] if "/files/" in part[:200]]
        links = [link for link in links if "/files/" in link]
        assert links
        for link in links:
            assert browser.get(link).status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "inbox/nq06_thu/2021/huyen_uy_01/a.docx",
        "receipts/nq06_thu/2021/huyen_uy_01/1.json",
        "register/nq06_thu/2021.json",
        "stages/nq06_thu/2026/unit_reports/1/a.docx",
        "stages/nq06_thu/20210/a.docx",
        "stages/nq06_thu/2021/../../../inbox/nq06_thu/2021/a.docx",
        "stages/nq06_thu/2021/./a.docx",
        "stages/nq06_thu/2021//a.docx",
        "stages/nq06_thu/2021/",
        "/stages/nq06_thu/2021/a.docx",
        "../stages/nq06_thu/2021/a.docx",
        "",
    ],
)
def test_no_other_key_is_let_out(browser: Browser, workspace: Workspace, key: str) -> None:
    assert not is_kept(read_register(workspace), key)
    workspace.store.create(key, b"secret")  # but for the receipt, which is there
    for spelling in (key, key.replace("/", "%2F"), key.replace("..", "%2e%2e")):
        answer = browser.get(f"{HOME}/files/{spelling}")
        assert answer.status_code == 404
        assert "secret" not in answer.text


def test_the_pages_of_the_rules_are_let_out_as_they_were_made(
    board_app: Callable[..., FastAPI], browser: Browser, workspace: Workspace
) -> None:
    address = f"{HOME}/checks/index.html"
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "soket checks docs" in answer.text
    workspace.store.put(workspace.keys.check_page("index.html"), "<p>Huyện ủy</p>".encode())
    workspace.store.put(workspace.keys.check_page("style.css"), b"p { }")
    answer = browser.get(address)
    assert answer.text == "<p>Huyện ủy</p>"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert browser.get(f"{HOME}/checks/style.css").headers["content-type"] == "text/css; charset=utf-8"
    workspace.store.put(workspace.keys.check_run("0123"), b"secret")
    for name in ("0123.json", "..%2fruns%2f0123.json", "..%2fruns%2f0123"):
        assert "secret" not in browser.get(f"{HOME}/checks/{name}").text
    assert Browser(board_app(nobody)).get(address).status_code == 401
    assert Browser(board_app(lambda: Viewer("an", lambda plan: False))).get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_headers(browser: Browser, address: str) -> None:
    headers = browser.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["cache-control"] == "private, no-cache"


def test_a_page_that_has_not_changed_is_not_sent_again(browser: Browser) -> None:
    first = browser.get(HOME)
    again = browser.get(HOME, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert browser.get(HOME, headers={"If-None-Match": '"other"'}).status_code == 200


def test_many_who_look_at_what_was_refused_cost_the_bucket_one_look(workspace: Workspace) -> None:
    counting = CountingStore(workspace.store)  # type: ignore[arg-type]
    there = replace(workspace, store=counting)
    campaigns = Campaigns(lambda plan, campaign: there, lambda: ([workspace.plan], []))
    register, found = read_on(there, None)
    place = Place(there, RegisterReading(there, register, found))
    assert campaigns.refusals(place) == campaigns.refusals(place) == []
    assert counting.listed[there.keys.refusals] == 1
