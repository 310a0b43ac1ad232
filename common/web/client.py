"""A small HTTP client for addresses that strangers gave.

Each name is resolved once for each request and refused unless every address it leads to is public; the connection goes
to one of just those addresses, so that a second answer of the name server changes nothing. Redirects are followed one
by one under the same rules. Time and size are limited whatever the server does. No proxy of the environment is asked.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urljoin

from common.web import addresses
from common.web.body import read_body
from common.web.failures import Failure, Kind
from common.web.urls import PORTS, Target, split

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 5
CONNECT, ADDRESSES = 4.0, 3  # seconds for each address, and how many of one name are tried
BODY = 65_536  # bytes, unpacked


@dataclass(frozen=True)
class Answer:
    """What a server said. `url` is the address that said it, `headers` have names in small letters."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes = b""
    redirects: int = 0
    sets_cookies: bool = False  # it, or a redirect on the way

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Client:
    """Asks. What is not the default is for tests."""

    user_agent: str
    resolve: Callable[[str, int, float], list[str]] = addresses.resolve
    is_allowed: Callable[[str], bool] = addresses.is_public
    ports: frozenset[int] = PORTS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def follow(
        self,
        method: str,
        url: str,
        *,
        until: float,
        may_ask: Callable[[Target], None] = lambda target: None,
        read: tuple[str, ...] = (),
    ) -> Answer:
        """Ask for `url`, go where it redirects to, and return the last answer; raise Failure where none comes.

        `until` is a time of time.monotonic(); `may_ask` is called before each request and may raise; `read` are the
        beginnings of the media types whose body is wanted.
        """
        cookies = False
        for redirects in range(MOST_REDIRECTS + 1):
            target = split(url, self.ports)
            may_ask(target)
            answer = self.ask(method, target, until=until, read=read)
            cookies = cookies or answer.sets_cookies
            place = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not place:
                return replace(answer, redirects=redirects, sets_cookies=cookies)
            url = _joined(target.url, place)
        raise Failure(Kind.COOKIES if cookies else Kind.REDIRECTS, url)

    def ask(self, method: str, target: Target, *, until: float, read: tuple[str, ...] = ()) -> Answer:
        """Make one request, without following redirects."""
        connection = HTTPConnection(target.host, target.port)
        with _Watch(until) as watch:
            try:
                connection.sock = watch.socket = self._connect(target, until)
                if target.scheme == "https":
                    connection.default_port = 443  # for the Host header
                    connection.sock = watch.socket = self._secure(watch.socket, target, until)
                watch.check()
                return self._converse(connection, method, target, watch, read)
            except (OSError, HTTPException, ValueError) as error:
                # When the time is up the socket is gone under the reader's hands, which looks like anything.
                watch.check()
                kind = Kind.TIME_OUT if isinstance(error, TimeoutError) else Kind.PROTOCOL
                raise Failure(kind, repr(error)) from error
            finally:
                connection.close()

    def _converse(self, connection, method: str, target: Target, watch: "_Watch", read: tuple[str, ...]) -> Answer:
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request(method, target.path, headers=headers)
        response: HTTPResponse = connection.getresponse()
        watch.check()  # headers that broke off because the time was up look complete
        said = {name.lower(): _text(value) for name, value in response.getheaders()}
        answer = Answer(response.status, target.url, said, sets_cookies="set-cookie" in said)
        if method == "GET" and 200 <= response.status < 300 and answer.media_type.startswith(read or ("\0",)):
            answer = replace(answer, body=read_body(response, said.get("content-encoding", ""), BODY))
        return answer

    def _connect(self, target: Target, until: float) -> socket.socket:
        found = self.resolve(target.host, target.port, _left(until))
        if not found:
            raise Failure(Kind.NO_NAME, target.host)
        if not all(self.is_allowed(address) for address in found):
            raise Failure(Kind.PRIVATE, f"{target.host}: {found}")
        failure: OSError = OSError()
        for address in found[:ADDRESSES]:
            try:
                return socket.create_connection((address, target.port), timeout=min(CONNECT, _left(until)))
            except OSError as error:
                failure = error
        kind = Kind.TIME_OUT if isinstance(failure, TimeoutError) else Kind.NO_CONNECTION
        raise Failure(kind, failure)

    def _secure(self, plain: socket.socket, target: Target, until: float) -> ssl.SSLSocket:
        plain.settimeout(_left(until))
        try:
            return self.tls.wrap_socket(plain, server_hostname=target.host)
        except ssl.SSLCertVerificationError as error:
            raise Failure(Kind.CERTIFICATE, error) from error
        except TimeoutError as error:
            raise Failure(Kind.TIME_OUT, error) from error
        except (OSError, ValueError) as error:
            raise Failure(Kind.NO_TLS, error) from error


class _Watch:
    """Ends the conversation when the time is up: a server that sends a byte now and then outlives every time-out."""

    def __init__(self, until: float) -> None:
        self.socket: socket.socket | None = None
        self.is_over = False
        self._timer = threading.Timer(_left(until), self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *error) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        if self.socket is not None:
            with contextlib.suppress(OSError):  # closed already
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)  # past TLS, which would want to say good-bye

    def check(self) -> None:
        if self.is_over:
            raise Failure(Kind.TIME_OUT, "the time is up")


def _left(until: float) -> float:
    """Seconds that are left; raise Failure(TIME_OUT) where there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise Failure(Kind.TIME_OUT, "the time is up")
    return seconds


def _text(value: str) -> str:
    """A header as it was meant: http.client reads Latin-1, many servers write UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _joined(base: str, place: str) -> str:
    try:
        return urljoin(base, place.strip())
    except ValueError as error:
        raise Failure(Kind.BAD_URL, error) from error
