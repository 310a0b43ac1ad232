"""What stands in the sections of a page."""

import re

from django.http import HttpResponse


def titles(page: HttpResponse, heading: str) -> list[str]:
    """Return the titles of the items in the section whose heading has this id; none where there is no such section."""
    _before, _found, rest = page.text.partition(f'id="{heading}"')
    return re.findall(r"data-reference=[^>]*>([^<]*)</a>", rest.partition("</section>")[0])
