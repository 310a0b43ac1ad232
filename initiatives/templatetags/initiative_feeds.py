"""What the feed's template needs: text that XML can carry, and its dates."""

import datetime

from django import template
from django.utils.html import escape

from common.text import clean
from initiatives import feeds

register = template.Library()


@register.filter
def xml(text: object) -> str:
    """The text for an element or attribute of XML: without what XML cannot carry, and escaped, even if it is HTML."""
    return escape(clean(str(text)))


@register.filter
def rfc3339(moment: datetime.datetime) -> str:
    return feeds.rfc3339(moment)
