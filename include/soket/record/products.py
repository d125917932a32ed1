"""What stages make in a round: what each product is called, what it is, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping

from soket.record.workspace import Workspace

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "png": "image/png",
}

# What each is called in the bucket, and as an attachment.
REQUEST_LETTER = "cong-van-de-nghi-bao-cao.docx"
OUTLINE = "de-cuong-bao-cao.docx"
NOMINATION_FORM = "mau-de-nghi-bieu-duong.docx"
WORKING_DRAFT = "du-thao-lam-viec.docx"
FIGURES = "phu-luc-so-lieu.xlsx"
EVIDENCE = "so-chung-cu.xlsx"
PROVISIONAL_DRAFT = "ban-tong-hop-tam.docx"
TOLD = "noi-dung.json"  # what a provisional draft tells, for the next one to be compared with
TRACE = "nguon-goc.json"
TRACE_PAGE = "nguon-goc.html"  # the same, for people
OFFICIAL_DRAFT = "du-thao-chinh-thuc.docx"
APPRAISAL_REPORT = "bao-cao-tham-dinh.docx"
APPRAISAL_DECIDED = "bao-cao-tham-dinh-co-y-kien.docx"
MARKED_DRAFT = "du-thao-danh-dau.docx"
APPRAISAL_ANSWERS = "bang-giai-trinh-tiep-thu.docx"
TRANSMITTAL = "cong-van-trinh.docx"
INVITATION = "giay-moi.docx"
AGENDA = "chuong-trinh.docx"
DELEGATES = "danh-sach-dai-bieu.docx"
ORGANISATION = "ke-hoach-to-chuc-hoi-nghi.docx"
SCRIPT = "kich-ban-dieu-hanh.docx"
REGISTRATION = "phieu-dang-ky-dai-bieu.docx"
SHORT_REPORT = "bao-cao-tom-tat.docx"
SHORT_TRACE = "nguon-goc-tom-tat.json"
SHORT_TRACE_PAGE = "nguon-goc-tom-tat.html"
PROMPTS = "goi-y-thao-luan.docx"
SPEECHES = "khung-phat-bieu.docx"
CONCLUSION = "thong-bao-ket-luan.docx"
SEATING = "cho-ngoi-diem-cau.docx"
ATTENDANCE = "theo-doi-dai-bieu.docx"
COMMENDATIONS = "to-trinh-bieu-duong.docx"
PROPOSALS = "danh-sach-de-nghi-bieu-duong.json"  # the same, for programs
CALENDAR = "hoi-nghi.ics"
COVERAGE_REQUEST = "cong-van-de-nghi-ke-hoach-tuyen-truyen.docx"
PRESS_NOTE = "thong-tin-bao-chi.docx"
INVENTORY = "bang-ke.docx"
MANIFEST = "manifest.json"  # the inventory, for programs


def form_name(form: str) -> str:
    """Return the file name of a form workbook."""
    return f"bieu-so-lieu-{form}.xlsx"


def save_products(workspace: Workspace, stage: str, round_number: int, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the products of a round, over those of an earlier try; return their keys."""
    keys = {name: workspace.keys.stage(stage, round_number, name) for name in files}
    for name, data in files.items():
        workspace.store.put(keys[name], data, CONTENT_TYPES[name.rpartition(".")[2]])
    return tuple(keys.values())
