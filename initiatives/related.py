"""What leads on from an initiative: what it follows, what follows it, and others near it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from pyroaring import BitMap

from initiatives import finding
from initiatives.finding import Index
from initiatives.finding.walking import numbers_at
from initiatives.items import read
from initiatives.models import Initiative
from initiatives.vocabulary import Scope

SHOWN, NEWEST = 5, 20  # of the newest, those of the same theme come first


def see_also(initiative: Initiative) -> SafeString:
    """Return it as HTML, kept until the next news, of what `whole.read` gave.

    One query, and one where it follows something.
    """
    index = finding.current()
    key = ("see also", initiative.pk, get_language())
    return index.recall(key) or index.keep(key, drawn(**_parts(index, initiative)))


def drawn(**parts: Any) -> SafeString:
    return render_to_string("initiatives/_related.html", parts)


def _parts(index: Index, initiative: Initiative) -> dict[str, Any]:
    follows = initiative.follows if initiative.follows_id else None
    numbers = initiative.followers
    kin = BitMap([initiative.pk, initiative.follows_id or initiative.pk, *numbers])
    shown = read([*numbers, *near(index, initiative, kin)])
    return {
        "follows": follows if follows and follows.status != Initiative.Status.REMOVED else None,
        "followers": [one for one in shown if one.pk in numbers],
        "related": [one for one in shown if one.pk not in numbers],
    }


def near(index: Index, initiative: Initiative, kin: BitMap) -> list[int]:
    """Return others of its countries, else of its scope and region: of the newest, those of its theme first."""
    countries = [country.pk for country in initiative.countries.all()]
    wide = index.of("whole region", initiative.region) if initiative.region else index.of("scope", Scope.GLOBAL)
    every = (index.any_of("country", countries) if countries else wide) & index.published
    newest, alike = numbers_at(index, every - kin, "newest", 0, NEWEST), index.of("theme", initiative.theme)
    return sorted(newest, key=lambda number: number not in alike)[:SHOWN]
