"""Shapes of what the API says of countries, regions and statistics."""

from typing import Any

from django.utils.translation import gettext as _

from common.api.shapes import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    COUNTS,
    DAY,
    STRING,
    list_of,
    one_of,
    page_of,
    perhaps,
    said,
    thing,
)
from countries.models import Region
from countrymap.api.places import FLAGS, NAMES


def country() -> dict[str, Any]:
    return {
        **dict.fromkeys(("iso2", "iso3", "m49"), STRING),
        "names": thing(dict.fromkeys(NAMES, STRING), words=_("By language.")),
        "region": said(perhaps(one_of(Region.values)), _("Its ITU region; null for some territories.")),
        "itu_member": said(BOOLEAN, _("Whether it is a member state of ITU.")),
        "groups": list_of(one_of(FLAGS)),
        "latitude": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        "initiatives": said(COUNT, _("How many name it.")),
        "url": ADDRESS,
        "initiatives_url": ADDRESS,
    }


def in_full() -> dict[str, Any]:
    return {
        **country(),
        "in_force": said(COUNT, _("How many of those that name it are in force today.")),
        "themes": said(COUNTS, _("How many there are of each theme that has any.")),
        "regional": said(COUNT, _("How many are of its region as a whole.")),
        "worldwide": said(COUNT, _("How many are of the whole world.")),
    }


def statistics() -> dict[str, Any]:
    line = thing({"code": said(perhaps(STRING), _("Null: the whole world.")), "label": STRING, "initiatives": COUNT})
    step = {"first_day": DAY, "last_day": DAY, "started": COUNT, "in_force": said(COUNT, _("On the last day."))}
    return {
        "initiatives": COUNT,
        "checked_by_people": COUNT,
        "worldwide": COUNT,
        "regional": said(COUNTS, _("By ITU region.")),
        "tables": list_of(thing({"name": STRING, "title": STRING, "note": STRING, "lines": list_of(line)})),
        "time": list_of(thing(step)),
        "coverage": list_of(thing({"country": STRING, "region": one_of(Region.values), "initiatives": COUNT})),
    }


def components() -> dict[str, Any]:
    """Return the shapes by the name under which the document has them."""
    region = {
        "code": one_of(Region.values),
        "label": STRING,
        "countries": list_of(STRING),
        "member_states": COUNT,
        "member_states_with_initiatives": COUNT,
        "initiatives": COUNT,
        "regional": COUNT,
        "url": ADDRESS,
        "initiatives_url": ADDRESS,
    }
    return {
        "Country": thing(country()),
        "CountryInFull": thing(in_full()),
        "CountryPage": page_of("Country"),
        "Region": thing(region),
        "RegionPage": page_of("Region"),
        "Statistics": thing(statistics()),
    }
