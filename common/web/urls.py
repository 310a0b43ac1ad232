"""A web address taken apart, as it is asked for."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from common.web.failures import Failure, Kind

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 2_000  # characters
# Programs read these in different ways, so that what is checked might not be what is asked.
_UNCLEAR = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+")
_DEFAULT = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """Where a request goes: `host` in ASCII and small letters, `path` with its query, ready to be sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _DEFAULT[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.path


def split(url: str, ports: frozenset[int] = PORTS) -> Target:
    """Take `url` apart; raise Failure(BAD_URL) where it is none that may be asked."""
    url = url.strip(" ").partition("#")[0]
    if len(url) > LONGEST or _UNCLEAR.search(url):
        raise Failure(Kind.BAD_URL, "too long, or unclear characters")
    try:
        parts = urlsplit(url)
        scheme, port = parts.scheme.lower(), parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:  # UnicodeError is one
        raise Failure(Kind.BAD_URL, error) from error
    if scheme not in _DEFAULT or "@" in parts.netloc:
        raise Failure(Kind.BAD_URL, "another scheme, or a user name")
    port = port if port is not None else _DEFAULT[scheme]
    if port not in ports:
        raise Failure(Kind.BAD_URL, f"port {port}")
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*") + (f"?{_query(parts.query)}" if parts.query else "")
    return Target(scheme, host, port, path)


def _query(text: str) -> str:
    return quote(text, safe="/%:=&~+!$,;'@()*?[]")


def _ascii(host: str) -> str:
    """The name as the network knows it (IDNA), without the dot of the root."""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.rstrip(".").lower()
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise ValueError("no possible host name")
    return host
