"""Addresses of the map, of the pages of countries and regions, of comparison and statistics."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from countrymap.views import compare, countries, map, pictures, regions, statistics

app_name = "countrymap"

urlpatterns = [
    path("map/", map.MapView.as_view(), name="map"),
    path("map/data.json", map.map_data, name="data"),
    path("map/map.svg", pictures.map_svg, name="svg"),
    path("map/map.png", pictures.map_png, name="png"),
    path("countries/", countries.CountryListView.as_view(), name="countries"),
    re_path(r"^countries/(?P<iso2>[A-Za-z]{2})/$", countries.CountryDetailView.as_view(), name="country"),
    path("regions/", RedirectView.as_view(pattern_name="countrymap:countries", permanent=True), name="regions"),
    re_path(r"^regions/(?P<code>[A-Za-z]{3})/$", regions.RegionDetailView.as_view(), name="region"),
    path("compare/", compare.CompareView.as_view(), name="compare"),
    path("statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("statistics/<slug:table>.csv", statistics.statistics_csv, name="statistics-csv"),
]
