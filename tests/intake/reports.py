"""Reports in words for the outline, the narrative and likeness: prose as districts and departments write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reading import corpus

LEADERSHIP = (
    "Ngay sau khi Nghị quyết được ban hành, Ban Thường vụ Huyện ủy đã tổ chức 03 hội nghị quán triệt đến cán bộ chủ "
    "chốt và bí thư chi bộ; giao Ban Tuyên giáo biên soạn tài liệu hỏi đáp phát đến từng tổ đảng. Ủy ban nhân dân "
    "huyện ban hành kế hoạch thực hiện, phân công rõ phòng, ban chịu trách nhiệm và kiểm tra mỗi quý một lần."
)
RESULTS = (
    "Hạ tầng vào các điểm đến được nâng cấp; 12 hộ ở thôn Nam Sơn mở dịch vụ lưu trú tại nhà, có đăng ký kinh doanh và "
    "niêm yết giá. Lễ hội đền Củi được tổ chức trang trọng, tiết kiệm, thu hút đông đảo người dân tham gia; dân ca ví, "
    "giặm được đưa vào biểu diễn phục vụ khách tham quan vào tối thứ bảy hằng tuần."
)
WEAKNESSES = (
    "Sản phẩm còn đơn điệu, khách lưu lại chưa lâu; lao động phục vụ theo mùa vụ, ít được đào tạo bài bản. Nguyên nhân "
    "chủ yếu do một số cấp ủy chưa quan tâm đúng mức, vốn đầu tư còn hạn hẹp, dịch Covid-19 kéo dài làm các cơ sở phải "
    "đóng cửa nhiều tháng."
)
REQUESTS = (
    "Kính đề nghị tỉnh bố trí vốn hoàn thành tuyến đường ven biển trong năm 2022; mở lớp bồi dưỡng ngoại ngữ cho lao "
    "động du lịch cộng đồng; sớm ban hành chính sách hỗ trợ các hộ làm dịch vụ lưu trú tại nhà phục hồi sau dịch."
)
TEXTS = (LEADERSHIP, RESULTS, WEAKNESSES, REQUESTS)


def paragraphs(
    changed: Mapping[int, str | Sequence[str]] | None = None, headings: Sequence[str] = corpus.HEADINGS
) -> list[str]:
    """A whole report's paragraphs; `changed` gives what stands under the n-th heading instead."""
    lines = ["BÁO CÁO", "Sơ kết 05 năm thực hiện Nghị quyết"]
    for index, heading in enumerate(headings):
        text = (changed or {}).get(index, TEXTS[index])
        lines += [heading, *([text] if isinstance(text, str) else text)]
    return [*lines, "Nơi nhận:", "- Lưu."]


def report(
    changed: Mapping[int, str | Sequence[str]] | None = None, headings: Sequence[str] = corpus.HEADINGS
) -> bytes:
    return corpus.document(*paragraphs(changed, headings))


def submission(*lines: str, **changed: Sequence[object]) -> dict[str, bytes]:
    """A document of these paragraphs, beside a good table with rows changed as `corpus.table` takes them."""
    return {corpus.REPORT: corpus.document(*lines), corpus.TABLE: corpus.table(**changed)}


def with_text(index: int, text: str | Sequence[str], **changed: Sequence[object]) -> dict[str, bytes]:
    """A good report but for what stands under its n-th heading."""
    return submission(*paragraphs({index: text}), **changed)
