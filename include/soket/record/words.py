"""What the record's enums are called: one table each, which pages, mails, papers and commands read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from soket.plan.model import Plan
from soket.record.products import (
    AGENDA,
    APPRAISAL_ANSWERS,
    APPRAISAL_DECIDED,
    APPRAISAL_REPORT,
    ATTENDANCE,
    CALENDAR,
    COMMENDATIONS,
    CONCLUSION,
    COVERAGE_REQUEST,
    DELEGATES,
    EVIDENCE,
    FIGURES,
    INVENTORY,
    INVITATION,
    MANIFEST,
    MARKED_DRAFT,
    NOMINATION_FORM,
    OFFICIAL_DRAFT,
    ORGANISATION,
    OUTLINE,
    PRESS_NOTE,
    PROMPTS,
    PROPOSALS,
    PROVISIONAL_DRAFT,
    REGISTRATION,
    REQUEST_LETTER,
    SCRIPT,
    SEATING,
    SHORT_REPORT,
    SHORT_TRACE,
    SHORT_TRACE_PAGE,
    SPEECHES,
    TOLD,
    TRACE,
    TRACE_PAGE,
    TRANSMITTAL,
    WORKING_DRAFT,
    form_name,
)
from soket.record.records import Ruling, Submission
from soket.record.standing import Standing
from soket.record.tally import Progress
from soket.record.units import UnitEntry
from soket.text import Word


@dataclass(frozen=True)
class Stand(Word):
    """Where a unit stands, and what it left undone where nobody waits for it any more."""

    left: str = ""


STANDINGS = {
    Standing.EXEMPT: Stand("được miễn"),
    Standing.NIL_RETURN: Stand("không phát sinh nội dung báo cáo"),
    Standing.NOT_SENT: Stand("chưa gửi", left="không gửi"),
    Standing.ANNOUNCED: Stand(
        "đã gửi kế hoạch tổ chức {review}, chưa gửi báo cáo kết quả",
        left="đã gửi kế hoạch tổ chức {review}, không gửi báo cáo kết quả",
    ),
    Standing.PENDING: Stand("đã gửi, đang kiểm tra"),
    Standing.REFERRED: Stand("đã nhận, chờ cán bộ xem"),
    Standing.LOCKED: Stand("nộp sau khi khóa, chưa được nhận"),
    Standing.RETURNED: Stand("bị trả lại, chưa gửi lại", left="bị trả lại, không gửi lại"),
    Standing.ACCEPTED: Stand("đã tiếp nhận"),
    Standing.ACCEPTED_WITH_WARNINGS: Stand("đã tiếp nhận, có điểm cần lưu ý"),
}

EARLIER_DATE = "vẫn tính là nộp đúng hạn, vì khi nộp còn trong hạn lúc ấy"
PASSED_DATE = "vẫn tính là nộp muộn, vì khi nộp đã quá hạn lúc ấy"

PROGRESS = {
    Progress.ON_TIME: Word("đúng hạn"),
    Progress.LATE: Word("gửi muộn"),
    Progress.NIL: Word("không phát sinh"),
    Progress.ANNOUNCED: Word("đã có kế hoạch tổ chức"),
    Progress.PENDING: Word("đang kiểm tra"),
    Progress.REFERRED: Word("chờ cán bộ xem"),
    Progress.LOCKED: Word("nộp sau khi khóa"),
    Progress.RETURNED: Word("trả lại"),
    Progress.MISSED: Word("không gửi"),
    Progress.SILENT: Word("chưa gửi"),
    Progress.EXEMPT: Word("được miễn"),
}

RULINGS = {
    Ruling.ACCEPTED: Word("tiếp nhận"),
    Ruling.ACCEPTED_WITH_WARNINGS: Word("tiếp nhận, có lưu ý"),
    Ruling.REFERRED: Word("chuyển cán bộ xem"),
    Ruling.RETURNED: Word("trả lại"),
}

SUBMISSIONS = {
    Submission.REPORT: Word("báo cáo {review}"),
    Submission.OWN_REVIEW: Word("báo cáo kết quả tổ chức {review}"),
    Submission.OWN_REVIEW_PLAN: Word("kế hoạch tổ chức {review}"),
    Submission.NIL_RETURN: Word("văn bản báo không phát sinh nội dung báo cáo", "Báo cáo không phát sinh"),
    Submission.COVERAGE_PLAN: Word("kế hoạch tuyên truyền"),
    Submission.DOCUMENT: Word("hồ sơ, văn bản nộp thêm"),
}

DECISIONS = {
    "extension": Word("gia hạn"),
    "exemption": Word("miễn báo cáo"),
    "nil_return": Word("ghi nhận không phát sinh"),
    "review": Word("kết luận hồ sơ"),
    "retry": Word("chấm lại ngay"),
    "link_renewal": Word("đổi đường dẫn riêng"),
    "promise": Word("ghi lời hẹn gửi"),
    "urging": Word("nhắc ngay"),
    "message": Word("trao đổi với đơn vị"),
    "request_refusal": Word("không đồng ý gia hạn"),
    "postponement": Word("lùi thời hạn giai đoạn"),
    "reopening": Word("mở lại giai đoạn"),
    "mute": Word("tạm ngừng thư nhắc"),
    "undo": Word("hủy quyết định"),
    "appraisal": Word("thẩm định dự thảo"),
    "conference_format": Word("hình thức hội nghị"),
    "commendation": Word("biểu dương, khen thưởng"),
    "opinion": Word("ý kiến về việc đã trình"),
    "plan_change": Word("thay đổi kế hoạch"),
}

MANNERS: dict[Literal["asks", "tells", "internal"], Word] = {
    "asks": Word("hỏi đơn vị, cần trả lời"),
    "tells": Word("trả lời, báo đơn vị"),
    "internal": Word("chỉ nội bộ, đơn vị không đọc được"),
}

APPRAISALS: dict[Literal["approved", "returned"], Word] = {
    "approved": Word("đồng ý trình"),
    "returned": Word("trả lại"),
}

COMMENDED: dict[Literal["commended", "declined"], Word] = {
    "commended": Word("được biểu dương"),
    "declined": Word("không biểu dương"),
}

FORMATS: dict[Literal["in_person", "online", "postponed"], Word] = {
    "in_person": Word("trực tiếp"),
    "online": Word("trực tuyến"),
    "postponed": Word("hoãn"),
}

PRODUCTS = {
    REQUEST_LETTER: Word("công văn đề nghị báo cáo"),
    OUTLINE: Word("đề cương báo cáo"),
    NOMINATION_FORM: Word("mẫu đề nghị biểu dương"),
    WORKING_DRAFT: Word("dự thảo làm việc"),
    FIGURES: Word("phụ lục số liệu"),
    EVIDENCE: Word("sổ chứng cứ của dự thảo"),
    PROVISIONAL_DRAFT: Word("bản tổng hợp tạm"),
    TOLD: Word("nội dung bản tổng hợp tạm, cho chương trình đọc"),
    TRACE_PAGE: Word("nguồn gốc số liệu, câu trích"),
    TRACE: Word("nguồn gốc số liệu, cho chương trình đọc"),
    OFFICIAL_DRAFT: Word("dự thảo chính thức"),
    APPRAISAL_REPORT: Word("báo cáo thẩm định"),
    APPRAISAL_DECIDED: Word("báo cáo thẩm định, có ý kiến thẩm định"),
    MARKED_DRAFT: Word("dự thảo có đánh dấu chỗ lệch, chỗ cần xem"),
    APPRAISAL_ANSWERS: Word("bảng giải trình, tiếp thu (do hệ thống lập, chưa ký)"),
    TRANSMITTAL: Word("tờ trình"),
    INVITATION: Word("giấy mời"),
    AGENDA: Word("chương trình hội nghị"),
    DELEGATES: Word("danh sách đại biểu"),
    COMMENDATIONS: Word("tờ trình đề nghị biểu dương, kèm danh sách"),
    PROPOSALS: Word("danh sách đề nghị biểu dương, cho chương trình đọc"),
    ORGANISATION: Word("kế hoạch tổ chức hội nghị"),
    SCRIPT: Word("kịch bản điều hành"),
    REGISTRATION: Word("phiếu đăng ký đại biểu"),
    SHORT_REPORT: Word("báo cáo tóm tắt"),
    SHORT_TRACE_PAGE: Word("nguồn gốc số liệu, câu trích của báo cáo tóm tắt"),
    SHORT_TRACE: Word("nguồn gốc của báo cáo tóm tắt, cho chương trình đọc"),
    PROMPTS: Word("gợi ý thảo luận"),
    SPEECHES: Word("khung phát biểu khai mạc, bế mạc"),
    CONCLUSION: Word("khung thông báo kết luận, dùng sau hội nghị"),
    SEATING: Word("danh sách điểm cầu hoặc sơ đồ chỗ ngồi"),
    ATTENDANCE: Word("bảng theo dõi trả lời giấy mời, tham luận"),
    CALENDAR: Word("lịch họp, để thêm vào lịch cá nhân"),
    COVERAGE_REQUEST: Word("công văn đề nghị kế hoạch tuyên truyền"),
    PRESS_NOTE: Word("thông cáo báo chí"),
    INVENTORY: Word("bảng kê hồ sơ lưu trữ"),
    MANIFEST: Word("bảng kê hồ sơ lưu trữ, cho chương trình đọc"),
}

# How a figure counts that is odd, or gainsaid by its own report, and on which nobody has said a word.
DOUBTED = "bảng tổng hợp của dự thảo có cộng, đánh dấu (*), câu chữ của dự thảo không cộng"

# The steps of a stage's rounds that have a word; one without shows by its note alone.
STEPS = {"opened": "Mở", "done": "Khép lại"}


def product_names(plan: Plan) -> dict[str, str]:
    """Return what each product of a stage is called, by its file's name."""
    forms = {form_name(form.code): f"Biểu số liệu: {form.title}" for form in plan.forms}
    drafts = {  # which keep the extension that they came with
        each.replace("docx", extension): PRODUCTS[each].label
        for each in (WORKING_DRAFT, OFFICIAL_DRAFT)
        for extension in ("doc", "odt")
    }
    return forms | drafts | {name: word.label for name, word in PRODUCTS.items()}


def submission_word(plan: Plan, kind: Submission) -> Word:
    """Return what a plan calls what a unit sent."""
    return SUBMISSIONS[kind].about(plan.review_word)


def standing_word(plan: Plan, standing: Standing) -> Stand:
    """Return what a plan calls where a unit stands."""
    return STANDINGS[standing].about(plan.review_word)


def say_standing(plan: Plan, entry: UnitEntry) -> str:
    """Return where a unit stands; of one that nobody waits for any more, what it left undone."""
    word = standing_word(plan, entry.standing)
    return word.left if entry.missed else word.phrase


def say_earlier_date(entry: UnitEntry) -> str:
    """Say that what counts of a unit is in time, or late, by a date that it has no more; "" where its own says so."""
    came = next((each.received_at for each in entry.receipts if each.number == entry.accepted), None)
    if came is None or entry.late == (came >= entry.deadline):
        return ""
    return PASSED_DATE if entry.late else EARLIER_DATE
