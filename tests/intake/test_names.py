from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.intake.names import safe_name, unique_names
from soket.reading.kinds import FileKind, extension_of, kind_of


@pytest.mark.parametrize(
    ("original", "safe"),
    [
        ("báo cáo.docx", "báo cáo.docx"),
        (unicodedata.normalize("NFD", "báo cáo.docx"), "báo cáo.docx"),
        ("../../etc/passwd", "passwd"),
        ("thư mục/con/báo cáo.docx", "báo cáo.docx"),
        ("C:\\Users\\x\\báo cáo.docx", "báo cáo.docx"),
        ("a\x00b\n.docx", "a_b_.docx"),
        ("..", "tep"),
        ("", "tep"),
        ("CON.docx", "tep-CON.docx"),
        ("gpj.exe\u202excod.docx", "gpj.exe_xcod.docx"),
        ('a<b>"c|?*:.xlsx', "a_b__c____.xlsx"),
    ],
)
def test_safe_names(original: str, safe: str) -> None:
    assert safe_name(original) == safe


def test_names_are_unique_whatever_their_case() -> None:
    assert unique_names(["a.docx", "A.docx", "x/a.docx", "b"], taken=["B"]) == [
        "a.docx",
        "A (2).docx",
        "a (3).docx",
        "b (2)",
    ]


@given(st.lists(st.text(max_size=200), max_size=8))
def test_any_names_come_out_safe_and_unique(originals: list[str]) -> None:
    names = unique_names(originals)
    assert len({name.casefold() for name in names}) == len(originals)
    for name in names:
        assert name == unicodedata.normalize("NFC", name)
        assert 0 < len(name) <= 130
        assert not set(name) & set("/\\\0")
        assert name not in (".", "..")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.DOCX", FileKind.DOCUMENT),
        ("a.b.xlsx", FileKind.TABLE),
        ("x/a.csv", FileKind.TABLE),
        ("quét.pdf", FileKind.ATTACHMENT),
        ("x/Thumbs.db", FileKind.LITTER),
        ("~$báo cáo.docx", FileKind.LITTER),
        ("số liệu.numbers", FileKind.TABLE),
        ("số liệu.et", FileKind.TABLE),
        ("báo cáo.wps", FileKind.DOCUMENT),
        ("docx", FileKind.UNKNOWN),
        (".docx", FileKind.UNKNOWN),
        ("a.exe", FileKind.UNKNOWN),
    ],
)
def test_kinds(name: str, kind: FileKind) -> None:
    assert kind_of(name) is kind


def test_extension() -> None:
    assert [extension_of(name) for name in ("a.DocX", "a", ".hidden", "a.tar.gz")] == ["docx", "", "", "gz"]
