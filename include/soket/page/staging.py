"""Files that a unit has sent to its page and not handed in yet: in parts, so that a broken line costs one part.

A file in the making is a note that says its name and size, and its parts beside it, each under its place in the file.
What counts is what lies there: whoever asks how far a file has come is told by a listing, after any crash.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from soket.faults import fault_of
from soket.intake.names import safe_name, unique_names
from soket.intake.photo_pages import binds
from soket.plan.model import Plan
from soket.reading.foreign import foreign
from soket.reading.kinds import FileKind, extension_of, kind_of
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError, StoredObject
from soket.text import format_size

PART = 1 << 20  # bytes that a browser sends at a time
KEPT = timedelta(days=7)  # real time that what nobody hands in is kept

_NOTE = "note.json"
_PAGE = re.compile(r"^(?:trang-\d+-)+")  # as a photograph is called that was handed in before
_OWED = (FileKind.DOCUMENT, FileKind.TABLE)


class RefusedFileError(ValueError):
    """A file is not taken; the message says why and what to do, in Vietnamese."""


class Note(Record):
    """What a unit said of a file before it sent it."""

    name: str
    size: int
    modified: int | None = None  # when the unit's machine says that it was saved: a mark to tell two files by
    sent_as: str = ""  # of a photograph of whose name there was one: what it is called on that machine
    place: int | None = None  # of a photograph, among the others


@dataclass(frozen=True)
class StagedFile:
    """A file on its way: `arrived` of its `size` bytes are here."""

    id: str
    name: str
    size: int
    arrived: int
    since: datetime  # real time
    modified: int | None = None
    sent_as: str = ""
    place: int | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.arrived == self.size


class Staging:
    """One unit's files that are not handed in yet."""

    def __init__(self, workspace: Workspace, unit: str) -> None:
        self._store = workspace.store
        self._workspace = workspace
        self._folder = workspace.keys.staging_folder(unit)
        self._unit = unit

    def files(self) -> list[StagedFile]:
        """Return what lies here, in the order in which it was begun; what lies too long is removed."""
        found: dict[str, list[StoredObject]] = {}
        for each in self._store.list(self._folder):
            found.setdefault(each.key.removeprefix(self._folder).partition("/")[0], []).append(each)
        old = self._store.now() - KEPT if found else None
        files = []
        for file_id, parts in found.items():
            if old and max(part.last_modified for part in parts) < old:
                self._clear(parts)
            elif file := self._file(file_id, parts):
                files.append(file)
        return sorted(files, key=lambda file: (file.since, file.id))

    def begin(self, name: str, size: int, modified: int | None = None) -> StagedFile:
        """Begin a file, or go on with one that is the same; raise RefusedFileError where it is not taken.

        Of a file that nobody says the time of, another of the same name and size may hold something else. Photographs
        of paper take no other's place: telephones call each of them the same.
        """
        here, name = self.files(), safe_name(name)
        for file in here:
            if modified is not None and (file.sent_as or file.name, file.size, file.modified) == (name, size, modified):
                return file
        check(self._workspace.plan, here, name, size)
        own, place = name, None
        if self._is_page(name):
            (own,) = unique_names([name], taken=[file.name for file in here])
            place = max((file.place for file in here if file.place is not None), default=-1) + 1
        for file in here:
            if file.name == own:
                self.remove(file.id)
        file_id = secrets.token_hex(8)
        sent_as = "" if own == name else name
        self._note(file_id, Note(name=own, size=size, modified=modified, sent_as=sent_as, place=place))
        return self.file(file_id)

    def photos(self, files: Sequence[StagedFile]) -> list[StagedFile]:
        """Return the photographs of paper among some files, page by page."""
        pages = [file for file in files if self._is_page(file.name)]
        return sorted(pages, key=lambda file: (file.place is None, file.place, file.since, file.id))

    def move(self, file_id: str, by: int) -> None:
        """Let a photograph change places with one before or after it; past the ends nothing is to be done."""
        photos = self.photos(self.files())
        at = next((index for index, file in enumerate(photos) if file.id == file_id), None)
        if at is None or not 0 <= at + by < len(photos):
            return
        photos[at], photos[at + by] = photos[at + by], photos[at]
        for place, file in enumerate(photos):
            told = Note(name=file.name, size=file.size, modified=file.modified, sent_as=file.sent_as, place=place)
            if file.place != place:
                self._note(file.id, told)

    def names(self, files: Sequence[StagedFile]) -> list[str]:
        """Return what files are called where they are handed in: photographs by their pages, which intake goes by."""
        pages = {file.id: number for number, file in enumerate(self.photos(files), start=1)}
        return unique_names(
            [
                f"trang-{pages[file.id]:02}-{_PAGE.sub('', file.name)}" if file.id in pages else file.name
                for file in files
            ]
        )

    def file(self, file_id: str) -> StagedFile:
        """Return one file; raise RefusedFileError where it is not here any more."""
        parts = list(self._store.list(self._key(file_id, ""))) if file_id.isalnum() else []
        file = self._file(file_id, parts) if parts else None
        if file is None:
            raise RefusedFileError("Tệp này không còn ở trang nộp. Hãy chọn lại tệp.")
        return file

    def add(self, file_id: str, at: int, data: bytes) -> StagedFile:
        """Add a part at its place; one that is here already is left, one that leaves a gap is not taken."""
        file = self.file(file_id)
        if at == file.arrived and data:
            if at + len(data) > file.size:
                raise RefusedFileError(f"Tệp «{file.name}» dài hơn lúc chọn. Hãy chọn lại tệp.")
            self._store.put(self._key(file_id, f"{at:012}"), data)
            return replace(file, arrived=at + len(data))
        return file

    def content(self, file: StagedFile) -> bytes:
        """Return a whole file's bytes."""
        parts = sorted(each.key for each in self._store.list(self._key(file.id, "")) if not each.key.endswith(_NOTE))
        data = b"".join(self._store.get(key) for key in parts)
        if len(data) != file.size:
            raise RefusedFileError(f"Tệp «{file.name}» chưa gửi xong. Hãy đợi, hoặc bỏ tệp rồi chọn lại.")
        return data

    def remove(self, file_id: str) -> None:
        """Remove a file."""
        if file_id.isalnum():
            self._clear(list(self._store.list(self._key(file_id, ""))))

    def hand_in(self) -> list[str]:
        """Put every file into the unit's folder and return their names there; what is put is removed here.

        What a run that broke off had put already is put again, as the same: intake takes equal content once.
        """
        files = self.files()
        if not files:
            raise RefusedFileError("Chưa có tệp nào để nộp. Hãy chọn tệp trước.")
        if waiting := [file.name for file in files if not file.whole]:
            raise RefusedFileError(f"Chưa gửi xong: {', '.join(waiting)}. Hãy đợi gửi xong rồi bấm Nộp.")
        names = self.names(files)
        contents = [self.content(file) for file in files]
        folder = self._workspace.keys.inbox_folder(self._unit)
        # Intake takes a set once each kind that is owed is there: others, and what has others of its kind, go first.
        kinds = [kind_of(file.name) for file in files]
        order = sorted(range(len(files)), key=lambda index: (kinds[index] in _OWED, -kinds.count(kinds[index])))
        for index in order:
            self._store.put(folder + names[index], contents[index])
        for file in files:
            self.remove(file.id)
        return names

    def _file(self, file_id: str, parts: Sequence[StoredObject]) -> StagedFile | None:
        note = next((part for part in parts if part.key.endswith(f"/{_NOTE}")), None)
        if note is None:
            return None
        try:
            told = Note.model_validate_json(self._store.get(note.key))
        except MissingObjectError:  # removed meanwhile
            return None
        arrived = 0
        for part in sorted((each for each in parts if each is not note), key=lambda each: each.key):
            if int(part.key.rpartition("/")[2]) != arrived:
                break
            arrived += part.size
        since = note.last_modified
        return StagedFile(file_id, told.name, told.size, arrived, since, told.modified, told.sent_as, told.place)

    def _is_page(self, name: str) -> bool:
        return binds(self._workspace.plan, name)

    def _note(self, file_id: str, told: Note) -> None:
        self._store.put(self._key(file_id, _NOTE), told.to_json(), "application/json")

    def _clear(self, parts: Sequence[StoredObject]) -> None:
        """Remove parts, the note last: a file of which anything is left is still one."""
        for part in sorted(parts, key=lambda each: each.key.endswith(_NOTE)):
            self._store.take_back(part.key, part.etag)

    def _key(self, file_id: str, name: str) -> str:
        return f"{self._folder}{file_id}/{name}"


def check(plan: Plan, here: Sequence[StagedFile], name: str, size: int) -> None:
    """Raise RefusedFileError where a file cannot be handed in, before any of it is sent."""
    limits, is_page = plan.limits, binds(plan, name)
    if size == 0:
        raise RefusedFileError(f"Tệp «{name}» rỗng (0 byte). Hãy mở tệp kiểm tra, lưu lại rồi chọn lại.")
    if size > limits.max_file_mb << 20:
        raise RefusedFileError(
            f"Tệp «{name}» nặng {format_size(size)}, quá mức {limits.max_file_mb} MB. Hãy giảm ảnh trong tệp, hoặc "
            "tách thành nhiều tệp."
        )
    ending = extension_of(name)
    if (why := foreign(ending)) and (told := fault_of(why.finding, name)):
        raise RefusedFileError(f"Tệp «{name}»: {told.message} {told.advice}")
    if kind_of(name) in (FileKind.UNKNOWN, FileKind.LITTER):
        raise RefusedFileError(
            f"Tệp «{name}» {f'có đuôi .{ending}' if ending else 'không có đuôi'}, hệ thống không đọc loại này. Hãy gửi "
            "báo cáo Word (.docx), biểu Excel (.xlsx), bản ký (.pdf), hoặc một tệp .zip gồm các tệp ấy."
        )
    others = [file for file in here if binds(plan, file.name) is is_page and (is_page or file.name != name)]
    if is_page and len(others) >= limits.max_photos:
        raise RefusedFileError(
            f"Một lần nộp nhiều nhất {limits.max_photos} ảnh. Hãy bỏ bớt; văn bản dài hơn thì quét thành một tệp .pdf."
        )
    if not is_page and len(others) >= limits.max_files:
        raise RefusedFileError(
            f"Một lần nộp nhiều nhất {limits.max_files} tệp. Hãy bỏ bớt tệp, hoặc gói vào một tệp .zip."
        )
