"""Of archives (.zip and its like): what they hold, and why one is not opened."""

from __future__ import annotations

from soket.faults.message import RETURNS, TELLS, Message

_SEND_PLAINLY = (
    "Chép các tệp vào một thư mục, bấm chuột phải, chọn “Gửi tới → Thư mục nén (zip)” để nén lại, "
    "hoặc gửi riêng từng tệp."
)

ARCHIVES: dict[str, Message] = {
    "TEP-50": Message(TELLS, "Tệp nén đã được mở; {count} tệp bên trong được xét như gửi riêng từng tệp."),
    "TEP-51": Message(RETURNS, "Tệp nén được đặt mật khẩu.", "Nén lại không đặt mật khẩu, hoặc gửi riêng từng tệp."),
    "TEP-52": Message(
        RETURNS,
        "Trong tệp nén có tệp nén khác: «{name}».",
        "Mở tệp nén bên trong, đưa các tệp ra ngoài rồi nén lại một lần, hoặc gửi riêng từng tệp.",
    ),
    "TEP-53": Message(RETURNS, "Tệp nén không chứa tệp nào.", _SEND_PLAINLY),
    "TEP-54": Message(RETURNS, "Tệp nén bị từ chối vì lý do an toàn: {reason}.", _SEND_PLAINLY),
    "TEP-55": Message(
        RETURNS,
        "Các tệp trong tệp nén nặng tổng cộng {size} MB, vượt mức {limit} MB.",
        "Giảm dung lượng ảnh trong các tệp, hoặc chỉ gửi báo cáo, biểu số liệu và các phụ lục cần thiết.",
    ),
    "TEP-56": Message(
        RETURNS,
        "Tệp nén loại «.{extension}» không được tiếp nhận.",
        "Giải nén ra, rồi nén lại thành tệp .zip hoặc gửi riêng từng tệp.",
    ),
}
