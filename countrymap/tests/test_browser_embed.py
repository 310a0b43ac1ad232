"""The map in somebody else's page, on another origin; no other page of the portal lets itself be framed."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from countries.services import load_countries
from tests.factories import make_initiative
from tests.weight import Linked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def elsewhere():
    """A site on another port: give it the body of a page, it gives the address."""
    bodies = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f'<!doctype html><link rel="icon" href="data:,"><p>Elsewhere</p>{bodies[-1]}'.encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def site(body: str) -> str:
        bodies.append(body)
        return f"http://127.0.0.1:{server.server_port}/"

    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def guest(new_page):
    """A page that may go elsewhere: all else that is watched stays watched."""

    def make(**options):
        page = new_page(**options)
        page.route("http://127.0.0.1:*/**", lambda route: route.continue_())
        return page

    return make


@pytest.fixture
def snippet(live_server, settings):
    """What the map's page offers to copy, with a filter."""
    settings.SITE_URL = live_server.url
    load_countries()
    make_initiative(countries=["KE"])
    make_initiative(countries=["SG"], theme="economic_measures", measure_types=["subsidy"])

    def read(query: str = "") -> str:
        html = Client().get(f"/map/{query}").text
        text = html.split('<textarea id="map-snippet"')[1].split(">", 1)[1].split("</textarea>")[0]
        from html import unescape

        return unescape(text)

    return read


def test_snippet_shows_the_map_elsewhere_with_its_filters(guest, elsewhere, snippet):
    page = guest()
    page.goto(elsewhere(snippet("?country=SG")))
    frame = page.frame_locator("iframe")
    frame.locator("path.country.map-1[aria-label='Singapore. Initiatives: 1']").wait_for()
    assert frame.locator("h1").inner_text() == "Initiatives by country or territory"
    assert "Country or territory: Singapore" in frame.locator("body").inner_text()
    assert (
        frame.locator("path.country[aria-label^='Kenya']").get_attribute("aria-label")
        == "Kenya. Initiatives: none recorded"
    )
    assert "do not imply official endorsement" in frame.locator("figcaption").inner_text()
    assert page.locator("iframe").get_attribute("title").endswith("Country or territory: Singapore")
    assert page.context.cookies() == []


def test_country_opens_in_a_tab_of_its_own(guest, elsewhere, snippet, live_server):
    page = guest()
    page.goto(elsewhere(snippet()))
    frame = page.frame_locator("iframe")
    frame.locator("path.country.map-1").first.wait_for()
    for act in (
        lambda: frame.locator("path.symbol[aria-label^='Singapore']").click(),
        lambda: frame.locator("path.symbol[aria-label^='Singapore']").press("Enter"),
    ):
        with page.context.expect_page() as opened:
            act()
        opened.value.wait_for_url(f"{live_server.url}/countries/SG/")
        assert opened.value.evaluate("window.opener") is None
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="From ").click()
    opened.value.wait_for_url(f"{live_server.url}/map/")


def test_embed_works_without_script(guest, elsewhere, snippet):
    page = guest(java_script_enabled=False)
    page.goto(elsewhere(snippet()))
    link = page.frame_locator("iframe").locator("svg.world a[href='/countries/SG/']")
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")


@pytest.mark.parametrize("size", [(360, 520), (200, 150)])
def test_embed_fits_narrow_frames(new_page, snippet, size):
    snippet()
    page = new_page(viewport={"width": size[0], "height": size[1]})
    page.goto("/map/embed/")
    page.wait_for_selector("path.country.map-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("#map").bounding_box()["height"] > 60


@pytest.mark.parametrize("script", [True, False])
def test_map_legend_note_and_link_are_in_view_in_frames_of_any_size(new_page, snippet, script):
    snippet()
    page = new_page(java_script_enabled=script)
    for width, height in [(320, 240), (480, 360), (320, 480), (640, 520), (800, 600), (1280, 520)]:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/map/embed/?theme=economic_measures&country=SG&q=" + "subsidy+" * 10)
        page.wait_for_selector("path.symbol" if script else "svg.world")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        key = "summary" if width < 640 or height < 480 else ".embed-key .chips"
        for part in (".map-canvas", key, "text=do not imply official endorsement", "text=From "):
            box = page.locator(part).last.bounding_box()
            assert box["y"] >= 0 and box["y"] + box["height"] <= height + 1, (part, width, height)
        assert page.locator("#map").bounding_box()["height"] >= 75, (width, height)


@pytest.mark.parametrize("path", ["/", "/map/", "/initiatives/", "/countries/KE/", "/accounts/login/", "/map/map.svg"])
def test_other_pages_are_not_framed(guest, elsewhere, snippet, live_server, path):
    snippet()
    page = guest()
    page.goto(elsewhere(f'<iframe src="{live_server.url}{path}"></iframe>'))
    frame = page.frames[-1]
    frame.wait_for_load_state()
    assert frame.url.startswith("chrome-error:") or not frame.locator("h1, svg").count()
    page.watch.complaints.clear()  # the browser says that it was refused


def test_embed_fetches_no_more_than_it_needs(client, snippet):
    snippet()
    page = Linked()
    page.feed(client.get("/map/embed/").text)
    assert not any("site." in address for address in page.found)
