"""Draws docs/images/*.png, the pictures of the README: `.venv/bin/python -m tools.pictures`.

It starts a demonstration of its own, which has the launch content and nothing else that is public, and ends it again.
An address as the only argument takes the pictures of a portal that already runs.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser import launch_options

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
VIEWPORT = {"width": 1200, "height": 900}
COLOURS = 128  # of a picture: its size is a third of that with all of them
PATIENCE = 300  # seconds until a new installation answers
PICTURES = {
    "home": "/",
    "list": "/initiatives/?q=spectrum",
    "map": "/map/",
    "country": "/countries/CN/",
    "forum": "/forum/t/1/",
}


def main() -> None:
    portal = contextlib.nullcontext(sys.argv[1].rstrip("/")) if sys.argv[1:] else demonstration()
    with portal as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport=VIEWPORT, locale="en")
        for name, path in PICTURES.items():
            draw(page, home + path, IMAGES / f"{name}.png")
        browser.close()


def draw(page: Page, address: str, file: Path) -> None:
    answer = page.goto(address, wait_until="networkidle")
    assert answer and answer.ok, address
    page.screenshot(path=file)
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """Run a new demonstration; yield its address. Nothing of it stays."""
    folder = tempfile.mkdtemp(prefix="pictures-")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    env = {**os.environ, "VAR_DIR": folder, "PORT": str(port)}
    portal = subprocess.Popen([sys.executable, "-m", "reg4covid.run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"{home}/livez", portal)
        yield home
    finally:
        portal.send_signal(signal.SIGINT)
        portal.wait(timeout=120)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(address: str, portal: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert portal.poll() is None, "the portal did not start"
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 (our own)
            return
        time.sleep(1)
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
