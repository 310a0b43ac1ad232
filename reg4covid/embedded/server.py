"""The embedded PostgreSQL of one installation: start, find, stop. Safe to use from several processes at once.

The wheel's own `get_server()` is not used: it fails in paths with spaces, opens root's home, and believes for ever in
servers that were killed.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psutil
import psycopg2

from reg4covid.embedded.runner import EmbeddedError, Runner, binaries, clean_environment, find_runner, give

DATABASE = "reg4covid"
USER = "portal"
PORT = 5432  # only part of the socket's name: the server listens on no network
SOCKET_PATH_LIMIT = 103  # bytes; the least of Linux (107) and macOS (103)
START_SECONDS = 180  # recovery after a crash included
STOP_SECONDS = 30
LOG_LIMIT = 5_000_000  # bytes
# Trigrams and search need a UTF-8 character type; the builtin provider is the same on every system.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
CHARACTER_TYPE = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
OPTIONS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": 300,  # four for each process of the web server, and the worker's
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "random_page_cost": 1.1,  # with the default of 4 the planner prefers sequential scans
    "jit": "off",
    "max_parallel_workers_per_gather": 0,  # containers have little shared memory, two cores are busy anyway
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}


class Server:
    """The server whose data lie in `var_dir`/postgres."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        self.data = var_dir / "postgres"
        self.log = var_dir / "log" / "postgres.log"
        self.process: subprocess.Popen | None = None
        self.known = False  # whether this process has seen that the database exists

    # -- what others ask ------------------------------------------------------------------------------------------

    def ensure(self) -> None:
        """Start the server unless it runs, and create the portal's database unless it exists."""
        if self.known and self.is_ready():
            return
        with self._locked():
            if self._is_deaf():
                self._end(self.pid())
            if not self.pid():
                self._start()
            self._wait_until_ready()
            self._create_database()
        self.known = True

    def address(self) -> dict[str, str | int]:
        """Where a running server is reached; its own file knows, whatever this process would have chosen."""
        lines = self._pid_file()
        host = lines[4] if len(lines) > 4 and lines[4] else str(self._socket_folder())
        return {"host": host, "port": PORT, "user": USER}

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        return self._says_ready() and self._socket().exists() and self.pid() != 0

    def pid(self) -> int:
        """Process id of the running server, 0 if there is none: a file left behind by a killed one does not count."""
        if self.process:
            self.process.poll()  # take the exit code of an ended one, or it stays as a zombie
        lines = self._pid_file()
        try:
            process = psutil.Process(int(lines[0]))
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (IndexError, ValueError, psutil.Error):
            return 0
        return process.pid if ours else 0

    def connections(self) -> int:
        """How many other clients are connected; 0 as well if the server does not answer."""
        sql = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        try:
            with contextlib.closing(self._connect()) as connection, connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()[0]
        except psycopg2.Error:
            return 0

    def stop(self) -> bool:
        """Stop the server, ending open connections; False if it did not run. Nothing that was committed is lost."""
        with self._locked():
            pid = self.pid()
            if pid:
                self._end(pid)
        return pid != 0

    # -- how it is done -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time; the kernel frees the lock of a killed one."""
        self.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.var_dir / "postgres.lock", "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(errors="replace").splitlines()
        except OSError:
            return []

    def _says_ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _socket(self) -> Path:
        return Path(str(self.address()["host"])) / f".s.PGSQL.{PORT}"

    def _is_deaf(self) -> bool:
        """Whether it runs, but somebody removed its socket: then nobody reaches it any more."""
        return self._says_ready() and self.pid() != 0 and not self._socket().exists()

    def _end(self, pid: int) -> None:
        os.kill(pid, signal.SIGINT)
        if not self._gone(STOP_SECONDS):
            os.kill(pid, signal.SIGQUIT)
            self._gone(STOP_SECONDS)

    def _end_orphans(self) -> None:
        """A server whose folder was removed under it would later take the new one's socket away."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                words = process.cmdline()
                if words and words[0].endswith("postgres") and str(self.data) in words:
                    process.send_signal(signal.SIGQUIT)
                    process.wait(STOP_SECONDS)

    def _start(self) -> None:
        self._end_orphans()
        runner = find_runner(self.var_dir)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(runner)
        give(self.data, runner)
        self._refuse_other_version()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if runner.note:
            print(f"reg4covid: {runner.note}; its data: {self.data}", file=sys.stderr)
        for last in (False, False, True):
            self.process = self._launch(runner, self._make_socket_folder(runner))
            if self._survives_start():
                return
            if last or "shared memory block" not in self._last_words():
                raise EmbeddedError(f"PostgreSQL did not start: {self._last_words()} (more in {self.log})")
            time.sleep(2)  # children of a server that was killed need a moment to notice

    def _initialise(self, runner: Runner) -> None:
        """Make the data folder beside its place and move it there whole: an interrupted first start leaves nothing."""
        draft = self.data.with_name("postgres.new")
        for leftover in (draft, self.data):
            if leftover.exists():
                shutil.rmtree(leftover)
        draft.mkdir(mode=0o700)
        os.chown(draft, runner.uid, runner.gid)
        command = [*runner.prefix, str(binaries() / "initdb"), "-D", str(draft), "-U", USER, "--auth=trust"]
        command += [*LOCALE, f"--lc-ctype={CHARACTER_TYPE}"]
        done = subprocess.run(command, cwd="/", env=clean_environment(), capture_output=True, text=True)
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL's data folder could not be made: {_last_line(done.stderr)}")
        draft.rename(self.data)

    def _refuse_other_version(self) -> None:
        words = subprocess.run([str(binaries() / "postgres"), "--version"], capture_output=True, text=True).stdout
        ours, theirs = words.split()[-1].split(".")[0], (self.data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {theirs}, installed is {ours}: dump with the old one, load anew."
            )

    def _launch(self, runner: Runner, socket_folder: Path) -> subprocess.Popen:
        """In a session of its own, so that Ctrl-C in the terminal does not reach it before its clients have ended."""
        command = [*runner.prefix, str(binaries() / "postgres"), "-D", str(self.data)]
        quoted = '"' + str(socket_folder).replace('"', '""') + '"'
        for name, value in {**OPTIONS, "unix_socket_directories": quoted}.items():
            command += ["-c", f"{name}={value}"]
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old"))
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _survives_start(self) -> bool:
        """Wait until the new server has written its file; False if it ended instead."""
        while self.process and self.process.poll() is None:
            if self.pid():
                return True
            time.sleep(0.02)
        return False

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if not self.pid():
                raise EmbeddedError(f"PostgreSQL did not start: {self._last_words()} (more in {self.log})")
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL is not ready after {START_SECONDS} seconds (see {self.log}).")
            time.sleep(0.05)

    def _gone(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.pid():
                return True
            time.sleep(0.05)
        return False

    def _connect(self):
        return psycopg2.connect(dbname="postgres", **self.address())

    def _create_database(self) -> None:
        with contextlib.closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')

    def _last_words(self) -> str:
        try:
            return _last_line(self.log.read_bytes()[-4000:].decode(errors="replace"))
        except OSError:
            return "no log"

    def _socket_folder(self) -> Path:
        """Below VAR_DIR where the path is short enough for a socket, else a private folder for temporary files."""
        folder = self.var_dir / "run"
        if len(os.fsencode(folder)) + len(f"/.s.PGSQL.{PORT}") <= SOCKET_PATH_LIMIT and "," not in str(folder):
            return folder
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{mark}"

    def _make_socket_folder(self, runner: Runner) -> Path:
        """0700, and nobody else's: who can reach the socket is the database's owner."""
        folder = self._socket_folder()
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or (os.geteuid() and found.st_uid != os.geteuid()):
            raise EmbeddedError(f"{folder} belongs to somebody else; set TMPDIR or VAR_DIR to another folder.")
        os.chown(folder, runner.uid, runner.gid)
        folder.chmod(0o700)
        for leftover in folder.glob(".s.PGSQL.*"):  # its lock would count for as long as a killed server is a zombie
            leftover.unlink(missing_ok=True)
        return folder


def _last_line(text: str) -> str:
    """The last line that says why; PostgreSQL adds hints and "database system is shut down" after it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    reasons = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (reasons or lines or ["no message"])[-1]


@cache
def server_in(var_dir: Path) -> Server:
    """The one object per process and installation."""
    return Server(var_dir)
