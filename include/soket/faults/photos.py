"""Of photographs of paper, and of the paper that is put together of them."""

from __future__ import annotations

from soket.faults.message import ASKS, RETURNS, TELLS, Message

_LEGIBLE = "Phóng to ảnh mà đọc rõ từng chữ thì giữ nguyên. Không rõ thì"
_ONCE_MORE = "chụp lại, rồi gửi lại tất cả các ảnh của bản chụp."

PHOTOS: dict[str, Message] = {
    "TEP-60": Message(
        TELLS,
        "Bản chụp được ghép từ {count} ảnh, theo thứ tự trang: {order}.",
        "Sai thứ tự thì đặt tên ảnh theo số trang, rồi gửi lại tất cả các ảnh.",
    ),
    "TEP-61": Message(
        ASKS,
        "Ảnh «{photo}» nhỏ, chỉ {width} × {height} điểm; chữ có thể không đọc được.",
        f"{_LEGIBLE} gửi ảnh gốc, không phải ảnh đã thu nhỏ, hoặc {_ONCE_MORE}",
    ),
    "TEP-62": Message(
        ASKS,
        "Ảnh «{photo}» tối; chữ có thể không đọc được.",
        f"{_LEGIBLE} đưa ra chỗ sáng, {_ONCE_MORE}",
    ),
    "TEP-63": Message(
        ASKS,
        "Ảnh «{photo}» nhòe; chữ có thể không đọc được.",
        f"{_LEGIBLE} giữ chắc máy, chờ máy lấy nét, {_ONCE_MORE}",
    ),
    "TEP-64": Message(
        RETURNS,
        "Ảnh loại HEIC (HEIF, AVIF) của một số điện thoại, hệ thống không mở được.",
        "Trên iPhone: Cài đặt → Camera → Định dạng → “Tương thích nhất”; trên máy Samsung: Cài đặt máy ảnh, tắt “Ảnh "
        "hiệu quả cao”. Sau đó chụp lại: ảnh mới là .jpg. Hoặc mở ảnh đã có, lưu hay chia sẻ thành .jpg, rồi gửi lại.",
    ),
    "TEP-65": Message(
        RETURNS,
        "Bộ hồ sơ có {count} ảnh, vượt mức {limit} ảnh; {left} ảnh không được nhận: {names}.",
        "Chỉ gửi ảnh các trang của văn bản đã ký; dài hơn thì quét thành một tệp .pdf.",
    ),
    "TEP-66": Message(TELLS, "Ảnh là trang {number} của bản chụp «{paper}»."),
}
