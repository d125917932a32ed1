"""What the rules found is kept, small; and shown as pages that ask nothing of a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlparse

import pytest
from typer.testing import CliRunner

from conftest import Desk, moment
from intake.cases.rules import peers
from intake.plans import make_plan
from intake.turns import FailingValidator, PlainValidator, drop, turn
from reading import corpus
from soket.cli import session
from soket.cli.main import app
from soket.folders import templates_folder
from soket.intake.check_pages import file_pages, make_pages
from soket.intake.check_runs import BrokenAt, CheckResult, CheckRun, kept_runs
from soket.intake.check_words import found_in, rules_in
from soket.intake.validation import Check
from soket.record.records import batch_id

pytestmark = pytest.mark.usefixtures("inline")


def broken(desk: Desk, unit: str = "huyen_1") -> None:
    table = corpus.table(CT01=(1000, 1200, 901), CT02=(None, 3, 4), CT05=(100, 500, 140))
    drop(desk, unit, {corpus.REPORT: corpus.report(), corpus.TABLE: table})


def test_a_run_is_kept_with_its_counts_and_places(desk: Desk) -> None:
    peers(4)(desk)
    broken(desk)
    turn(desk())
    first, second = kept_runs(desk())
    assert first.submissions == tuple((f"huyen_{index}", 1) for index in range(2, 6))
    assert second.submissions == (("huyen_1", 1),)
    found = {result.check.code: result for result in second.results if result.broken}
    assert set(found) == {"S-CT01", "BS-05", "P-CT05", "T-CT05"}
    assert (found["S-CT01"].looked_at, found["S-CT01"].broken) == (3, 1)
    (place,) = found["S-CT01"].places
    assert (place.unit, place.year, place.values) == ("huyen_1", 2021, (901.0, 850.0, 50.0))
    assert found["P-CT05"].places[0].values == (500.0, 120.0, 120.0)


def test_the_same_batch_is_the_same_record() -> None:
    assert batch_id([("b", 1), ("a", 2)]) == batch_id([("a", 2), ("b", 1)])
    assert batch_id([("b", 1)]) != batch_id([("b", 2)])
    assert batch_id([("a", 11)]) != batch_id([("a1", 1)])


def test_a_batch_without_figures_leaves_nothing(desk: Desk) -> None:
    drop(desk, "so_vh", {"a.docx": corpus.report()})
    turn(desk())
    assert kept_runs(desk()) == []


def test_a_kept_run_stays_small_however_many_are_judged() -> None:
    plan = make_plan(districts=60)
    desk = Desk(plan, plan.campaigns[0])
    for index in range(1, 61):
        broken(desk, f"huyen_{index}")
    turn(desk(), PlainValidator())
    (run,) = kept_runs(desk())
    assert max(result.broken for result in run.results) == 60
    assert max(len(result.places) for result in run.results) == 20
    (size,) = [entry.size for entry in desk.store.list(desk().keys.check_run())]
    assert size < 40_000


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of two runs of a plan whose names are no markup."""
    plan = make_plan()
    names = {"huyen_1": "Huyện ủy <script>alert(1)</script> ${x}"}
    units = tuple(unit.model_copy(update={"name": names.get(unit.code, unit.name)}) for unit in plan.units)
    desk = Desk(plan.model_copy(update={"units": units}), plan.campaigns[0])
    with pytest.MonkeyPatch.context() as patch:
        from intake.turns import InlineReaders

        patch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        peers(4)(desk)
        broken(desk)
        turn(desk())
    return {name: data.decode() for name, data in make_pages(desk()).items()}


def test_each_run_has_a_page_and_all_hang_together(pages: dict[str, str]) -> None:
    links = {target for text in pages.values() for target in re.findall(r'href="([^"#]+)"', text)}
    assert links == set(pages) == {"index.html", "style.css", *(name for name in pages if len(name) == 21)}
    assert len(pages) == 4
    for name, text in pages.items():
        anchors = set(re.findall(r'href="#([^"]+)"', text))
        assert anchors <= set(re.findall(r'id="([^"]+)"', text)), name


def test_no_page_asks_anything_of_a_network(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert "//" not in text.replace("<!DOCTYPE html>", ""), name
        for target in re.findall(r'(?:href|src|action|url)\s*[=(]\s*["\']?([^"\')\s>]+)', text):
            assert not urlparse(target).scheme, (name, target)
            assert not urlparse(target).netloc, (name, target)
        assert not re.search(r"<script|<iframe|<img|<object|@import|\son\w+=|\sstyle=|javascript:", text), name


def test_sections_are_called_by_indicators(pages: dict[str, str]) -> None:
    titles = {each for text in pages.values() for each in re.findall(r"<h5[^>]*>\s*([^<]*?)\s*</h5>", text)}
    assert {title.partition(" ")[0] for title in titles} > {"So", "CT01", "CT05"}
    assert not any("/" in title for title in titles)


def test_pages_say_what_was_found_in_vietnamese(pages: dict[str, str]) -> None:
    text = next(text for name, text in pages.items() if "&lt;script&gt;" in text and name != "index.html")
    assert "S-CT01 (phải sửa): CT01 bằng tổng của CT01.1, CT01.2" in text
    assert "năm 2021: CT01 901; CT01.1 850; CT01.2 50" in text
    assert "lần 1, năm 2020: ghi 500; mức dưới của khối 120; mức trên của khối 120" in text
    index = pages["index.html"]
    assert "Quy tắc nào hay vướng" in index
    # A clean run is no accepted report: files and reports are judged elsewhere.
    assert "lỗi của tệp và của bản báo cáo: xem trang của đơn vị" in index
    assert "vẫn có thể bị trả lại vì tệp hoặc vì bản báo cáo" in text
    assert index.index("T-CT05") < index.index("<details>") < index.index("B-CT05")  # what never was broken is folded


def test_what_was_broken_comes_first_and_no_word_is_english(pages: dict[str, str]) -> None:
    text = next(text for name, text in pages.items() if "&lt;script&gt;" in text and name != "index.html")
    first, _, rest = text.partition("<summary>Mọi quy tắc của lượt này")
    assert "1 chỗ trong" in first
    assert "năm 2021: CT01 901; CT01.1 850; CT01.2 50</li>" in first
    assert "chỗ không đạt trong" in rest
    assert not re.findall(
        r"Table-Level|(?<!Great )Expectation|Observed|Status|not null|[Uu]nexpected|\bCount\b|\d\.\d+%", text
    )


def test_what_one_unit_left_blank_everywhere_is_one_rule_and_one_line() -> None:
    results = tuple(
        CheckResult(
            check=Check(f"f/{code}/BS-04", "BS-04", "critical", "filled", (f"f/{code}/BS-04",), about=about),
            looked_at=6,
            broken=2,
            places=tuple(BrokenAt(unit="a", number=1, year=year, values=(None,)) for year in (2020, 2021)),
        )
        for code in ("CT01", "CT02")
        for about in [f"{code} «Tên» có số ở ít nhất một năm"]
    )
    run = CheckRun(batch="b", at=moment("2021-11-01 09:00"), submissions=(("a", 1), ("b", 1)), results=results)
    (found,) = found_in(run, {"a": "Huyện ủy A"})
    assert found.title == "BS-04 (phải sửa): có số ở ít nhất một năm"
    assert found.lines == ("Huyện ủy A, lần 1, năm 2020, 2021: trống (CT01, CT02)",)
    assert (found.broken, found.looked_at) == (4, 12)
    assert [(line.about, line.broken) for line in rules_in([run])] == [("có số ở ít nhất một năm (2 chỉ tiêu)", 4)]


def test_the_pages_have_the_boards_letters(pages: dict[str, str]) -> None:
    board = (templates_folder() / "board" / "style.css").read_text(encoding="utf-8")
    fonts = [re.search(r"font: ([^;]+);", style)[1] for style in (pages["style.css"], board)]
    assert fonts[0] == fonts[1]


def test_pages_of_no_run(desk: Desk) -> None:
    pages = make_pages(desk())
    assert set(pages) == {"index.html", "style.css"}
    assert "Chưa có lượt nào" in pages["index.html"].decode()


def test_the_command_writes_a_folder_or_the_bucket(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(desk)
    turn(desk())
    monkeypatch.setattr(session, "workspace", lambda *_: desk())
    done = CliRunner().invoke(app, ["checks", "docs", "--out", str(tmp_path / "trang")])
    assert (done.exit_code, done.stdout.startswith("Đã lập trang cho 1 lượt kiểm tra")) == (0, True), done.output
    assert file_pages(desk()) == 1
    written = {path.name: path.read_text() for path in (tmp_path / "trang").iterdir()}
    filed = {name: desk.store.get(desk().keys.check_page(name)).decode() for name in written}
    back = f'<p><a href="../../{desk.campaign.code}">Về bảng theo dõi</a></p>\n'
    assert (back in filed["index.html"], "bảng theo dõi" in written["index.html"]) == (True, False)
    assert written == {name: page.replace(back, "") for name, page in filed.items()}
    assert len(written) == 3


def test_where_great_expectations_is_broken_the_command_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python").write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(session, "workspace", lambda *_: desk())
    done = CliRunner().invoke(app, ["checks", "docs"])
    assert done.exit_code == 3
    assert "Great Expectations không chạy được nên chưa lập được trang: broken" in done.stderr


def test_the_command_says_how_many_runs_wait_for_great_expectations(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(desk)
    turn(desk(), FailingValidator())
    monkeypatch.setattr(session, "workspace", lambda *_: desk())
    done = CliRunner().invoke(app, ["checks", "docs"])
    assert "1 lượt được kiểm bằng phép tính thường, chờ Great Expectations kiểm lại.\n" in done.stdout
