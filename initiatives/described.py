"""Pages described for machines in the words of schema.org, as JSON-LD.

It stands in a data block of the page. Browsers run no such block, so the Content-Security-Policy lets it pass without
an exception (tried in Chromium; tests/test_headers.py allows this type and no script).
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from accounts.models import Organisation, StakeholderType
from common.templatetags.portal import web_address
from initiatives.addresses import collection_url, organisation_url, theme_url
from initiatives.citations import LICENCE_URL
from initiatives.models import Initiative
from initiatives.vocabulary import Scope

CONTEXT = "https://schema.org"
PUBLIC_BODIES = (StakeholderType.POLICY_MAKER, StakeholderType.REGULATOR)


def absolute(path: str) -> str:
    return settings.SITE_URL + path if path else ""


def initiative_data(initiative: Initiative) -> dict[str, Any]:
    """Return what is said of an initiative. No query where it was given by `whole.read`."""
    speaker = "sourceOrganization" if initiative.is_compiled else "author"
    collection = initiative.collection
    return filled(
        {
            "@context": CONTEXT,
            "@type": "CreativeWork",
            "@id": absolute(initiative.get_absolute_url()),
            "url": absolute(initiative.get_absolute_url()),
            "identifier": initiative.reference,
            "name": initiative.title,
            "abstract": initiative.summary,
            "inLanguage": initiative.language_code,
            "datePublished": initiative.published_on.isoformat(),
            "version": str(initiative.version),
            "license": LICENCE_URL,
            "isAccessibleForFree": True,
            speaker: organisation_words(initiative.organisation),
            "publisher": website(),
            "isPartOf": {
                "@type": "Collection",
                "name": collection.name,
                "url": absolute(collection_url(collection.slug)),
            },
            "about": [_term(theme.label, theme_url(theme)) for theme in initiative.themes],
            "keywords": [tag.name for tag in initiative.tags.all()],
            "spatialCoverage": _places(initiative),
            "temporalCoverage": _interval(initiative),
            "citation": [
                filled({"@type": "CreativeWork", "name": source.title, "url": web_address(source.url)})
                for source in initiative.sources.all()
            ],
        }
    )


def organisation_words(organisation: Organisation) -> dict[str, Any]:
    public_body = organisation.stakeholder_type in PUBLIC_BODIES
    return filled(
        {
            "@type": "GovernmentOrganization" if public_body else "Organization",
            "name": organisation.name,
            "alternateName": organisation.short_name,
            "url": absolute(organisation_url(organisation)),
        }
    )


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    """Return what is said of an organisation on its own page."""
    country = {"@type": "Country", "name": organisation.country.name} if organisation.country else {}
    more = {"sameAs": web_address(organisation.website), "areaServed": country}
    return {"@context": CONTEXT, **organisation_words(organisation), **filled(more)}


def crumbs_data(crumbs: Iterable[tuple[str, str]], canonical: str) -> dict[str, Any]:
    """Return where a page stands: `crumbs` as its breadcrumbs have them, the last one being itself."""
    items = [
        {"@type": "ListItem", "position": number, "name": str(name), "item": absolute(url) or canonical}
        for number, (name, url) in enumerate(crumbs, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def website() -> dict[str, Any]:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")}


def website_data(search: str) -> dict[str, Any]:
    """Return what is said of the portal, whose search has the path `search`."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute(search) + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def _term(name: Any, path: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "name": str(name), "url": absolute(path)}


def _places(initiative: Initiative) -> list[dict[str, Any]]:
    if initiative.scope == Scope.REGIONAL:
        return [{"@type": "Place", "name": str(initiative.get_region_display())}]
    return [
        {"@type": "Country", "name": country.name, "identifier": country.iso2} for country in initiative.countries.all()
    ]


def _interval(initiative: Initiative) -> str:
    """Return from when until when, as ISO 8601 has it; ".." where it is open or not known."""
    if not initiative.starts and not initiative.ends:
        return ""
    return f"{initiative.starts or '..'}/{initiative.ends or '..'}"


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without those that say nothing."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
