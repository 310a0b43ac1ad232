from django.views import View


class HomeView(View):
    pass


AboutView = AccessibilityView = PrivacyView = SearchView = MyView = ProfileView = DemoMailView = HomeView


def livez(r, exception=None, reason=""):
    pass


healthz = robots = sitemap_index = sitemap_section = bad_request = permission_denied = page_not_found = server_error = (
    csrf_failure
) = livez
