"""Where names lead: to the pages that gather."""

from django import template

from initiatives import addresses

register = template.Library()
for url in (addresses.collection_url, addresses.organisation_url, addresses.tag_url, addresses.theme_url):
    register.filter(url.__name__, url)
