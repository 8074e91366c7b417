"""One secret place in the words of other people: its street, name, floor and coordinates, however they are written.

A secret is a plain string: a line of an address, the name of a building, or "25.7617,-80.1918". Where a sentence leaves
a doubt, the whole sentence is withheld.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

WITHHELD = "[\u2026]"
KEPT_APART = "\0"  # stands for the ellipsis of WITHHELD: nothing is found across what was taken out

# Words that may be written in several ways, or left out, without making it another street.
ENDINGS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln",
    "court": "ct", "place": "pl", "terrace": "ter", "highway": "hwy", "parkway": "pkwy", "circle": "cir",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw",
}  # fmt: skip
SIDES = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
KINDS = {
    **{word: short for word, short in ENDINGS.items() if short not in SIDES},
    "str": "st", "strt": "st", "calle": "st", "rua": "st", "rue": "st", "via": "st", "strasse": "st",
    "stra\u00dfe": "st", "straat": "st", "gata": "st", "avn": "ave", "aven": "ave", "avenida": "ave", "avda": "ave",
    "boul": "blvd", "bulevar": "blvd", "square": "sq", "trail": "trl", "plaza": "plz", "alley": "aly",
    "crescent": "cres", "freeway": "fwy", "causeway": "cswy", "expressway": "expy", "carrera": "cra", "paseo": "paseo",
    "camino": "camino", "way": "way", "terr": "ter", "hgwy": "hwy", "close": "close", "mews": "mews", "row": "row",
    "loop": "loop", "path": "path", "pike": "pike", "walk": "walk", "gasse": "gasse", "platz": "pl", "allee": "allee",
}  # fmt: skip
ONE_WAY = {**ENDINGS, **KINDS, **{short: short for short in (*ENDINGS.values(), *KINDS.values())}}
ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip
_SMALL = "the a an of and at in de la el los las del der die das du le les y"
SMALL = frozenset(_SMALL.split())
# What a cell of an address says beside, or in place of, the address.
UNTOLD = (
    r"(?:confidential|confidencial|undisclosed|non-?disclosed|not disclosed|secret|secreta|withheld|unpublished"
    r"|not published|unlisted|suppressed|hidden for safety|address protected)"
)
PLACE_WORDS = (
    r"(?:locations?|address(?:es)?|sites?|places?|safe ?houses?|shelters?|facility|ubicaci\u00f3n|direcci\u00f3n|lugar"
    r"|refugio)"
)
# In the name of a building these words say nothing.
_COMMON = """
main house houses home homes shelter shelters safe safehouse office offices center centre centro central building
edificio bldg location site place clinic clinica program programme service services downtown campus church iglesia
school escuela community women womens men family families children youth emergency crisis transitional residential
residence housing headquarters hq admin administrative administration annex branch county city town state health
legal aid support drop outreach head floor suite ste unit room apt apartment rear back front door entrance level
confidential confidencial undisclosed hospital courthouse court library park hall casa refugio albergue oficina
north south east west upper lower new old first second third ground basement mail mailing physical address primary
default none unknown virtual national regional local area help training day night group
"""
COMMON = frozenset(_COMMON.split())
ROOM = re.compile(
    r"[,;]?\s*\b(?:suite|ste|apartment|apt|unit|floor|fl|room|rm|building|bldg|piso|puerta)\b\.?\s*#?\s*[\w-]{1,8}"
    r"|[,;]?\s*#\s*[\w-]{1,8}|[,;]?\s*\d{1,3}(?:st|nd|rd|th) floor"
)
COORDINATES = re.compile(r"(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)")

BETWEEN = r"(?:%20|[^\w\0]|_)"
EDGE_BEFORE, EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
ANY_KIND = "(?:" + "|".join(sorted({*ONE_WAY, *ONE_WAY.values()}, key=len, reverse=True)) + ")"
FEW = r"(?:\d{1,4}[a-z]?)"
# "St. Mary" and "3.5" do not end a sentence.
SENTENCE = re.compile(r"(?:(?<![^\W_])(?:st|ste|mt|ft|dr|ave|blvd|rd|hwy|[nsew])\.|\.(?=\w)|[^.!?\n\u061f\u3002])+")
_SILENT = re.compile(
    rf"(?<!\w)(?:(?:^|(?<=[(\[,;:-])|(?<=[(\[,;:-] )){PLACE_WORDS}\W+(?:is |kept )*)?"
    rf"(?:{UNTOLD}|private|privad[ao]|not public|do not (?:share|disclose|publish|give out))"
    rf"(?:(?:\W+{PLACE_WORDS})+(?!\w)|(?!\w)(?! {ANY_KIND}{EDGE_AFTER}))",
    re.IGNORECASE,
)
_AROUND = re.compile(r"[()\[\]{}]|\s[-\u2013\u2014]+\s|^[\s,;:\u2013\u2014-]+|[\s,;:\u2013\u2014-]+$")
_PARTS = re.compile(r"[,;()\[\]{}|\n]|(?<!\d)/|/(?!\d)|\s[-\u2013\u2014]+\s(?!\d)|(?<!\d)\s[-\u2013\u2014]+\s")
LINK = re.compile(
    r"(?:(?<![a-z])[a-z]{2,12}://|(?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}/)\S*[^\s.,;:!?)\]]",
    re.IGNORECASE,
)


class _Folding(dict[int, str]):
    """Letters without accents and case, digits of every script as ours; each character stays one character."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        digit = unicodedata.digit(letter, None)
        bare = (unicodedata.normalize("NFKD", letter)[:1] or letter).lower()
        self[code] = str(digit) if digit is not None else bare if len(bare) == 1 else letter
        return self[code]


_FOLDING = _Folding({0x2026: KEPT_APART})


def folded(text: str) -> str:
    """As long as `text`, so that what is found in it can be cut out of the text itself."""
    return text.translate(_FOLDING)


class Street(NamedTuple):
    """The line of an address in parts; `names` are what tells this street from others."""

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    kinds: frozenset[str]
    sides: frozenset[str]


def without_silence(line: str) -> str:
    """The line of an address without its "(confidential)": what is left is what nobody may learn."""
    bare = _SILENT.sub(" ", line)
    if bare == line:
        return line
    bare = " ".join(_AROUND.sub(" ", _AROUND.sub(" ", bare)).split())
    only_a_number = any(map(str.isdigit, bare)) and not any(map(str.isalpha, bare))
    return line if only_a_number else bare  # 12 Confidential Place is a street


@lru_cache(maxsize=4096)
def street_of(line: str) -> Street:
    """The part of the line that holds number and name; all of it where they stand apart."""
    plain = ROOM.sub(" ", folded(without_silence(line)))
    found = [_street_in(part) for part in (*_PARTS.split(plain), plain)]
    return max(found, key=lambda street: (bool(street.numbers and street.names), bool(street.kinds)))


def _street_in(plain: str) -> Street:
    words = _words(plain)
    first = _numbers_at(words)
    numbers = tuple(dict.fromkeys(re.sub(r"^0+(?=\d)|\D+$", "", word) for word in words[first]))
    before, after = words[: first.start], words[first.stop :]
    whole = not any(map(_is_kind, before)) and any(map(_is_kind, after)) and not _is_kind((after or [""])[0])
    rest = after if whole else [*before, *after]
    known = [ONE_WAY.get(word, "") for word in rest]
    names = _names_in(rest)
    return Street(
        numbers,
        tuple((names or rest[:-1] or rest)[:3]),
        frozenset(short for short in known if short and short not in SIDES),
        frozenset(short for short in known if short in SIDES),
    )


def _is_kind(word: str) -> bool:
    return ONE_WAY.get(word, "n") not in SIDES


def _names_in(rest: Sequence[str]) -> list[str]:
    """Up to the word for a street: after it come towns and remarks, or its number (Highway 1, Avenue B)."""
    names: list[str] = []
    ended = False
    for word in rest:
        if word in ONE_WAY:
            ended = ended or (bool(names) and _is_kind(word))
        elif word not in SMALL and (not ended or len(word) == 1 or word[0].isdigit()):
            names.append(word)
    return names


def _words(text: str) -> list[str]:
    words: list[str] = re.findall(r"[^\W_]+", text)
    return [ORDINALS.get(word, word) for word in words]


def _numbers_at(words: list[str]) -> slice:
    """Where the house number stands: at the beginning, or else the first number after the name."""
    plain = [bool(re.fullmatch(r"\d+[a-z]?", word)) for word in words]
    begin = next((at for at, number in enumerate(plain) if number), len(words))
    end = begin
    while end < len(words) and plain[end] and (begin > 0 or end + 1 < len(words)):
        end += 1
    return slice(begin, end)


def same_street(one: str, other: str) -> bool:
    """Whether two lines are one address: what only one of them says is no difference."""
    a, b = street_of(one), street_of(other)
    if not a.numbers or not b.numbers:
        return bool(a.names) and (a.numbers, a.names, a.kinds) == (b.numbers, b.names, b.kinds)
    alike = set(a.numbers) & set(b.numbers) and a.names == b.names
    kinds, sides = not (a.kinds and b.kinds) or a.kinds & b.kinds, not (a.sides and b.sides) or a.sides & b.sides
    return bool(alike and kinds and sides)


def secrets_of_place(place: Mapping[str, Any], public_names: Iterable[str]) -> tuple[str, ...]:
    """What may stand in no text once this place is secret. `public_names` are shown anyhow: those of its services."""
    public = {word for name in public_names for word in _words(folded(name))}
    street, *beside = (without_silence(str(place.get(column, ""))) for column in ("address_1", "address_2", "name"))
    found = [street] if _tells(street) else []
    found += [part.strip() for part in _PARTS.split(street) if part.strip() != street and _tells_all(part)]
    found += [line for line in beside if _distinctive(line, public)]
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is not None and longitude is not None:
        found.append(f"{latitude:.6f},{longitude:.6f}")
    return tuple(found)


def _tells(line: str) -> bool:
    street = street_of(line)
    return bool(street.names) and bool(street.numbers or street.kinds)


def _tells_all(part: str) -> bool:
    street = street_of(part)
    return bool(street.names and street.numbers and street.kinds)


def _distinctive(line: str, public: set[str]) -> bool:
    words = [word for word in _words(folded(line)) if word not in SMALL]
    return any(
        len(word) > 2 and not word.isdigit() and word not in COMMON and word not in public and word not in ONE_WAY
        for word in words
    )


def scrub_known(text: str, known: Iterable[str], *, own: bool = False) -> str:
    """The text without these very secrets. `own`: it tells of the secret place itself, so the street alone is enough
    to withhold a sentence."""
    if not text:
        return text
    plain = folded(text).replace("%20", " ")
    for secret in known:
        spelt = _spelt_any_way(secret)
        if spelt is None or not _worth_a_look(plain, spelt, own=own):
            continue
        kept = _without(text, spelt, own=own)
        if kept != text:
            text, plain = kept, folded(kept).replace("%20", " ")
    return text


class _Spelt(NamedTuple):
    """`needle` is in every text worth a look, and one of `numbers` in those of others; `doubts` are lists of patterns
    that together give a place away."""

    needle: str
    exact: tuple[re.Pattern[str], ...]
    doubts: tuple[tuple[re.Pattern[str], ...], ...] = ()
    own_doubts: tuple[tuple[re.Pattern[str], ...], ...] = ()
    numbers: tuple[str, ...] = ()


def _worth_a_look(plain: str, spelt: _Spelt, *, own: bool) -> bool:
    if spelt.needle not in plain:
        return False
    return own or not spelt.numbers or any(number in plain for number in spelt.numbers)


def _without(text: str, spelt: _Spelt, *, own: bool) -> str:
    plain = folded(text)
    spans = [link.span() for link in LINK.finditer(text) if _link_tells(link[0], spelt)]
    spans += [found.span() for pattern in spelt.exact for found in pattern.finditer(plain)]
    text = _cut(text, spans)
    doubts = (*spelt.doubts, *(spelt.own_doubts if own else ()))
    return without_sentences(text, lambda said: any(all(p.search(said) for p in one) for one in doubts))


def without_sentences(text: str, tells: Callable[[str], object]) -> str:
    """`tells` is asked of each sentence, folded."""
    return _cut(text, [_trimmed(said) for said in SENTENCE.finditer(folded(text)) if tells(said[0])])


def _link_tells(link: str, spelt: _Spelt) -> bool:
    plain = folded(unquote(link))
    return any(pattern.search(plain) for pattern in spelt.exact)


def _trimmed(said: re.Match[str]) -> tuple[int, int]:
    bare = said[0].strip()
    begin = said.start() + said[0].index(bare)
    return begin, begin + len(bare)


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    done: list[str] = []
    at = 0
    for begin, end in sorted(spans):
        if end <= at:
            continue
        if begin >= at:
            done += [text[at:begin], WITHHELD]
        at = end
    return "".join([*done, text[at:]])


@lru_cache(maxsize=4096)
def _spelt_any_way(secret: str) -> _Spelt | None:
    """77 NW Osprey Avenue, 77 Northwest Osprey Ave, 77 Osprey, Osprey Avenue 77: number and name of the street."""
    if pair := COORDINATES.fullmatch(secret):
        return _spelt_coordinates(float(pair[1]), float(pair[2]))
    street = street_of(secret)
    if street.names and street.numbers:
        return _spelt_street(street)
    words = [word for word in _words(folded(without_silence(secret))) if word not in SMALL]
    if not words:
        return None
    between = rf"{BETWEEN}+(?:(?:{'|'.join(SMALL)}){BETWEEN}+)?"
    phrase = between.join(_any_spelling(word) for word in words)
    needle = next((word for word in words if word not in ONE_WAY and word not in ORDINALS.values()), "")
    return _Spelt(needle, (re.compile(EDGE_BEFORE + phrase + EDGE_AFTER),))


def _any_spelling(word: str) -> str:
    short = ONE_WAY.get(word)
    alike = {word, short or word, *(long for long, one in ONE_WAY.items() if short and one == short)}
    alike |= {long for long, one in ORDINALS.items() if one == word}
    return "(?:" + "|".join(sorted(map(re.escape, alike), key=len, reverse=True)) + ")"


def _spelt_street(street: Street) -> _Spelt:
    number = rf"(?:0*(?:{'|'.join(map(re.escape, street.numbers))})(?:{BETWEEN}?[a-z])?)"
    name = rf"{BETWEEN}+".join(map(_any_spelling, street.names))
    tail = rf"(?:{BETWEEN}*{ANY_KIND}{EDGE_AFTER}\.?)?(?:{BETWEEN}+{ANY_KIND}{EDGE_AFTER}\.?)?(?:{ROOM.pattern})*"
    begins = (
        rf"{EDGE_BEFORE}{number}(?:{BETWEEN}+{FEW}{EDGE_AFTER})?(?:{BETWEEN}+[^\W_]+){{0,2}}?{BETWEEN}*"
        rf"{name}(?:{EDGE_AFTER}{tail}|{ANY_KIND}{EDGE_AFTER}{tail})"
    )
    ends = (
        rf"{EDGE_BEFORE}(?:{ANY_KIND}\.?{BETWEEN}+(?:(?:{'|'.join(SMALL)}){BETWEEN}+){{0,2}})?{name}"
        rf"(?:{BETWEEN}*{ANY_KIND}{EDGE_AFTER}){{0,2}}{BETWEEN}*(?:(?:no|nr|num|numero|number|nummer|n){BETWEEN}+)?"
        rf"{number}{EDGE_AFTER}(?:{ROOM.pattern})*"
    )
    apart = re.compile(EDGE_BEFORE + number + EDGE_AFTER)
    kind = rf"{EDGE_BEFORE}{ANY_KIND}{EDGE_AFTER}"
    as_street = re.compile(
        rf"{EDGE_BEFORE}{name}{BETWEEN}+{kind}|{kind}{BETWEEN}+(?:(?:{'|'.join(SMALL)}){BETWEEN}+){{0,2}}{name}{EDGE_AFTER}"
    )
    alone = re.compile(EDGE_BEFORE + name + EDGE_AFTER)
    needle = street.names[0] if street.names[0] not in (*ONE_WAY, *ORDINALS.values()) else ""
    exact = (re.compile(begins), re.compile(ends))
    return _Spelt(needle, exact, ((apart, as_street),), ((apart, alone), (as_street,)), street.numbers)


def _spelt_coordinates(latitude: float, longitude: float) -> _Spelt:
    """Cut or rounded to three decimals, with a point or a comma; two are enough where the place itself is told of."""
    exact = tuple(_spelt_number(value, 3) for value in (latitude, longitude))
    rough = tuple(_spelt_number(value, 2) for value in (latitude, longitude))
    coarse = tuple(_spelt_number(value, 1) for value in (latitude, longitude))
    whole = tuple(str(int(abs(value)) + more) for value in (latitude, longitude) for more in (0, 1))
    return _Spelt("", tuple(one for one in exact if one), (coarse,), tuple((one,) for one in rough), whole)


def _spelt_number(value: float, places: int) -> re.Pattern[str]:
    scaled = abs(value) * 10**places
    forms = {int(scaled), round(scaled)}
    written = [f"{form // 10**places}[.,]{form % 10**places:0{places}d}" for form in sorted(forms)]
    return re.compile(rf"(?<![\d.,$\u20ac\u00a3])-?0*(?:{'|'.join(written)})\d*(?![\d.]\d)")


def scrub_website(address: str, scrub_one: Callable[[str], str]) -> str:
    """The address as it may stay: its first page where only the rest gives a place away, else nothing."""
    if scrub_one(address) == address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    first = f"{parts.scheme}://{parts.netloc}/"
    return first if parts.scheme in ("http", "https") and parts.netloc and scrub_one(first) == first else ""


def scrub_column(column: str, text: str, scrub_one: Callable[[str], str]) -> str:
    """A web or e-mail address with a hole in it leads nowhere: it goes as a whole."""
    if column == "website" or (column == "chat" and "//" in text):
        return scrub_website(text, scrub_one)
    kept = scrub_one(text)
    return "" if column == "email" and kept != text else kept


def same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two rows of one place: the same street in the same town, or the same point where no street differs."""
    streets = str(one["address_1"]), str(other["address_1"])
    alike, told = same_street(*streets), all(street_of(line).numbers for line in streets)
    towns = {folded(str(row["city"])).strip() for row in (one, other)} - {""}
    return (alike and len(towns) < 2) or (_same_point(one, other) and (alike or not told))


def _same_point(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    pairs = [(one[name], other[name]) for name in ("latitude", "longitude")]
    return all(a is not None and b is not None and abs(a - b) < CLOSE for a, b in pairs)


CLOSE = 0.0001  # degrees: some ten metres
