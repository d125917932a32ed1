"""A file that comes with a form, whole, and what of it is refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from starlette.datastructures import UploadFile

from soket.intake.names import safe_name
from soket.page.door import Visit
from soket.page.staging import PART, RefusedFileError, Staging, check
from soket.reading.kinds import extension_of
from soket.record.keeping import read_register

WORD = ("docx", "doc", "odt", "rtf")
SIGNED = ("pdf", "png", "jpg", "jpeg")


@dataclass(frozen=True)
class SentFile:
    """A file as it came."""

    name: str
    data: bytes


def anew(visit: Visit) -> Visit:
    """Return a visit with the register as it is this moment: whoever has just sent something is to see it."""
    return replace(visit, register=read_register(visit.workspace, keep=False))


def attached(visit: Visit, upload: UploadFile | None, kinds: Collection[str], what: str) -> SentFile | None:
    """Return the file of a form, None where none was chosen; raise RefusedFileError where it is not taken."""
    if upload is None or not upload.filename:
        return None
    name, size = safe_name(upload.filename), upload.size or 0
    check(visit.workspace.plan, (), name, size)
    if extension_of(name) not in kinds:
        raise RefusedFileError(f"{what} phải là tệp {', '.join(f'.{each}' for each in kinds)}; «{name}» là loại khác.")
    return SentFile(name, upload.file.read())


def make_ready(visit: Visit, files: Collection[SentFile]) -> None:
    """Lay files ready to be handed in, as if they had been chosen on the page: there they are tried out."""
    staging = Staging(visit.workspace, visit.unit.code)
    names = {each.name for each in files}
    if others := [each.name for each in staging.files() if each.name not in names]:
        raise RefusedFileError(
            f"Ở mục “Nộp tệp” còn {len(others)} tệp chưa nộp ({', '.join(others[:3])}). Nộp hoặc bỏ các tệp ấy trước."
        )
    for each in staging.files():
        staging.remove(each.id)
    for sent in files:
        file = staging.begin(sent.name, len(sent.data))
        while not file.whole:
            file = staging.add(file.id, file.arrived, sent.data[file.arrived : file.arrived + PART])


def said(text: str, what: str, longest: int, *, needed: bool = True) -> str:
    """Return what was filled in, in one line; raise RefusedFileError where it is missing or too long."""
    line = " ".join(text.split())
    if needed and not line:
        raise RefusedFileError(f"Chưa ghi {what}.")
    if len(line) > longest:
        raise RefusedFileError(f"Mục {what} dài {len(line)} ký tự, chỉ được nhiều nhất {longest}. Hãy rút gọn.")
    return line
