"""What is on record of signed papers: signatures on a submission's files, its copies held against it, issued papers."""

from __future__ import annotations

from datetime import date, datetime

from soket.reading.signatures import Chain, FileSignature, Integrity
from soket.store.record import Record
from soket.text import Word

SIGNATURES = "signatures.json"
"""What the record of a submission's signatures is called, beside its verdict."""

INTEGRITIES = {
    Integrity.WHOLE: Word("tệp nguyên vẹn như khi ký"),
    Integrity.ADDED: Word("phần đã ký nguyên vẹn, sau đó chỉ có thêm chữ ký, dấu thời gian"),
    Integrity.CHANGED: Word("sau khi ký tệp còn được ghi thêm nội dung khác"),
    Integrity.BROKEN: Word("nội dung đã bị sửa sau khi ký"),
    Integrity.UNCHECKED: Word("chưa kiểm được tệp có nguyên vẹn không"),
}
CHAINS = {
    Chain.TRUSTED: Word("chứng thư thuộc chứng thư gốc mà cơ quan theo dõi tin cậy"),
    Chain.NO_ROOTS: Word(
        "chưa kiểm được chuỗi chứng thư: hệ thống theo dõi chưa có chứng thư gốc, nơi ký không phải làm gì"
    ),
    Chain.UNKNOWN: Word("chứng thư không thuộc chứng thư gốc nào mà cơ quan theo dõi tin cậy"),
    Chain.EXPIRED: Word("chứng thư không có hiệu lực lúc ký"),
    Chain.REVOKED: Word("chứng thư đã bị thu hồi"),
    Chain.UNFIT: Word("chứng thư không dùng để ký văn bản, hoặc chuỗi chứng thư có lỗi"),
    Chain.UNCHECKED: Word("chưa kiểm được chứng thư"),
}


class DifferentFigure(Record):
    """A figure that a signed copy has otherwise than the document or the table; "" where one of them has none."""

    signed: str
    source: str
    quote: str
    place: str = ""


class SignedFile(Record):
    """One file that bears signatures, or is a copy of the document beside it."""

    file: str
    sha256: str
    signatures: tuple[FileSignature, ...] = ()
    is_scan: bool = False
    held_against: str = ""  # the document beside it, where this is a copy of it
    alike: float | None = None  # how much of that document's wording it has
    figures: int = 0  # of that document
    different: tuple[DifferentFigure, ...] = ()
    rows: int = 0  # of the indicator table that were found in it
    different_rows: tuple[DifferentFigure, ...] = ()


class SignedCopies(Record):
    """What was found of a submission's signed files when it was judged."""

    unit: str
    number: int  # of the submission
    checked_at: datetime  # campaign time
    files: tuple[SignedFile, ...]


class IssuedPaper(Record):
    """Of a paper that an office says it issued, taken or refused: the drop that it was, and what its head says."""

    inbox_key: str
    etag: str
    sha256: str
    number: str = ""  # with its sign, as printed; "" of one that was refused
    day: date | None = None
