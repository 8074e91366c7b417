"""Languages as people type them, into ISO 639 codes; words about interpreters go where interpreters are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SPLIT = "several languages in one cell"
NOTED = "words beside the language kept as a note"
MOVED = "words about interpreters moved to the service"
UNKNOWN = "a language without a code in our list, kept by its name"
NO_LANGUAGE = "no language given"
NOT_ONE = "names no language"

# English names, with those that lists of services use beside them. Two letters where ISO 639 has two.
_NAMES = """
en English, Ingles, Inglés|es Spanish, Espanol, Español, Castellano
ht Haitian Creole, Haitian-Creole, Creole, Kreyol, Kreyòl|fr French, Français|pt Portuguese, Português|ar Arabic
zh Chinese, Mandarin, Mandarin Chinese|yue Cantonese|nan Taiwanese, Hokkien|ru Russian|uk Ukrainian|pl Polish
de German, Deutsch|it Italian|nl Dutch|el Greek|he Hebrew|yi Yiddish|hi Hindi|ur Urdu|bn Bengali, Bangla
pa Punjabi, Panjabi|gu Gujarati|ta Tamil|te Telugu|ml Malayalam|kn Kannada|mr Marathi|sd Sindhi|ne Nepali
si Sinhala, Sinhalese|ps Pashto|prs Dari|fa Farsi, Persian|ku Kurdish|tr Turkish|az Azerbaijani|hy Armenian
ka Georgian|kk Kazakh|uz Uzbek|tg Tajik|ja Japanese|ko Korean|vi Vietnamese|th Thai|lo Lao, Laotian
km Khmer, Cambodian|my Burmese|kar Karen|hmn Hmong|id Indonesian|ms Malay|tl Tagalog, Filipino, Pilipino|ilo Ilocano
ceb Cebuano|sm Samoan|to Tongan|haw Hawaiian|mh Marshallese|chk Chuukese|sw Swahili, Kiswahili|am Amharic
ti Tigrinya|om Oromo|so Somali|rw Kinyarwanda|rn Kirundi|ln Lingala|wo Wolof|yo Yoruba|ig Igbo|ha Hausa
ff Fulani, Fula|bm Bambara|tw Twi|ak Akan|zu Zulu|xh Xhosa|af Afrikaans|mg Malagasy|sq Albanian|bs Bosnian
hr Croatian|sr Serbian|sl Slovenian|sk Slovak|cs Czech|hu Hungarian|ro Romanian|bg Bulgarian|mk Macedonian
lt Lithuanian|lv Latvian|et Estonian|fi Finnish|sv Swedish|no Norwegian|da Danish|is Icelandic|ga Irish|ca Catalan
eu Basque|gl Galician|rom Romani|qu Quechua|ay Aymara|gn Guarani|nah Nahuatl|myn Mayan|mam Mam|quc K'iche', Quiche
kek Q'eqchi'|mix Mixtec, Mixteco|zap Zapotec|nv Navajo|chr Cherokee|jam Jamaican Patois, Patois|pap Papiamento
la Latin|ase American Sign Language, ASL, Sign Language|bfi British Sign Language, BSL
"""
CODES: dict[str, str] = {
    name.strip().casefold(): entry.partition(" ")[0]
    for entry in re.split(r"[|\n]", _NAMES.strip())
    for name in entry.partition(" ")[2].split(",")
}
_ENGLISH: dict[str, str] = {
    entry.partition(" ")[0]: entry.partition(" ")[2].split(",")[0].strip()
    for entry in re.split(r"[|\n]", _NAMES.strip())
}
# As it stood in the list: not every Creole is Haitian, and nobody reads "American Sign Language" into "sign".
_AS_GIVEN = {"creole": "Creole", "sign language": "Sign Language", "mandarin": "Mandarin", "farsi": "Farsi"}

# ISO 639-2, as packages write codes; the others have the same three letters in both lists.
_THREE = """
eng en,spa es,hat ht,fra fr,fre fr,por pt,ara ar,zho zh,chi zh,rus ru,ukr uk,pol pl,deu de,ger de,ita it,nld nl,dut nl
ell el,gre el,heb he,hin hi,urd ur,ben bn,pan pa,guj gu,tam ta,tel te,nep ne,pus ps,fas fa,per fa,kur ku,tur tr,hye hy
jpn ja,kor ko,vie vi,tha th,khm km,mya my,bur my,ind id,msa ms,tgl tl,fil tl,swa sw,amh am,tir ti,orm om,som so,kin rw
ron ro,rum ro,bul bg,hrv hr,srp sr,bos bs,slk sk,slo sk,ces cs,cze cs,hun hu,sqi sq,alb sq,lit lt,lav lv,est et,fin fi
swe sv,nor no,dan da,cat ca,que qu,yor yo,ibo ig,hau ha,wol wo,zul zu,afr af,lao lo,cmn zh
"""
_SHORTER = dict(entry.split() for entry in re.split(r"[,\n]", _THREE.strip()))


def code_of(code: str) -> str:
    """The code as we keep it, of one as packages write it (`en`, `EN-us`, `eng`); "" where we do not know it."""
    plain = re.split(r"[-_]", code.strip().lower())[0]
    plain = _SHORTER.get(plain, plain)
    return plain if plain in _ENGLISH else ""


def name_of(code: str) -> str:
    """The English name of the language with this code, "" where we do not know it."""
    return _ENGLISH.get(code_of(code), "")


_KNOWN = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, CODES), key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)
_INTERPRETED = re.compile(
    r"interpret|intepret|translat|tranlat|bilingual|bi-lingual|language ?line|phone ?line|languages?\b|tele-"
    r"|others? (?:are |may be )?(?:available|upon)|upon request|as needed",
    re.IGNORECASE,
)
_NOT_SPOKEN = re.compile(r"web ?site|publications?|materials?|applications?|printed|written|brochure", re.IGNORECASE)
_ALSO = r"\s*(?:,|/|;|\n|&|\||\band\b|\by\b|\bor\b|\bet\b)\s*"
_FILLER = {
    "",
    "and",
    "the",
    "in",
    "is",
    "available",
    "only",
    "speaking",
    "spoken",
    "language",
    "languages",
    "also",
    "both",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """`code` is "" where it is not known, or where the note says that it is only written."""

    code: str
    name: str
    note: str = ""


@dataclass
class LanguagesRead:
    """`interpretation` is what belongs to the service's words about interpreters; `said` names the repairs."""

    spoken: list[Spoken] = field(default_factory=list[Spoken])
    interpretation: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])

    def say(self, reason: str) -> None:
        if reason not in self.said:
            self.said.append(reason)


def read_languages(text: str, code: str = "", note: str = "") -> LanguagesRead:
    """What one cleaned cell says. Nothing spoken and no word of interpreters: nothing in it can be used.

    `code` and `note` are those of the row: so what was written down is read again as the same.
    """
    read = _cell_read(text)
    if len(read.spoken) == 1:
        one = read.spoken[0]
        notes = "; ".join(filter(None, (one.note, note)))[:200]
        written = bool(_NOT_SPOKEN.search(notes))
        read.spoken = [Spoken(("" if written else one.code) or code_of(code), one.name, notes)]
    elif note and not read.spoken:
        read.interpretation = [f"{words}: {note}" for words in read.interpretation]
    return read


def _cell_read(text: str) -> LanguagesRead:
    read = LanguagesRead()
    whole = _plain(text)
    if whole.casefold() in CODES or whole.casefold() in _ENGLISH:  # by name, or by its code
        read.spoken.append(_spoken(_ENGLISH.get(whole.casefold(), whole)))
        return read
    for part in _parts(text):
        _read_part(part, read)
    if len(read.spoken) > 1:
        read.say(SPLIT)
    return read


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:*-\u2022")


def _spoken(name: str, note: str = "") -> Spoken:
    code = CODES.get(name.casefold(), "")
    shown = _AS_GIVEN.get(name.casefold()) or _ENGLISH.get(code) or name
    return Spoken("" if note and _NOT_SPOKEN.search(note) else code, shown[:64], note[:200])


def _parts(text: str) -> list[str]:
    """Cells hold lists, sentences and lists in sentences. Brackets belong to what stands before them."""
    sentences = re.split(r"\n|;|(?<=[a-z)])\.\s+(?=[A-Z*])", text)
    parts: list[str] = []
    for sentence in (s for s in sentences if not s.rstrip().endswith(":")):  # a heading names a language only by chance
        pieces = re.split(_ALSO + r"(?![^()]*\))", sentence, flags=re.IGNORECASE)
        # Only where each piece has a language of its own is it a list; otherwise it is one sentence.
        parts += pieces if all(map(_may_be_one, map(_plain, pieces))) else [sentence]
    return [part for part in map(_plain, parts) if part]


def _may_be_one(piece: str) -> bool:
    """Whether it is empty, or a language, or what can only be the name of one that we do not know."""
    return not piece or bool(_KNOWN.search(piece)) or _is_name(piece)


def _is_name(piece: str) -> bool:
    named = re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,2}", piece) and piece[0].isupper()
    return bool(named) and not _EMPTY.fullmatch(piece) and not _INTERPRETED.search(piece)


def _read_part(part: str, read: LanguagesRead) -> None:
    found = _KNOWN.search(part)
    interpreted = _INTERPRETED.search(_KNOWN.sub(lambda m: "x" * len(m[0]), part))
    if found and not (interpreted and interpreted.start() < found.start()):
        note = _plain(f"{part[: found.start()]} {part[found.end() :]}".replace("()", " "))
        note = "" if note.casefold() in _FILLER else _bare(note)
        read.spoken.append(_spoken(found[1], note))
        if note:
            read.say(NOTED)
        elif part.casefold() != found[1].casefold():
            read.say(SPLIT)
        for more in _KNOWN.findall(part[found.end() :]) if not interpreted else []:
            read.spoken.append(_spoken(more, _bare(part)))
    elif interpreted:
        read.interpretation.append(part[:300])
        read.say(MOVED)
    elif _is_name(part):
        read.spoken.append(Spoken("", part[:64]))
        read.say(UNKNOWN)


_EMPTY = re.compile(
    r"(?:others?|none|varies|various|unknown|any|all|yes|no|not applicable|call|please.*|n/?a)\b.*", re.IGNORECASE
)


def _bare(note: str) -> str:
    """A note in brackets needs none; one bracket alone is a remainder of the split."""
    if note.startswith("(") and note.endswith(")") and note.count("(") == 1:
        return note[1:-1].strip()
    return note if note.count("(") == note.count(")") else _plain(note.replace("(", " ").replace(")", " "))
