"""Of a submission as a whole: what is there, what is missing."""

from __future__ import annotations

from soket.faults.message import ASKS, RETURNS, TELLS, Message

SUBMISSION: dict[str, Message] = {
    "HS-01": Message(
        RETURNS,
        "Chưa có văn bản báo cáo.",
        "Gửi báo cáo theo đề cương bằng tệp Word (.docx). Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-02": Message(
        RETURNS,
        "Chưa có biểu số liệu «{form}».",
        "Điền biểu mẫu Excel gửi kèm công văn và nộp. Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-03": Message(
        RETURNS,
        "Văn bản nêu không phát sinh nội dung báo cáo, nhưng gửi kèm biểu số liệu.",
        "Nếu không phát sinh thì chỉ gửi văn bản; nếu có số liệu thì gửi báo cáo theo đề cương.",
    ),
    "HS-04": Message(
        ASKS,
        "Đơn vị báo không phát sinh, trong khi kế hoạch giao đơn vị nộp biểu số liệu.",
        "Đúng là không phát sinh thì không phải làm gì thêm; có phát sinh thì gửi báo cáo và biểu số liệu.",
    ),
    "HS-05": Message(
        TELLS,
        "Đã nhận kế hoạch tổ chức {review} của đơn vị; báo cáo kết quả chưa có.",
        "Sau khi tổ chức {review}, gửi báo cáo kết quả trước thời hạn.",
    ),
    "HS-06": Message(
        ASKS,
        "Văn bản không giống một kế hoạch tuyên truyền: phần đầu không có chữ “kế hoạch”.",
        "Kiểm tra xem đã gửi đúng văn bản chưa.",
    ),
    "HS-07": Message(
        RETURNS,
        "Văn bản hầu như không có nội dung ({count} ký tự).",
        "Kiểm tra lại tệp. Nội dung phải là chữ đánh máy, không phải ảnh chụp.",
    ),
    "HS-08": Message(
        RETURNS,
        "Cán bộ đã xem hồ sơ và trả lại: {reason} (người quyết định: {who}).",
        "Sửa theo ý kiến trên rồi nộp lại; chưa rõ thì liên hệ nơi ghi ở cuối.",
    ),
    "HS-09": Message(TELLS, "Cán bộ đã xem hồ sơ và tiếp nhận: {reason} (người quyết định: {who})."),
    "HS-10": Message(TELLS, "Tệp giống hệt tệp «{other}»; chỉ xét một tệp."),
    "HS-11": Message(
        RETURNS,
        "Chưa có {owed}: trong các tệp đã gửi không có văn bản nào.",
        "Gửi {owed} bằng tệp Word (.docx). Các tệp đã gửi đúng không phải gửi lại.",
    ),
}
