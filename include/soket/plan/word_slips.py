"""What was probably not meant in the words of a plan that can be used: quotes, names, addresses, telephones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, get_args

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.letters import ReviewWord
from soket.plan.model import Plan
from soket.plan.references import texts
from soket.plan.signs import without_curly_quotes
from soket.text import as_spelt

_SHORT_FORMS = (
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("ubmttq", "ủy ban mặt trận tổ quốc"),
    ("mttq", "mặt trận tổ quốc"),
    ("lđlđ", "liên đoàn lao động"),
    ("gd&đt", "giáo dục và đào tạo"),
    ("tp.", "thành phố"),
    ("tp", "thành phố"),
    ("&", "và"),
)
_EVERYBODYS = ("gmail.com", "ymail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com")
_LEAST_FIGURES = 8
_LONGEST = {"place": 60, "short_title": 120, "title": 600, "document_code": 40}  # signs
_KNOWN_BY = 3  # units and offices that share a domain: one letter off, it is a slip of the others'


def names_in_short_forms(plan: Plan) -> Iterator[UnplacedFault]:
    """Find units whose names are one but for short forms: UBND xã An Phú beside Ủy ban nhân dân xã An Phú."""
    first: dict[str, tuple[DataPath, str]] = {}
    for index, unit in enumerate(plan.units):
        if unit.beside:
            continue
        path: DataPath = ("units", index, "name")
        earlier, name = first.setdefault(_in_full(unit.name), (path, unit.name))
        if earlier != path:
            words = f"«{unit.name}» và «{name}» là một tên viết tắt và viết đủ: một đơn vị ghi hai lần?"
            yield UnplacedFault(path, words, "Bỏ một đơn vị, hoặc ghi thêm địa bàn cho rõ.", first=earlier)


def _in_full(name: str) -> str:
    words = f" {as_spelt(name)} "
    for short, whole in _SHORT_FORMS:
        words = words.replace(f" {as_spelt(short)} ", f" {as_spelt(whole)} ")
    return " ".join(words.split())


def another_review(plan: Plan) -> Iterator[UnplacedFault]:
    """Find plans that call their work by another word than their title does: letters say the plan's word."""
    title = plan.title.casefold()
    said = [word for word in get_args(ReviewWord) if word in title]
    if said and plan.review_word not in said:
        path = ("review_word",) if "review_word" in plan.model_fields_set else ("title",)
        words = f"tên kế hoạch nói «{said[0]}», mà thư, văn bản sẽ nói «{plan.review_word}»"
        yield UnplacedFault(path, words, f"Ghi «review_word: {said[0]}», hoặc xem lại tên kế hoạch.")


def domains_one_letter_off(plan: Plan) -> Iterator[UnplacedFault]:
    """Find addresses whose domain is that of many others but for one letter: such mail comes back, or gets lost."""
    places = [(("offices", at, "contact", "email"), each.contact.email) for at, each in enumerate(plan.offices)]
    for at, unit in enumerate(plan.units):
        if not unit.beside:
            places += [(("units", at, "contact", "email"), unit.contact.email)]
            places += [(("units", at, "head", "email"), unit.head.email)]
    users: defaultdict[str, set[DataPath]] = defaultdict(set)
    for path, address in places:
        users[_domain(address)].add(path[:2])
    common = {each for each, who in users.items() if len(who) >= _KNOWN_BY} | set(_EVERYBODYS)
    for path, address in places:
        domain = _domain(address)
        if domain in common or len(users[domain]) > 1:
            continue
        if meant := next((each for each in sorted(common) if _one_off(domain, each)), None):
            right = f"{address.rpartition('@')[0]}@{meant}"
            words = f"địa chỉ thư «{address}» khác tên miền «{meant}» chỉ một chữ"
            yield UnplacedFault(path, words, f"Có lẽ là {right}; đúng như đã ghi thì để nguyên.")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def _one_off(one: str, other: str) -> bool:
    """Whether one word becomes another by a letter more, less, another, or two that change places."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    rest, beside = short[start:], long[start:]
    if len(rest) == len(beside):
        swapped = len(rest) > 1 and rest[:2] == beside[1::-1] and rest[2:] == beside[2:]
        return one != other and (swapped or rest[1:] == beside[1:])
    return rest == beside[1:]


def numbers_nobody_can_ring(plan: Plan) -> Iterator[UnplacedFault]:
    """Find telephones with too few figures: letters and mails tell units to ring them."""
    places: list[tuple[DataPath, str | None]] = [
        (("offices", at, "contact", "phone"), each.contact.phone) for at, each in enumerate(plan.offices)
    ]
    for at, unit in enumerate(plan.units):
        if not unit.beside:
            places += [(("units", at, part, "phone"), getattr(unit, part).phone) for part in ("contact", "head")]
    for path, phone in places:
        if phone and sum(map(str.isdigit, phone)) < _LEAST_FIGURES:
            words = f"«{phone}» không đủ chữ số của một số điện thoại"
            yield UnplacedFault(path, words, "Ghi cả mã vùng, như 0239 385 5123.")


def texts_that_run_on(plan: Plan) -> Iterator[UnplacedFault]:
    """Find names longer than the line they are printed on: a paragraph was pasted there."""
    for field, most in _LONGEST.items():
        if len(text := str(getattr(plan, field))) > most:
            words = f"dài {len(text)} ký tự: chỗ in mục này chừng {most} ký tự"
            yield UnplacedFault((field,), words, "Rút ngắn, hoặc xem lại đoạn đã dán vào đây.")


def in_curly_quotes(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find texts that stand in quotes of a word processor from end to end: to YAML those are part of the text."""
    for path, text in texts(data):
        if plain := without_curly_quotes(text):
            words = f"«{text[:1]}» là dấu nháy của Word, không phải của YAML: nó thành một phần của nội dung"
            yield UnplacedFault(path, words, f'Viết "{plain}"; đúng là tên trong dấu nháy thì để nguyên.')


CHECKS = (
    names_in_short_forms,
    another_review,
    domains_one_letter_off,
    numbers_nobody_can_ring,
    texts_that_run_on,
)
OF_DATA = (in_curly_quotes,)
