"""What tests of every room share: a database that starts as migrations leave it, and a browser."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator

import psutil
import psycopg2
import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.base.creation import BaseDatabaseCreation

VIEWPORT = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that end with a flush (live server, several transactions) get back first what migrations wrote."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        flushed = {"live_server", "transactional_db"} & set(fixtures) or (marker and marker.kwargs.get("transaction"))
        if flushed:
            again = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(again, append=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Uploads of the tests go with them."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def _browser_first(request: pytest.FixtureRequest) -> None:
    """Start the browser before any connection is made, where a browser test is to come.

    Playwright leaves an event loop in this thread, and from then on Django keeps its connections elsewhere: those of
    before would stay open, and what is remembered on them would be lost.
    """
    if any("browser" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("browser")


@pytest.fixture(scope="session")
def _rows_kept_aside() -> Iterator[None]:
    """What migrations wrote comes back with a statement for each table; Django saves it row by row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "serialize_db_to_string", put_aside)
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", bring_back)
        yield


def put_aside(creation: BaseDatabaseCreation) -> str:
    """Copy what stands in the tables into a schema of their own, and return the SQL that brings it back."""
    statements = []
    with creation.connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA aside")
        for table in creation.connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f'CREATE TABLE aside."{table}" AS TABLE "{table}"')
            cursor.execute(_COLUMNS, [table])
            columns = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
            cursor.execute(f'SELECT FROM "{table}" LIMIT 1')
            if cursor.rowcount:
                rows = f'SELECT {columns} FROM aside."{table}"'
                statements.append(f'INSERT INTO "{table}" ({columns}) {rows} ON CONFLICT DO NOTHING')  # the first time
    return ";\n".join(statements)


def bring_back(creation: BaseDatabaseCreation, statements: str) -> None:
    """Fill the emptied tables; keys between them are looked at in the end."""
    with transaction.atomic(using=creation.connection.alias), creation.connection.cursor() as cursor:
        cursor.execute(statements)


@pytest.fixture(scope="session")
def django_db_setup(_browser_first: None, _rows_kept_aside: None, django_db_setup: None) -> None:
    """Beside what pytest-django makes, clear away the databases of runs that were killed."""
    drop_leftovers()


def drop_leftovers() -> None:
    """Test databases are named after the process that made them (settings_test.py)."""
    if settings.DATABASES["default"]["ENGINE"] != "reg4covid.embedded":
        return
    from reg4covid.embedded.server import server_in

    server = server_in(settings.VAR_DIR)
    server.ensure()
    with contextlib.closing(psycopg2.connect(dbname="postgres", **server.address())) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_reg4covid_[0-9]+'")
        for (name,) in cursor.fetchall():
            run = int(name.split("_")[2])
            if not psutil.pid_exists(run):
                with contextlib.suppress(psycopg2.Error):  # another worker was faster
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


class Watch:
    """What a page must not do: errors in the console, failed files, requests to anybody but the portal."""

    def __init__(self, context, home: str) -> None:
        self.home = home
        self.complaints: list[str] = []
        context.route("**/*", self._route)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("response", self._response)

    def _route(self, route) -> None:
        url = route.request.url
        if url.startswith((f"{self.home}/", "data:", "blob:")):
            route.continue_()
        else:
            self.complaints.append(f"request to the outside: {url}")
            route.abort()

    def _console(self, message) -> None:
        # Failed files are complained about below; a page that answers 404 on purpose is none.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _response(self, response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} for {response.url}")


@pytest.fixture(autouse=True)
def _forget_what_was_found() -> None:
    """No test finds what another one wrote: the index in memory outlives a rollback."""
    from initiatives import finding  # the models are there by now

    finding.forget()


@pytest.fixture
def demonstration(settings) -> None:
    """The admin without a second factor; tests/test_admin_sign_in.py asks for one."""
    settings.DEMO = True


@pytest.fixture
def moderator(db):
    from tests.factories import ModeratorFactory  # the models are there by now

    return ModeratorFactory(name="Amina")


@pytest.fixture
def desk(client, moderator, demonstration):
    """A moderator who has signed in."""
    client.force_login(moderator)
    return client


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium for the whole session."""
    from playwright.sync_api import sync_playwright

    from tools.browser import launch_options

    # Playwright's synchronous interface keeps an event loop in this thread; Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server) -> Iterator[Callable]:
    """A person more: a page with cookies of its own. Options are those of Playwright's `new_context`.

    Paths are relative to the live server: `page.goto("/initiatives/")`. At the end of the test every page that did
    what it must not (see Watch) fails it; `page.watch.complaints.clear()` forgives what a test provoked.
    """
    contexts, watches = [], []

    def make(**options):
        context = browser.new_context(**{"viewport": VIEWPORT, "base_url": live_server.url, "locale": "en", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(context, live_server.url))
        page = context.new_page()
        page.watch = watches[-1]
        return page

    yield make
    for context in contexts:
        context.close()
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page):
    """A page at 1280 × 900."""
    return new_page()


@pytest.fixture
def page_no_script(new_page):
    """A page without JavaScript."""
    return new_page(java_script_enabled=False)
