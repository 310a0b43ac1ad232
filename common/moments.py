"""Days and times as the portal writes them."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

LONG = "j F Y, H:i"


def time_tag(when: datetime.datetime | None) -> SafeString | str:
    """Return “22 November 2026, 14:31” with the exact moment for machines; a dash for none."""
    if when is None:
        return "–"
    local = timezone.localtime(when)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), date_format(local, LONG))
