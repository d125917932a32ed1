"""An archive is checked where it lies, in a folder and in a .zip."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest

from conftest import Desk
from soket.documents.archive import KeptGroup, Manifest, kept_prefixes, manifest, render_manifest
from soket.documents.archive_check import NoArchiveError, check_bucket, check_place
from soket.documents.archive_export import export
from soket.documents.archive_lines import Kept
from soket.plan.model import Campaign, Plan, StageKind
from soket.record.products import INVENTORY, MANIFEST

Taken = Callable[[dict[str, bytes]], Path]


def test_where_units_are_many_the_list_has_a_line_for_each_block(plan: Plan, campaign: Campaign) -> None:
    unit = plan.units[0]
    many = KeptGroup("Báo cáo của các đơn vị", [Kept("Báo cáo", unit.name, "reports/", keys=("a", "b"))] * 140)
    stage = plan.stages_of(StageKind.PUBLISH)[0]
    word = render_manifest(plan, campaign, stage, Manifest(files=()), [many], [])
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(word)).tables[1].rows]
    assert len(rows) == 3
    assert rows[2][3].startswith("Báo cáo của 140 đơn vị")
    assert rows[2][4:] == [plan.block(unit.block).name, "reports/MÃ_ĐƠN_VỊ/ (280\xa0tệp)"]


@pytest.fixture
def archived(workspace: Desk) -> Desk:
    """A campaign of three objects that was archived."""
    keys = workspace("2021-12-03 08:00").keys
    for key in (
        keys.stage("s", 1, "a.docx"),
        keys.notice("n", "message.eml"),
        keys.report("u", 1, "files/Báo cáo.docx"),
    ):
        workspace.store.put(key, key.encode())
    workspace.store.put(keys.archive(MANIFEST), manifest(workspace.store, kept_prefixes(keys)).to_json())
    workspace.store.put(keys.archive(INVENTORY), b"for people")
    return workspace


@pytest.fixture
def objects(archived: Desk) -> dict[str, bytes]:
    """Everything of it, by key."""
    return {found.key: archived.store.get(found.key) for found in archived.store.list("")}


def as_folder(objects: dict[str, bytes], place: Path) -> Path:
    for key, data in objects.items():
        (place / key).parent.mkdir(parents=True, exist_ok=True)
        (place / key).write_bytes(data)
    return place


def as_zip(objects: dict[str, bytes], place: Path) -> Path:
    with zipfile.ZipFile(place / "ho-so.zip", "w") as package:
        for key, data in objects.items():
            package.writestr(f"ho-so/{key}", data)
    return place / "ho-so.zip"


BOTH = pytest.mark.parametrize("take", [as_folder, as_zip])


def test_what_units_answered_and_what_was_checked_is_kept_too(workspace: Desk) -> None:
    keys = workspace("2021-12-03 08:00").keys
    told = {keys.reply("r"), keys.reply_file("r", "phieu.docx"), keys.beside_replies("confirmations", "c")}
    told |= {keys.check_run("b"), keys.parsed("b")}
    for key in (
        *told,
        keys.check_run("b", asked=False),
        keys.check_page("index.html"),
        keys.inbox_folder("u") + "a.docx",
    ):
        workspace.store.put(key, b"{}")
    assert {file.key for file in manifest(workspace.store, kept_prefixes(keys)).files} == told


def test_the_bucket(archived: Desk) -> None:
    keys = archived().keys
    checked = check_bucket(archived())
    assert (checked.named, checked.missing, checked.changed, checked.unnamed) == (3, (), (), ())
    archived.store.put(keys.stage("s", 1, "a.docx"), b"another")
    archived.store.put(keys.stage("s", 1, "b.docx"), b"since")
    checked = check_bucket(archived())
    assert (checked.changed, checked.unnamed) == ((keys.stage("s", 1, "a.docx"),), (keys.stage("s", 1, "b.docx"),))


@BOTH
def test_what_was_taken_out(objects: dict[str, bytes], take: Callable[..., Path], tmp_path: Path) -> None:
    checked = check_place(take(objects | {"index.html": b"of ours"}, tmp_path))
    assert (checked.named, checked.missing, checked.changed, checked.unnamed) == (3, (), (), ())


@BOTH
def test_what_is_wrong_is_named(objects: dict[str, bytes], take: Callable[..., Path], tmp_path: Path) -> None:
    lost, longer, *_ = [key for key in objects if not key.startswith("archive/")]
    del objects[lost]
    checked = check_place(take(objects | {longer: objects[longer] + b".", "la.txt": b""}, tmp_path))
    assert (checked.missing, checked.changed, checked.unnamed) == ((lost,), (longer,), ("la.txt",))


def test_a_link_is_no_content(objects: dict[str, bytes], tmp_path: Path) -> None:
    key = next(key for key in objects if key.startswith("stages/"))
    place = as_folder(objects, tmp_path / "ho-so")
    (tmp_path / "same").write_bytes(objects[key])
    (place / key).unlink()
    (place / key).symlink_to(tmp_path / "same")
    assert check_place(place).changed == (key,)


def test_what_is_no_archive(objects: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError, match="không có manifest"):
        check_place(tmp_path)
    (tmp_path / "manifest.json").write_bytes(b"{}")
    with pytest.raises(NoArchiveError, match="hỏng"):
        check_place(tmp_path)
    with pytest.raises(NoArchiveError, match=r"\.zip đọc được"):
        check_place(tmp_path / "manifest.json")


@pytest.mark.parametrize("name", ["ho-so", "ho-so.zip"])
def test_what_is_exported_is_whole(archived: Desk, tmp_path: Path, name: str) -> None:
    assert export(archived(), tmp_path / name) == 3
    checked = check_place(tmp_path / name)
    assert (checked.named, checked.missing, checked.changed, checked.unnamed) == (3, (), (), ())
    with pytest.raises(NoArchiveError, match="Đã có"):
        export(archived(), tmp_path / name)


def test_an_export_is_the_same_each_time_and_its_page_leads_to_everything(archived: Desk, tmp_path: Path) -> None:
    export(archived(), tmp_path / "a.zip")
    export(archived("2022-01-01 08:00"), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        page = package.read("index.html").decode()
        links = {unquote(link) for link in re.findall(r'href="([^"]+)"', page)}
        assert links == {*package.namelist()} - {"index.html"}
    assert not re.search(r"https?:|<script|src=", page)


def test_an_archive_that_is_not_whole_is_not_exported(archived: Desk, tmp_path: Path) -> None:
    archived.store.put(archived().keys.stage("s", 1, "a.docx"), b"another")
    for name in ("ho-so", "ho-so.zip"):
        with pytest.raises(NoArchiveError, match="Đã đổi"):
            export(archived(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []
