"""A web server that misbehaves in every way, each under a path of its own. On this machine only."""

import contextlib
import datetime
import functools
import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from common.web import Client

PAGE = b"<html><head><title>Decision 2020/17</title></head><body>Text</body></html>"


def said(status: str, body: bytes = b"", *, length: int | None = None, **headers: str) -> bytes:
    """An answer as bytes; `Content_Type` becomes Content-Type."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def page(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    return said(status, body, **{"Content_Type": "text/html", **headers})


@functools.cache
def bomb() -> bytes:
    """50 million bytes in some 50,000."""
    return gzip.compress(b"<title>Bomb</title>" + b"\0" * 50_000_000)


class Rude:
    """What it was asked, in `asked` as (method, path, Host), and how it answers by path, in `answers`.

    An answer is bytes, or a function of connection and method. Without one it is 404.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.asked: list[tuple[str, str, str]] = []
        self.heads: list[str] = []
        self.answers: dict[str, bytes | Callable[[socket.socket, str], None]] = {"/": page()}
        self.at_once = self.most_at_once = 0
        self._guard = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._listener.getsockname()[1]
        self.is_over = threading.Event()

    def url(self, path: str = "/", host: str = "site.test") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def client(self, **changes) -> Client:
        """A client that takes every name for this server, and this machine for public."""
        mine = {"resolve": lambda host, port, patience: ["127.0.0.1"], "is_allowed": lambda address: True}
        return Client(**{"user_agent": "Test/1.0", "ports": frozenset({self.port}), **mine, **changes})

    def paths(self, method: str = "GET") -> list[str]:
        return [path for asked, path, _host in self.asked if asked == method]

    def serve(self) -> None:
        while not self.is_over.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            connection.settimeout(20)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4_096)
                if not piece:
                    return
                head += piece
            self._answer(connection, head.decode("latin-1"))

    def _answer(self, connection: socket.socket, head: str) -> None:
        method, path, _version = head.split("\r\n", 1)[0].split(" ")
        host = next((line[6:] for line in head.split("\r\n") if line.lower().startswith("host: ")), "")
        with self._guard:
            self.asked.append((method, path, host))
            self.heads.append(head)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.answers.get(f"{method} {path}", self.answers.get(path, said("404 Not Found")))
            if callable(answer):
                answer(connection, method)
            else:
                connection.sendall(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else answer)
        finally:
            with self._guard:
                self.at_once -= 1

    # Ways to misbehave.

    def hangs(self, connection: socket.socket, method: str) -> None:
        self.is_over.wait(20)

    def drips_headers(self, connection: socket.socket, method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.is_over.wait(0.05):
            connection.sendall(b"a")

    def drips_body(self, connection: socket.socket, method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Slow</title>")
        while not self.is_over.wait(0.05):
            connection.sendall(b"a")

    def floods(self, connection: socket.socket, method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Flood</title>")
        while not self.is_over.is_set():
            connection.sendall(b"a" * 65_536)

    def goes_on(self, connection: socket.socket, method: str) -> None:
        while not self.is_over.is_set():
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.01)

    def bombs(self, connection: socket.socket, method: str) -> None:
        packed = bomb()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}"
        connection.sendall(head.encode() + b"\r\n\r\n" + packed)

    def resets(self, connection: socket.socket, method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def breaks_off(self, connection: socket.socket, method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n" + PAGE)
        time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def says(self, answer: bytes) -> Callable[[socket.socket, str], None]:
        """Just these bytes, HEAD or not."""
        return lambda connection, method: connection.sendall(answer)


@contextlib.contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Rude]:
    server = Rude(tls)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        server._listener.shutdown(socket.SHUT_RDWR)
        server._listener.close()
        thread.join(5)


def self_signed(folder, name: str = "site.test", days: int = 1) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server with a certificate nobody vouches for needs, and a client that trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - datetime.timedelta(days=9))
    builder = builder.not_valid_after(now + datetime.timedelta(days=days))
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "server.pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=pem.decode())
