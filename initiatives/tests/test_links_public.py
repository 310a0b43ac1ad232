"""What the page of an initiative says of its sources: only what is known, in words."""

from datetime import UTC, datetime

import pytest

from initiatives.links.registration import register
from initiatives.models import Link
from tests.factories import make_initiative

CHECKED = datetime(2026, 11, 9, 8, tzinfo=UTC)


def shown(client, **state) -> str:
    initiative = make_initiative(sources=[{"url": "https://a.test/1"}])
    register()
    Link.objects.update(**state)
    return client.get(initiative.get_absolute_url()).text.partition('id="sources"')[2].partition("</ol>")[0]


@pytest.mark.django_db
def test_source_that_works_says_when_it_did(client):
    page = shown(client, state="works", checked_at=CHECKED)
    assert 'mark--positive">worked on <time datetime="2026-11-09">9 November 2026</time>' in page


@pytest.mark.django_db
def test_source_that_fails_says_since_when(client):
    page = shown(client, state="fails", failures=2, failing_since=CHECKED, checked_at=CHECKED)
    assert 'mark--attention">not working since <time datetime="2026-11-09">9 November 2026</time>' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state",
    [
        {"state": "unknown"},
        {"state": "fails", "failures": 1, "failing_since": CHECKED, "checked_at": CHECKED},  # may be chance
        {"state": "not_allowed", "checked_at": CHECKED},
        {"state": "refused", "checked_at": CHECKED},
    ],
)
def test_nothing_is_said_that_is_not_known(client, state):
    assert "mark" not in shown(client, **state)


@pytest.mark.django_db
def test_page_never_asks_the_source(client, settings, monkeypatch):
    from common.web import client as web

    settings.CHECK_LINKS = True
    monkeypatch.setattr(web.Client, "ask", lambda *args, **options: pytest.fail("a page asked another site"))
    assert "a.test" in shown(client)
