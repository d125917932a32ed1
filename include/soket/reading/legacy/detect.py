"""Finds old text by its letters: it is old where reading it as such makes syllables of what were none.

What holds a letter that only Unicode has is never touched, nor is text that makes as much sense as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from soket.reading.findings import Cell, Content, Finding, Sheet
from soket.reading.legacy.codings import Coding
from soket.text import SOFT_HYPHEN

# Letters of Vietnamese that no old coding can be taken for, and marks of the decomposed form.
UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
_OLD_LETTER = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_LEAST_EVIDENCE = 3  # words
_CLEAR = 4  # times as many words for a coding as against it
_MOST_TEXTS = 2_000

# Vietnamese syllables are few, and a wrong coding makes others.
_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch
êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oan oang oanh oao oat
oay oc oe oen oeo oet oi om on ong oong op ot oăc oăm oăn oăng oăt ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc
ui um un ung uôc uôi uôm uôn uông uôt up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa
ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yên yêm yêng yêt yêu
"""
_ONSETS = ("", *_ONSET_LIST.split())
_RIMES = _RIME_LIST.split()
_STOPS = ("c", "ch", "p", "t")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_AFTER_STOPS = {"\u0301", "\u0323"}
_SYLLABLES = frozenset(onset + rime for onset in _ONSETS for rime in _RIMES) | {"gi", "giêng", "giêt", "giên"}


@dataclass(frozen=True)
class _Judgement:
    """What the letters of one file are, and whether parts of it are Unicode beyond doubt."""

    coding: Coding
    mixed: bool

    def convert(self, text: str) -> str:
        if not _may_be_old(text):
            return _without_soft_hyphens(text)
        gained = gain(self.coding, old_words(text))
        return self.coding.convert(text) if gained > 0 or (gained == 0 and not self.mixed) else text


def convert_content(content: Content) -> Content:
    """Return a file's content in Unicode, with a finding where any of it had to be converted."""
    judgement = _judge([*content.paragraphs, *_cell_texts(content.sheets)])
    if judgement is None:
        return replace(
            content,
            paragraphs=tuple(filter(None, map(_without_soft_hyphens, content.paragraphs))),
            sheets=tuple(_sheet(sheet, _without_soft_hyphens) for sheet in content.sheets),
        )
    found = Finding("TEP-21", facts={"coding": judgement.coding.value})
    return replace(
        content,
        paragraphs=tuple(filter(None, map(judgement.convert, content.paragraphs))),
        sheets=tuple(_sheet(sheet, judgement.convert) for sheet in content.sheets),
        findings=content.findings if found in content.findings else (*content.findings, found),
    )


def convert_bytes(data: bytes) -> tuple[bytes, list[Finding]]:
    """Return plain text in UTF-8 where it was in an old coding; anything else as it is."""
    if b"\x00" in data:  # UTF-16, with or without a mark
        return data, []
    lines = [(line, _is_unicode(line)) for line in data.split(b"\n")]
    if judgement := _judge([line.decode("latin-1") for line, is_unicode in lines if not is_unicode]):
        converted = [
            line if is_unicode else judgement.convert(line.decode("latin-1")).encode() for line, is_unicode in lines
        ]
        return b"\n".join(converted), [Finding("TEP-21", facts={"coding": judgement.coding.value})]
    return data, []


def _is_unicode(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cell_texts(sheets: Iterable[Sheet]) -> list[str]:
    return [cell for sheet in sheets for row in sheet.cells for cell in row if isinstance(cell, str)]


def _sheet(sheet: Sheet, convert: Callable[[str], str]) -> Sheet:
    def converted(cell: Cell) -> Cell:
        return convert(cell) or None if isinstance(cell, str) else cell

    name = convert(sheet.name)
    return replace(sheet, name=name, cells=tuple(tuple(converted(cell) for cell in row) for row in sheet.cells))


def _judge(texts: list[str]) -> _Judgement | None:
    """Return the coding for which most words speak, and hardly any against, in texts that gain by it."""
    candidates = [old_words(text) for text in texts if _may_be_old(text)][:_MOST_TEXTS]
    best: tuple[int, _Judgement] | None = None
    for coding in Coding:
        words: set[str] = set()
        mixed = any(UNICODE_ONLY.search(text) for text in texts)
        for text in candidates:
            gained = gain(coding, text)
            words.update(text if gained > 0 else ())
            mixed = mixed or gained < 0
        gains = [_word_gain(coding, word) for word in words]
        evidence = gains.count(1)
        if evidence >= max(_LEAST_EVIDENCE, _CLEAR * gains.count(-1)) and (best is None or evidence > best[0]):
            best = evidence, _Judgement(coding, mixed)
    return best[1] if best else None


def _without_soft_hyphens(text: str) -> str:
    """Return a text without the places where its words may be broken: no old coding has a letter there."""
    return " ".join(text.replace(SOFT_HYPHEN, "").split()) if SOFT_HYPHEN in text else text


def _may_be_old(text: str) -> bool:
    return _OLD_LETTER.search(text) is not None and UNICODE_ONLY.search(text) is None


def old_words(text: str) -> list[str]:
    """Return the words of a text that have a letter which an old coding may have put there."""
    return [word for word in _WORD.findall(text) if _OLD_LETTER.search(word)]


def gain(coding: Coding, words: Iterable[str]) -> int:
    """Return how many words become syllables when they are read in a coding, less those that were and are none then."""
    return sum(_word_gain(coding, word) for word in words)


def _word_gain(coding: Coding, word: str) -> int:
    """Return 1 where a word becomes a syllable, -1 where it was one and is none after."""
    return is_syllable(coding.convert(word)) - is_syllable(word)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether a word can be a Vietnamese syllable, written small, in capitals, or with a capital first."""
    if not (word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in decomposed if mark in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    if plain not in _SYLLABLES:
        return False
    return not (plain.endswith(_STOPS) and not (tones and tones[0] in _AFTER_STOPS))
