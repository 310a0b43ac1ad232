"""Draws static/img/card.png, what others show of a page that is shared: `.venv/bin/python -m tools.make_card`.

The mark is that of the header, the words are those under the portal's name. Nothing is fetched from anywhere.
"""

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.browser import launch_options

ROOT = Path(__file__).resolve().parent.parent
WORDS = "What countries did to keep people connected"
PAGE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; block-size: 630px; display: grid; align-content: center; gap: 36px; box-sizing: border-box;
  padding: 0 96px; background: #00629b; color: #fff; border-block-end: 24px solid #08456b;
  font: 650 76px/1.2 system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; letter-spacing: -0.01em; }
svg { inline-size: 150px; block-size: 150px; fill: #96bfdb; }
p { margin: 0; max-inline-size: 900px; text-wrap: balance; }
</style><svg viewBox="0 0 32 32">%s</svg><p>%s</p>"""


def main() -> None:
    icons = (ROOT / "templates/includes/icons.html").read_text()
    mark = re.search(r'<symbol id="icon-mark"[^>]*>(.*?)</symbol>', icons, re.DOTALL)[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.set_content(PAGE % (mark, WORDS))
        page.screenshot(path=ROOT / "static/img/card.png")
        browser.close()


if __name__ == "__main__":
    main()
