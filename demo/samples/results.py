"""What reports say of their results, and of whom they would see commended; written as `sentences` are."""

from __future__ import annotations

from demo.samples.sentences import Pool

COMMENDATIONS: Pool = (
    "Tập thể tiêu biểu: {unit}, với {few} mô hình du lịch gắn với {site} được cấp tỉnh ghi nhận.",
    "Cá nhân tiêu biểu: cán bộ phụ trách văn hóa cơ sở tại {site}, nhiều năm gắn bó với công tác bảo tồn.",
    "Đề nghị biểu dương {few} tập thể, {small} cá nhân có thành tích trong thực hiện Nghị quyết.",
)

PUBLICITY: Pool = (
    (
        "[Phát|Đăng|Dựng] {many} [tin, bài|phóng sự, clip ngắn|chuyên mục] về {site} trên [báo, đài của tỉnh|mạng xã "
        "hội|cổng thông tin điện tử]."
    ),
    (
        "[Có mặt tại|Tham dự] {small} [hội chợ|ngày hội|chương trình xúc tiến]; [mời|đón] {few} đoàn [khảo sát|lữ "
        "hành|báo chí] [đi thực địa|ăn, ở cùng dân]."
    ),
    (
        "[Ngày hội văn hóa|Tuần lễ ẩm thực|Giải chạy] do [huyện và các ngành cùng làm|đoàn thể đứng ra] có {few} "
        "[chương trình|hoạt động], [lượng người xem tăng dần|được nhắc đến nhiều]."
    ),
    (
        "[Ký kết|Nối lại] hợp tác với {few} [công ty lữ hành|địa phương bạn|trường đại học] [ngoài tỉnh|trong vùng], "
        "[trao đổi khách|gửi sinh viên thực tập]."
    ),
)

PEOPLE: Pool = (
    (
        "[Mở|Phối hợp tổ chức] {small} lớp [buồng, bàn, bếp|lễ tân, hướng dẫn|cứu hộ, sơ cứu] với {many} [người "
        "học|lượt học viên], [phần lớn là nữ|ưu tiên hộ bị thu hồi đất]."
    ),
    (
        "[Tỷ lệ được đào tạo|Lao động có nghề] từ {low_percent}% năm 2017 [lên|nay là] {percent}%, [tuy chưa cao "
        "nhưng đã vững|chủ yếu nhờ học tại chỗ]."
    ),
    (
        "[Đưa|Cử] {small} [cán bộ|chủ hộ|bí thư chi bộ] đi [xem cách làm|học kinh nghiệm] ở [Hội An|Ninh Bình|Mai "
        "Châu], [về làm thử ngay|viết thu hoạch cho cả xã đọc]."
    ),
)

WORKS: Pool = (
    (
        "[Lồng quy hoạch du lịch vào|Rà cùng lúc với] quy hoạch [xây dựng vùng|nông thôn mới|sử dụng đất]; {few} đồ "
        "án [đã duyệt|được công bố]."
    ),
    (
        "[Làm mới|Nâng cấp|Thảm nhựa] {small} km đường tới {site}; [dựng biển chỉ dẫn|thêm bãi xe|xây nhà vệ sinh "
        "đạt chuẩn] ở {few} [nơi|điểm]."
    ),
    (
        "[Giúp|Cùng] nhà đầu tư [gỡ thủ tục|lo mặt bằng] cho {few} dự án; {few} dự án [đã mở cửa|chạy thử], [nộp "
        "ngân sách đều|thuê người địa phương]."
    ),
    (
        "[Kè bờ|Trồng cây|Lắp đèn] dọc [bãi tắm|tuyến đi bộ|lối lên di tích] bằng [vốn lồng ghép|tiền dân góp|nguồn "
        "tài trợ]."
    ),
)

PRODUCTS: Pool = (
    (
        "[Nối|Ghép] {site} với [làng nghề bên cạnh|vườn cam, vườn bưởi|khu nông thôn mới kiểu mẫu] thành [tuyến nửa "
        "ngày|hành trình hai ngày một đêm]."
    ),
    (
        "{few} lễ hội [xưa|dân gian] [được dựng lại|làm gọn, bớt tốn kém]; [ví, giặm|trò Kiều|ca trù] [diễn cho "
        "khách|vào trường học]."
    ),
    "{small} [món quà quê|sản phẩm OCOP] [bày bán|có tem truy xuất] tại [điểm dừng chân|chợ đêm|sân ga, bến xe].",
    (
        "[Hộ dân|Hợp tác xã|Nhóm phụ nữ] [mở phòng cho khách ở|nấu cơm quê|cho thuê thuyền], [thu nhập khá hơn làm "
        "ruộng|con em bớt đi xa]."
    ),
)

ORDER: Pool = (
    (
        "[Kiểm tra|Hậu kiểm] {small} lượt [nhà nghỉ|hàng ăn|tàu thuyền]; [nhắc|phạt] {few} trường hợp [không niêm "
        "yết giá|lấn bãi|thiếu áo phao]."
    ),
    "{small} [buổi nhặt rác|đợt ra quân] quanh {site} do [thanh niên|phụ nữ|cựu chiến binh] [khởi xướng|giữ đều].",
    (
        "[Công an xã|Biên phòng|Đội cứu hộ] [trực cả tuần|chốt bãi tắm] mùa cao điểm, [không để xảy ra đuối nước|mất "
        "cắp giảm hẳn|kịp thời tìm trẻ lạc]."
    ),
)
