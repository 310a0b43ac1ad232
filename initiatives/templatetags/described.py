"""Data blocks of pages for machines."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from initiatives import described

register = template.Library()
# As in Django's own json_script: nothing in the data can end the block.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.simple_tag(name="data_block")
def block(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.simple_tag
def initiative_data(initiative) -> SafeString:
    return block(described.initiative_data(initiative))


@register.simple_tag
def organisation_data(organisation) -> SafeString:
    return block(described.organisation_data(organisation))


@register.simple_tag
def crumbs_data(crumbs, canonical) -> SafeString:
    return block(described.crumbs_data(crumbs, canonical))


@register.simple_tag
def website_data(search: str) -> SafeString:
    return block(described.website_data(search))
