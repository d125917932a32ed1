"""Measures what stands below a paper's text: signature, Nơi nhận, page numbers, annexes."""

from __future__ import annotations

from collections.abc import Iterator

from soket.documents.anatomy import annex_number
from soket.documents.misfits import Misfit, OnTheRule, bounds, lettering
from soket.text import fold

_IN_PLACE_OF = ("k/t", "kt.", "kt ")


def authority(paper: OnTheRule) -> Iterator[Misfit]:
    """Find by whose authority is signed written otherwise, or in place of those whom nobody may."""
    signed, asked = paper.parts.signed, paper.edition.signature
    if signed is None or (line := signed.authority) is None:
        return
    text = line.text.strip()
    if not any(text.startswith(f"{each} ") for each in asked.authorities):
        known = ", ".join(asked.authorities)
        yield Misfit("authority", f"«{text}»: quyền hạn ký viết tắt là một trong các chữ {known}.", line.number)
    if fold(text).startswith(_IN_PLACE_OF) and any(fold(each) in fold(text) for each in asked.collectives):
        yield Misfit("collective", f"«{text}»: không ký thay (K/T, KT.) một tập thể.", line.number)
    yield from lettering("authority", "Quyền hạn người ký", line, asked.authority)


def signature(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a post or a name that looks otherwise, and a signature that has no room."""
    signed, asked = paper.parts.signed, paper.edition.signature
    if signed is None:
        return
    if signed.post is None:
        yield Misfit("post", "Không thấy chức vụ người ký.", signed.lines[0].number)
        return
    if any(each.isalpha() for each in signed.post.text):
        yield from lettering("post", "Chức vụ người ký", signed.post, asked.post)
    if signed.name is not None:
        yield from lettering("name", "Họ tên người ký", signed.name, asked.name)
    if signed.room < asked.room:
        words = f"Chỗ ký có {signed.room} dòng trống, cần {asked.room} dòng."
        yield Misfit("room", words, signed.post.number)


def together(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a signature that a page's end may part, or that may stand on a page alone."""
    signed, last = paper.parts.signed, paper.parts.last
    if signed is None or (cell := signed.lines[0].cell) is None:
        return
    if paper.paper.tables[cell.table].splitting:
        words = "Phần chữ ký có thể bị cắt giữa hai trang: không cho dòng tách trang."
        yield Misfit("alone", words, signed.lines[0].number)
    elif last is not None and not paper.parts.ends_in_table and not last.keep_next:
        words = "Chữ ký có thể sang trang một mình: cho đoạn cuối đi cùng đoạn sau (Keep with next)."
        yield Misfit("alone", words, last.number)


def recipients(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a list of recipients that looks otherwise, whose lines end otherwise, or that keeps no copy."""
    parts, asked = paper.parts, paper.edition.recipients
    if parts.label is None:
        if parts.is_letter or parts.number is not None:
            yield Misfit("recipients", "Không thấy «Nơi nhận».", parts.last.number if parts.last else 0)
        return
    yield from lettering("label", "Dòng «Nơi nhận»", parts.label, asked.label)
    if not parts.recipients:
        yield Misfit("recipients", "«Nơi nhận» chưa có dòng nào.", parts.label.number)
        return
    for line in parts.recipients:
        if found := list(lettering("recipients", "Danh sách nơi nhận", line, asked.lines)):
            yield found[0]
            break
    for line in parts.recipients[:-1]:
        if not line.text.strip().endswith(asked.ends):
            yield Misfit("recipient_ends", f"Cuối dòng nơi nhận dùng dấu «{asked.ends}».", line.number)
            break
    last = parts.recipients[-1]
    begins = asked.archive.partition("{where}")[0].strip()
    if not last.text.strip().startswith(begins):
        yield Misfit("archive", f"Dòng cuối nơi nhận viết «{asked.archive.format(where='…')}».", last.number)


def page_numbers(paper: OnTheRule) -> Iterator[Misfit]:
    """Find pages without a number in the middle of the top margin, from the second on."""
    asked = paper.edition.page_number
    for section in paper.paper.pages[:1]:
        usual = [each for each in section.numbers if each.of == "default"]
        if not usual:
            yield Misfit("page_number", "Từ trang 2 không có số trang ở giữa lề trên.", section.begins)
            continue
        if not any(each.top and each.align == "center" for each in usual):
            yield Misfit("page_number", "Số trang phải ở giữa lề trên.", section.begins)
        elif wrong := [each for each in usual if each.size and not asked.size.holds(each.size)]:
            yield Misfit("page_number", f"Số trang cỡ {wrong[0].size:g}, cần {bounds(asked.size)}.", section.begins)
        first = any(each.of == "first" for each in section.numbers)
        if not section.first_apart or first:
            yield Misfit("first_page", "Trang 1 không hiển thị số trang.", section.begins)


def annexes(paper: OnTheRule) -> Iterator[Misfit]:
    """Find annexes numbered otherwise, that say not of what they are one, or whose pages are counted on."""
    asked, found = paper.edition.annexes, paper.parts.annexes
    for lines in found:
        number = annex_number(lines[0])
        if number and number.isdigit() == asked.roman:
            words = "Đánh số phụ lục bằng chữ số La Mã." if asked.roman else "Đánh số phụ lục bằng chữ số thường."
            yield Misfit("annex_number", words, lines[0].number)
        yield from lettering("annex_label", "Dòng «Phụ lục»", lines[0], asked.label)
        enclosed = next((each for each in lines[1:] if fold(each.text).startswith("(kem theo")), None)
        if enclosed is None and paper.parts.number is not None:
            yield Misfit("enclosed", "Dưới tên phụ lục thiếu dòng «(Kèm theo …)».", lines[-1].number)
        yield from lettering("enclosed", "Dòng «(Kèm theo …)»", enclosed, asked.enclosed)
    if found and paper.edition.page_number.annexes_apart:
        begun = {each.begins for each in paper.paper.pages if each.starts == 1}
        for lines in found:
            if lines[0].number not in begun:
                yield Misfit("annex_pages", "Số trang của phụ lục phải đánh riêng, từ 1.", lines[0].number)


RULES = (authority, signature, together, recipients, page_numbers, annexes)
