"""The same page under different spellings."""

import contextlib
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from common.text import clean_line
from common.validators import MAX_URL_LENGTH

# Parameters that say where a visitor came from or how the page is to look, not what the page is.
TRACKING = frozenset(
    "fbclid gclid dclid msclkid mc_cid mc_eid igshid ref_src ref_url yclid _ga _gl _rdr hc_ref fontsize amp phpsessid "
    "jsessionid".split()
)
TRACKING_BEGINS = ("utm_", "__xts__", "__cft__", "__tn__", "__cf_chl_", "_x_tr_")
DEFAULT_PORTS = {"http": 80, "https": 443}
# The same site under another name: for telephones, or because it was renamed.
OTHER_HOSTS = re.compile(r"^(www|m|mobile|wap|amp)\.(?=[^.]+\.)")
SAME_HOST = {f"archive.{end}": "archive.today" for end in "is ph fo md li vn".split()} | {"x.com": "twitter.com"}
INDEX = re.compile(r"(index|default)\.(s?html?|php|aspx?|jsp)", re.IGNORECASE)
# A page that only the part after "#" names; else that part is a place on the page.
ROUTE = re.compile(r"!|/.")
HOME = re.compile(r"[^/?#]+(/[a-z]{2}([-_][a-z]{2,4})?)?", re.IGNORECASE)  # a language may follow the host

# Copies and viewers carry the address of what they show in their own: in the path…
_KEPT = re.compile(r"/(?:web/[^/]+|save)/+(.+\..+)")
_INSIDE_PATH = {
    "web.archive.org": _KEPT,
    "web-old.archive.org": _KEPT,
    "archive.today": re.compile(r"/[\d.-]+/(https?:/.+)"),
    "cdn.ampproject.org": re.compile(r"/[cv]/(?:s/)?(.+\..+)"),
    "google.com": re.compile(r"/amp/(?:s/)?(.+\..+)"),
}
# …or in a parameter.
_INSIDE_QUERY = {
    "google.com": ("url", "q"),
    "translate.google.com": ("u",),
    "translate.googleusercontent.com": ("u",),
    "docs.google.com": ("url",),
    "webcache.googleusercontent.com": ("q",),
    "l.facebook.com": ("u",),
}
_CACHED = re.compile(r"cache:(?:[\w-]{12}:)?([^\s+]+)")
WRAPPED_AT_MOST = 3  # a copy of a translation of a copy


def key_of(url: str) -> str:
    """Return what the addresses of one page share, in at most 500 characters; empty where `url` is no web address.

    Left out are scheme, `www.` and the like, default port, order and tracking of the query, index pages, and the
    archive or viewer around the page. It is for comparing, not for visiting.
    """
    for _layer in range(WRAPPED_AT_MOST):
        parts = _parts(url)
        inner = _inside(parts) if parts else ""
        if not inner:
            break
        url = inner
    key = _key(parts) if parts else ""
    if len(key) > MAX_URL_LENGTH:  # cut, two long addresses could be taken for one
        key = key[: MAX_URL_LENGTH - 65] + "~" + hashlib.sha256(key.encode()).hexdigest()
    return key


def is_home_page(key: str) -> bool:
    """Whether the key is that of a whole site: it says nothing of one measure."""
    return HOME.fullmatch(key) is not None


def _parts(url: str) -> SplitResult | None:
    """The parts of a web address; none where it is no such thing."""
    try:
        parts = urlsplit(clean_line(url))
        host, _port = parts.hostname, parts.port  # an impossible port raises
    except ValueError:
        return None
    return parts if host else None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        with contextlib.suppress(UnicodeError):  # no host that could be asked, but still the same spelling
            host = host.encode("idna").decode()
    host = OTHER_HOSTS.sub("", host)
    if host.endswith(".translate.goog"):  # www-who-int.translate.goog; a hyphen of the host's own is doubled
        plain = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
        host = OTHER_HOSTS.sub("", plain)
    return SAME_HOST.get(host, host)


def _inside(parts: SplitResult) -> str:
    """The address of the page that a copy or viewer shows; empty where it is no such thing."""
    host = _host(parts)
    path = _INSIDE_PATH.get(host)
    rest = "".join(mark + text for mark, text in (("?", parts.query), ("#", parts.fragment)) if text)
    found = path and path.fullmatch(parts.path + rest)
    if found:
        return "https://" + re.sub(r"^https?:/+", "", found[1])
    query = dict(parse_qsl(parts.query))
    for name in _INSIDE_QUERY.get(host, ()):
        inner = query.get(name, "")
        cached = _CACHED.match(inner)
        inner = cached[1] if cached else inner
        if inner.startswith(("http://", "https://")):
            return inner
    return ""


def _key(parts: SplitResult) -> str:
    host, port = _host(parts), parts.port
    if host == "youtu.be":
        return f"youtube.com/watch?v={parts.path.strip('/')}"
    port_shown = f":{port}" if port and port != DEFAULT_PORTS.get(parts.scheme) else ""
    query = list(_query(parts))
    if host == "youtube.com" and parts.path == "/watch":
        query = [(name, value) for name, value in query if name == "v"]
    route = f"#{parts.fragment}" if ROUTE.match(parts.fragment) else ""
    words = urlencode(sorted(query), errors="surrogateescape")
    path = "".join(f"/{part}" for part in _segments(parts.path))
    return host + port_shown + path + (f"?{words}" if words else "") + route


def _segments(path: str) -> Iterator[str]:
    """What stands between the strokes of the path, each spelt in one way, without what names no other page."""
    parts = [_spelt(part) for part in path.partition(";jsessionid=")[0].split("/") if part]
    if parts and INDEX.fullmatch(parts[-1]):
        parts.pop()
    if len(parts) > 1 and parts[-1].lower() == "amp":
        parts.pop()
    for part in parts:
        yield re.sub(r"\.amp(?=\.html?$)", "", part)


def _spelt(part: str) -> str:
    """One spelling of percent-encoded text; bytes that are no text stay as they are."""
    try:
        text = unicodedata.normalize("NFC", unquote(part, errors="strict"))
    except UnicodeDecodeError:
        return re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), part)
    return re.sub(r"[\x00-\x20\x7f-\x9f/?#%]", lambda char: quote(char[0], safe=""), text)


def _query(parts: SplitResult) -> Iterator[tuple[str, str]]:
    for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape"):
        low = name.lower()
        if low not in TRACKING and not low.startswith(TRACKING_BEGINS) and (low, value) != ("outputtype", "amp"):
            yield name, value
