"""Formats of telephones and other office programs that nothing here reads, and how they are saved as one that is."""

from __future__ import annotations

from soket.reading.containers import Package
from soket.reading.findings import FindingError
from soket.reading.kinds import SPARING, FileKind, kind_of

_APPLE = "Mở bằng {}, chọn «Tệp › Xuất ra › {}» (trên iPhone, iPad: «Xuất»), rồi nộp tệp {} vừa xuất."
_WPS = "Mở bằng WPS Office, chọn “Lưu thành” (Save As) loại {}, rồi nộp lại."
_GOOGLE = "Mở bằng {}, chọn «Tệp › Tải xuống › {}», rồi nộp tệp {} vừa tải về."
_LINK = "đường dẫn tới {}, trong tệp không có nội dung"
_SHEET, _TEXT, _SLIDES = ("Excel", ".xlsx"), ("Word", ".docx"), ("PDF", ".pdf")

# By extension: what a file is, and what to do.
_FORMATS = {
    "numbers": ("bảng tính của Numbers (máy Apple)", _APPLE.format("Numbers", *_SHEET)),
    "pages": ("văn bản của Pages (máy Apple)", _APPLE.format("Pages", *_TEXT)),
    "key": ("bản trình chiếu của Keynote (máy Apple)", _APPLE.format("Keynote", *_SLIDES)),
    "et": ("bảng tính của WPS Office", _WPS.format(".xlsx")),
    "ett": ("bảng tính mẫu của WPS Office", _WPS.format(".xlsx")),
    "wps": ("văn bản của WPS Office", _WPS.format(".docx")),
    "wpt": ("văn bản mẫu của WPS Office", _WPS.format(".docx")),
    "dps": ("bản trình chiếu của WPS Office", _WPS.format(".pdf")),
    "gsheet": (_LINK.format("Google Trang tính"), _GOOGLE.format("Google Trang tính", "Microsoft Excel", ".xlsx")),
    "gdoc": (_LINK.format("Google Tài liệu"), _GOOGLE.format("Google Tài liệu", "Microsoft Word", ".docx")),
    "gslides": (_LINK.format("Google Trang trình bày"), _GOOGLE.format("Google Trang trình bày", "PDF", ".pdf")),
}
_OF_APPLE = "Index/Document.iwa"
_APPLE_FOR = {FileKind.TABLE: "numbers", FileKind.DOCUMENT: "pages"}


def foreign(extension: str) -> FindingError | None:
    """Return why a file of a type is not read, with how to save it as one that is; None for any other type."""
    if extension in SPARING:
        return FindingError("TEP-64")
    if extension not in _FORMATS:
        return None
    actual, how = _FORMATS[extension]
    return FindingError("TEP-44", actual=actual, how=how)


def stop_of_apple(package: Package, extension: str) -> None:
    """Raise FindingError where a file called by an extension of Office is one of Apple's programs."""
    if _OF_APPLE in package.names and (why := foreign(_APPLE_FOR.get(kind_of(f"a.{extension}"), "numbers"))):
        raise why
