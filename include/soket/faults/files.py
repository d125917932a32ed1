"""Of a file itself: what it is, whether it is safe, whether it can be read; of an archive, why it is not opened."""

from __future__ import annotations

from soket.faults.message import ASKS, REFERS, RETURNS, TELLS, Message

FILES: dict[str, Message] = {
    "TEP-01": Message(RETURNS, "Tệp trống (0 byte).", "Mở lại tệp trên máy để kiểm tra, lưu lại rồi nộp lại."),
    "TEP-02": Message(
        RETURNS,
        "Loại tệp «{extension}» không được tiếp nhận.",
        "Báo cáo gửi bằng .docx, .doc, .odt, .rtf, .pdf; biểu số liệu bằng .xlsx, .xls, .ods, .csv; ảnh .png, .jpg.",
    ),
    "TEP-03": Message(
        RETURNS,
        "Tên tệp có đuôi «.{extension}» nhưng nội dung thực tế là {actual}.",
        "Mở tệp, dùng “Lưu thành” (Save As) để lưu đúng định dạng, rồi nộp lại; chỉ đổi đuôi tên tệp thì chưa đủ.",
    ),
    "TEP-04": Message(
        RETURNS,
        "Tệp nặng {size} MB, vượt mức {limit} MB.",
        "Giảm dung lượng ảnh trong tệp, hoặc tách phụ lục, rồi nộp lại.",
    ),
    "TEP-05": Message(
        RETURNS,
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn, không mở được.",
        "Mở tệp trên máy để kiểm tra, lưu lại rồi nộp lại; chờ tải lên xong mới đóng trang.",
    ),
    "TEP-06": Message(
        RETURNS,
        "Nội dung tệp bị khóa (mã hóa), hệ thống không đọc được.",
        "Mở tệp, bỏ mật khẩu hoặc chế độ bảo vệ (Tệp → Thông tin → Bảo vệ), “Lưu thành” một tệp mới rồi nộp lại; tệp "
        "tự mở không hỏi mật khẩu cũng có thể bị khóa như vậy.",
    ),
    "TEP-07": Message(
        RETURNS,
        "Tệp có chứa macro (chương trình chạy kèm).",
        "Lưu thành .docx hoặc .xlsx, là các định dạng không chứa macro, rồi nộp lại.",
    ),
    "TEP-08": Message(
        RETURNS,
        "Tệp bị từ chối vì lý do an toàn: cấu trúc bất thường ({reason}).",
        "Chép nội dung sang một tệp mới, lưu lại rồi nộp lại.",
    ),
    "TEP-09": Message(
        RETURNS,
        "Tệp bị từ chối vì lý do an toàn: có khai báo thực thể XML (DTD) trong phần «{part}».",
        "Chép nội dung sang một tệp mới, lưu lại rồi nộp lại.",
    ),
    "TEP-10": Message(
        RETURNS,
        "Tệp nạp nội dung từ bên ngoài khi mở: {target}.",
        "Gỡ mẫu hoặc đối tượng liên kết từ xa (chép nội dung sang một tệp mới), rồi nộp lại.",
    ),
    "TEP-11": Message(
        ASKS,
        "Bảng tính có công thức nối sang tệp khác; hệ thống dùng giá trị đã lưu trong tệp.",
        "Kiểm tra các số liệu lấy từ tệp khác; nên dán thành giá trị trước khi nộp.",
    ),
    "TEP-12": Message(
        RETURNS,
        "Tệp có nhúng đối tượng không an toàn: {part}.",
        "Gỡ đối tượng nhúng (tệp đính kèm trong văn bản, điều khiển ActiveX), rồi nộp lại.",
    ),
    "TEP-13": Message(
        RETURNS,
        "Trang tính «{sheet}» trải quá rộng: có dữ liệu đến ô {cell}.",
        "Xóa các ô lạc ở xa bảng số liệu, hoặc chép bảng sang một tệp mới, rồi nộp lại.",
    ),
    "TEP-14": Message(
        REFERS,
        "Hệ thống không đọc xong tệp trong giới hạn thời gian và bộ nhớ của mình; cán bộ của cơ quan theo dõi sẽ xem.",
        "Đơn vị không phải gửi lại; nếu có bản gọn hơn (bỏ bớt ảnh, định dạng thừa) thì gửi thêm để được xét ngay.",
    ),
    "TEP-15": Message(
        RETURNS,
        "Không đọc được nội dung tệp: cấu trúc bên trong bị lỗi.",
        "Mở tệp bằng Word hoặc Excel, lưu lại rồi nộp lại.",
    ),
    "TEP-16": Message(
        RETURNS,
        "Bộ hồ sơ có {count} tệp, vượt mức {limit} tệp; {left} tệp không được nhận: {names}.",
        "Chỉ gửi báo cáo, biểu số liệu và các phụ lục cần thiết.",
    ),
    "TEP-17": Message(
        RETURNS,
        "Định dạng «.{extension}» chưa đọc được tự động.",
        "Mở tệp, chọn “Lưu thành” (Save As) .docx cho văn bản, .xlsx cho biểu số liệu, rồi nộp lại.",
    ),
    "TEP-18": Message(
        ASKS,
        "Tệp .csv không dùng bảng mã UTF-8; chữ có dấu có thể bị đọc sai.",
        "Nên lưu bằng “CSV UTF-8”, hoặc gửi tệp .xlsx.",
    ),
    "TEP-19": Message(TELLS, "Tệp tạm của máy tính, được bỏ qua."),
    "TEP-20": Message(TELLS, "Tệp kèm theo được lưu, không đọc số liệu từ tệp này."),
    "TEP-21": Message(
        TELLS,
        "Văn bản dùng phông chữ cũ {coding}; hệ thống đã chuyển sang Unicode để đọc.",
        "Từ lần sau nên soạn bằng phông Unicode (Times New Roman); lần này không phải gửi lại.",
    ),
    "TEP-22": Message(TELLS, "Bản quét: được lưu, không có chữ để đối chiếu; chữ nhận dạng được chỉ dùng để tìm kiếm."),
    "TEP-23": Message(
        REFERS,
        "Báo cáo chỉ có bản quét; cán bộ của cơ quan theo dõi sẽ đọc trực tiếp.",
        "Đơn vị không phải gửi lại; nếu có bản Word của báo cáo thì gửi thêm để được xét ngay.",
    ),
    "TEP-24": Message(
        RETURNS,
        "Tệp PDF bị từ chối vì lý do an toàn: có {part}.",
        "Mở tệp, chọn In → “Lưu thành PDF” (Print to PDF) để tạo tệp mới, rồi nộp lại.",
    ),
    "TEP-25": Message(
        REFERS,
        "Tệp .doc của Word đời trước 1997; máy chủ chưa có chương trình đọc loại này, cán bộ sẽ mở trực tiếp.",
        "Đơn vị không phải gửi lại; nếu lưu được thành .docx thì gửi thêm để được xét ngay.",
    ),
    "TEP-26": Message(
        TELLS,
        "Bản quét: được lưu, không có chữ để đối chiếu; máy chủ chưa có chương trình nhận dạng chữ nên không tìm kiếm "
        "được trong bản này.",
    ),
    "TEP-27": Message(
        TELLS, "Báo cáo được đọc từ tệp PDF.", "Lần sau nên gửi kèm bản Word (.docx) để đọc được chính xác nhất."
    ),
    "TEP-28": Message(
        RETURNS,
        "Tệp PDF có {count} trang, vượt mức {limit} trang.",
        "Gửi riêng báo cáo; các phụ lục dài gửi thành tệp khác.",
    ),
    "TEP-29": Message(
        RETURNS,
        "Bảng tính có {count} ô dữ liệu, vượt mức {limit} ô.",
        "Chỉ gửi biểu số liệu; bỏ các trang tính khác, rồi nộp lại.",
    ),
    "TEP-30": Message(
        REFERS,
        "Chương trình đọc của hệ thống chưa đọc được tệp này; cán bộ của cơ quan theo dõi sẽ mở trực tiếp.",
        "Đơn vị không phải gửi lại; nếu lưu lại được bằng Word hoặc Excel thì gửi thêm bản đó để được xét ngay.",
    ),
    "TEP-31": Message(
        REFERS,
        "Hệ thống chưa mở được tệp này; cán bộ của cơ quan theo dõi sẽ mở trực tiếp.",
        "Đơn vị không phải gửi lại; nếu có bản khác của tệp thì gửi thêm để được xét ngay.",
    ),
    "TEP-32": Message(
        RETURNS,
        "Văn bản dài quá {limit} triệu ký tự.",
        "Chỉ gửi báo cáo; các phụ lục dài gửi thành tệp khác, rồi nộp lại.",
    ),
    "TEP-33": Message(
        TELLS,
        "Tệp «.{extension}» do phần mềm xuất ra, bên trong là {actual}; hệ thống đã đọc được.",
        "Lần này không phải gửi lại; lần sau nên mở bằng Word, “Lưu thành” .docx.",
    ),
    "TEP-34": Message(
        RETURNS,
        "Tệp «.{extension}» do phần mềm xuất ra, bên trong là {actual}; chưa đọc được tự động.",
        "Mở tệp bằng Word, chọn “Lưu thành” (Save As) .docx, rồi nộp lại.",
    ),
    "TEP-40": Message(
        TELLS,
        "Tệp «.{extension}» do phần mềm xuất ra, bên trong là {actual}; hệ thống đã đọc được.",
        "Lần này không phải gửi lại; lần sau nên mở bằng Excel, “Lưu thành” .xlsx.",
    ),
    "TEP-41": Message(
        RETURNS,
        "Tệp «.{extension}» do phần mềm xuất ra, bên trong là {actual}; chưa đọc được tự động.",
        "Mở tệp bằng Excel, chọn “Lưu thành” (Save As) .xlsx, rồi nộp lại.",
    ),
    "TEP-42": Message(
        RETURNS,
        "Dòng {number} của tệp có {count} ô, dòng tiêu đề chỉ có {width} ô: dấu «{mark}» vừa phân cách các ô vừa có "
        "trong số hoặc trong chữ, nên không rõ số nào thuộc cột nào.",
        "Mở bảng gốc, “Lưu thành” .xlsx rồi nộp lại; nếu gửi .csv thì phân cách các ô bằng dấu không có trong số và "
        "trong chữ, như dấu chấm phẩy (;).",
    ),
    "TEP-43": Message(
        RETURNS,
        "Tệp «.{extension}» thuộc loại có thể chứa macro (chương trình chạy kèm); hệ thống không nhận loại này, kể cả "
        "khi trong tệp không có macro.",
        "Mở tệp, chọn “Lưu thành” (Save As) {wanted}, rồi nộp lại; số liệu không phải ghi lại.",
    ),
    "TEP-44": Message(RETURNS, "Tệp là {actual}; hệ thống không đọc được loại này.", "{how}"),
}

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
    "TEP-57": Message(
        RETURNS,
        "Tệp còn nguyên vẹn nhưng được nén theo cách ít dùng (như Deflate64 của 7-Zip), hệ thống chưa mở được.",
        _SEND_PLAINLY,
    ),
}
