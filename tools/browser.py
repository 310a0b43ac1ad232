"""A Chromium for the browser tests: find it, install it, or say how to get one.

`python -m tools.browser` is what `make test` calls. Debian's package is used where it is there; Ubuntu's is a stub for
another packaging system and does not run in containers, so there, and elsewhere, Playwright's own build is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOW = (
    "reg4covid: no Chromium for the browser tests. Get one with `apt-get install chromium fonts-noto-core"
    " fonts-noto-cjk` (Debian), or `.venv/bin/python -m playwright install --with-deps chromium` (elsewhere),"
    " or name one in CHROMIUM, and run `make test` again."
)
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-cjk")  # Chinese is boxes without the last


def executable() -> str | None:
    """The system's Chromium; None leaves the choice to Playwright."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = shutil.which("chromium")
    if not found or Path(found).resolve().is_relative_to("/snap") or _distribution() == "ubuntu":
        return None
    return found


def launch_options() -> dict:
    """How the tests start it. Chromium's sandbox does not work for root."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": executable(), "args": [*root, "--disable-dev-shm-usage"]}


def runs() -> bool:
    """Whether a page opens."""
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(**launch_options(), timeout=60_000)
            chromium.new_page().goto("about:blank")
            chromium.close()
    except (Error, OSError):
        return False
    return True


def install() -> None:
    """The way of this system; whether it worked is seen afterwards."""
    if _distribution() == "debian" and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-q"], quiet)
        _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES], quiet)
        return
    with_libraries = ["--with-deps"] if _distribution() == "ubuntu" and os.geteuid() == 0 else []
    _run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"], dict(os.environ))


def main() -> int:
    """0 when there is a browser in the end."""
    if runs():
        return 0
    print("reg4covid: installing Chromium for the browser tests", file=sys.stderr)
    install()
    if runs():
        return 0
    print(HOW, file=sys.stderr)
    return 1


def _distribution() -> str:
    """ID of /etc/os-release, such as debian or ubuntu."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    except OSError as error:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
