"""Addresses of the map and of the pages of countries and territories."""

from django.urls import path, re_path

from countrymap import views

app_name = "countrymap"

urlpatterns = [
    path("map/", views.MapView.as_view(), name="map"),
    path("map/data.json", views.map_data, name="data"),
    path("countries/", views.CountryListView.as_view(), name="countries"),
    re_path(r"^countries/(?P<iso2>[A-Za-z]{2})/$", views.CountryDetailView.as_view(), name="country"),
]
