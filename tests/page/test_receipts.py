"""Receipts on paper and on file: what proves them before the day is over, and after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Desk
from intake.turns import judged
from reading import corpus
from soket.cli import session
from soket.cli.main import app
from soket.record.keeping import read_register
from soket.record.proof import ProvenReceipt, receipt_in
from soket.stages.monitor import seal_days

from .conftest import NEIGHBOUR, UNIT, Clerk

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
NEXT_MORNING = "2021-11-04 07:30"


def seal(desk: Desk) -> str:
    """Go to a morning after, and return the root that is printed then."""
    return seal_days(desk(NEXT_MORNING), read_register(desk())).trees[-1].root


@pytest.fixture
def sent(clerk: Clerk) -> Clerk:
    for unit in (UNIT, NEIGHBOUR):
        judged(clerk.desk, unit, GOOD)
    return clerk.come_in()


def kept(clerk: Clerk) -> ProvenReceipt:
    answer = clerk.get(clerk.home() + "bien-nhan/1/luu")
    assert answer.headers["content-disposition"].startswith("attachment")
    return receipt_in(answer.text)


def test_before_the_day_is_over_it_says_where_its_proof_will_be(sent: Clerk) -> None:
    page = sent.get(sent.home() + "bien-nhan/1").text
    assert kept(sent).code in page
    assert "<svg" in page
    assert "Nộp lúc còn hạn" in page  # of what came, whatever became of it since
    assert "Đúng hạn" not in page
    assert re.search(r"có ở trang này và trong biên nhận tải về từ 07 giờ 30, ngày \d\d/11/2021", page)
    assert kept(sent).proof is None


def test_afterwards_it_leads_to_the_root_that_was_printed(sent: Clerk) -> None:
    root = seal(sent.desk)
    page = sent.get(sent.home() + "bien-nhan/1").text
    assert root in page
    assert "trong 2 bộ của cây băm các biên nhận lập ngày" in page
    proof = kept(sent).proof
    assert proof
    assert proof.root == root
    assert kept(sent).leads_to_root


def test_anybody_checks_a_code_and_learns_no_more_than_hashes(sent: Clerk) -> None:
    receipt = read_register(sent.desk()).units[UNIT].receipts[0]
    link = re.search(r"http://testserver(/kiem-tra/[^<\s]+)", sent.get(sent.home() + "bien-nhan/1").text)
    assert link
    stranger = Clerk(sent.desk)
    page = stranger.get(link[1]).text
    assert all(file.sha256 in page for file in receipt.files)
    unit = sent.desk.plan.unit(UNIT)
    assert not any(word in page for word in (unit.name, UNIT, receipt.files[0].original_name, "/vao/"))
    assert stranger.get(link[1].lower()).status_code == 200
    assert stranger.get("/-/check.js").headers["content-type"].startswith("text/javascript")


def test_who_checks_a_code_is_told_when_its_tree_is_made(sent: Clerk) -> None:
    code = f"{sent.desk.plan.id}.{sent.desk.campaign.code}.{kept(sent).code}"
    assert re.search(r"cây được lập 07 giờ 30, ngày \d\d/11/2021", sent.get(f"/kiem-tra/{code}").text)
    sent.desk("2022-01-10 09:00")
    told = Clerk(sent.desk).get(f"/kiem-tra/{code}").text
    assert "kết thúc trước khi lập cây băm" in told
    assert "cây được lập" not in told


def test_codes_are_not_guessed(sent: Clerk) -> None:
    desk = sent.desk
    stranger = Clerk(desk)
    place = f"{desk.plan.id}.{desk.campaign.code}"
    for wrong in ("x", "x.y.z", f"{place}.AAAA-AAAA", f"{desk.plan.id}.1999.A", "..", "%00"):
        assert stranger.get(f"/kiem-tra/{wrong}").status_code == 404
    for _ in range(40):
        stranger.get(f"/kiem-tra/{place}.AAAA")
    assert stranger.get("/kiem-tra/x").status_code == 429


def test_a_name_in_a_receipt_is_never_markup(clerk: Clerk) -> None:
    name = "</script><img src=x onerror=alert(1)>.docx"
    clerk.come_in()
    clerk.put_in(name, GOOD[corpus.REPORT])
    clerk.hand_in()
    judged(clerk.desk, UNIT, {corpus.TABLE: GOOD[corpus.TABLE]})
    page = clerk.get(clerk.home() + "bien-nhan/1/luu").text
    assert "<img" not in page
    assert "onerror" in kept(clerk).leaf
    assert "<img" not in clerk.get(clerk.home() + "bien-nhan/1").text


def test_a_neighbour_gets_none_of_it(sent: Clerk) -> None:
    for address in ("bien-nhan/1", "bien-nhan/1/luu"):
        assert Clerk(sent.desk).come_in(NEIGHBOUR).get(sent.home() + address).status_code == 404
    assert sent.get(sent.home() + "bien-nhan/9/luu").status_code == 409


def test_the_command_holds_a_kept_receipt_against_everything(
    sent: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "workspace", lambda *_: sent.desk())
    early, late, report = tmp_path / "som.html", tmp_path / "sau.html", tmp_path / "bao-cao.docx"
    report.write_bytes(GOOD[corpus.REPORT])
    early.write_bytes(sent.get(sent.home() + "bien-nhan/1/luu").content)
    root = seal(sent.desk)
    late.write_bytes(sent.get(sent.home() + "bien-nhan/1/luu").content)

    def verify(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["receipt", "verify", *words])
        return done.exit_code, done.output

    assert verify(str(early))[0] == 0
    assert verify(str(early), "--root", root)[0] == 1
    code, told = verify(str(late), "--root", f" {root.upper()}", "--document", str(report), "--bucket")
    assert code == 0, told
    assert told.count("Khớp: ") == 5
    assert verify(str(late), "--root", "0" * 64)[0] == 1
    report.write_bytes(b"another")
    assert "KHÔNG KHỚP: bao-cao.docx, mã băm" in verify(str(late), "--document", str(report))[1]
    text = late.read_text(encoding="utf-8")
    late.write_text(text.replace("2021-11-0", "2021-10-0"), encoding="utf-8")
    assert verify(str(late))[0] in (1, 2)
    late.write_bytes(b"\xff\xfe")
    assert verify(str(late))[0] == 2
