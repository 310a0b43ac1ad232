"""What tests of initiatives share."""

import pytest

from common.tests import rude_server
from common.tests.rude_server import page
from tests.factories import UserFactory


@pytest.fixture
def author(client):
    """A person with a confirmed e-mail who has signed in."""
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture(scope="module")
def _server():
    with rude_server.running() as server:
        yield server


@pytest.fixture
def server(_server, settings):
    """A web server that misbehaves as its `answers` say. The portal is portal.test."""
    settings.SITE_URL = "https://portal.test"
    for seen in (_server.asked, _server.heads, _server.answers):
        seen.clear()
    _server.answers["/"] = page()
    return _server
