"""Items of lists in templates."""

from django import template
from django.utils.safestring import SafeString

from initiatives import items
from initiatives.models import Initiative

register = template.Library()


@register.filter
def item(initiative: Initiative | items.Item) -> SafeString:
    """The initiative as an item of a list."""
    return items.item_html(initiative if isinstance(initiative, items.Item) else items.Item.of(initiative))
