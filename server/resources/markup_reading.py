"""HTML that an editor in a browser left in a text, into plain words: paragraphs as lines, nothing of it as markup."""

from __future__ import annotations

import html
import re

MARKUP = "HTML turned into plain text"

# Only what editors write: in "<script>" as the name of a band and in "a < b" there is nothing to turn.
_BLOCKS = r"p|div|ul|ol|tr|table|tbody|thead|h[1-6]|section|article|blockquote|center|dl|dd|dt|pre|figure|header|footer"
_INLINE = r"span|b|strong|i|em|u|a|font|small|sup|sub|img|label|code|td|th|mark|abbr|big|o:p|iframe|style|script|meta"
_WHOLE = re.compile(r"<(style|script|iframe)\b[^<>]{0,500}>.{0,20000}?</\1\s*>|<!--.{0,5000}?-->", re.I | re.DOTALL)
_BREAK = re.compile(rf"<(?:br|hr)\b[^<>]{{0,100}}>|</(?:{_BLOCKS})\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,500}>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]{0,1000}?\bhref\s*=\s*[\"']?(https?://[^\s\"'<>]{1,500})[\"']?[^<>]{0,1000}>(.{0,500}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE}|li)\b[^<>]{{0,5000}}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_TIMES = 4  # what was escaped twice and thrice


def plain_entities(text: str) -> str:
    """`&amp;` and `&#8217;` as the letters they stand for, also where that was done to them twice."""
    for _ in range(_TIMES):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text.replace("\xa0", " ")


def plain_text(text: str) -> str:
    """The words of a text of many lines; links keep where they lead."""
    text = plain_entities(text)
    for _ in range(_TIMES):
        if "<" not in text or not (_TAG.search(text) or _BREAK.search(text) or _WHOLE.search(text)):
            break
        text = _WHOLE.sub(" ", text)
        text = _LINK.sub(_told_link, text)
        text = _ITEM.sub("\n- ", _BREAK.sub("\n", text))
        text = _TAG.sub("", text)
    return text


def _told_link(link: re.Match[str]) -> str:
    said = link[2].strip()
    told = said if "." in said else " "  # "www.help.example" says where it leads, "desk" does not
    return said if link[1].rstrip("/") in said or told.rstrip("/") in link[1] else f"{said} ({link[1]})"
