"""Which addresses may be asked: public ones, whatever they look like and whoever says so."""

import ipaddress
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.web import Client, Failure, Kind, is_public, resolve, split

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1"),
    *("192.0.2.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"),  # mapped, compatible
    *("2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),  # 6to4, Teredo
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "100::1", "5f00::1", "3fff::1"),  # NAT64
    *("", "site.test", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5"),  # no addresses
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address):
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_allowed_that_python_calls_private(address):
    if is_public(str(address)) and address not in ipaddress.ip_network("64:ff9b::/96"):
        assert address.is_global and not address.is_multicast


def no_connection(*args, **kwargs):
    raise AssertionError("a connection was made")


@pytest.mark.parametrize("address", PRIVATE)
def test_client_refuses_by_itself_what_is_not_public(monkeypatch, address):
    monkeypatch.setattr(socket, "create_connection", no_connection)
    client = Client("Test/1.0", resolve=lambda *args: [address])
    with pytest.raises(Failure) as caught:
        client.follow("GET", "http://site.test/", until=time.monotonic() + 2)
    assert caught.value.kind == Kind.PRIVATE


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    monkeypatch.setattr(socket, "create_connection", no_connection)
    client = Client("Test/1.0", resolve=lambda *args: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Failure) as caught:
        client.follow("GET", "http://site.test/", until=time.monotonic() + 2)
    assert caught.value.kind == Kind.PRIVATE


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "localhost"])
def test_other_spellings_of_this_machine_are_refused(monkeypatch, host):
    monkeypatch.setattr(socket, "create_connection", no_connection)
    with pytest.raises(Failure) as caught:
        Client("Test/1.0").follow("GET", f"http://{host}/", until=time.monotonic() + 5)
    assert caught.value.kind == Kind.PRIVATE


def test_slow_name_servers_are_not_waited_for(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(2) or [])
    started = time.monotonic()
    with pytest.raises(Failure) as caught:
        resolve("site.test", 80, 0.05)
    assert caught.value.kind == Kind.TIME_OUT and time.monotonic() - started < 1


def test_unknown_names_are_a_failure_of_their_own(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Failure) as caught:
        resolve("site.test", 80, 1)
    assert caught.value.kind == Kind.NO_NAME


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://site.test/", "gopher://site.test/", "javascript:alert(1)", "//site.test/", ""),
        *("http://user@site.test/", "http://user:pw@site.test/", "http://site.test@10.0.0.1/", "http:///path"),
        *("http://site.test:22/", "http://site.test:0/", "http://site.test:99999/", "http://site.test:x/"),
        *("http://site.test\\@10.0.0.1/", "http://site.test/a b", "http://site.test/\r\nX: y", "http://sıte\x00.test/"),
        *("http://[::1/", "http://[fe80::1%25eth0]/", "http://-a.test/" + "x" * 2_000),
        *("http://" + "a" * 254 + "/", "http://site%2etest/", "http://é" + "x" * 70 + ".test/"),
    ],
)
def test_addresses_that_cannot_be_asked_are_refused(url):
    with pytest.raises(Failure) as caught:
        split(url)
    assert caught.value.kind == Kind.BAD_URL


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Site.Test", "http://site.test/"),
        ("https://site.test:443/a?b=c#d", "https://site.test/a?b=c"),
        ("http://site.test.:8080/", "http://site.test:8080/"),
        ("http://bücher.test/ä?q=ö", "http://xn--bcher-kva.test/%C3%A4?q=%C3%B6"),
        ("http://site.test/a%20b/%C3%A9?x=[1]", "http://site.test/a%20b/%C3%A9?x=[1]"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_addresses_are_asked_as_the_network_writes_them(url, asked):
    assert split(url).url == asked
