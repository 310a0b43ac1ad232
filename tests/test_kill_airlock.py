"""The web server and the worker killed with SIGKILL in the middle of the airlock: the short form of bench/kill.py."""

import subprocess
import sys

import pytest

from tests.house import ROOT


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_by_kills_of_web_server_and_worker():
    done = subprocess.run(
        [sys.executable, "bench/kill.py", "--kills", "2"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "faults: 0" in done.stdout
