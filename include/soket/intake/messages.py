"""The catalogue: what each fault is called, how grave it is, and the Vietnamese words that a unit reads.

Codes: TEP the file itself, HS the submission as a whole, DC the outline, BS the table's layout, SL its figures. The
figures' own rules have the codes that the plan gives them.
"""

from __future__ import annotations

from dataclasses import dataclass

from soket.campaign.records import Fault
from soket.intake.findings import Fact, Finding
from soket.plan.model import Severity

_RETURNS, _ASKS, _TELLS = Severity.CRITICAL, Severity.WARNING, Severity.INFO


@dataclass(frozen=True)
class Message:
    """One entry; the text's blanks are the finding's facts."""

    severity: Severity
    text: str
    advice: str | None = None


MESSAGES: dict[str, Message] = {
    "TEP-01": Message(_RETURNS, "Tệp trống (0 byte).", "Mở lại tệp trên máy để kiểm tra, lưu lại rồi nộp lại."),
    "TEP-02": Message(
        _RETURNS,
        "Loại tệp «{extension}» không được tiếp nhận.",
        "Báo cáo gửi bằng tệp Word (.docx), biểu số liệu bằng tệp Excel (.xlsx) hoặc .csv; bản quét kèm theo là .pdf.",
    ),
    "TEP-03": Message(
        _RETURNS,
        "Tên tệp có đuôi «.{extension}» nhưng nội dung thực tế là {actual}.",
        "Dùng chức năng “Lưu thành” (Save As) để lưu đúng định dạng; không đổi đuôi tệp bằng tay.",
    ),
    "TEP-04": Message(
        _RETURNS,
        "Tệp nặng {size} MB, vượt mức {limit} MB.",
        "Giảm dung lượng ảnh trong tệp, hoặc tách phụ lục, rồi nộp lại.",
    ),
    "TEP-05": Message(
        _RETURNS,
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn, không mở được.",
        "Mở tệp trên máy để kiểm tra, lưu lại rồi nộp lại; chờ tải lên xong mới đóng trang.",
    ),
    "TEP-06": Message(
        _RETURNS,
        "Tệp được đặt mật khẩu.",
        "Bỏ mật khẩu mở tệp (Tệp → Thông tin → Bảo vệ tài liệu), lưu lại rồi nộp lại.",
    ),
    "TEP-07": Message(
        _RETURNS,
        "Tệp có chứa macro (chương trình chạy kèm).",
        "Lưu thành .docx hoặc .xlsx, là các định dạng không chứa macro, rồi nộp lại.",
    ),
    "TEP-08": Message(
        _RETURNS,
        "Tệp bị từ chối vì lý do an toàn: cấu trúc nén bất thường ({reason}).",
        "Chép nội dung sang một tệp mới, lưu lại rồi nộp lại.",
    ),
    "TEP-09": Message(
        _RETURNS,
        "Tệp bị từ chối vì lý do an toàn: có khai báo thực thể XML (DTD) trong phần «{part}».",
        "Chép nội dung sang một tệp mới, lưu lại rồi nộp lại.",
    ),
    "TEP-10": Message(
        _RETURNS,
        "Tệp nạp nội dung từ bên ngoài khi mở: {target}.",
        "Gỡ mẫu hoặc đối tượng liên kết từ xa (chép nội dung sang một tệp mới), rồi nộp lại.",
    ),
    "TEP-11": Message(
        _ASKS,
        "Bảng tính có công thức nối sang tệp khác; hệ thống dùng giá trị đã lưu trong tệp.",
        "Kiểm tra các số liệu lấy từ tệp khác; nên dán thành giá trị trước khi nộp.",
    ),
    "TEP-12": Message(
        _RETURNS,
        "Tệp có nhúng đối tượng không an toàn: {part}.",
        "Gỡ đối tượng nhúng (tệp đính kèm trong văn bản, điều khiển ActiveX), rồi nộp lại.",
    ),
    "TEP-13": Message(
        _RETURNS,
        "Trang tính «{sheet}» trải quá rộng: có dữ liệu đến ô {cell}.",
        "Xóa các ô lạc ở xa bảng số liệu, hoặc chép bảng sang một tệp mới, rồi nộp lại.",
    ),
    "TEP-14": Message(
        _RETURNS,
        "Không đọc được tệp trong giới hạn thời gian và bộ nhớ cho phép.",
        "Chép nội dung sang một tệp mới, bỏ bớt ảnh và định dạng thừa, rồi nộp lại.",
    ),
    "TEP-15": Message(
        _RETURNS,
        "Không đọc được nội dung tệp: cấu trúc bên trong bị lỗi.",
        "Mở tệp bằng Word hoặc Excel, lưu lại rồi nộp lại.",
    ),
    "TEP-16": Message(
        _RETURNS,
        "Bộ hồ sơ có {count} tệp, vượt mức {limit} tệp; tệp này không được đọc.",
        "Chỉ gửi báo cáo, biểu số liệu và các phụ lục cần thiết.",
    ),
    "TEP-17": Message(
        _RETURNS,
        "Định dạng «.{extension}» chưa đọc được tự động.",
        "Mở tệp, chọn “Lưu thành” (Save As) .docx cho văn bản, .xlsx cho biểu số liệu, rồi nộp lại.",
    ),
    "TEP-18": Message(
        _ASKS,
        "Tệp .csv không dùng bảng mã UTF-8; chữ có dấu có thể bị đọc sai.",
        "Nên lưu bằng “CSV UTF-8”, hoặc gửi tệp .xlsx.",
    ),
    "TEP-19": Message(_TELLS, "Tệp tạm của máy tính, được bỏ qua."),
    "TEP-20": Message(_TELLS, "Tệp kèm theo được lưu, không đọc số liệu từ tệp này."),
    "HS-01": Message(
        _RETURNS,
        "Chưa có văn bản báo cáo.",
        "Gửi báo cáo theo đề cương bằng tệp Word (.docx). Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-02": Message(
        _RETURNS,
        "Chưa có biểu số liệu «{form}».",
        "Điền biểu mẫu Excel gửi kèm công văn và nộp. Các tệp đã gửi đúng không phải gửi lại.",
    ),
    "HS-03": Message(
        _RETURNS,
        "Văn bản nêu không phát sinh nội dung báo cáo, nhưng gửi kèm biểu số liệu.",
        "Nếu không phát sinh thì chỉ gửi văn bản; nếu có số liệu thì gửi báo cáo theo đề cương.",
    ),
    "HS-04": Message(
        _ASKS,
        "Đơn vị báo không phát sinh, trong khi kế hoạch giao đơn vị nộp biểu số liệu.",
        "Cơ quan theo dõi xem xét, liên hệ đơn vị nếu cần.",
    ),
    "HS-05": Message(
        _RETURNS,
        "Đã nhận kế hoạch tổ chức sơ kết của đơn vị; báo cáo kết quả chưa có.",
        "Sau khi tổ chức sơ kết, gửi báo cáo kết quả trước thời hạn.",
    ),
    "HS-06": Message(
        _ASKS,
        "Văn bản không giống một kế hoạch tuyên truyền: phần đầu không có chữ “kế hoạch”.",
        "Kiểm tra xem đã gửi đúng văn bản chưa.",
    ),
    "HS-07": Message(
        _RETURNS,
        "Văn bản hầu như không có nội dung ({count} ký tự).",
        "Kiểm tra lại tệp. Nội dung phải là chữ đánh máy, không phải ảnh chụp.",
    ),
    "DC-01": Message(
        _ASKS,
        "Không tìm thấy mục “{number}. {title}” của đề cương.",
        "Bổ sung mục này, hoặc đặt lại tên mục theo đề cương.",
    ),
    "DC-02": Message(
        _ASKS,
        "Không nhận ra mục nào của đề cương trong văn bản.",
        "Trình bày theo các mục của đề cương gửi kèm công văn.",
    ),
    "BS-01": Message(
        _RETURNS,
        "Không tìm thấy bảng chỉ tiêu của biểu «{form}» trong tệp.",
        "Dùng đúng biểu mẫu đã gửi; giữ nguyên cột mã chỉ tiêu và các cột năm {first}–{last}.",
    ),
    "BS-02": Message(
        _RETURNS,
        "Biểu «{form}» có ở hai nơi với số liệu khác nhau: {one} và {other}.",
        "Chỉ gửi một biểu số liệu.",
    ),
    "BS-03": Message(_RETURNS, "Thiếu cột số liệu của {years}.", "Bổ sung đủ các cột năm như biểu mẫu."),
    "BS-04": Message(
        _RETURNS,
        "Chỉ tiêu {indicator} «{name}» còn trống ở mọi năm.",
        "Ghi số liệu từng năm; bằng không thì ghi 0, không có số liệu thì ghi “chưa có số liệu”.",
    ),
    "BS-05": Message(
        _ASKS,
        "Chỉ tiêu {indicator} «{name}» còn trống ở {years}.",
        "Kiểm tra lại; bằng không thì ghi 0.",
    ),
    "BS-06": Message(
        _ASKS,
        "Chỉ tiêu {indicator} «{name}» ghi là chưa có số liệu ở {years}.",
        "Bổ sung khi có số liệu.",
    ),
    "BS-07": Message(
        _ASKS, "Mã chỉ tiêu «{found}» không có trong biểu; dòng này được bỏ qua.", "Kiểm tra lại mã chỉ tiêu."
    ),
    "BS-08": Message(
        _RETURNS,
        "Chỉ tiêu {indicator} «{name}» có ở hai dòng, {one} và {other}.",
        "Mỗi chỉ tiêu chỉ ghi một dòng.",
    ),
    "BS-09": Message(_RETURNS, "Năm {year} có ở hai cột, {one} và {other}.", "Mỗi năm chỉ một cột số liệu."),
    "BS-10": Message(
        _RETURNS,
        "Mã {indicator} đứng cạnh tên của chỉ tiêu {other} («{name}»).",
        "Có thể các dòng bị xê dịch; kiểm tra lại mã và tên chỉ tiêu.",
    ),
    "BS-11": Message(
        _RETURNS,
        "Không tìm thấy dòng của chỉ tiêu {indicator} «{name}».",
        "Bổ sung dòng này như biểu mẫu.",
    ),
    "SL-01": Message(
        _RETURNS,
        "Số «{found}» đọc được theo hai cách: {one} hoặc {other}.",
        "Viết lại theo cách viết số của Việt Nam: dấu chấm phân cách hàng nghìn, dấu phẩy trước phần lẻ (1.234,5).",
    ),
    "SL-02": Message(
        _RETURNS,
        "«{found}» không phải là số.",
        "Chỉ ghi số, không kèm chữ hay đơn vị tính; không có số liệu thì ghi “chưa có số liệu”.",
    ),
    "SL-03": Message(
        _ASKS,
        "Số «{found}» viết theo cách của nước ngoài; hệ thống đọc là {one}.",
        "Kiểm tra lại; nếu chưa đúng thì sửa và nộp lại.",
    ),
    "SL-04": Message(_RETURNS, "Ô có lỗi công thức {found}.", "Sửa công thức hoặc ghi số trực tiếp."),
    "SL-05": Message(
        _RETURNS,
        "Ô có công thức chưa được tính, không có giá trị.",
        "Mở tệp bằng Excel, lưu lại để tính công thức, hoặc ghi số trực tiếp.",
    ),
    "SL-06": Message(
        _RETURNS,
        "Chỉ tiêu {indicator} «{name}» là số đếm, nhưng ghi {found}.",
        "Ghi số nguyên, không có phần lẻ.",
    ),
}


def fault(code: str, file: str | None = None, place: str | None = None, **facts: Fact) -> Fault:
    """Return a fault in the catalogue's words."""
    message = MESSAGES[code]
    return Fault(
        code=code,
        severity=message.severity,
        file=file,
        place=place,
        message=message.text.format(**facts),
        advice=message.advice,
    )


def fault_of(finding: Finding, file: str) -> Fault:
    """Return what was found in a file as a fault."""
    return fault(finding.code, file, finding.place, **finding.facts)
