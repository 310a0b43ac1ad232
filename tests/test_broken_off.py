"""A download that fails in the middle breaks off: no client that checks its transfers takes it for a whole one."""

import contextlib
import http.client
import subprocess
import sys
import time

import pytest

from tests.house import ROOT
from tests.test_run import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port():
    number = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{number}", "--workers", "1"]
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "tests.broken_stream:application"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    for _each in range(300):
        with contextlib.suppress(OSError):
            http.client.HTTPConnection("127.0.0.1", number).connect()
            break
        time.sleep(0.1)
    yield number
    server.terminate()
    server.wait(20)


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "geojson"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_failed_download_is_incomplete(port, format, encoding):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/initiatives/export.{format}", headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    assert response.status == 200 and response.headers["X-Row-Count"] == "2000"
    with pytest.raises(http.client.IncompleteRead):
        response.read()
