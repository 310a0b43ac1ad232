"""Whatever a machine makes of the description, good and bad, is answered as the description says."""

import os

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.config import SchemathesisConfig

from countries.services import load_countries
from forum.tests.things import post_reply, post_topic
from initiatives.tests.choosing import scatter
from reg4covid.api.document import document

SCHEMA = "/api/v1/schema/"
# schemathesis leaves out the description itself, where it was read.
# More by hand: API_EXAMPLES=300 pytest tests/test_api_schemathesis.py
EXAMPLES = int(os.environ.get("API_EXAMPLES", "10"))
CONFIG = {
    "generation": {"deterministic": True, "max-examples": EXAMPLES, "no-shrink": True},
    "checks": {
        # Which organisations, tags and places of a list there are the description cannot say: 400 and 404 are right.
        "positive_data_acceptance": {"expected-statuses": ["2xx", 400, 404]},
    },
}


@pytest.fixture
def _one_connection():
    """The server would close that of the test, as it is too old for it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def some(db, _one_connection) -> None:
    load_countries()
    scatter(12)
    post_reply(post_topic().topic)


def plainly(environ, start_response):
    """Answer without compression, which nobody takes away here."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return SERVER(environ, start_response)


SERVER = WSGIHandler()
schema = schemathesis.openapi.from_dict(document(), config=SchemathesisConfig.from_dict(CONFIG))
schema.app, schema.location = plainly, SCHEMA


@pytest.mark.usefixtures("some")
@schema.parametrize()
def test_api_does_as_it_says(case):
    case.call_and_validate()
