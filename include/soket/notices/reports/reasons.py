"""What a server's report means to an official: why a mail did not arrive, and what to do about it."""

from __future__ import annotations

from soket.notices.reports.outcome import Outcome, Reported

# By class, subject and detail of RFC 3463, the most exact first.
_REASONS = {
    "1.1": "không có hộp thư này",
    "1.2": "không có tên miền này",
    "1.3": "địa chỉ viết sai",
    "1.6": "hộp thư đã chuyển đi nơi khác",
    "1.10": "không có hộp thư này",
    "2.0": "hộp thư không nhận",
    "2.1": "hộp thư đang bị khóa hoặc đã ngừng dùng",
    "2.2": "hộp thư đầy",
    "2.3": "thư quá lớn đối với hộp thư này",
    "3.4": "thư quá lớn đối với máy chủ nơi nhận",
    "4.1": "máy chủ nơi nhận không trả lời",
    "4.4": "không tìm được máy chủ nơi nhận",
    "4.7": "máy chủ gửi đã chờ quá lâu",
    "1": "địa chỉ không dùng được",
    "2": "hộp thư không nhận",
    "3": "máy chủ nơi nhận gặp lỗi",
    "4": "không đến được máy chủ nơi nhận",
    "5": "hai máy chủ thư không hiểu nhau",
    "6": "máy chủ nơi nhận không nhận loại nội dung này",
    "7": "máy chủ nơi nhận từ chối vì quy định của mình (lọc thư rác, chặn người gửi)",
}
_UNSAID = "máy chủ nơi nhận không nhận"

# By subject: what helps whom.
_ADVICE = {
    "2.2": "Gọi đơn vị dọn hộp thư, rồi gửi lại.",
    "2.3": "Gọi đơn vị, hoặc gửi bằng cách khác.",
    "3.4": "Gọi đơn vị, hoặc gửi bằng cách khác.",
    "3": "Gọi báo đơn vị; bên quản trị máy chủ thư của đơn vị cần xem.",
    "4": "Gọi báo đơn vị; bên quản trị máy chủ thư cần xem.",
    "6": "Gọi báo đơn vị; bên quản trị máy chủ thư cần xem.",
    "7": "Gọi báo đơn vị; nhờ bên quản trị máy chủ thư nơi nhận cho phép địa chỉ gửi.",
}
_CORRECT = "Gọi đơn vị hỏi địa chỉ đúng, sửa trong kế hoạch, rồi gửi lại."


def say_reason(report: Reported) -> str:
    """Return why, in words of ours."""
    return _of(_REASONS, report.status, _UNSAID)


def say_advice(report: Reported) -> str:
    """Return what somebody has to do."""
    return _of(_ADVICE, report.status, _CORRECT)


def say_reported(report: Reported) -> str:
    """Return a report in one line, with the server's own words for whoever has to ask it."""
    words = report.said if report.status in report.said else f"{report.status} {report.said}".strip()
    said = f" ({words})" if words else ""
    if report.outcome is Outcome.DELIVERED:
        return f"{report.address}: đã đến nơi"
    if report.outcome is Outcome.DELAYED:
        return f"{report.address}: máy chủ còn đang thử gửi, {say_reason(report)}{said}"
    return f"{report.address}: thư bị trả lại, {say_reason(report)}{said}"


def _of(table: dict[str, str], status: str, otherwise: str) -> str:
    _, _, rest = status.partition(".")
    return table.get(rest) or table.get(rest.partition(".")[0]) or otherwise
