"""Values within HTML: the same as Django's own way, whatever they are."""

import datetime
from decimal import Decimal

import pytest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from common.filling import fill

HOSTILE = """<b onclick='x'>&amp; "quoted" </b>{}"""


class Named(str):
    """What is text only by descent, as the labels of choices are."""


@pytest.mark.parametrize(
    "value",
    [
        *(HOSTILE, Named(HOSTILE), mark_safe(HOSTILE), gettext_lazy(HOSTILE), [HOSTILE], {HOSTILE: HOSTILE}),
        *("", None, True, 0, -7, 1.5, Decimal("1.50"), datetime.date(2026, 11, 23), b"<b>"),
    ],
)
def test_values_are_escaped_as_django_does(value):
    filled = fill('<a title="{}">{} {}</a>', value, value, HOSTILE)
    assert filled == format_html('<a title="{}">{} {}</a>', value, value, HOSTILE)
    assert hasattr(filled, "__html__")


def test_what_is_filled_is_not_escaped_again():
    assert fill("<p>{}</p>", fill("<b>{}</b>", "<")) == "<p><b>&lt;</b></p>"
