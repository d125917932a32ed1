"""What YAML takes and no plan means: tags, references, names that are no words, hours and numbers out of the way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from effort import within
from plan.faulty.conftest import SMALL, Checked, line_of, spoilt
from soket.plan.directory import examined
from soket.plan.loader import load_all

# What stands in the plan, what it becomes, and what is said of that line.
CASES: dict[str, tuple[str, str, str]] = {
    "tag that runs a program": ("place: Hà", "place: !!python/object/apply:os.system Hà", "có nhãn kiểu (!)"),
    "tag of truth": ("place: Hà Tĩnh", "place: !!bool có", "có nhãn kiểu (!)"),
    "tag of a number": ("value: 6300", "value: !!float abc", "có nhãn kiểu (!)"),
    "tag of bytes": ("place: Hà Tĩnh", "place: !!binary '***'", "có nhãn kiểu (!)"),
    "tag of pairs": ("goals: [Kết quả]", "goals: !!omap [a: 1]", "có nhãn kiểu (!)"),
    "tag of one's own": ("place: Hà Tĩnh", "place: !tinh Hà Tĩnh", "có nhãn kiểu (!)"),
    "nothing but a mark": ("place: Hà Tĩnh", "place: !", "có nhãn kiểu (!)"),
    "reference in itself": ("goals: [Kết quả]", "goals: &g [*g]", "«*g» nằm trong chính nó"),
    "reference of a group in itself": ("roles:\n", "roles: &r\n  khac: *r\n", "«*r» nằm trong chính nó"),
    "one name of two references": ("place: Hà Tĩnh", "place: &a Hà Tĩnh\nissuer: &a Ban", "khai báo một tên tham"),
    "merge of a word": ("place: Hà Tĩnh", "place: Hà Tĩnh\n<<: abc", "«<<» chỉ nhận một nhóm mục"),
    "star before words": ("place: Hà Tĩnh", "place: * Hà Tĩnh", "tên tham chiếu (& hoặc *) viết sai"),
    "number as a name": ("place: Hà Tĩnh", "place: Hà Tĩnh\n1: a", "cần tên mục là chữ, đang là «1»"),
    "truth as a name": ("place: Hà Tĩnh", "place: Hà Tĩnh\ntrue: a", "cần tên mục là chữ, đang là «true»"),
    "day as a name": ("place: Hà Tĩnh", "place: Hà Tĩnh\n2021-11-11: a", "cần tên mục là chữ, đang là «2021-11-11»"),
    "list as a name": ("place: Hà Tĩnh", "place: Hà Tĩnh\n[a, b]: c", "tên mục phải là chữ"),
    "words behind the end": ("recipients: [Lưu", "recipients: []\n...\nabc: [Lưu", "không nối được với phần trước"),
    "another YAML": ("id: small", "%YAML 2.0\n---\nid: small", "phiên bản YAML ghi ở đầu tệp"),
    "words behind a bar": ("place: Hà Tĩnh", "place: | Hà Tĩnh", "sau dấu | hoặc > phải xuống dòng"),
    "escape of nothing": ("place: Hà Tĩnh", 'place: "\\ud800"', "ký tự viết sau dấu \\ không có"),
    "dash behind a colon": ("place: Hà Tĩnh", "place: - Hà Tĩnh", "dấu «-» không đúng chỗ"),
    "sign that no paper holds": ("place: Hà Tĩnh", 'place: "Hà\\0Tĩnh"', "có ký tự không in được (U+0000)"),
    "nothing but blanks": ("place: Hà Tĩnh", 'place: "   "', "đang để trống"),
    "hour as a number": ("{at: -1, ", "{hour: 8, at: -1, ", 'Ghi như "08:00"'),
    "hour with its letter": ("{at: -1, ", "{hour: 8h30, at: -1, ", 'Ghi như "08:30"'),
    "hour of another place": ("{at: -1, ", '{hour: "08:00Z", at: -1, ', "cần giờ và phút"),
    "hour of quiet as a number": ("recipients: [", "quiet: {start: 18}\nrecipients: [", 'Ghi như "18:00"'),
    "step of three hundred thousand years": ("{at: 1, ", "{at: 99999999, ", "cần số nhiều nhất 250"),
    "step before all time": ("{at: -1, ", "{at: -99999999, ", "cần số từ -250 trở lên"),
    "number beyond all": ("value: 6300", "value: 1.0e999", "cần một số, đang là «inf»"),
    "number of a thousand figures": ("value: 6300", f"value: {'9' * 1000}", "cần một số"),
    "year of figures before all": ("years: [2021]", "years: [-5]", "không phải năm của số liệu nào"),
    "year of figures beyond all": ("years: [2021]", "years: [99999999999]", "không phải năm của số liệu nào"),
    "limit below nothing": ("recipients: [", "limits: {max_file_mb: -1}\nrecipients: [", "cần số từ 1 trở lên"),
    "directory of another place": ("id: small", "directory: ../../etc/passwd\nid: small", "không có danh bạ"),
    "template of another place": ("{at: -1, ", "{template: ../../x, at: -1, ", "mã «../../x» viết chưa đúng"),
    "folder of another place": ("- code: so_hai", "- code: ..", "mã «..» viết chưa đúng"),
}  # fmt: skip
BELOW = {
    "one name of two references": 1,
    "merge of a word": 1,
    "number as a name": 1,
    "truth as a name": 1,
    "day as a name": 1,
    "list as a name": 1,
    "words behind the end": 2,
    "reference of a group in itself": 1,
}  # lines further down


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_at_its_line_with_what_to_do(name: str, checked: Checked) -> None:
    old, new, words = CASES[name]
    faults = [each for each in checked(spoilt(old, new)) if words in str(each)]
    assert [each.line for each in faults] == [line_of(old) + BELOW.get(name, 0)]
    assert faults[0].advice
    assert "Lỗi của hệ thống" not in str(faults[0])


OTHER_FILES: dict[str, tuple[bytes, str]] = {
    "archive": (b"PK\x03\x04" + bytes(200), "tệp Word, Excel hoặc tệp nén"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "tệp Word, Excel kiểu cũ"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "tệp PDF"),
    "RTF": (b"{\\rtf1\\ansi K}", "tệp RTF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "ảnh"),
    "UTF-32": (SMALL.encode("utf-32"), "mà là UTF-32"),
    "zeros": (bytes(1000), "có ký tự không in được"),
    "anything": (random.Random(1).randbytes(10_000), "không phải văn bản UTF-8"),
    "page": (b"<!DOCTYPE html><html><body>K</body></html>", "kế hoạch phải là các mục «tên: nội dung»"),
    "sheet": ("Mã,Tên\nso_hai,Sở Hai\n".encode(), "kế hoạch phải là các mục «tên: nội dung»"),
    "prose": ("Các đơn vị báo cáo trước ngày 05/11.\n".encode(), "kế hoạch phải là các mục «tên: nội dung»"),
    "settings": (b'[plan]\nid = "small"\n', "không nối được với phần trước"),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_a_file_of_another_kind_is_called_by_its_name(name: str, checked: Checked) -> None:
    data, words = OTHER_FILES[name]
    (fault,) = checked(data)
    assert words in fault.message
    assert fault.hint


def many(line: str, count: int) -> str:
    return "".join(line.replace("#", str(number)) for number in range(count))


WHO = "owner: van_phong, receiver: van_phong, delivers: D, source: x"
STAGES = many(f"  - {{id: s_#, kind: draft, after: [s_#], title: T#, {WHO}}}\n", 600)
CAMPAIGNS = many(SMALL.partition("campaigns:\n")[2].partition('  - code: "2023"')[0].replace('"2021"', '"c#"'), 1000)
LADDERS = many("  b_#: [{at: -1, kind: reminder, to: unit}]\n", 4000)
HEAVY: dict[str, str] = {
    "sixty megabytes": "goals: [x]\n" * 6_000_000,
    "brackets": f"goals: {'[' * 2_000_000}",
    "bomb of merges": "a0: &a0 {x: 1}\n"
    + "".join(f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
    "names by the thousand": SMALL + many("placee#: a\n", 20_000),
    "one name again and again": SMALL + many("place: a#\n", 20_000),
    "a circle of hundreds": spoilt("stages:\n", f"stages:\n{STAGES}"),
    "years by the thousand": spoilt("years: [2021]", f"years: [{', '.join(['2021'] * 50_000)}]"),
    "ladders by the thousand": spoilt("ladders:\n", f"ladders:\n{LADDERS}"),
    "campaigns by the thousand": SMALL + CAMPAIGNS,
    "a word of a megabyte": spoilt("    block: so\n", f"    block: {'s' * 1_000_000}\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_too_much_is_told_at_once_and_healthy_plans_stay(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAVY[name], encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SMALL.replace("id: small", "id: healthy", 1), encoding="utf-8")
    with within(2):
        plans, (error,) = load_all(tmp_path)
    assert [plan.id for plan in plans] == ["healthy"]
    assert len(error.faults) <= 401
    assert all(fault.advice and len(fault.message) < 400 for fault in error.faults)


# What stands in a directory, what it becomes, and what is said of that line.
OF_DIRECTORIES: dict[str, tuple[str, str, str]] = {
    "tag": ("title: Danh bạ", "title: !!int Danh bạ", "có nhãn kiểu (!)"),
    "number as a name": ("groups:", "7: a\ngroups:", "cần tên mục là chữ, đang là «7»"),
    "year before all": ("valid_from: 2021-01-01", "valid_from: 0021-01-01", "năm 0021 không phải năm của cơ quan"),
    "date as officials write it": ("valid_from: 2021-01-01", "valid_from: 01/01/2021", "chưa đúng cách ghi ngày"),
    "group misspelt": ("group: cac_huyen", "group: cac_huyenn", "không có nhóm «cac_huyenn»"),
    "field misspelt": ("mail_domains:", "mail_domain:", "không có mục nào tên «mail_domain»"),
    "one code of two": ("- code: so_hai", "- code: h_mot", "«h_mot» dùng hai lần"),
    "person as a word": ("head: {name: Giám đốc, email: gd@hai.example}", "head: Giám đốc", "cần một nhóm mục"),
}


@pytest.mark.parametrize("name", OF_DIRECTORIES)
def test_directories_are_told_of_in_the_same_way(name: str, tmp_path: Path) -> None:
    old, new, words = OF_DIRECTORIES[name]
    text = (Path(__file__).parents[1] / "small_directory.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "tinh_nho.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = [each for each in examined(file).faults if words in str(each)]
    assert [each.line for each in told] == [text[: text.index(old)].count("\n") + 1]
    assert told[0].advice
