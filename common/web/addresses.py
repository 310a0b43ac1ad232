"""Which addresses of the network are public, and to which ones a name leads."""

import ipaddress
import queue
import socket
import threading

from common.web.failures import Failure, Kind

# By IANA's registries of special addresses, written out because what `ipaddress` calls global changed between patch
# releases of Python. The last is public by number, but a cloud's own service to the machines inside.
_REFUSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
        " 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
        " 168.63.129.16/32"
    ).split()
]
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
# 2001::/23 holds Teredo, 2002::/16 is 6to4: both carry an IPv4 address that may be anything.
_REFUSED_6 = [ipaddress.IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # what a network without IPv4 makes of every IPv4 address


def is_public(address: str) -> bool:
    """Return whether `address` (IPv4 or IPv6, as text) is one of the public network that may be asked."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a zone ("fe80::1%eth0") has no public meaning either
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _REFUSED_4)
    if parsed.scope_id:
        return False
    if parsed in _NAT64:
        return is_public(str(ipaddress.IPv4Address(parsed.packed[-4:])))
    return parsed in _GLOBAL_6 and not any(parsed in network for network in _REFUSED_6)


def resolve(host: str, port: int, patience: float) -> list[str]:
    """Return the addresses of `host`, each once, in the system's order.

    The system's resolver knows no time limit, so it is asked in a thread that is left behind after `patience` seconds.
    """
    answers: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, port, answers), name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=patience)
    except queue.Empty:
        raise Failure(Kind.TIME_OUT, f"resolving {host}") from None
    if isinstance(found, Exception):
        raise Failure(Kind.NO_NAME, found) from found
    return list(dict.fromkeys(found))


def _ask(host: str, port: int, answers: queue.SimpleQueue) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put([str(address[0]) for _family, _type, _protocol, _name, address in found])
    except (OSError, UnicodeError, ValueError) as error:
        answers.put(error)
