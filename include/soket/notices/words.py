"""What the kinds of notices are called, and what becomes of them: one table each."""

from __future__ import annotations

from dataclasses import dataclass

from soket.notices.ledger import Ending, Fate
from soket.notices.notice import Kind
from soket.notices.reports.outcome import Outcome
from soket.plan.words import LADDER_STEPS
from soket.text import Word

NOTICES = {
    Kind.REQUEST: Word("đề nghị báo cáo, kế hoạch"),  # of the press it asks for a plan of coverage
    Kind.NEW_DATE: Word("thời hạn mới"),
    Kind.RECEIPT: Word("xác nhận tiếp nhận"),
    Kind.RETURN: Word("phiếu trả lại"),
    Kind.MESSAGE: Word("trao đổi"),
    Kind.ACCESS: Word("vào trang nộp hồ sơ"),
    Kind.CODE: Word("mã vào trang nộp hồ sơ"),
    Kind.LOCKED: Word("không nhận sau khi khóa"),
    Kind.WITHDRAWN: Word("xác nhận đã rút lại"),
    Kind.UNRECEIVED: Word("tệp chưa nhận được"),
    Kind.REMINDER: LADDER_STEPS["reminder"],
    Kind.ESCALATION: LADDER_STEPS["escalation"],
    Kind.DIGEST: Word("tổng hợp tình hình"),
    Kind.ODDITIES: Word("tệp để sai chỗ"),
    Kind.PROVISIONAL: Word("bản tổng hợp tạm"),
    Kind.DRAFT: Word("dự thảo tổng hợp"),
    Kind.APPRAISAL: Word("hồ sơ thẩm định"),
    Kind.APPRAISAL_RETURNED: Word("trả lại dự thảo"),
    Kind.APPRAISED: Word("kết quả thẩm định"),
    Kind.ISSUED: Word("đề nghị gửi bản đã ban hành, trả lời bản đã gửi"),
    Kind.INVITATION: Word("giấy mời hội nghị"),
    Kind.INVITATION_REMINDER: Word("nhắc trả lời giấy mời"),
    Kind.INVITATION_WITHDRAWN: Word("rút giấy mời"),
    Kind.REPLY: Word("việc trả lời giấy mời"),
    Kind.PRESS: Word("tài liệu cho báo chí"),
    Kind.ALERT: Word("cảnh báo người vận hành"),
}


@dataclass(frozen=True)
class FateWord(Word):
    """What became of a notice, and what that means to who reads of it."""

    means: str = ""


FATES: dict[Fate, FateWord] = {
    "waiting": FateWord("chờ gửi", means="đã lập, chưa gửi: chờ đến lượt, chờ giờ làm việc hoặc chờ máy chủ thư"),
    Ending.SENT: FateWord(
        "máy chủ đã nhận",
        means="thư đã đi khỏi hệ thống; máy chủ thư chưa báo đã đến nơi hay chưa, cũng không rõ người nhận đã đọc chưa",
    ),
    Outcome.DELIVERED: FateWord("đã đến nơi", means="máy chủ của người nhận báo đã có thư trong hộp"),
    Outcome.DELAYED: FateWord("bị hoãn", means="máy chủ thư báo chưa chuyển được, còn đang thử"),
    Outcome.BOUNCED: FateWord("bị trả lại", means="máy chủ thư báo không chuyển được: cần gọi người nhận"),
    Ending.PARTLY: FateWord("gửi được một phần", means="có người nhận máy chủ thư không nhận gửi: cần gọi người ấy"),
    Ending.FAILED: FateWord("không gửi được", means="không ai nhận được: cần gọi người nhận"),
    Ending.SUPPRESSED: FateWord("giữ lại, không gửi", means="cố ý không gửi, lý do ghi ở từng thư"),
    Ending.WITHDRAWN: FateWord(
        "rút lại",
        means="không ai nhận thư này: đến giờ gửi thì lời thư không còn đúng (đơn vị vừa gửi báo cáo, sang ngày khác "
        "nên số ngày còn lại đã đổi, nơi được mời đã trả lời, giấy mời đã đổi, đã đến ngày họp, đã có bản tin hay "
        "bản tổng hợp tạm mới hơn, hoặc đợt đã kết thúc; lý do ghi ở từng thư); nếu vẫn phải nhắc, phải báo thì đã "
        "lập thư mới thay nó",
    ),
}
