"""What a hand or a word processor gets wrong: told at the line to blame, with what to do."""

from __future__ import annotations

import pytest

from plan.faulty.conftest import SMALL, Checked, line_of, spoilt

# What stands in the plan, what it becomes, and what is said of that line.
CASES: dict[str, tuple[str, str, str]] = {
    "quote never closed": ("place: Hà Tĩnh", 'place: "Hà Tĩnh', "dấu nháy mở ở đây mà chưa đóng"),
    "quote closed by the next one": ("    title: Biểu A", '    title: "Biểu A', "dấu nháy mở ở đây mà chưa đóng"),
    "single quote never closed": ("place: Hà Tĩnh", "place: 'Hà Tĩnh", "dấu nháy mở ở đây mà chưa đóng"),
    "quote never closed in brackets": ("goals: [Kết quả]", 'goals: ["Kết quả]', "dấu nháy mở ở đây mà chưa đóng"),
    "quote never closed in an item": (
        "purposes: [Đánh giá]",
        'purposes:\n  - Đánh giá\n  - "Đề xuất',
        "dấu nháy mở ở đây mà chưa đóng",
    ),
    "words after the quote": ("place: Hà Tĩnh", 'place: "Hà" Tĩnh', "dấu nháy mở ở đây mà chưa đóng"),
    "curly quotes": ("place: Hà Tĩnh", "place: “Tỉnh: Hà Tĩnh”", "dấu nháy «“» là của Word"),
    "curly quote in an item": ("goals: [Kết quả]", "goals:\n  - ‘Kết quả: số: chung’", "dấu nháy «‘» là của Word"),
    "bracket never closed": ("legal_basis: [Nghị quyết thử]", "legal_basis: [Nghị quyết thử", "ngoặc mở ở đây"),
    "brace never closed": (
        "    contact: {name: Văn phòng, email: vp@tinh.example}",
        "    contact: {name: Văn phòng, email: vp@tinh.example",
        "ngoặc mở ở đây",
    ),
    "comma forgotten": (
        "email: vt@mot.example}",
        "email: vt@mot.example phone: 0239}",
        "thiếu dấu phẩy",
    ),
    "no-break space before an item": ("  - code: bieu_a", "\u00a0 - code: bieu_a", "dấu cách không ngắt (U+00A0)"),
    "no-break space before a name": (
        "    name: Sở Hai",
        " \u00a0  name: Sở Hai",
        "dấu cách không ngắt (U+00A0) ở chỗ phải là dấu cách thường",
    ),
    "no-break space after a colon": ("place: Hà Tĩnh", "place:\u00a0Hà Tĩnh", "dấu cách không ngắt (U+00A0)"),
    "no-break space after a dash": ("  - code: bieu_a", "  -\u00a0code: bieu_a", "dấu cách không ngắt (U+00A0)"),
    "wide space": ("    name: Sở Hai", "\u3000\u3000name: Sở Hai", "ký tự không nhìn thấy (U+3000)"),
    "nothing to see": ("place: Hà Tĩnh", "\u200bplace: Hà Tĩnh", "ký tự không nhìn thấy (U+200B)"),
    "byte order mark inside": ("place: Hà Tĩnh", "\ufeffplace: Hà Tĩnh", "ký tự không nhìn thấy (U+FEFF)"),
    "no space after a dash": ("  - code: han_che", "  -code: han_che", "thiếu dấu cách sau dấu «-»"),
    "a name a space to the left": ("    name: Sở Hai", "   name: Sở Hai", "«name» không thẳng cột với «code» ở dòng"),
    "a name a space to the right": (
        "    name: Sở Hai",
        "     name: Sở Hai",
        "«name» không thẳng cột với «code» ở dòng",
    ),
    "tab": ("    name: Sở Hai", "\tname: Sở Hai", "thụt dòng bằng phím Tab"),
    "tab after spaces": ("    name: Sở Hai", "  \tname: Sở Hai", "thụt dòng bằng phím Tab"),
    "nothing but a tab": ("place: Hà Tĩnh", "\t\nplace: Hà Tĩnh", "thụt dòng bằng phím Tab"),
    "no space after the colon": ("place: Hà Tĩnh", "place:Hà Tĩnh", "thiếu dấu hai chấm sau tên mục"),
    "colon forgotten": ("place: Hà Tĩnh", "place Hà Tĩnh", "thiếu dấu hai chấm sau tên mục"),
    "second colon": ("issuer: Ban Thường vụ", "issuer: Ban: Thường vụ", "dấu hai chấm không đúng chỗ"),
    "percent in front": ("place: Hà Tĩnh", "place: %Hà Tĩnh", "có ký tự không được mở đầu ở đây"),
    "backslash in quotes": ("place: Hà Tĩnh", 'place: "Hà\\Tĩnh"', "có dấu \\ trong dấu nháy kép"),
    "merge of nothing": ("place: Hà Tĩnh", "place: Hà Tĩnh\n<<: *chung", "chưa khai báo"),
    "bell": ("place: Hà Tĩnh", "place: Hà\x07 Tĩnh", "có ký tự không in được"),
    "bracket that closes nothing": ("place: Hà Tĩnh\n", "place: Hà Tĩnh\n}\n", "dấu «}» đóng mà không có dấu mở"),
    "NUL": ("place: Hà Tĩnh", "place: Hà\0 Tĩnh", "có ký tự không in được"),
}
BELOW = {
    "quote never closed in an item": 2,
    "curly quote in an item": 1,
    "merge of nothing": 1,
    "bracket that closes nothing": 1,
}  # lines further down


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("name", CASES)
def test_it_is_told_at_the_line_to_blame(name: str, ends: str, checked: Checked) -> None:
    old, new, words = CASES[name]
    (fault,) = checked(spoilt(old, new).replace("\n", ends))
    assert words in fault.message
    assert fault.line == line_of(old) + BELOW.get(name, 0), fault
    assert fault.hint


@pytest.mark.parametrize(
    "text",
    [
        SMALL.replace("\n", "\r\n"),
        SMALL.replace("\n", "\r"),
        "\ufeff" + SMALL,
        SMALL + "\n\n   # \u00a0 ghi chú\n",
        spoilt("place: Hà Tĩnh", 'place: "Hà\n\n  Tĩnh"'),
        spoilt("place: Hà Tĩnh", "place: 'Hà ''Tĩnh'''"),
        spoilt("place: Hà Tĩnh", 'place: "Hà \\"Tĩnh\\"" # "'),
        spoilt("issuer: Ban Thường vụ", "issuer: Ban “Thường vụ” \u00a0 tỉnh"),
        spoilt("purposes: [Đánh giá]", "purposes: &y\n  - Đánh giá").replace("goals: [Kết quả]", "goals: *y"),
    ],
    ids=["CRLF", "CR", "mark", "blanks", "quote over lines", "apostrophes", "escapes", "typography", "alias"],
)
def test_what_is_odd_and_sound_is_not_blamed(text: str, checked: Checked) -> None:
    assert checked(text) == []


def test_dashes_of_a_word_processor_make_no_list(checked: Checked) -> None:
    (fault,) = checked(spoilt("goals: [Kết quả]", "goals:\n  – Kết quả\n  – Tồn tại"))
    assert fault.message == "dấu «–» không mở đầu được một ý trong danh sách"
    (fault,) = checked(spoilt("  - code: bieu_b", "  – code: bieu_b"))
    assert fault.message == "dấu «–» không mở đầu được một ý trong danh sách"
    assert fault.line == line_of("  - code: bieu_b")


# Where it stands, what it becomes, the name it was meant for, and what is said of the letters.
LOOK_ALIKES: dict[str, tuple[str, str, str, str]] = {
    "Cyrillic in a form's block": ("blocks: [huyen]", "blocks: [huуеn]", "huyen", "«у» là chữ Kirin, «е» là chữ Kirin"),
    "Cyrillic in a unit's block": ("    block: so\n", "    block: sо\n", "so", "«о» là chữ Kirin"),
    "Cyrillic in a role": ("  operator: tuyen_giao", "  operator: tuyen_giaо", "tuyen_giao", "«о» là chữ Kirin"),
    "Cyrillic in a name of a field": ("place: Hà Tĩnh", "рlace: Hà Tĩnh", "place", "«р» là chữ Kirin"),
    "Cyrillic in a word": ("owes: coverage_plan", "owes: соverage_plan", "coverage_plan", "«с» là chữ Kirin"),
    "Greek": ("    block: so\n", "    block: sο\n", "so", "«ο» là chữ Hy Lạp"),
    "wide letters": ("    block: so\n", "    block: ｓｏ\n", "so", "«ｓ» là chữ khổ rộng"),
    "no-break space": ("    block: so\n", "    block: so\u00a0\n", "so", "dấu cách không ngắt (U+00A0)"),
    "no width": ("    block: so\n", "    block: s\u200bo\n", "so", "ký tự không nhìn thấy (U+200B)"),
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_letters_that_look_like_others_are_named(name: str, checked: Checked) -> None:
    old, new, meant, words = LOOK_ALIKES[name]
    (fault,) = checked(spoilt(old, new))
    assert (fault.line, fault.nearest) == (line_of(old), meant)
    assert words in fault.hint
    assert f"Có phải ý bạn là «{meant}»?" in str(fault)


# A place, what is written there, what is said, and the valid word offered.
WORDS: dict[str, tuple[str, str, str, str | None]] = {
    "number as a code": ('- code: "2021"', "- code: 2021", 'Đặt trong dấu nháy kép: "2021".', None),
    "truth as an id": ("id: small", "id: true", 'Đặt trong dấu nháy kép: "true".', None),
    "code of figures": ("- code: so_hai", "- code: 007", "mã «007» viết chưa đúng", None),
    "capital letters": ("    block: so\n", "    block: SO\n", "mã «SO» viết chưa đúng", "so"),
    "marks in a code": ("    block: huyen\n", "    block: huyện\n", "mã «huyện» viết chưa đúng", "huyen"),
    "words for truth": ("value: 6300}", "value: 6300, example: có}", "cần true hoặc false, đang là «có»", "true"),
    "words for untruth": ("value: 6300}", "value: 6300, example: Không}", "cần true hoặc false", "false"),
    "semicolons": ("blocks: [huyen]", "blocks: [huyen; so]", "Các mã cách nhau bằng dấu phẩy.", "huyen"),
    "two addresses": ("vt@hai.example", '"vt@hai.example; gd@hai.example"', "Mỗi mục một địa chỉ.", None),
    "address with a space": ("vt@hai.example", "vt @hai.example", "địa chỉ thư không hợp lệ", None),
    "address without a domain": ("vt@hai.example", "vt@hai", "địa chỉ thư không hợp lệ", None),
    "number the Vietnamese way": ("value: 6300}", 'value: "6.300,5"}', "cần một số", None),
    "number with its unit": ("value: 6300}", "value: 6300 lượt}", "cần một số", None),
    "capital in a field": ("place: Hà Tĩnh", "Place: Hà Tĩnh", "không có mục nào tên «Place»", "place"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_word_that_does_not_fit_is_told_with_the_one_that_does(name: str, checked: Checked) -> None:
    old, new, words, meant = WORDS[name]
    (fault,) = [each for each in checked(spoilt(old, new)) if each.line == line_of(old)]
    assert words in str(fault)
    assert fault.nearest == meant


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "007", "0x1", "1e3", "12:30", "~x"])
def test_words_that_yaml_elsewhere_takes_for_something_else_are_words(word: str, checked: Checked) -> None:
    assert checked(spoilt("place: Hà Tĩnh", f"place: {word}")) == []
