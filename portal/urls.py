"""Addresses of what looks at several rooms."""

from django.urls import path

from forum import freshness
from initiatives.cacheable import cacheable
from portal import views

app_name = "portal"

urlpatterns = [
    path("", cacheable(views.HomeView.as_view(), freshness.forum), name="home"),
    path("about/", cacheable(views.AboutView.as_view()), name="about"),
    path("accessibility/", cacheable(views.AccessibilityView.as_view()), name="accessibility"),
    path("privacy/", cacheable(views.PrivacyView.as_view()), name="privacy"),
    path("search/", cacheable(views.SearchView.as_view()), name="search"),
    path("my/", views.MyView.as_view(), name="my"),
    path("my/organisations/<int:pk>/", views.OrganisationView.as_view(), name="organisation"),
    path("my/profile/", views.ProfileView.as_view(), name="profile"),
    path("demo/mail/", views.DemoMailView.as_view(), name="demo-mail"),
    path("livez", views.livez, name="livez"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.FaviconView.as_view(), name="favicon"),
    path("sitemap.xml", cacheable(views.sitemap_index, freshness.forum), name="sitemap"),
    path("sitemap-<section>.xml", cacheable(views.sitemap_section, freshness.forum), name="sitemap-section"),
]
