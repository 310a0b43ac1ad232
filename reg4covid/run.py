"""`make run`, `make stop` and `make demo-reset`: python -m reg4covid.run [stop|reset].

Which installation it is follows from the environment. Nothing set: a demonstration on this machine, and this is the
only place that switches PORTAL_DEMO on. With DATABASE_URL, EMAIL_URL or a BIND that others can reach it runs the same
way without demonstration, and says so; asking for the demonstration there is refused (reg4covid.environment).
"""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reg4covid import environment
from reg4covid.embedded.runner import EmbeddedError
from reg4covid.embedded.server import server_in
from reg4covid.environment import Environment, stop
from reg4covid.signals import Signals, Stopped

BASE_DIR = Path(__file__).resolve().parent.parent
STOP_SECONDS = 60
# What an installation writes below VAR_DIR; nothing else there is touched, whatever VAR_DIR points to.
MADE = ("postgres", "postgres.new", "run", "log", "media", "mail", "static", "static.stamp", "secret_key")
MADE += ("demo_accounts.json",)


def serve() -> int:
    """Run the portal until somebody ends it."""
    why_not = choose_demonstration()
    env = environment.read(BASE_DIR)
    os.environ["DJANGO_SETTINGS_MODULE"] = "reg4covid.settings"  # whatever project the shell worked on before
    if why_not:
        print(f"Without demonstration, because of {why_not}: real accounts only, mail by EMAIL_URL.", flush=True)
    signals = Signals()
    with only_one(env) as was_killed:
        refuse_busy_port(env, patience=10 if was_killed else 0)
        from reg4covid.supervisor import Supervisor

        supervisor = Supervisor(env, BASE_DIR, signals)
        try:
            supervisor.run()
        except Stopped:
            pass
        finally:
            signals.ignore()
            supervisor.end()
    return 0


def choose_demonstration() -> str:
    """Switch the demonstration on where nothing speaks against it; otherwise say what does."""
    if os.environ.get("PORTAL_DEMO", "").strip():
        return ""
    why_not = environment.no_demonstration(os.environ)
    if not why_not:
        os.environ["PORTAL_DEMO"] = "1"
        os.environ.setdefault("LOG_LEVEL", "WARNING")  # the console is for the sign-in codes
    return why_not


def lock_file(env: Environment) -> Path:
    return env.var_dir / "run.lock"


@contextlib.contextmanager
def only_one(env: Environment) -> Iterator[bool]:
    """One `make run` per VAR_DIR; the kernel frees the lock of a killed one, of which it says so."""
    env.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(lock_file(env), "a+") as file:
        if not _lock(file):
            stop(f"the portal of this folder already runs (process {running(env)}); `make stop` ends it.", 1)
        file.seek(0)
        was_killed = bool(file.read())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield was_killed
        file.truncate(0)


def _lock(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def running(env: Environment) -> int:
    """Process id of the `make run` that holds the lock, 0 if none does."""
    try:
        with open(lock_file(env)) as file:
            return 0 if _lock(file) else int(file.read() or 0)
    except FileNotFoundError:
        return 0


def refuse_busy_port(env: Environment, patience: float) -> None:
    """Say so before anything is started. The web server of a killed `make run` gets some seconds to let go."""
    deadline = time.monotonic() + patience
    while (error := _cannot_bind(env)) and error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
        time.sleep(0.2)
    if error and error.errno == errno.EADDRINUSE:
        stop(f"port {env.port} on {env.bind} is in use; choose another one: make run PORT={env.port + 1}", 1)
    if error:
        stop(f"port {env.port} on {env.bind} cannot be opened: {error.strerror}.", 1)


def _cannot_bind(env: Environment) -> OSError | None:
    family = socket.AF_INET6 if ":" in env.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.bind, env.port))
        except OSError as error:
            return error
    return None


def halt() -> int:
    """End a running `make run` of this folder, and the embedded server with it, whoever uses it."""
    env = environment.read(BASE_DIR)
    if pid := running(env):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while running(env) == pid:
            if time.monotonic() > deadline:
                stop(f"process {pid} has not ended after {STOP_SECONDS} seconds.", 1)
            time.sleep(0.1)
    stopped = not env.database_url and server_in(env.var_dir).stop()
    print("Stopped." if pid or stopped else "Nothing was running.")
    return 0


def reset() -> int:
    """Back to before the first start: stop, then remove what the installation wrote."""
    if os.environ.get("DATABASE_URL", "").strip():
        stop("demo-reset is refused with DATABASE_URL: it is for the embedded database only.")
    env = environment.read(BASE_DIR)
    halt()
    for path in (env.var_dir / name for name in MADE):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    print(f"Removed the portal's data in {env.var_dir}; `make run` starts anew.")
    return 0


def main(arguments: list[str]) -> int:
    """The command named; a server that cannot run is one line."""
    commands = {(): serve, ("stop",): halt, ("reset",): reset}
    if tuple(arguments) not in commands:
        stop("usage: python -m reg4covid.run [stop|reset]")
    try:
        return commands[tuple(arguments)]()
    except EmbeddedError as error:
        stop(str(error), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
