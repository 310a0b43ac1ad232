"""The words under and over a map that leaves the portal: what was filtered, the totals, the source."""

from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from countrymap.leads import Leads
from countrymap.numbers import Numbers
from countrymap.picture import Caption
from initiatives.filters import InitiativeFilter
from initiatives.status import today

DISCLAIMER = gettext_lazy(
    "The boundaries and names shown and the designations used on this map "
    "do not imply official endorsement or acceptance."
)
TITLE = gettext_lazy("Initiatives by country or territory")
NAMED, LABEL = 12, 80  # filters that a picture names, characters of each
ADDRESS = 100  # characters; of a longer one a picture names only the map's


def filter_words(found: InitiativeFilter) -> str:
    """What was filtered, in a line."""
    labels = [Truncator(chip.label).chars(LABEL) for chip in found.chips()]
    more = len(labels) - NAMED
    if more > 0:
        labels[NAMED:] = [ngettext("%(count)d filter more", "%(count)d filters more", more) % {"count": more}]
    return " · ".join(labels) or _("All that is published")


def total_words(numbers: Numbers) -> list[str]:
    """How many there are, and how many of them no country shows, in sentences."""
    named = len(numbers.countries)
    initiatives = ngettext("%(count)d initiative", "%(count)d initiatives", numbers.initiatives)
    countries = ngettext(
        "%(count)d country or territory is named", "%(count)d countries and territories are named", named
    )
    first = _("%(initiatives)s; %(countries)s.") % {
        "initiatives": initiatives % {"count": numbers.initiatives},
        "countries": countries % {"count": named},
    }
    if not numbers.regional and not numbers.worldwide:
        return [first]
    wider = _("Not coloured, because they belong to no single country: %(regional)d regional and %(worldwide)d global.")
    return [first, wider % {"regional": numbers.regional, "worldwide": numbers.worldwide}]


def map_address(query: str, *, most: int | None = ADDRESS) -> str:
    """Where the map is found, with its filters where the whole has no more characters than `most`."""
    path = settings.SITE_URL + reverse("countrymap:map")
    return f"{path}?{query}" if query and (most is None or len(path) + len(query) < most) else path


def snippet(leads: Leads, found: InitiativeFilter) -> str:
    """HTML for somebody else's page: the map alone in a frame that may run its script and open tabs, and no more.

    `frameborder` is old, but a style would be refused where a page forbids inline ones.
    """
    title = _("%(title)s: %(filters)s") % {"title": TITLE, "filters": filter_words(found)}
    return (
        f'<iframe src="{escape(leads.embedded)}" title="{escape(title)}" width="100%" height="520"'
        ' frameborder="0" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups'
        ' allow-popups-to-escape-sandbox"></iframe>'
    )


def caption_for(found: InitiativeFilter, numbers: Numbers) -> Caption:
    source = _("Source: %(site)s, %(address)s, %(day)s. Shapes: UN Geodata, simplified.")
    return Caption(
        title=str(TITLE),
        filters=filter_words(found),
        totals=total_words(numbers),
        source=source
        % {
            "site": settings.SITE_NAME,
            "address": map_address(found.canonical_query(sort="")),
            "day": date_format(today(), "j F Y"),
        },
        disclaimer=str(DISCLAIMER),
    )
