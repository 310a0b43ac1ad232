"""What search engines should know: initiatives, countries that something names, pages of words."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from countries.models import Country
from initiatives.models import Initiative


class InitiativeSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Initiative.objects.public().only("reference", "slug", "changed_at").order_by("pk")

    def lastmod(self, initiative):
        return initiative.changed_at


class CountrySitemap(Sitemap):
    def items(self):
        return Country.objects.order_by("pk")

    def location(self, country):
        return reverse("countrymap:country", args=[country.iso2])


class PageSitemap(Sitemap):
    def items(self):
        return [
            "portal:home",
            "initiatives:list",
            "countrymap:map",
            "countrymap:countries",
            "portal:about",
            "portal:accessibility",
            "portal:privacy",
        ]

    def location(self, name):
        return reverse(name)


SECTIONS = {"pages": PageSitemap, "countries": CountrySitemap, "initiatives": InitiativeSitemap}
