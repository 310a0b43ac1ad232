"""What tests of the web client share."""

import pytest

from common.tests import rude_server


@pytest.fixture(scope="module")
def _server():
    with rude_server.running() as server:
        yield server


@pytest.fixture
def server(_server):
    _server.asked.clear()
    _server.heads.clear()
    return _server
