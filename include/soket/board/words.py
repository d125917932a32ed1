"""What the board calls things: one Vietnamese word for each state, act and kind."""

from __future__ import annotations

from enum import StrEnum

from soket.notices.ledger import Fate
from soket.notices.notice import Kind
from soket.notices.story import STATES
from soket.plan.model import Duty, Severity
from soket.record.records import Ruling, Submission
from soket.record.tally import Progress


class StageState(StrEnum):
    """Where a stage stands at a moment."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    OVERDUE = "overdue"
    WAITING = "waiting"
    SHORT = "short"
    SENT_BACK = "sent_back"
    DONE = "done"
    DONE_LATE = "done_late"

    @property
    def label(self) -> str:
        """The word on the ribbon."""
        return _STAGE_STATES[self]


PROGRESS = {
    Progress.ON_TIME: "Đúng hạn",
    Progress.LATE: "Gửi muộn",
    Progress.NIL: "Không phát sinh",
    Progress.ANNOUNCED: "Đã có kế hoạch sơ kết",
    Progress.PENDING: "Đang kiểm tra",
    Progress.REFERRED: "Chờ cán bộ xem",
    Progress.LOCKED: "Nộp sau khi khóa",
    Progress.RETURNED: "Trả lại",
    Progress.MISSED: "Không gửi",
    Progress.SILENT: "Chưa gửi",
    Progress.EXEMPT: "Được miễn",
}

_STAGE_STATES = {
    StageState.UPCOMING: "Chưa mở",
    StageState.RUNNING: "Đang thực hiện",
    StageState.WAITING: "Đang chờ",
    StageState.OVERDUE: "Quá hạn",
    StageState.SHORT: "Đã khép lại",
    StageState.SENT_BACK: "Đã trả lại dự thảo",
    StageState.DONE: "Hoàn thành",
    StageState.DONE_LATE: "Hoàn thành muộn",
}

DUTIES = {
    Duty.REPORT: "Báo cáo sơ kết",
    Duty.OWN_REVIEW: "Tự tổ chức sơ kết và gửi báo cáo",
    Duty.NIL_RETURN: "Báo cáo không phát sinh",
    Duty.COVERAGE_PLAN: "Kế hoạch tuyên truyền",
    Duty.EXEMPT: "Được miễn",
}

SUBMISSIONS = {
    Submission.REPORT: "Báo cáo sơ kết",
    Submission.OWN_REVIEW: "Báo cáo tự tổ chức sơ kết",
    Submission.OWN_REVIEW_PLAN: "Kế hoạch tự tổ chức sơ kết",
    Submission.NIL_RETURN: "Báo cáo không phát sinh",
    Submission.COVERAGE_PLAN: "Kế hoạch tuyên truyền",
}

RULINGS = {
    Ruling.ACCEPTED: "Tiếp nhận",
    Ruling.ACCEPTED_WITH_WARNINGS: "Tiếp nhận, có lưu ý",
    Ruling.REFERRED: "Chuyển cán bộ xem",
    Ruling.RETURNED: "Trả lại",
}

SEVERITIES = {
    Severity.CRITICAL: "Phải sửa",
    Severity.REFER: "Chuyển cán bộ xem",
    Severity.WARNING: "Đề nghị xem lại",
    Severity.INFO: "Để biết",
}

DECISIONS = {
    "extension": "Gia hạn",
    "exemption": "Miễn báo cáo",
    "nil_return": "Ghi nhận không phát sinh",
    "review": "Kết luận hồ sơ chuyển cán bộ xem",
    "retry": "Chấm lại ngay",
    "postponement": "Lùi thời hạn giai đoạn",
    "reopening": "Mở lại giai đoạn",
    "mute": "Tạm ngừng thư nhắc",
    "undo": "Hủy quyết định",
    "appraisal": "Thẩm định dự thảo",
    "conference_format": "Hình thức hội nghị",
}

APPRAISALS = {"approved": "Thông qua", "returned": "Trả lại để hoàn thiện"}

FORMATS = {"in_person": "Họp trực tiếp", "online": "Họp trực tuyến", "postponed": "Hoãn"}

# The steps of a stage's rounds that the stages record; a step without a word here shows by its note alone.
STEPS = {"opened": "Mở", "done": "Khép lại"}

# Notes of these are Markdown.
MARKDOWN_STEPS = frozenset({"dossier"})

NOTICES = {
    Kind.REQUEST: "Đề nghị báo cáo",
    Kind.NEW_DATE: "Thời hạn mới",
    Kind.RECEIPT: "Xác nhận tiếp nhận",
    Kind.RETURN: "Phiếu trả lại",
    Kind.LOCKED: "Không nhận sau khi khóa",
    Kind.UNRECEIVED: "Tệp chưa nhận được",
    Kind.REMINDER: "Nhắc",
    Kind.ESCALATION: "Đôn đốc vượt cấp",
    Kind.DIGEST: "Tổng hợp tình hình",
    Kind.ODDITIES: "Tệp để sai chỗ",
    Kind.DRAFT: "Dự thảo tổng hợp",
    Kind.APPRAISAL: "Hồ sơ thẩm định",
    Kind.APPRAISAL_RETURNED: "Trả lại dự thảo",
    Kind.APPRAISED: "Kết quả thẩm định",
    Kind.INVITATION: "Giấy mời hội nghị",
    Kind.PRESS: "Tài liệu cho báo chí",
    Kind.ALERT: "Cảnh báo người vận hành",
}

# The headers of a mail that name people.
ADDRESSES = {"Từ": "From", "Đến": "To", "Đồng gửi": "Cc"}

NOTICE_STATES: dict[Fate, str] = {state: words[0].upper() + words[1:] for state, words in STATES.items()}
