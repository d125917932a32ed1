"""What keeps a text from being YAML, in Vietnamese, at the line that is to blame rather than where it came to light."""

from __future__ import annotations

import re

import yaml

from soket.plan.fault import TextFaultError
from soket.plan.signs import is_odd_space, odd_signs

# The parser's words, and ours.
_WORDS: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "mapping values are not allowed",
        ("dấu hai chấm không đúng chỗ", 'Nội dung có dấu ":" thì đặt trong dấu nháy kép; xem cả chỗ thụt dòng.'),
    ),
    ("tab character", ("thụt dòng bằng phím Tab", "Thụt dòng bằng dấu cách.")),
    ("cannot start any token", ("có ký tự không được mở đầu ở đây", "Đặt cả nội dung trong dấu nháy kép.")),
    ("could not find expected ':'", ("thiếu dấu hai chấm sau tên mục", "Viết «tên: nội dung», có dấu cách sau «:».")),
    ("did not find expected key", ("thụt dòng không đều", "Các mục cùng cấp phải thẳng cột với nhau.")),
    ("did not find expected '-' indicator", ("thụt dòng không đều trong danh sách", "Các dấu «-» phải thẳng cột.")),
    ("did not find expected ',' or", ("ngoặc chưa đóng hoặc thiếu dấu phẩy", "Xem lại dấu [ ] hoặc { }.")),
    ("did not find expected node content", ("thừa dấu phẩy, hoặc ngoặc chưa đóng", "Xem lại dấu [ ] hoặc { }.")),
    ("unexpected end of stream", ("dấu nháy mở mà chưa đóng", "Thêm dấu nháy đóng.")),
    ("found unknown escape", ("có dấu \\ trong dấu nháy kép", "Dùng dấu nháy đơn, hoặc viết \\\\ thay \\.")),
    ("found undefined alias", ("dùng tên tham chiếu (*) chưa khai báo", "Khai báo bằng & ở phía trên.")),
    ("but found another document", ("tệp có hai văn bản YAML", "Mỗi tệp một kế hoạch: bỏ dòng «---» thứ hai.")),
    ("could not determine a constructor", ("có nhãn kiểu (!) không dùng được", "Bỏ nhãn kiểu.")),
    ("second occurrence", ("hai chỗ khai báo một tên tham chiếu (&)", "Mỗi chỗ một tên.")),
    ("for merging, but found", ("«<<» chỉ nhận một nhóm mục đã khai báo bằng &", "Viết «<<: *tên», hoặc bỏ «<<».")),
    (
        "did not find expected <document start>",
        (
            "dòng này không nối được với phần trước của tệp",
            "Bỏ dòng lạ, dấu kết thúc «...»; mỗi dòng viết «tên: nội dung».",
        ),
    ),
    ("incompatible YAML document", ("phiên bản YAML ghi ở đầu tệp không dùng được", "Bỏ dòng «%YAML …».")),
    ("%YAML directive", ("dòng «%YAML …» ở đầu tệp viết sai", "Bỏ dòng này.")),
    ("%TAG", ("dòng «%TAG …» ở đầu tệp không dùng được", "Bỏ dòng này.")),
    ("directive", ("dòng bắt đầu bằng «%» không dùng được", "Bỏ dòng này, hoặc đặt nội dung trong dấu nháy kép.")),
    ("escape code", ("ký tự viết sau dấu \\ không có", "Gõ thẳng ký tự ấy, hoặc dùng dấu nháy đơn.")),
    (
        "did not find expected hexdecimal",
        ("ký tự viết sau dấu \\ không có", "Gõ thẳng ký tự ấy, hoặc dùng dấu nháy đơn."),
    ),
    ("tag", ("có nhãn kiểu (!) viết sai", "Bỏ nhãn kiểu; nội dung mở đầu bằng «!» thì đặt trong dấu nháy kép.")),
    (
        "alphabetic or numeric character",
        ("tên tham chiếu (& hoặc *) viết sai", "Nội dung mở đầu bằng & hoặc * thì đặt trong dấu nháy kép."),
    ),
    ("block scalar", ("thụt dòng sai sau dấu | hoặc >", "Các dòng của đoạn văn thụt vào đều nhau, hơn tên mục.")),
    ("expected comment or line break", ("sau dấu | hoặc > phải xuống dòng", "Ghi nội dung từ dòng sau, thụt vào.")),
    ("indentation indicator", ("sau dấu | hoặc > phải xuống dòng", "Ghi nội dung từ dòng sau, thụt vào.")),
    (
        "expected whitespace or line break",
        ("thiếu dấu cách", "Thêm dấu cách; nội dung có dấu lạ thì đặt trong nháy kép."),
    ),
    ("block sequence entries are not allowed", ("dấu «-» không đúng chỗ", "Xuống dòng trước dấu «-», thụt dòng đều.")),
    ("block mapping keys are not allowed", ("tên mục không đúng chỗ", "Xuống dòng trước tên mục, thụt dòng đều.")),
    ("mapping keys are not allowed", ("dấu «?» không đúng chỗ", "Đặt nội dung trong dấu nháy kép.")),
    ("document indicator", ("dấu «---» hoặc «...» ở trong dấu nháy", "Thêm dấu nháy đóng ở phía trên.")),
    ("found unhashable key", ("tên mục phải là chữ", "Xem lại dấu ngoặc trước dấu hai chấm.")),
)

_OPENED = re.compile(r"""(?:^|[:\[{,]|^\s*-)\s*(["'])""")  # where content in quotes begins
_AFTER = re.compile(r"\s*(?:$|#|[,\]}:])")  # what may follow it
_CURLY = re.compile(r"(?:[:\[{,]|^\s*-)\s*([“”„‟‘’«])")
_DASH = re.compile(r"^\s*([\u2010-\u2015\u2212•·*+])\s")  # what a word processor makes of a dash before an item
_SPACE = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*"
_GAPS = re.compile(rf"({_SPACE})(?:-({_SPACE}))?(?:[\w.]+:({_SPACE}))?")  # where YAML asks for plain spaces


def syntax_fault(text: str, error: yaml.MarkedYAMLError) -> TextFaultError:
    """Return what to tell of a parser's error: its cause where that is seen, else its own place in our words."""
    problem, mark = error.problem or "", error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    seen = (
        _odd_space(lines[:line])
        or _open_quote(lines, line)
        or _from_word_processor(lines, line)
        or _dash_without_space(lines, line)
        or _stray_bracket(lines, line)
        or _out_of_column(lines, line, problem)
    )
    if seen:
        return seen
    opening = error.context_mark
    if opening and opening.line + 1 < line:
        if "did not find expected ',' or" in problem:
            hint = "Thêm dấu ] hoặc }; trong ngoặc, mỗi phần cách nhau bằng dấu phẩy."
            return TextFaultError(opening.line + 1, opening.column + 1, "ngoặc mở ở đây mà chưa đóng", hint)
        if "could not find expected ':'" in problem:
            line, column = opening.line + 1, opening.column + 1
    message, hint = next(
        (words for pattern, words in _WORDS if pattern in problem),
        (
            "không đúng cú pháp YAML",
            "Xem lại dòng này và dòng ngay trên: thụt dòng, dấu hai chấm, dấu nháy, dấu ngoặc.",
        ),
    )
    return TextFaultError(line, column, message, hint)


def unprintable(text: str) -> TextFaultError:
    """Return what to tell of a sign that no text has; the parser counts bytes to it."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return TextFaultError(line, column, "có ký tự không in được", "Xóa ký tự này rồi lưu lại.")


def refuse_odd_spaces(text: str) -> None:
    """Raise TextFaultError where a line begins with what only looks like spaces: YAML would join it to the last."""
    if not text.isascii() and (fault := _odd_space(text.split("\n"), tabs=False)):
        raise fault


def _odd_space(lines: list[str], *, tabs: bool = True) -> TextFaultError | None:
    """Return the first of the signs that look like the spaces of an indentation, or after a colon, and are none."""
    for number, line in enumerate(lines, 1):
        found = _GAPS.match(line)
        gaps = "".join(gap or "" for gap in found.groups()) if found else ""
        if (line.strip() or (tabs and number == len(lines))) and (
            odd := next((each for each in gaps if is_odd_space(each) and (tabs or each != "\t")), "")
        ):
            column = line.index(odd) + 1
            if odd == "\t":
                return TextFaultError(number, column, "thụt dòng bằng phím Tab", "Thụt dòng bằng dấu cách.")
            message = f"có {odd_signs(odd)} ở chỗ phải là dấu cách thường"
            return TextFaultError(number, column, message, "Xóa chỗ trống này, gõ lại bằng phím cách.")
    return None


def _open_quote(lines: list[str], last: int) -> TextFaultError | None:
    """Return the quote that is not closed where its content ends, if there is one up to a line."""
    quote, opened = "", (0, 0)
    for number, line in enumerate(lines, 1):
        at = 0
        while True:
            if quote:
                end = _closing(line, quote, at)
                if end is None:
                    break
                if not _AFTER.match(line, end):
                    return _unclosed(*opened)
                quote, at = "", end
            elif line.lstrip().startswith("#") or number > last:
                break
            elif found := _OPENED.search(line, at):
                quote, at, opened = found[1], found.end(), (number, found.end())
            else:
                break
        if number > last and not quote:
            return None
    return _unclosed(*opened) if quote else None


def _closing(line: str, quote: str, start: int) -> int | None:
    """Return where content in quotes that goes on at a place of a line is over; None where it goes on after it."""
    at = start
    while at < len(line):
        if line[at] == quote:
            if quote == "'" and line[at + 1 : at + 2] == "'":
                at += 1
            else:
                return at + 1
        elif line[at] == "\\" and quote == '"':
            at += 1
        at += 1
    return None


def _unclosed(line: int, column: int) -> TextFaultError:
    return TextFaultError(line, column, "dấu nháy mở ở đây mà chưa đóng", "Thêm dấu nháy đóng ở cuối nội dung này.")


def _from_word_processor(lines: list[str], line: int) -> TextFaultError | None:
    """Return the curly quote or long dash, at an error or right before it, that stands where a plain one should."""
    for number in (line, line - 1):
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        if found := _CURLY.search(text):
            message = f"dấu nháy «{found[1]}» là của Word, không phải dấu nháy của YAML"
            return TextFaultError(number, found.start(1) + 1, message, 'Dùng dấu nháy thẳng: "…".')
        if found := _DASH.search(text):
            message = f"dấu «{found[1]}» không mở đầu được một ý trong danh sách"
            return TextFaultError(number, found.start(1) + 1, message, "Dùng dấu gạch ngắn và một dấu cách: «- ».")
    return None


_CLOSED = re.compile(r"\s*([\]}])\s*(?:#|$)")
_TIGHT = re.compile(r"\s*-(\w+:)(?:\s|$)")
_KEY = re.compile(r"( *)((?:- +)?)(\w+):(?: |$)")
_UNEVEN = ("did not find expected '-' indicator", "did not find expected key")


def _dash_without_space(lines: list[str], line: int) -> TextFaultError | None:
    """Return the dash, at an error or right before it, that has no space behind it: to YAML it is part of a name."""
    for number in (line, line - 1):
        if 0 < number <= len(lines) and (found := _TIGHT.match(lines[number - 1])):
            hint = f"Viết «- {found[1]} …», có dấu cách sau «-»."
            return TextFaultError(number, found.start(1), "thiếu dấu cách sau dấu «-»", hint)
    return None


def _stray_bracket(lines: list[str], line: int) -> TextFaultError | None:
    """Return the closing bracket, at an error, that begins a line and closes nothing."""
    found = _CLOSED.match(lines[line - 1]) if line <= len(lines) else None
    if found is None:
        return None
    return TextFaultError(line, found.start(1) + 1, f"dấu «{found[1]}» đóng mà không có dấu mở", "Bỏ dấu này.")


def _out_of_column(lines: list[str], line: int, problem: str) -> TextFaultError | None:
    """Return the name, at an error, that stands a little left or right of the names before it."""
    here = _KEY.match(lines[line - 1]) if line <= len(lines) else None
    before = next(
        ((number, found) for number in range(line - 1, 0, -1) if (found := _KEY.match(lines[number - 1]))), None
    )
    if here is None or before is None or here[2]:
        return None
    number, above = before
    column, wanted = len(here[1]), len(above[1] + above[2])
    said, colons = lines[number - 1][above.end() :].strip(), lines[line - 1].count(": ")
    deeper = "mapping values are not" in problem and column > wanted and said and number == line - 1 and colons == 1
    if not deeper and not (column < wanted and any(each in problem for each in _UNEVEN)):
        return None
    message = f"thụt dòng không đều: «{here[3]}» không thẳng cột với «{above[3]}» ở dòng {number}"
    hint = f"Cùng nhóm thì thụt vào {wanted} dấu cách như dòng {number}, và cùng có hoặc cùng không có dấu «-»."
    return TextFaultError(line, column + 1, message, hint)
