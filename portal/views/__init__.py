from portal.views.demo import DemoMailView
from portal.views.health import healthz, livez
from portal.views.home import HomeView
from portal.views.machines import FaviconView, robots, sitemap_index, sitemap_section
from portal.views.my import MyView, ProfileView
from portal.views.organisation import OrganisationView
from portal.views.pages import AboutView, AccessibilityView, PrivacyView, SearchView

__all__ = [
    "AboutView",
    "AccessibilityView",
    "DemoMailView",
    "FaviconView",
    "HomeView",
    "MyView",
    "OrganisationView",
    "PrivacyView",
    "ProfileView",
    "SearchView",
    "healthz",
    "livez",
    "robots",
    "sitemap_index",
    "sitemap_section",
]
