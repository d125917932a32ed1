"""Vietnamese syllables: which strings of letters can be one. There are few, and a wrong coding makes others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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
