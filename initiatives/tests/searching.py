"""Rows for tests of search, made without the way through the airlock: many tests need several."""

import itertools

from accounts.models import Organisation
from initiatives.models import Initiative
from initiatives.search import writing
from tests.factories import CollectionFactory, OrganisationFactory, country

SUMMARY = "What was done is told in the title, and these words only fill the summary."
_numbers = itertools.count(1)


def made(title: str, language: str = "en", *, tags=(), countries=(), organisation: Organisation | None = None, **more):
    """Return a public initiative that search knows."""
    values = {
        "reference": f"INI-2020-{next(_numbers):06}",
        "slug": "slug",
        "published_on": "2020-03-23",
        "summary": SUMMARY,
        "theme": "spectrum",
        "scope": "national",
        "stakeholder_type": "regulator",
        "end_kind": "open_ended",
        "organisation": organisation or Organisation.objects.first() or OrganisationFactory(name="Somebody"),
        "collection": CollectionFactory(),
    }
    one = Initiative.objects.create(title=title, language=language, **(values | more))
    one.countries.add(*(country(code) for code in countries))
    one.tags.add(*tags)
    writing.write([one.pk])
    return one
