"""Where the pages that gather are. Codes stand in addresses with hyphens; an organisation by its number and name."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from accounts.models import Organisation
from common.text import slug_of


def slug_of_code(code: str) -> str:
    return code.replace("_", "-")


def code_of_slug(slug: str) -> str:
    return slug.lower().replace("-", "_")


def initiative_url(reference: str, slug: str) -> str:
    """Return the page of an initiative: as `reverse` gives it, which twenty times on a page is a tenth of its cost."""
    path = f"{_list_url(get_script_prefix(), get_language())}{reference}/{slug}/"
    return path if path.isascii() else iri_to_uri(path)


@lru_cache(maxsize=64)
def _list_url(prefix: str, language: str | None) -> str:
    return reverse("initiatives:list")


def theme_url(code: str) -> str:
    return reverse("initiatives:theme", args=[slug_of_code(code)])


def pillar_url(code: str) -> str:
    return reverse("initiatives:pillar", args=[slug_of_code(code)])


def collection_url(slug: str) -> str:
    return reverse("initiatives:collection", args=[slug])


def tag_url(slug: str) -> str:
    """Return the tag's page; nothing for a tag whose name has no letter to make an address of."""
    return reverse("initiatives:tag", args=[slug]) if slug else ""


def organisation_url(organisation: Organisation) -> str:
    """Return the organisation's page; nothing where it has none: a name of an old version, or only proposed."""
    return organisation_page_url(organisation.pk, organisation.name) if has_page(organisation) else ""


def has_page(organisation: Organisation) -> bool:
    return bool(organisation.pk and organisation.accepted_at and not organisation.merged_into_id)


def organisation_page_url(number: int, name: str) -> str:
    return reverse("initiatives:organisation", args=[number, slug_of_name(name)])


def organisation_slug(organisation: Organisation) -> str:
    return slug_of_name(organisation.name)


def slug_of_name(name: str) -> str:
    return slug_of(name) or "organisation"
