"""The title and the date of a page, from its first bytes: by searching, for such pages are seldom well-formed."""

import datetime
import html
import re
from email.utils import parsedate_to_datetime

from common.text import clean_line, cut_at_sentence
from common.web import Answer

PAGES = ("text/html", "application/xhtml+xml")
TITLE_MAX = 300  # characters
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Those that pages are written in; Python knows others that are no encodings of text, and slow ones.
_TEXT = re.compile(
    r"utf-?(8|16|16le|16be)|us-ascii|iso-?8859-\d+|windows-12\d\d|windows-874|cp125\d|koi8-[ru]|tis-620"
    r"|gb(k|2312|18030)|big5|euc-(jp|kr)|shift_jis|iso-2022-jp",
    re.IGNORECASE,
)
# As browsers take them: pages that name the narrow set mean the wide one.
_WIDER = {"iso-8859-1": "windows-1252", "us-ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}
_META = re.compile(r"<meta\b[^<>]{1,600}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_DATES = ("article:published_time", "dc.date", "dcterms.date", "dcterms.issued", "date", "datepublished")
_JSON_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def is_page(answer: Answer) -> bool:
    """Return whether it is said to be a page that has a title."""
    return answer.media_type in PAGES


def title_and_date(answer: Answer, today: datetime.date) -> tuple[str, datetime.date | None]:
    """Return what the page calls itself and the day it says it was published; where it does not, when it changed."""
    text = _decoded(answer) if is_page(answer) else ""
    head = text[: end if (end := text.lower().find("</head")) >= 0 else len(text)]
    dated = _published(head, text) or _changed(answer)
    return _title(head), dated if dated and datetime.date(1990, 1, 1) <= dated <= today else None


def _decoded(answer: Answer) -> str:
    said = _CHARSET.search(answer.headers.get("content-type", ""))
    said = said or _CHARSET.search(answer.body[:2_048].decode("latin-1"))
    if said and _TEXT.fullmatch(said[1]):
        name = said[1].lower()
        return answer.body.decode(_WIDER.get(name, name), "replace")
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(answer.body) - 4  # the end of what was read, in the middle of a letter
        return answer.body.decode("utf-8" if cut_off else "windows-1252", "replace")


def _title(head: str) -> str:
    small = head.lower() if len(head.lower()) == len(head) else head  # a few letters grow when they get small
    start = small.find(">", small.find("<title")) + 1 if "<title" in small else 0
    end = small.find("</title", start)
    if not start or end < 0:
        return ""
    return cut_at_sentence(clean_line(html.unescape(head[start:end][: 10 * TITLE_MAX])), TITLE_MAX)


def _published(head: str, text: str) -> datetime.date | None:
    for tag in _META.findall(head):
        said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        name = said.get("property") or said.get("name") or said.get("itemprop") or ""
        if name.lower() in _DATES and (day := _day(said.get("content", ""))):
            return day
    in_json = _JSON_DATE.search(text)
    return _day(in_json[1]) if in_json else None


def _day(text: str) -> datetime.date | None:
    found = _DAY.match(text.strip())
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _changed(answer: Answer) -> datetime.date | None:
    """The day of Last-Modified, but for pages: most of those are made at the moment they are asked for."""
    said = answer.headers.get("last-modified", "")
    try:
        return None if not said or is_page(answer) else parsedate_to_datetime(said).date()
    except (ValueError, TypeError, IndexError):
        return None
