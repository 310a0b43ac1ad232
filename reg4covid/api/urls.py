"""Addresses of the API: a promise, as all others. What breaks clients gets another number than v1."""

from django.urls import path, re_path

from countrymap.api import places, statistics
from forum.api import boards, topics
from initiatives.api import gathering, initiatives, organisations
from initiatives.cacheable import cacheable
from reg4covid.api import docs, root
from reg4covid.api.document import SchemaView

app_name = "api"

urlpatterns = [
    path("v1/", root.RootView.as_view(), name="root"),
    path("v1/initiatives/", initiatives.InitiativeListView.as_view(), name="initiatives"),
    path("v1/initiatives/<reference:reference>/", initiatives.InitiativeDetailView.as_view(), name="initiative"),
    path("v1/organisations/", organisations.OrganisationListView.as_view(), name="organisations"),
    path("v1/organisations/<int:id>/", organisations.OrganisationDetailView.as_view(), name="organisation"),
    path("v1/themes/", gathering.ThemeListView.as_view(), name="themes"),
    path("v1/pillars/", gathering.PillarListView.as_view(), name="pillars"),
    path("v1/collections/", gathering.CollectionListView.as_view(), name="collections"),
    path("v1/countries/", places.CountryListView.as_view(), name="countries"),
    path("v1/countries/<str:iso2>/", places.CountryDetailView.as_view(), name="country"),
    path("v1/regions/", places.RegionListView.as_view(), name="regions"),
    path("v1/statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("v1/boards/", boards.BoardListView.as_view(), name="boards"),
    path("v1/topics/", topics.TopicListView.as_view(), name="topics"),
    path("v1/topics/<int:id>/", topics.TopicDetailView.as_view(), name="topic"),
    path("v1/schema/", SchemaView.as_view(), name="schema"),
    path("v1/docs/", cacheable(docs.DocsView.as_view()), name="docs"),
    path("v1/docs/try/", cacheable(docs.TryView.as_view()), name="try"),
    re_path(r"^(?P<rest>.*)$", root.nothing, name="nothing"),
]
