"""The embedded PostgreSQL: starts for whoever comes first, survives what people do to it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg2
import pytest

from reg4covid.embedded import runner as runners
from reg4covid.embedded.runner import EmbeddedError
from reg4covid.embedded.server import DATABASE, Server

BASE = Path(__file__).resolve().parent.parent
START = "import sys, pathlib; from reg4covid.embedded.server import Server; Server(pathlib.Path(sys.argv[1])).ensure()"
pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path):
    """A server of its own below a closed folder with spaces in its name."""
    folder = tmp_path / "a home with spaces"
    folder.mkdir(mode=0o700)
    server = Server(folder / "var")
    yield server
    server.stop()


def ask(server: Server, sql: str, database: str = DATABASE):
    with contextlib.closing(psycopg2.connect(dbname=database, **server.address())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None


def kill_all(server: Server) -> None:
    """The postmaster and its children, as the end of a container would."""
    process = psutil.Process(server.pid())
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait(10) if server.process is None else server.process.wait(10)


def test_server_speaks_utf8_in_search(server):
    server.ensure()
    ask(server, "CREATE EXTENSION pg_trgm")
    assert ask(server, "SELECT cardinality(show_trgm('мера 措施'))") > 4
    assert ask(server, "SELECT lower('ÉÄ')") == "éä"
    assert ask(server, "SHOW random_page_cost") == "1.1"
    assert ask(server, "SHOW jit") == "off"


def test_server_is_private(server):
    server.ensure()
    assert ask(server, "SHOW listen_addresses") == ""
    for folder in (server.data, Path(server.address()["host"]), server.var_dir):
        assert folder.stat().st_mode & 0o077 == 0, folder
    assert len(os.fsencode(f"{server.address()['host']}/.s.PGSQL.5432")) <= 103


def test_stop_and_start_keep_the_data(server):
    server.ensure()
    ask(server, "CREATE TABLE kept AS SELECT 1 AS n")
    assert server.stop() is True
    assert server.stop() is False
    server.ensure()
    assert ask(server, "SELECT n FROM kept") == 1


def test_killed_server_starts_again(server):
    server.ensure()
    ask(server, "CREATE TABLE kept AS SELECT 1 AS n")
    kill_all(server)
    assert (server.data / "postmaster.pid").exists() and server.pid() == 0
    server.ensure()
    assert ask(server, "SELECT n FROM kept") == 1


def test_another_process_starts_it_again_while_the_killed_one_is_a_zombie(server):
    """Its parent has not asked for its exit code; for kill(pid, 0) it is still there."""
    server.ensure()
    ask(server, "CREATE TABLE kept AS SELECT 1 AS n")
    os.kill(server.pid(), signal.SIGKILL)
    subprocess.run([sys.executable, "-c", START, str(server.var_dir)], cwd=BASE, check=True)
    assert ask(server, "SELECT n FROM kept") == 1


def test_stale_file_with_the_number_of_another_process_is_no_server(server):
    server.ensure()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n0\n5432\n\n\n\nready\n")
    assert not server.is_ready()
    server.ensure()
    assert ask(server, "SELECT 1") == 1


def test_interrupted_first_start_is_begun_anew(server):
    (server.var_dir / "postgres.new/base").mkdir(parents=True)
    (server.var_dir / "postgres").mkdir()
    server.ensure()
    assert ask(server, "SELECT 1") == 1


def test_server_whose_folder_was_removed_does_not_disturb_the_next(server):
    server.ensure()
    orphan = server.process
    shutil.rmtree(server.var_dir)
    server.ensure()
    assert orphan.wait(10) is not None
    assert ask(server, "SELECT 1") == 1


def test_server_without_its_socket_is_started_anew(server):
    server.ensure()
    (Path(server.address()["host"]) / ".s.PGSQL.5432").unlink()
    server.ensure()
    assert ask(server, "SELECT 1") == 1


def test_several_processes_start_it_at_once(server):
    command = [sys.executable, "-c", START, str(server.var_dir)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: subprocess.run(command, cwd=BASE, capture_output=True, text=True), range(4)))
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
    assert ask(server, "SELECT 1") == 1


def test_server_outlives_the_interrupt_key(server):
    """Ctrl-C goes to the process group of the terminal; the server's clients have to end first."""
    starter = subprocess.Popen([sys.executable, "-c", f"{START}; input()", str(server.var_dir)], cwd=BASE,
                               stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    while not server.is_ready():
        time.sleep(0.05)
    os.killpg(starter.pid, signal.SIGINT)
    starter.wait(10)
    assert server.is_ready()


def test_long_path_gets_a_short_socket(tmp_path):
    server = Server(tmp_path / ("long" * 30) / "var")
    try:
        server.ensure()
        assert ask(server, "SELECT 1") == 1
    finally:
        server.stop()
        shutil.rmtree(server.address()["host"], ignore_errors=True)


def test_other_version_is_refused_in_one_line(server):
    server.ensure()
    server.stop()
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 12"):
        server.ensure()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs neither")
def test_root_without_user_namespaces_uses_a_system_user(server, monkeypatch, capsys):
    find = shutil.which
    monkeypatch.setattr(runners.shutil, "which", lambda name: None if name == "unshare" else find(name))
    server.ensure()
    assert server.data.stat().st_uid != 0
    assert str(server.data) in capsys.readouterr().err
    server.stop()
    monkeypatch.undo()  # and back: the data follow
    server.ensure()
    assert ask(server, "SELECT 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs neither")
def test_root_without_any_way_gets_one_line(server, monkeypatch):
    monkeypatch.setattr(runners.shutil, "which", lambda name: None)
    with pytest.raises(EmbeddedError, match="ordinary user"):
        server.ensure()


def test_checks_start_no_server(tmp_path):
    environ = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reg4covid.settings"}
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=BASE, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "postgres").exists()
