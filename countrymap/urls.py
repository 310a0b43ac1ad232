"""Addresses of the map, of the pages of countries and regions, of comparison and statistics."""

from django.urls import path, re_path

from countrymap.views import compare, countries, embed, map, panel, pictures, regions, statistics
from initiatives import discussions
from initiatives.cacheable import cacheable

app_name = "countrymap"

urlpatterns = [
    path("map/", map.with_parts(cacheable(map.MapView.as_view())), name="map"),
    path("map/data.json", map.map_data, name="data"),
    path("map/map.svg", pictures.map_svg, name="svg"),
    path("map/map.png", pictures.map_png, name="png"),
    path("map/embed/", embed.MapEmbedView.as_view(), name="embed"),
    re_path(r"^map/panel/(?P<iso2>[A-Z]{2})/$", panel.CountryPanelView.as_view(), name="panel"),
    path("countries/", cacheable(countries.CountryListView.as_view()), name="countries"),
    re_path(
        r"^countries/(?P<iso2>[A-Za-z]{2,3})/$",
        cacheable(countries.CountryDetailView.as_view(), discussions.state_of_country),
        name="country",
    ),
    path("regions/", cacheable(regions.RegionListView.as_view()), name="regions"),
    re_path(
        r"^regions/(?P<code>[A-Za-z]{3})/$",
        cacheable(regions.RegionDetailView.as_view(), discussions.state_of_region),
        name="region",
    ),
    path("compare/", cacheable(compare.CompareView.as_view()), name="compare"),
    path("statistics/", cacheable(statistics.StatisticsView.as_view()), name="statistics"),
    path("statistics/<slug:table>.csv", statistics.statistics_csv, name="statistics-csv"),
]
