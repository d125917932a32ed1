"""What the kinds of notices are called, and what becomes of them: one table each."""

from __future__ import annotations

from soket.notices.ledger import Ending, Fate
from soket.notices.notice import Kind
from soket.notices.reports.outcome import Outcome
from soket.plan.words import LADDER_STEPS
from soket.text import Word

NOTICES = {
    Kind.REQUEST: Word("đề nghị báo cáo"),
    Kind.NEW_DATE: Word("thời hạn mới"),
    Kind.RECEIPT: Word("xác nhận tiếp nhận"),
    Kind.RETURN: Word("phiếu trả lại"),
    Kind.LOCKED: Word("không nhận sau khi khóa"),
    Kind.UNRECEIVED: Word("tệp chưa nhận được"),
    Kind.REMINDER: LADDER_STEPS["reminder"],
    Kind.ESCALATION: LADDER_STEPS["escalation"],
    Kind.DIGEST: Word("tổng hợp tình hình"),
    Kind.ODDITIES: Word("tệp để sai chỗ"),
    Kind.DRAFT: Word("dự thảo tổng hợp"),
    Kind.APPRAISAL: Word("hồ sơ thẩm định"),
    Kind.APPRAISAL_RETURNED: Word("trả lại dự thảo"),
    Kind.APPRAISED: Word("kết quả thẩm định"),
    Kind.INVITATION: Word("giấy mời hội nghị"),
    Kind.PRESS: Word("tài liệu cho báo chí"),
    Kind.ALERT: Word("cảnh báo người vận hành"),
}

FATES: dict[Fate, Word] = {
    "waiting": Word("chờ gửi"),
    Ending.SENT: Word("máy chủ đã nhận"),
    Outcome.DELIVERED: Word("đã đến nơi"),
    Outcome.DELAYED: Word("bị hoãn"),
    Outcome.BOUNCED: Word("bị trả lại"),
    Ending.PARTLY: Word("gửi được một phần"),
    Ending.FAILED: Word("không gửi được"),
    Ending.SUPPRESSED: Word("giữ lại, không gửi"),
    Ending.WITHDRAWN: Word("rút lại"),
}
