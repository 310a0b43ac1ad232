"""Addresses: a promise. Once public they stay, or redirect."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("accounts.urls")),
    path("", include("initiatives.urls")),
    path("", include("countrymap.urls")),
    path("", include("forum.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
