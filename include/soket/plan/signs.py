"""Signs that are not what they look like: letters of other alphabets, spaces that are none, curly quotes."""

from __future__ import annotations

import re
import unicodedata

CURLY = "“”„‟‘’"
_IN_CURLY = re.compile(f"[{CURLY}]([^{CURLY}]+)[{CURLY}]")
# What is read is not always what is there: letters of other alphabets, as they are drawn, and signs not seen.
_DRAWN = str.maketrans(
    "АВЕКМНОРСТУХІЈЅавекмнорстухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSabekmhopctyxijsdhqwABEZHIKMNOPTYXo",
)
_ALPHABETS = {"CYRILLIC": "chữ Kirin", "GREEK": "chữ Hy Lạp", "FULLWIDTH": "chữ khổ rộng"}
_SPACES = {"\u00a0": "dấu cách không ngắt", "\t": "phím Tab"}


def odd_signs(text: str) -> str:
    """Return what in a text is not what it looks like, in words: «е» là chữ Kirin; empty where nothing is."""
    words = [word for letter in dict.fromkeys(text) if (word := _odd(letter))]
    return ", ".join(words)


def without_curly_quotes(text: str) -> str:
    """Return a text without the quotes of a word processor all around it; "" where it is in none."""
    found = _IN_CURLY.fullmatch(text.strip())
    return found[1].strip() if found else ""


def as_it_looks(text: str) -> str:
    """Return a text as its reader takes it: letters as they are drawn, plain spaces, nothing that is not seen."""
    drawn = unicodedata.normalize("NFKC", text.translate(_DRAWN))
    return "".join(letter for letter in drawn if unicodedata.category(letter) not in ("Cf", "Cc")).strip()


def is_odd_space(letter: str) -> bool:
    """Whether a sign looks like a space and is none to YAML."""
    return letter != " " and (letter in _SPACES or unicodedata.category(letter) in ("Zs", "Cf"))


def _odd(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return ""
    if is_odd_space(letter):
        return f"{_SPACES.get(letter, 'ký tự không nhìn thấy')} (U+{ord(letter):04X})"
    alphabet = _ALPHABETS.get(unicodedata.name(letter, "").partition(" ")[0])
    return f"«{letter}» là {alphabet}" if alphabet else ""
