"""What each page says, word for word; and that strangers' words stay words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from syrupy.assertion import SnapshotAssertion

from record import story
from record.builders import extend, owing, say_to
from record.story import Story
from soket.board.app import create_app
from soket.board.history import submissions_of
from soket.clock import FrozenClock, Pace, ReplayClock
from soket.faults import fault
from soket.notices.delivery import deliver
from soket.notices.ledger import states
from soket.notices.outbox import withdraw
from soket.notices.senders import RecordingSender
from soket.notices.words import FATES
from soket.plan.model import Severity, StageKind
from soket.record.decisions import Undo
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.marked import MarkedCopy
from soket.record.nominees import NominationTaken
from soket.record.records import Ruling
from soket.record.undecided import undecided
from soket.record.workspace import Workspace
from soket.stages import monitor
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError

from .browser import Browser
from .campaigns import LAST_DAY, NOW, a_fault, send
from .conftest import an_official

HOME = "/nq06_thu/2021"
WHO = {"account", "granted_by", "reason"}


class Words(HTMLParser):
    """The words of a page, a line for each element that has some."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None and (words := " ".join(data.split())):
            self.lines.append(words)


def words_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return "\n".join(Words(answer.text).lines)


def test_the_slip_and_the_files_with_notes_are_told_apart(browser: Browser, workspace: Workspace) -> None:
    verdict = read_register(workspace).units["huyen_uy_07"].verdicts[-1]
    marked = tuple(MarkedCopy(key=f"k/{name}", name=name, size=1) for name in ("a.docx", "b.xlsx"))
    changed = verdict.model_copy(update={"slip_key": "k/slip.docx", "marked": marked})
    key = workspace.keys.report(verdict.unit, verdict.number, "verdict.json")
    workspace.store.put(key, changed.to_json())
    told = words_of(browser, f"{HOME}/units/huyen_uy_07").replace("\n", " ")
    assert "Tải phiếu trả lại ; tệp có ghi chú tại chỗ: a.docx , b.xlsx" in told


@pytest.mark.parametrize(
    "address",
    [
        "/",
        HOME,
        f"{HOME}/stages",
        f"{HOME}/units/huyen_uy_07",  # returned twice
        f"{HOME}/units/huyen_uy_09",  # extended, reminded
        f"{HOME}/units/dang_uy_04",  # a file just came in
        f"{HOME}/units/so_nganh_18",  # exempt in the plan
        f"{HOME}/decisions",
        f"{HOME}/notices",
        f"{HOME}/notices?kind=reminder&state=suppressed",
        "/nq06_thu/2026",
        "/nq06_thu/2026/notices",
    ],
)
def test_pages(browser: Browser, snapshot: SnapshotAssertion, address: str) -> None:
    assert words_of(browser, address) == snapshot


def test_what_a_unit_sent_stands_on_the_stages_page_by_what_it_is(browser: Browser, workspace: Workspace) -> None:
    keys, unit = workspace.keys, "huyen_uy_08"
    files = tuple(
        keys.stage("unit_reports", 1, f"bieu-duong/{unit}-1-{name}") for name in ("Tp_1.docx", "phieu-tra-lai.docx")
    )
    taken = NominationTaken(
        unit=unit,
        number=1,
        name="Tp_1.docx",
        inbox_key="k",
        etag="e",
        arrived_at=workspace.now,
        nominees=(),
        faults=(a_fault(Severity.CRITICAL),),
        slip_key=files[1],
    )
    file_stage_record(workspace, "unit_reports", 1, "nomination-1", "Chưa tiếp nhận.", products=files, details=taken)
    told = words_of(browser, f"{HOME}/stages")
    name = workspace.plan.unit(unit).name
    assert f"Đề nghị biểu dương của {name} (trả lại)" in told
    assert f"Phiếu trả lại đề nghị biểu dương của {name}" in told
    assert "Tp_1.docx" not in told
    page = browser.get(f"{HOME}/units/{unit}").text.partition(">Các lần nộp<")[2]
    for key, title in zip(files, ("Đề nghị biểu dương của", "Phiếu trả lại đề nghị biểu dương của"), strict=True):
        assert re.search(f'href="[^"]*/files/{re.escape(key)}" [^>]*>{title} {name}', page)
    assert "Tp_1.docx" not in browser.get(f"{HOME}/units/huyen_uy_05").text


def test_bars_show_their_shares(browser: Browser) -> None:
    page = browser.get(HOME).text
    assert 'aria-label="Huyện ủy, thành ủy, thị ủy: đúng hạn 9, gửi muộn 1, trả lại 1, chưa gửi 2"' in page
    assert '<rect class="late" x="9" width="1"' in page
    assert "style=" not in page.replace('rel="stylesheet"', "")  # the policy lets no inline style through


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("progress=returned", 6),
        ("progress=silent&block=bao_chi", 5),
        ("progress=overdue", 11),
        ("progress=received", 37),
        ("words=huong s", 1),
        ("words=Hương Sơn", 1),
        ("progress=&block=&words=", 60),
        ("block=khong_co", 0),
    ],
)
def test_filters(browser: Browser, query: str, shown: int) -> None:
    page = browser.get(f"{HOME}?{query}").text
    assert page.count('<th scope="row">') == shown


@pytest.mark.parametrize("tile", ["received", "on_time", "to_chase", "overdue"])
def test_tiles_lead_to_the_units_that_they_count(browser: Browser, tile: str) -> None:
    found = re.search(
        rf'class="tile [a-z]*" href="([^"]*progress={tile}&[^"]*)#units">.*?<strong>(\d+)', browser.get(HOME).text
    )
    assert found
    page = browser.get(unescape(found[1])).text
    assert f'<span class="count" role="status">{found[2]} đơn vị</span>' in page
    assert int(found[2]) > 0


def test_refreshes_itself_only_when_asked_and_keeps_the_filters(browser: Browser) -> None:
    page = browser.get(f"{HOME}?progress=overdue&words=huyện").text
    assert 'http-equiv="refresh"' not in page
    on = unescape(re.search(r'href="([^"]*)">Bật tự làm mới', page)[1])  # type: ignore[index]
    assert on == f"{HOME}?progress=overdue&words=huy%E1%BB%87n&live=1"
    live = browser.get(on).text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in live
    assert '<option value="overdue" selected>' in live
    assert '<input type="hidden" name="live" value="1">' in live  # and filters keep it live
    assert unescape(re.search(r'href="([^"]*)">Tự làm mới', live)[1]) == on.removesuffix("&live=1")  # type: ignore[index]


def test_notes_in_markdown_are_shown_as_such_and_obeyed_no_further(
    board_app: Callable[..., FastAPI], workspace: Workspace
) -> None:
    note = "**Số liệu:** 110 số.\n\n- <script>alert(1)</script> [xem](https://xau.example)"
    file_stage_record(workspace, "vptu_appraisal", 1, "dossier", note)
    page = Browser(board_app()).get(f"{HOME}/stages").text
    assert "<strong>Số liệu:</strong> 110 số." in page
    assert "**" not in page
    assert "<script>" not in page
    assert "xau.example</" not in page
    assert 'href="https' not in page


def test_what_a_folder_holds_and_is_not_received_is_on_its_units_page(
    board_app: Callable[..., FastAPI], browser: Browser, workspace: Workspace
) -> None:
    page = f"{HOME}/units/huyen_uy_09"
    assert "vượt mức" not in words_of(browser, page)
    folder = workspace.keys.inbox_folder("huyen_uy_09")
    for number in range(203):
        workspace.store.put(f"{folder}{number:03}.docx", b"x")
    workspace.store.put(f"{folder}bao-cao.docx/", b"x")
    words = words_of(Browser(board_app()), page)
    assert re.search(r"\d+ tệp \(.*\) vượt mức của thư mục, chưa được nhận", words)
    assert "1 tệp gửi dưới tên kết thúc bằng dấu “/”" in words


def test_the_checks_have_a_tab_when_there_is_something_to_show(
    board_app: Callable[..., FastAPI], browser: Browser, workspace: Workspace
) -> None:
    assert "Kiểm tra số liệu" not in browser.get(HOME).text
    workspace.store.put(workspace.keys.check_page("index.html"), b"<p></p>")
    assert f'href="{HOME}/checks/index.html"' in Browser(board_app()).get(HOME).text


def test_mail_that_never_went_out_is_folded_away(
    board_app: Callable[..., FastAPI], browser: Browser, workspace: Workspace
) -> None:
    page = f"{HOME}/units/huyen_uy_07"
    assert "rút lại trước khi gửi" not in browser.get(page).text
    (waiting,) = [each for each in states(workspace).values() if each.id.startswith("return.huyen_uy_07.")]
    withdraw(workspace, waiting, "chưa kịp gửi", NOW)
    shown, _, folded = Browser(board_app()).get(page).text.partition('<details class="folded">')
    assert "1 thư đã lập rồi rút lại trước khi gửi, đơn vị không nhận" in folded
    assert (waiting.id in shown, waiting.id in folded) == (False, True)


def test_a_file_that_came_with_an_earlier_submission_says_so(browser: Browser, workspace: Workspace) -> None:
    entry = read_register(workspace).units["huyen_uy_07"]
    first, second = entry.receipts
    kept = second.model_copy(update={"files": (first.files[0], second.files[1])})
    latest, earliest = submissions_of(entry.model_copy(update={"receipts": (first, kept)}))
    assert (latest.carried, earliest.carried) == ({first.files[0].key}, set())


def test_a_plan_leads_to_its_present_campaign(browser: Browser) -> None:
    assert browser.get("/nq06_thu", follow_redirects=False).headers["location"] == HOME
    assert browser.get("/khong_co").status_code == 404


def test_says_when_the_clock_is_a_replay(board_app: Callable[..., FastAPI], workspace: Workspace) -> None:
    replay = ReplayClock.starting(NOW, Pace(((date(2021, 10, 18), 4.0),), date(2021, 12, 3)))
    object.__setattr__(workspace, "clock", replay)
    assert "Diễn tập" in Browser(board_app()).get(HOME).text


def test_faulty_plans_are_listed(board_app: Callable[..., FastAPI], snapshot: SnapshotAssertion) -> None:
    app = board_app(faulty=[ValueError("hong.yaml:12: không có trường «owner». Ý bạn là «owes»?")])
    assert words_of(Browser(app), "/") == snapshot


def test_file_names_are_shown_not_obeyed(board_app: Callable[..., FastAPI], workspace: Workspace) -> None:
    name = "<script>alert(1)</script>\"onmouseover=x '.docx"
    unit = workspace.plan.unit("huyen_uy_01")
    send(workspace, unit, 2, LAST_DAY, Ruling.RETURNED, name=name)
    workspace.store.put(workspace.keys.inbox_folder("huyen_uy_02") + name, b"x")
    browser = Browser(board_app())
    for address in (f"{HOME}/units/huyen_uy_01", f"{HOME}/units/huyen_uy_02", f"{HOME}/stages"):
        page = browser.get(address).text
        assert "<script>" not in page
        assert '"onmouseover' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.get(f"{HOME}/units/huyen_uy_01").text


def test_words_searched_for_are_shown_not_obeyed(browser: Browser) -> None:
    page = browser.get(HOME, params={"words": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;' in page


def test_the_register_is_there_for_programs(browser: Browser) -> None:
    answer = browser.get(f"{HOME}/register.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["units"]["huyen_uy_07"]["standing"] == "returned"


def test_a_dag_leads_to_its_plans_present_campaign(browser: Browser) -> None:
    answer = browser.get("/-/dag/nq06_thu.monitor", follow_redirects=False)
    assert answer.headers["location"] == "/nq06_thu/2021"
    assert browser.get("/-/dag/another_dag").status_code == 404


def test_addresses_follow_where_the_board_is_mounted(board_app: Callable[..., FastAPI]) -> None:
    outer = FastAPI(root_path="/airflow")
    outer.mount("/soket", board_app())
    browser = Browser(outer)
    page = browser.get("/airflow/soket/nq06_thu/2021").text
    assert 'href="/airflow/soket/nq06_thu/2021/units/huyen_uy_01"' in page
    answer = browser.get("/airflow/soket/-/dag/nq06_thu.intake", follow_redirects=False)
    assert answer.headers["location"] == "/airflow/soket/nq06_thu/2021"


def test_many_readers_cost_the_bucket_one_reading(
    board_app: Callable[..., FastAPI], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in ("REGISTER_SECONDS", "PLANS_SECONDS"):
        monkeypatch.setattr(f"soket.board.access.{kept}", 3600.0)  # a slow machine shows no twenty pages in three
    browser = Browser(board_app())
    listed: list[str] = []
    really_list = workspace.store.list
    workspace.store.list = lambda prefix: listed.append(prefix) or really_list(prefix)  # type: ignore[method-assign, assignment, func-returns-value]
    for _ in range(20):
        browser.get(f"{HOME}/stages")
    assert len(listed) == 8  # one more for the checks, one for the mails


def test_late_is_one_word_in_one_colour(browser: Browser) -> None:
    late = re.search(r'href="([^"]+/units/[^"]+)"', browser.get(f"{HOME}?progress=late").text.partition("<tbody>")[2])
    assert late
    page = browser.get(late[1]).text
    assert page.count('<span class="badge late">Gửi muộn</span>') == 2  # of the unit, and of what it sent
    assert "Muộn" not in page


def test_a_letter_is_said_to_be_sent_for_signature_when_it_was_and_to_wait_while_it_waits(after: Story) -> None:
    desk = after(story.reported)
    monitor.chase(desk("2021-11-12 07:30"))

    def page(notice: str = "") -> str:
        workspace = desk()
        browser = Browser(create_app(lambda *_: workspace, lambda: ([desk.plan], []), an_official))
        return browser.get(f"/{desk.plan.id}/2021/notices{notice}").text

    assert "lập lúc 07 giờ 30, ngày 12/11/2021, chờ gửi" in page()
    assert "gửi để ký lúc" not in page()
    deliver(desk("2021-11-12 07:31"), RecordingSender())
    desk("2021-12-20 09:00")
    assert "gửi để ký lúc 07 giờ 31, ngày 12/11/2021" in page()
    assert "chờ ký" not in page()
    over = "không dùng nữa: đợt đã thôi chờ hồ sơ từ hết ngày"
    letters = re.findall(r'/notices(/escalation[^"/]+)">thư kèm theo', page())
    assert len(letters) == page().count(f"<strong>{over}") > 0
    assert all(f"<strong>Dự thảo công văn {over}" in page(each) for each in letters)


def test_what_became_of_mails_is_explained(browser: Browser) -> None:
    page = browser.get(f"{HOME}/notices").text
    met = set(re.findall(r"&state=(\w+)#list", page))
    assert met
    assert {FATES[fate].means for fate in FATES if fate in met} == {
        unescape(means).removesuffix(".") for means in re.findall(r"<dd>(.+?)</dd>", page)
    }
    assert all(word.means for word in FATES.values())


def test_a_stray_file_is_said_to_lie_there_still(browser: Browser) -> None:
    assert "Đến 05/11/2021 09:05 các tệp này vẫn nằm đó" in browser.get(f"{HOME}/stages").text
    assert "Còn 1 tệp nằm ngoài thư mục của các đơn vị" in browser.get(HOME).text


def test_what_was_refused_is_shown_in_words_and_escaped(
    board_app: Callable[..., FastAPI], workspace: Workspace
) -> None:
    assert "bị từ chối" not in Browser(board_app()).get(f"{HOME}/decisions").text
    form = {"act": "exemption", "unit": "<b>x</b>", "reason": "Theo lệnh"}
    with pytest.raises(ActRefusedError):
        record_act(workspace, form=form, entry="manual__1", actor=Actor("<i>bcsd</i>"))
    page = Browser(board_app()).get(f"{HOME}/decisions").text
    assert "Việc bị từ chối" in page
    assert "không được làm việc «Miễn báo cáo cho một đơn vị»" in page
    assert "<i>" not in page


@pytest.mark.parametrize("address", [HOME, f"{HOME}/units/huyen_uy_07", f"{HOME}/decisions", f"{HOME}/notices"])
def test_what_scrolls_is_reached_by_keyboard_and_has_a_name_of_its_own(browser: Browser, address: str) -> None:
    page = browser.get(address).text
    names = re.findall(r'<div class="scroll" tabindex="0" role="region" aria-label="([^"]+)">', page)
    assert len(names) == page.count('class="scroll"') > 0
    assert len(set(names)) == len(names)


def test_the_list_says_what_a_plan_is_about_once(browser: Browser, workspace: Workspace) -> None:
    page = browser.get("/").text
    assert page.count("phát triển du lịch") == 1
    assert workspace.plan.short_title in page


def test_nothing_is_wider_than_a_narrow_screen(browser: Browser) -> None:
    style = browser.get("/-/style.css").text
    assert not re.search(r"\.tabs[^}]*(nowrap|overflow)", style)  # a tab out of sight is a page nobody finds
    least = re.findall(r"minmax\((.*?), 1fr\)", style)
    assert least
    assert all(each.startswith("min(100%,") for each in least)


TECHNICAL = re.compile(r'<details class="technical">.*?</details>', re.DOTALL)


def test_officials_read_words_and_codes_are_folded_away(after: Story) -> None:
    desk = after(story.archived)
    unit = owing(desk.plan)[0].code
    extend(desk("2021-12-03 09:00"), unit, date(2021, 12, 3))
    workspace = desk("2021-12-20 09:00")
    app = create_app(lambda *_: workspace, lambda: ([desk.plan], []), an_official)
    home, codes = (
        f"/{desk.plan.id}/2021",
        re.compile(r"SHA-256|JSON|extension-1|[\w-]+\.(?:docx|xlsx|json|ics)\b|Mở\. Mở"),
    )
    for address in (home, f"{home}/stages", f"{home}/decisions", f"{home}/notices", "/"):
        page = Browser(app).get(address).text
        read = "\n".join(Words(TECHNICAL.sub("", page)).lines).partition("Tệp của các cơ quan chủ trì")[0]
        assert not list(codes.finditer(read)), address
    asked = undecided(workspace, read_register(workspace))[0].asked
    assert len(asked) > 1
    items = re.findall(r"<li>([^<]*)</li>", Browser(app).get(home).text.partition('<ol class="asked">')[2])
    assert tuple(map(unescape, items[: len(asked)])) == asked  # one by one
    decisions = Browser(app).get(f"{home}/decisions").text
    assert "extension-1" in "".join(TECHNICAL.findall(decisions))
    stages = Browser(app).get(f"{home}/stages").text
    assert "Mở vòng" not in stages  # a round's heading says which it is
    assert re.search(r"(?<!</strong> )Đã lập \d+ giấy mời", stages)  # the conference itself has yet to be held
    assert 'title="du-thao-lam-viec.docx">Dự thảo làm việc</a>' in stages
    assert "Biểu số liệu: " in stages


def test_what_was_undone_is_said_in_words(browser: Browser, workspace: Workspace) -> None:
    act = next(act for act in read_register(workspace).decisions if act.id == "gia_han_1")
    file_decision(workspace, Undo(id="huy_1", undoes=act.id, **act.model_dump(include=WHO) | {"decided_at": NOW}))
    page = TECHNICAL.sub("", browser.get(f"{HOME}/decisions").text)
    assert "đã hủy lúc 05/11/2021 09:05" in page
    assert "hủy “Gia hạn: đến hết ngày 10/11/2021”" in page
    assert "gia_han_1" not in page


def test_a_rule_of_the_plan_shows_by_its_words_and_a_fault_of_the_catalogue_by_its_code_too(
    browser: Browser, workspace: Workspace
) -> None:
    page = browser.get(f"{HOME}/units/huyen_uy_07").text
    assert 'title="Mã R-TONG">Phải sửa</span>' in page
    assert "R-TONG" not in "\n".join(Words(page).lines)


def test_after_the_end_nobody_is_told_to_move_files_that_nobody_reads(workspace: Workspace, browser: Browser) -> None:
    moves = "chuyển vào đúng thư mục, hoặc xóa"
    assert moves in browser.get(f"{HOME}/stages").text
    here = replace(workspace, clock=FrozenClock(workspace.campaign.end + timedelta(days=2)))
    late = Browser(create_app(lambda *_: here, lambda: ([here.plan], []), an_official))
    stages, board = (late.get(f"{HOME}{page}").text for page in ("/stages", ""))
    assert moves not in stages
    assert "chuyển vào đúng thư mục cũng không được tiếp nhận nữa" in stages
    assert "tệp nằm ngoài thư mục của các đơn vị, không được tiếp nhận nữa." in board


def test_after_the_end_an_answer_about_unlike_copies_is_said_to_be_read_by_people_alone(workspace: Workspace) -> None:
    unlike = fault("KS-21", "ban-ky.pdf", "mục II", signed="182", source="281", quote="đón 281 đoàn khách")
    register = read_register(workspace)
    code, number = next((code, each.accepted) for code, each in register.units.items() if each.accepted)
    verdict = next(each for each in register.units[code].verdicts if each.number == number)
    changed = verdict.model_copy(update={"faults": (*verdict.faults, unlike)})
    workspace.store.put(workspace.keys.report(code, number, "verdict.json"), changed.to_json())
    archive = next(each.id for each in workspace.plan.stages if each.kind is StageKind.PUBLISH)
    file_stage_record(workspace, archive, 1, "done", "Lưu trữ.")

    def told(here: Workspace) -> str:
        return Browser(create_app(lambda *_: here, lambda: ([here.plan], []), an_official)).get(HOME).text

    says = "hệ thống không đọc trả lời: hỏi đơn vị"
    assert "Bản ký khác bản đang dùng" in told(workspace)
    assert says not in told(workspace)
    assert says in told(replace(workspace, clock=FrozenClock(workspace.campaign.end)))
    after = replace(workspace, clock=FrozenClock(workspace.campaign.end + timedelta(days=1)))
    say_to(after, code, "asks", "Bản nào đúng?", "1", number=number)

    def of_unit() -> str:
        return (
            Browser(create_app(lambda *_: after, lambda: ([after.plan], []), an_official))
            .get(f"{HOME}/units/{code}")
            .text
        )

    assert "hệ thống không đọc trả lời; được trả lời thì ghi bằng ý kiến nội bộ" in of_unit()
    assert "đơn vị chưa trả lời" not in of_unit()
    say_to(after, code, "internal", "Trả lời bằng thư: bản ký đúng.", "2", number=number)
    assert "hệ thống không đọc trả lời; được" not in of_unit()
    assert f"Có ý kiến nội bộ ngày {after.now:%d/%m/%Y}." in told(after)
