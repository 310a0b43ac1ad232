"""Certificates are checked for the name that was asked for, and secure connections end in time as well."""

import pytest

from common.tests import rude_server
from common.tests.asking import SHORT, ask, failure
from common.web import Kind


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A server with a certificate that nobody vouches for, and the context of a client that trusts it."""
    for_server, for_client = rude_server.self_signed(tmp_path_factory.mktemp("tls"))
    with rude_server.running(for_server) as server:
        yield server, for_client


def test_certificate_nobody_vouches_for_is_a_failure_of_its_own(tls):
    assert failure(tls[0]) == Kind.CERTIFICATE


def test_certificate_is_checked_for_the_name_and_not_for_the_address(tls):
    server, trusting = tls
    assert ask(server, tls=trusting).status == 200
    assert failure(server, url=server.url(host="other.test"), tls=trusting) == Kind.CERTIFICATE


def test_expired_certificate_is_refused(tmp_path):
    for_server, trusting = rude_server.self_signed(tmp_path, days=-1)
    with rude_server.running(for_server) as server:
        assert failure(server, tls=trusting) == Kind.CERTIFICATE


def test_server_that_speaks_no_tls_is_a_failure_of_its_own(server):
    assert failure(server, url=f"https://site.test:{server.port}/") in (Kind.NO_TLS, Kind.TIME_OUT)


def test_secure_server_that_hangs_is_left(tls):
    server, trusting = tls
    server.answers["/drip"] = server.drips_headers
    assert failure(server, "/drip", seconds=SHORT, tls=trusting) == Kind.TIME_OUT
