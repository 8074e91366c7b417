"""Which places nobody may learn of, and their addresses out of every text: a word too many withheld, none too few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from server.resources.known_places import (
    LINK,
    PLACE_WORDS,
    UNTOLD,
    WITHHELD,
    scrub_column,
    scrub_known,
    without_sentences,
)

HIDDEN = "the place is confidential: nothing of it was taken"
SCRUBBED = "what reads like an address taken out: the place is confidential"

FLAGS = ("confidential", "is_confidential", "confidential_address", "address_confidential", "private_address")
_TRUE = {"1", "true", "yes", "y", "t", "x", "si", "s\u00ed", "confidential"}

_KIND_OF_PLACE = r"(?:and \w+ |safe |secure |emergency |residential |domestic violence |women'?s )"
# In a field that holds an address the word alone is enough. In free text "confidential" mostly speaks of counselling.
_IN_ADDRESS = re.compile(
    rf"(?<!\w){UNTOLD}(?!\w)(?! (?:st|street|ave|avenue|rd|road|dr|drive|lane|ln|blvd)\b)", re.IGNORECASE
)
_IN_TEXT = re.compile(
    rf"(?<!\w){UNTOLD},? {_KIND_OF_PLACE}*{PLACE_WORDS}(?!\w)"
    rf"|(?<!\w){PLACE_WORDS} (?:of \w+ \w+ )?(?:\w+ )?"
    rf"(?:is|are|remains?|kept|stays|es|est\u00e1)(?: \w+){{0,2}} {UNTOLD}"
    rf"|(?<!\w){PLACE_WORDS}[ :-]+{UNTOLD}(?!\w)",
    re.IGNORECASE,
)
_HINT = re.compile("confiden|disclos|secret|withheld|publish|listed|suppress|hidden|protected", re.IGNORECASE)


def reads_confidential(address_field: str) -> bool:
    """For the fields of an address: "Confidential", "Address withheld", "Undisclosed location"."""
    return bool(_IN_ADDRESS.search(address_field))


def speaks_of_secret_place(text: str) -> bool:
    """For free text: "a confidential location", "the address is not disclosed"; not "confidential counselling"."""
    return bool(_HINT.search(text)) and bool(_IN_TEXT.search(text))


def flagged(values: Mapping[str, str]) -> bool:
    """A column of the package that says so."""
    return any(values.get(column, "").strip().casefold() in _TRUE for column in FLAGS)


# --- Addresses in running text

# The first are streets wherever they stand after a number; the second only where they are written like a name.
_STREET = (
    r"(?:street|avenue|road|boulevard|drive|lane|highway|parkway|expressway|turnpike|str|ave|rd|blvd|hwy|pkwy|st|dr|ln)"
)
_STREET_NAMED = (
    r"(?:court|ct|circle|cir|terrace|ter|place|pl|way|trail|trl|square|sq|plaza|plz|causeway|cswy|alley|aly|loop|row"
    r"|path|pike|crescent|close|mews|broadway|walk|point|run|bend|freeway|fwy|speedway|mile|esplanade|island|hall)"
)
_COMPASS = r"(?:[NSEW]{1,2}|north|south|east|west|north ?east|north ?west|south ?east|south ?west)\.?"
_ROOM = (
    r"(?:,?\s*(?:suite|ste|apartment|apt|unit|floor|fl|room|rm|building|bldg|#)\.?\s*#?[\w-]{1,8}"
    r"|,?\s*\d{1,3}(?:st|nd|rd|th) floor)"
)
_TOWN = r"(?:,?\s+[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*){0,2},?\s+[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?)"
_NUMBER = r"(?<![\w$.])\d{1,6}[A-Za-z]?(?:-\d{1,4})?,?\s+"
_TAIL = rf"\b\.?(?i:(?:\s+{_COMPASS}(?!\w))?{_ROOM}*){_TOWN}?"
_WORD = r"[\w'\u2019-]+\.?"
_NO_NAME = (
    r"(?:an?|the|of|for|in|to|at|and|or|is|are|days?|hours?|weeks?|months?|years?|minutes?|people|persons?|times|beds?"
    r"|women|men|children|families|per|miles?)"
)
_UNIT = (
    r"(?:days?|hours?|hrs?|weeks?|months?|years?|minutes?|min|people|persons?|times|beds?|rooms?|women|men|children"
    r"|families|a\.?m\b|p\.?m\b)"
)
_NAMED = r"(?:[A-Z][\w'\u2019-]*|\d+(?:st|nd|rd|th|ST|ND|RD|TH)?)\.?"
_PATTERNS = (
    # 123 NW 5th Street, Suite 4, Town, FL 33000
    rf"{_NUMBER}(?i:(?:{_COMPASS}\s+)?(?:(?!{_NO_NAME}\b){_WORD}\s+){{1,4}}?{_STREET}){_TAIL}",
    rf"{_NUMBER}(?:(?i:{_COMPASS})\s+)?(?:{_NAMED}\s+){{0,4}}?(?=[A-Z])(?i:{_STREET_NAMED}){_TAIL}",
    # 4000 W Flagler: a point of the compass is enough
    r"(?<![\w$.])\d{1,6}\s+(?:N|S|E|W|NE|NW|SE|SW)\.?\s+[A-Z0-9][\w'\u2019-]*",
    # Street before number: Calle de la Paz 45; Hauptstrasse 12; rue de la Paix 5
    rf"(?i)(?<!\w)(?:calle|avenida|avda|carrera|paseo|rua|rue|v[i\u00ed]a|camino|cra)\.?\s+(?:{_WORD}\s+){{0,4}}?{_WORD},?\s+"
    r"(?:no\.?|n\u00ba|num\.?|#)?\s*\d{1,5}[a-z]?(?!\w)",
    r"(?i)(?<!\w)\w+(?:stra\u00dfe|strasse|gasse|platz|allee|straat|gata)\s+\d{1,4}[a-z]?(?!\w)",
    # Main Street 12; Heron Way no. 12
    rf"(?<!\w)(?:[A-Z][\w'\u2019-]*\.?\s+){{1,3}}(?i:{_STREET}|{_STREET_NAMED})\b\.?,?\s+(?i:(?:no\.?|n\u00ba|nr\.?|number|#)\s*)?"
    rf"\d{{1,5}}[A-Za-z]?(?![\w:%/-]|\.\d|\s*(?i:{_UNIT}))",
    # Corners, mile markers, boxes, numbered roads
    rf"(?i)(?<!\w)(?:corner|intersection)\s+of\s+(?:{_WORD}\s+){{1,6}}?(?:and|&)\s+(?:{_WORD}\s+){{0,3}}?"
    rf"(?:{_STREET}\b|{_STREET_NAMED}\b|\d+\w*|{_WORD}(?=[.,;]|$))",
    r"(?i)(?<!\w)(?:mile ?marker|milepost|mm)\s*#?\s*\d{1,3}(?:\.\d+)?(?!\w)",
    r"(?i)(?<!\w)p\.?\s?o\.?\s?box\s*#?\s*\d+(?!\w)",
    rf"(?i){_NUMBER}(?:us|u\.s\.|state|county|sr|cr|fm)[\s-]*(?:highway|hwy|road|rd|route)?[\s-]*\d{{1,4}}"
    rf"(?:\s+{_COMPASS}(?!\w))?",
    # A town with its postal code, coordinates, links to maps
    r"(?<!\w)[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,2},\s*[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?(?!\w)",
    r"(?<![\w.])-?\d{1,3}\.\d{3,}\s*\u00b0?\s*[NS]?,?\s*-?\d{1,3}\.\d{3,}\s*\u00b0?\s*[EW]?(?![\w.])",
    r"(?<!\w)\d{1,3}\s*[\u00b0\u00ba]\s*\d{1,2}(?:[.,]\d+)?\s*['\u2032\u2019](?:\s*\d{1,2}(?:[.,]\d+)?\s*(?:\"|\u2033|\u201d|''))?\s*[NSEWO]?",
    r"(?i)(?<!\w)(?:lat|latitude|latitud|lon|long|lng|longitude|longitud)\b\W{0,3}-?\d{1,3}[.,]\d{2,}",
    r"(?i)(?<!\S)\S*(?:goo\.gl/maps|maps\.google|google\.\w+/maps|maps\.apple|openstreetmap\.org|waze\.com|what3words)\S*",
    r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)",
)
_IN_PATHS = tuple(re.compile(pattern) for pattern in _PATTERNS[:8])
_ADDRESSES = tuple(re.compile(pattern) for pattern in _PATTERNS)


def scrub(text: str, known: Iterable[str] = ()) -> str:
    """The text without anything that reads like an address, and without the secrets that are known."""
    text = LINK.sub(_link_without_address, text)
    for pattern in _ADDRESSES:
        text = pattern.sub(WITHHELD, text)
    return scrub_known(text, known, own=True)


def _link_without_address(link: re.Match[str]) -> str:
    """https://casa.example/visit/12-main-street: the words of a path stand between signs, not spaces."""
    path = unquote(link[0]).partition("://")[2].partition("/")[2] or link[0].partition("/")[2]
    said = " ".join(re.split(r"[\W_]+", path)).title()
    return WITHHELD if any(pattern.search(said) for pattern in _IN_PATHS) else link[0]


# --- How to get there, where no street is named

# In folded letters. A sentence too many is withheld, but not what these places say of themselves: that they help to
# stop violence and to exit the life, and that they leave nobody behind.
_WAYS = (
    r"(?:mini|school ?)?bus(?:es)?|trams?|trains?|subway|metro(?:rail|bus|mover)?|trolley|stations?|stops?|behind"
    r"|beside|next (?:to|door)|near(?:by|est)?|close to|across (?:from|the street)|opposite|in front of|gates?|exits?"
    r"|corners?|intersection|blocks? (?:from|away|north|south|east|west|of)|turn (?:left|right)|landmarks?"
    r"|cross streets?"
    # Spanish
    r"|autobus(?:es)?|guaguas?|tren(?:es)?|paradas?|estacion(?:es)?|detras|atras de|(?:al|a un) lado|junto al?|cerca"
    r"|cercan[ao]s?|frente al?|enfrente|esquinas?|portones|porton|rejas?|salidas?|cuadras?"
    # Arabic, with what is written in one word with it
    r"|[\u0648\u0641]?[\u0628\u0644\u0643]?(?:\u0627\u0644|\u0644)?(?:\u0628\u0627\u0635(?:\u0627\u062a)?"
    r"|\u062d\u0627\u0641\u0644(?:\u0629|\u0627\u062a)|\u0645\u0648\u0642\u0641|\u0645\u062d\u0637(?:\u0629|\u0627\u062a)"
    r"|\u062e\u0644\u0641|\u0648\u0631\u0627\u0621|\u062c\u0627\u0646\u0628|\u062c\u0648\u0627\u0631|\u0642\u0631\u0628"
    r"|\u0642\u0631\u064a\u0628(?:\u0629)?|\u0628\u0648\u0627\u0628\u0629|\u0645\u062e\u0631\u062c|\u0632\u0627\u0648\u064a\u0629"
    r"|\u0645\u062a\u0631\u0648|\u0642\u0637\u0627\u0631|\u0645\u0642\u0627\u0628\u0644|\u0627\u0645\u0627\u0645)"
)
_NO_WAY = re.compile(
    r"\b(?:to|help|helps|can|we|and|one|non|not|never|don.?t)[ -]+(?:safely )?(?:stop|exit)\b(?! (?:at|by)\b)"
    r"|\bexit (?:plan|strateg|the life|prostitution|programm?e)\w*"
    r"|\b(?:stop|exit) (?:(?:the|all|any|domestic|human|sexual|child) )*(?:violence|abuse|traffick|exploit)\w*"
    r"|\bnear(?:est)? (?:future|relatives?)|\b(?:no ?one|nobody|left|leave|anyone) behind\b"
)
_WAY = re.compile(rf"(?<!\w)(?:{_WAYS})(?!\w)")
_DIRECTING = frozenset({"description", "application_process", "accessibility", "text"})


def scrub_directions(text: str) -> str:
    """Without the sentences that say how to get there: "behind the school", "bus 344 to the last stop"."""
    return without_sentences(text, lambda said: _WAY.search(_NO_WAY.sub(" ", said)))


def scrub_own(column: str, text: str, known: Iterable[str]) -> str:
    """A text of a confidential service itself, by the name of its column."""
    secrets = tuple(known)
    kept = scrub_column(column, text, lambda said: scrub(said, secrets))
    return scrub_directions(kept) if column in _DIRECTING else kept
