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
    "DN-01": Message(
        RETURNS,
        "Không thấy bảng đề nghị biểu dương: không bảng nào có cột “Tập thể, cá nhân” và cột “Thành tích”.",
        "Điền vào mẫu gửi kèm công văn, giữ nguyên tên các cột.",
    ),
    "DN-02": Message(RETURNS, "Bảng đề nghị biểu dương chưa có dòng nào.", "Mỗi tập thể, cá nhân một dòng."),
    "DN-03": Message(RETURNS, "Dòng có thành tích mà chưa ghi tên tập thể, cá nhân.", "Ghi tên, hoặc xóa dòng."),
    "DN-04": Message(RETURNS, "Chưa rõ «{who}» là tập thể hay cá nhân.", "Ghi “Tập thể” hoặc “Cá nhân” ở cột “Loại”."),
    "DN-05": Message(
        RETURNS,
        "Thành tích của «{who}» chưa nêu việc làm cụ thể.",
        "Ghi việc đã làm, kết quả, số liệu; nộp đúng hạn không tính là thành tích.",
    ),
    "DN-06": Message(
        RETURNS, "Đề nghị biểu dương phải là tệp Word hoặc Excel.", "Gửi mẫu đã điền dưới dạng .docx hoặc .xlsx."
    ),
    "DN-07": Message(RETURNS, "«{who}» được ghi hai lần.", "Gộp vào một dòng."),
    "HS-11": Message(
        RETURNS,
        "Chưa có {owed}: trong các tệp đã gửi không có văn bản nào.",
        "Gửi {owed} bằng tệp Word (.docx). Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-12": Message(
        RETURNS,
        "Văn bản này là công văn gửi kèm; chưa có văn bản báo cáo.",
        "Gửi thêm báo cáo theo đề cương bằng tệp Word (.docx). Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-13": Message(
        ASKS,
        "{found}: có thể là báo cáo của đợt trước.",
        "Nếu gửi nhầm thì nộp lại báo cáo của đợt này; đúng báo cáo này thì sửa chỗ ấy.",
    ),
}
