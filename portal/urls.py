"""Addresses of what looks at several rooms."""

from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("about/", views.AboutView.as_view(), name="about"),
    path("accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
    path("privacy/", views.PrivacyView.as_view(), name="privacy"),
    path("search/", views.SearchView.as_view(), name="search"),
    path("my/", views.MyView.as_view(), name="my"),
    path("my/organisations/<int:pk>/", views.OrganisationView.as_view(), name="organisation"),
    path("my/profile/", views.ProfileView.as_view(), name="profile"),
    path("demo/mail/", views.DemoMailView.as_view(), name="demo-mail"),
    path("livez", views.livez, name="livez"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.FaviconView.as_view(), name="favicon"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", views.sitemap_section, name="sitemap-section"),
]
