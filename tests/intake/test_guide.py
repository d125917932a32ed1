"""The units' guide promises nothing that isn't so: what it says of files and tables is run, or held by another test.

Each sentence of its two chapters on what to send stands in one of three lists: what is run here, what another test
holds, what is advice. A sentence that is put in or changed is in none until somebody says which.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from conftest import REPOSITORY, Desk
from intake import folders
from intake.cases import all_cases
from intake.sheets import HEAD, HEAD_WITH_UNITS, Lines, rows, sheet, submission, with_units
from intake.test_tables_inside import report as report_with
from intake.turns import PlainValidator, judged, read_out
from reading import corpus
from soket.cli import report
from soket.faults import MESSAGES
from soket.plan.model import Plan, Quantities
from soket.record.records import Ruling, Verdict

GUIDE = REPOSITORY / "docs" / "huong-dan-don-vi.md"
CHAPTERS = ("Gửi gì", "Ghi biểu số liệu")
CASES = dict(all_cases())

TAKEN, NOTED, RETURNED, WAITS = "taken", "taken, and something is said", "returned", "waits for an official"


@dataclass(frozen=True)
class Shown:
    """A set of files in which a promise shows, and the first figure of money that it has."""

    files: Callable[[], Mapping[str, bytes]]
    figure: float | None = None


def table(lines: Lines, figure: float | None = None, **options: object) -> Shown:
    return Shown(lambda: submission(sheet(lines, **options)), figure)  # type: ignore[arg-type]


def cell(value: object, figure: float | None = None) -> Shown:
    """A table in which a figure is written so."""
    return table([HEAD, *rows(CT02=(value, 14.25, 9))], figure)


MONEY = {"CT02": (12_500, 14_250, 9_000)}

# By the words of the guide: what becomes of a set, and sets that show it: of the corpus, of the field (F01a), or made.
PROMISES: dict[str, tuple[str, Sequence[str | Shown]]] = {
    "| Báo cáo, hoặc tự tổ chức sơ kết |": (TAKEN, ["submissions-whole", "submissions-own review held"]),
    "| Kế hoạch tuyên truyền (cơ quan báo chí) |": (TAKEN, ["submissions-coverage plan"]),
    "| Không có nội dung thuộc phạm vi |": (TAKEN, ["submissions-nil return where it is owed"]),
    "và `.pdf` có chữ": (TAKEN, [f"readers-report {each}" for each in ("docx", "doc", "odt", "rtf", "pdf")]),
    "Excel `.xlsx` theo mẫu": (TAKEN, ["forms-filled in", "readers-xls", "readers-ods", "tables-csv with tabs"]),
    "ảnh `.png`, `.jpg` gửi kèm": (TAKEN, ["readers-signed copy", "readers-scan", "readers-picture"]),
    "Có văn bản Word thì `.pdf` là bản ký": (TAKEN, ["readers-signed copy", "readers-report pdf", "R1a"]),
    "xoay ảnh cho đúng chiều": (TAKEN, ["photos-on its side", "photos-two pages", "photos-in an archive"]),
    "Ảnh tối, nhòe, quá nhỏ có lưu ý": (NOTED, ["photos-dark", "photos-blurred", "photos-small"]),
    "Ảnh HEIC của iPhone": (RETURNED, ["photos-heic", "photos-heic called jpg"]),
    "được đối chiếu từng số với văn bản và biểu": (NOTED, ["signed-three other figures"]),
    "Chữ ký số được kiểm": (
        NOTED,
        [f"signed-{each}" for each in ("altered", "updated after it was signed", "a person's", "another unit's")],
    ),
    "Báo cáo chỉ có bản quét không bị trả lại": (WAITS, ["readers-scan alone"]),
    "Hệ thống đọc những gì màn hình hiện": (TAKEN, ["F07", "T01", "W12"]),
    "bên trong là RTF hoặc trang web": (TAKEN, ["F13a", "F13b"]),
    "số gạch ngang trong biểu thì trả lại": (RETURNED, ["T51"]),
    "Phông chữ cũ": (TAKEN, ["readers-legacy docx", "readers-legacy xls", "W10", "W10e"]),
    "Tệp có mật khẩu, macro, đối tượng nhúng": (
        RETURNED,
        [f"hostile-{each}" for each in ("docx locked", "docx with macro", "program inside", "remote template")],
    ),
    "PDF có mã lệnh hoặc tệp đính kèm": (RETURNED, ["hostile-pdf with script", "hostile-pdf with a file"]),
    "PDF chỉ cấm sao chép": (TAKEN, ["F09a"]),
    "Có thể gom cả bộ vào": (TAKEN, ["archives-set", "archives-folder and litter"]),
    "Không đặt mật khẩu, không để tệp nén": (RETURNED, ["archives-password", "archives-zip in a zip"]),
    "Tệp `.rar`, `.7z` bị trả lại": (RETURNED, ["archives-rar", "archives-7z"]),
    "Đặt tên tệp thế nào cũng được": (TAKEN, ["hostile-names", "submissions-the same bytes twice"]),
    "Đừng đổi đuôi tệp": (RETURNED, ["hostile-workbook called document"]),
    "biểu có dòng, cột và trang tính ẩn": (TAKEN, ["forms-filled in"]),
    "Đổi tên chỉ tiêu, chèn dòng": (
        TAKEN,
        ["forms-renamed", "forms-with rows put in", "forms-reordered", "forms-saved by LibreOffice"],
    ),
    "đừng sắp xếp lại một phần": (RETURNED, ["forms-partly sorted"]),
    "Biểu của kế hoạch khác thì bị trả lại": (RETURNED, ["forms-another plan's form"]),
    "biểu bản cũ thì được nhắc": (NOTED, ["forms-an old version"]),
    "báo cáo có bảng đủ quá nửa số chỉ tiêu": (
        NOTED,
        [
            Shown(lambda: {corpus.REPORT: report_with(corpus.rows())}, 12.5),
            Shown(lambda: {corpus.REPORT: report_with(corpus.rows()[:-1])}, 12.5),
        ],
    ),
    "Có cả hai mà khác nhau thì dùng tệp biểu": (
        NOTED,
        [
            Shown(
                lambda: {
                    corpus.REPORT: report_with(corpus.rows({"CT02": (99, 14.25, 9)})),
                    corpus.TABLE: corpus.table(),
                },
                12.5,
            )
        ],
    ),
    "bảng phải có mã hoặc tên chỉ tiêu": (
        TAKEN,
        ["tables-names in other words", table([["Mã", *HEAD[2:]], *([line[0], *line[2:]] for line in rows())], 12.5)],
    ),
    "Bảng bắt đầu ở đâu, tiêu đề một hay hai dòng": (
        TAKEN,
        [f"tables-{each}" for each in ("starts at row 30", "done over the years", "years as rows")],
    ),
    "thì hệ thống lấy cột thực hiện": (
        TAKEN,
        ["tables-planned and done each year", "tables-an estimate for the last year"],
    ),
    "cột “9 tháng”, “quý” không thay": (
        RETURNED,
        ["tables-nine months of the last year", table([[*HEAD[:4], "Quý IV năm 2021"], *rows()])],
    ),
    "| `1.234,5`; `1 234,5`; `1234,5` |": (TAKEN, [cell(each, 1234.5) for each in ("1.234,5", "1 234,5", "1234,5")]),
    "| `1,234`; `12.34`; `1234.5` |": (RETURNED, [cell(each) for each in ("1,234", "12.34", "1234.5")]),
    "| `1,234.5` |": (NOTED, [cell("1,234.5", 1234.5)]),
    "| `0` |": (TAKEN, [cell(0, 0), cell("0", 0)]),
    "| `không phát sinh` ở chỉ tiêu": (NOTED, [cell("Không phát sinh", 0), cell("không có phát sinh", 0)]),
    "| `không`, `không có` |": (RETURNED, [cell("Không"), table([HEAD, *rows(CT01=(1000, "không phát sinh", 900))])]),
    "| hai số trong một ô": (RETURNED, [cell("12\n345"), cell("12  345")]),
    "| để trống | thiếu: trống cả dòng": (RETURNED, [table([HEAD, *rows(CT02=(None, None, None))])]),
    "trống một vài năm thì có lưu ý": (NOTED, [cell(None)]),
    "| `-`, `…`, `chưa có số liệu` |": (NOTED, [cell(each) for each in ("-", "…", "chưa có số liệu")]),
    "| `1.200 lượt`, `12,5 tỷ` |": (
        NOTED,
        [cell("12,5 tỷ", 12.5), table([HEAD, *rows(CT01=(1000, "1.200 lượt", 900))])],
    ),
    "| `khoảng 12`, `5-6` |": (RETURNED, [cell("khoảng 12"), cell("5-6")]),
    "| ngày tháng |": (RETURNED, [cell(datetime.date(2021, 2, 1)), cell("01/02/2021")]),
    "| lỗi `#REF!`, công thức chưa tính": (RETURNED, [cell("#REF!"), cell("=5+5"), "tables-a merged figure"]),
    "| `0,61` ở chỉ tiêu % |": (NOTED, ["tables-shares or small percentages"]),
    "| `0,615` ở chỉ tiêu %, mọi năm đều không quá 1 |": (RETURNED, ["tables-shares instead of percentages"]),
    "nói rõ ở cột đơn vị tính, sau tên chỉ tiêu": (
        NOTED,
        [
            table([HEAD_WITH_UNITS, *with_units(rows(**MONEY), CT02="triệu đồng")], 12.5),
            table([HEAD, *rows()[:3], ["CT02", "Doanh thu du lịch (triệu đồng)", *MONEY["CT02"]], *rows()[4:]], 12.5),
            table([[*HEAD[:2], *(f"{each} (triệu đồng)" for each in HEAD[2:])], *rows(**MONEY)], 12.5),
            table([["Đơn vị tính: triệu đồng"], HEAD, *rows(**MONEY)], 12.5),
            table(
                [HEAD_WITH_UNITS, *with_units(rows(CT02=(12_500_000, 14_250_000, 9_000_000)), CT02="nghìn đồng")], 12.5
            ),
            table([HEAD_WITH_UNITS, *with_units(rows(CT02=(12.5e9, 14.25e9, 9e9)), CT02="đồng")], 12.5),
            "tables-thousands of visits",
        ],
    ),
    "Hai nơi ghi hai đơn vị tính khác nhau": (RETURNED, ["tables-caption against column", "tables-dollars"]),
    "trang tính bị ẩn vẫn được đọc": (NOTED, [f"tables-a hidden {each}" for each in ("row", "column", "sheet")]),
}

# By the words of the guide: a module of tests and one of its tests.
HELD_ELSEWHERE = {
    "chụp bản đã ký bằng điện thoại, nếu kế hoạch cho phép": (
        "page/test_photos.py",
        "test_where_the_plan_takes_none_a_picture_is_a_file_like_others",
    ),
    "Thay một ảnh thì gửi lại tất cả": (
        "intake/test_photos.py",
        "test_who_replaces_a_photograph_is_told_to_send_all",
    ),
    "kế hoạch bắt buộc bản ký số mà thiếu": ("intake/test_copies.py", "test_a_required_copy"),
    "Chữ gạch ngang trong văn bản": ("reading/test_struck.py", "test_in_documents_it_was_deleted_by_hand"),
    "như sau khi chấp nhận mọi thay đổi": (
        "reading/test_readers.py",
        "test_automatic_numbers_and_tracked_insertions_are_text",
    ),
    "nhiều nhất 20 tệp, mỗi tệp không quá 25 MB": ("intake/test_guide.py", "test_sizes_are_those_of_plans"),
    "nhiều nhất 200 tệp, 1.000 MB": ("intake/test_guide.py", "test_sizes_are_those_of_plans"),
    "Đừng đặt tên tệp kết thúc bằng": (
        "intake/test_quota.py",
        "test_content_sent_under_a_folders_name_is_told_of",
    ),
    "Tệp tải dở quá một ngày thì bị dọn": (
        "stages/test_sweeping.py",
        "test_an_unfinished_upload_is_told_of_and_cleared_away_a_day_after",
    ),
    "Cả hai đều có thư báo nộp lại": ("stages/test_sweeping.py", "test_an_unfinished_upload_is_told_of"),
}

ADVICE = (
    "| Đơn vị được giao | Gửi |", "| Ghi | Hệ thống hiểu |", "Biểu số liệu:", "Nên soạn bằng phông Unicode",
    "Thư đề nghị ghi mức của đợt này", "cần lại thì nhờ người vận hành", "Không đưa nội dung thuộc bí mật nhà nước",
    "Chụp từng trang, đủ sáng", "Đơn vị tính: ghi theo biểu mẫu là tốt nhất",
)  # fmt: skip


@cache
def chapter(title: str) -> tuple[str, ...]:
    """Return a chapter's sentences; a line of a table is one."""
    body = GUIDE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    blocks = (" ".join(each.split()).removeprefix("- ") for each in re.split(r"\n\n|\n(?=- |\|)", body))
    return tuple(
        sentence
        for block in blocks
        if block.strip("|- ")
        for sentence in ([block] if block.startswith("|") else re.split(r"(?<=[.:;]) (?=[A-ZĐ])", block))
    )


SHOWN = [
    pytest.param(words, promised, each, id=f"{row}.{number}")
    for row, (words, (promised, shown)) in enumerate(PROMISES.items())
    for number, each in enumerate(shown)
]


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(("words", "promised", "shown"), SHOWN)
def test_what_it_promises_is_so(
    desk: Desk, plan: Plan, words: str, promised: str, shown: str | Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "Validator", PlainValidator)
    verdict = _of(desk, plan, shown)
    became = {Ruling.RETURNED: RETURNED, Ruling.REFERRED: WAITS}.get(verdict.ruling, NOTED if verdict.faults else TAKEN)
    assert became == promised or (promised == TAKEN and became == NOTED), (words, verdict.faults)
    if isinstance(shown, Shown) and shown.figure is not None:
        parsed = read_out(desk, verdict)
        (figure,) = (each.value for each in parsed.figures if (each.indicator, each.year) == ("CT02", 2019))
        assert figure == pytest.approx(shown.figure)


def _of(desk: Desk, plan: Plan, shown: str | Shown) -> Verdict:
    if isinstance(shown, Shown):
        return judged(desk, "huyen_1", dict(shown.files()))
    if shown in CASES:
        CASES[shown].given(desk)
        return judged(desk, CASES[shown].unit, dict(CASES[shown].files()))
    (path,) = folders.FIELD.glob(f"{shown}-*")
    (folder,) = (each for each in folders.folders(path.parent) if each.path == path)
    return folders.judged(plan, folder.files()).verdict


@pytest.mark.parametrize("sentence", [each for title in CHAPTERS for each in chapter(title)])
def test_each_sentence_is_run_or_said_to_be_none(sentence: str) -> None:
    assert any(words in sentence for words in (*PROMISES, *HELD_ELSEWHERE, *ADVICE))


def test_what_is_listed_stands_there() -> None:
    sentences = [each for title in CHAPTERS for each in chapter(title)]
    for words in (*PROMISES, *HELD_ELSEWHERE, *ADVICE):
        assert any(words in each for each in sentences), words
    for module, name in HELD_ELSEWHERE.values():
        assert f"def {name}" in (Path(__file__).parents[1] / module).read_text(encoding="utf-8"), name


def test_sizes_are_those_of_plans() -> None:
    text = " ".join(GUIDE.read_text(encoding="utf-8").split())
    limits = Quantities()
    assert f"nhiều nhất {limits.max_files} tệp, mỗi tệp không quá {limits.max_file_mb} MB" in text
    megabytes = f"{limits.max_folder_mb:,}".replace(",", ".")
    assert f"nhiều nhất {limits.max_folder_files} tệp, {megabytes} MB" in text


def test_codes_are_those_of_slips() -> None:
    told = set(re.findall(r"\b(?:TEP|HS|KS|DC|TB|GN|BS|SL)-\d\d\b", GUIDE.read_text(encoding="utf-8")))
    assert told <= set(MESSAGES)


def test_what_a_unit_is_to_do_is_not_what_an_office_does() -> None:
    advice = {code: message.advice or "" for code, message in MESSAGES.items()}
    assert not [code for code, words in advice.items() if words.startswith(("Cơ quan", "Cán bộ", "Người vận hành"))]
