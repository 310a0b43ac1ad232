"""Addresses: a promise. Once public they stay, or redirect."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("accounts.urls")),
    path("", include("initiatives.urls")),
    path("", include("countrymap.urls")),
    path("", include("forum.urls")),
    path("api/", include("reg4covid.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "reg4covid.api.failures.bad_request"
handler404 = "reg4covid.api.failures.page_not_found"
handler500 = "reg4covid.api.failures.server_error"
