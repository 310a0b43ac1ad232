"""Words of posts in templates."""

from django import template

from forum import excerpts

register = template.Library()


@register.filter
def excerpt(html: str) -> str:
    """Return the beginning of a post's HTML as plain text."""
    return excerpts.of_html(html)
