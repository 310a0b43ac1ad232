"""Addresses of the public side (/initiatives/) and of the contributor's side (/my/submissions/)."""

from django.urls import path, re_path, register_converter

from initiatives import discussions
from initiatives.cacheable import cacheable
from initiatives.converters import ReferenceConverter
from initiatives.views import (
    citation,
    data,
    ending,
    exports,
    feed,
    gathering,
    history,
    mine,
    organisations,
    preview,
    public,
    review,
    similar,
    standing,
    texts,
)

register_converter(ReferenceConverter, "reference")

app_name = "initiatives"

urlpatterns = [
    path("initiatives/", cacheable(public.InitiativeListView.as_view()), name="list"),
    path("initiatives/new/", mine.SubmissionCreateView.as_view(), name="create"),
    path("initiatives/new/similar/", similar.SimilarView.as_view(), name="similar"),
    re_path(r"^initiatives/export\.(?P<format>csv|xlsx|json|geojson)$", exports.ExportView.as_view(), name="export"),
    path("data/", cacheable(data.DataView.as_view()), name="data"),
    path("data/datapackage.json", data.datapackage, name="datapackage"),
    path("data/dumps/<str:day>/<str:name>", data.DumpView.as_view(), name="dump"),
    path(
        "initiatives/<reference:reference>/",
        cacheable(public.InitiativeDetailView.as_view(), discussions.state),
        name="detail_bare",
    ),
    path(
        "initiatives/<reference:reference>/cite.<str:kind>",
        cacheable(citation.InitiativeCiteView.as_view()),
        name="cite",
    ),
    path("initiatives/<reference:reference>/correct/", mine.CorrectionCreateView.as_view(), name="correct"),
    path(
        "initiatives/<reference:reference>/files/<int:pk>/<str:name>",
        cacheable(public.AttachmentDownloadView.as_view()),
        name="attachment",
    ),
    path("initiatives/<reference:reference>/ending/", ending.EndingView.as_view(), name="ending"),
    path("initiatives/<reference:reference>/confirm/", review.InitiativeConfirmView.as_view(), name="confirm"),
    path("reviews/<str:token>/", review.ReviewAnswerView.as_view(), name="review"),
    path(
        "initiatives/<reference:reference>/history/",
        cacheable(history.InitiativeHistoryView.as_view()),
        name="history_bare",
    ),
    path(
        "initiatives/<reference:reference>/<str:slug>/history/",
        cacheable(history.InitiativeHistoryView.as_view()),
        name="history",
    ),
    path(
        "initiatives/<reference:reference>/<str:slug>/",
        cacheable(public.InitiativeDetailView.as_view(), discussions.state),
        name="detail",
    ),
    path("themes/", cacheable(gathering.ThemeListView.as_view()), name="themes"),
    path("themes/<str:slug>/", cacheable(gathering.ThemeView.as_view(), discussions.state_of_theme), name="theme"),
    path("pillars/", cacheable(gathering.PillarListView.as_view()), name="pillars"),
    path("pillars/<str:slug>/", cacheable(gathering.PillarView.as_view()), name="pillar"),
    path("collections/", cacheable(gathering.CollectionListView.as_view()), name="collections"),
    path("collections/<str:slug>/", cacheable(gathering.CollectionView.as_view()), name="collection"),
    path("organisations/", cacheable(organisations.OrganisationListView.as_view()), name="organisations"),
    path("organisations/<int:pk>/", cacheable(organisations.OrganisationView.as_view()), name="organisation_bare"),
    path(
        "organisations/<int:pk>/<str:slug>/", cacheable(organisations.OrganisationView.as_view()), name="organisation"
    ),
    path("tags/", cacheable(gathering.TagListView.as_view()), name="tags"),
    path("tags/<str:slug>/", cacheable(gathering.TagView.as_view()), name="tag"),
    path("feeds/initiatives.atom", feed.InitiativeFeedView.as_view(), name="feed"),
    path("my/submissions/<uuid:key>/", standing.SubmissionDetailView.as_view(), name="submission"),
    path("my/submissions/<uuid:key>/edit/", mine.SubmissionEditView.as_view(), name="edit"),
    path("my/submissions/<uuid:key>/preview/", preview.SubmissionPreviewView.as_view(), name="preview"),
    path("my/submissions/<uuid:key>/texts/", texts.SubmissionTextsView.as_view(), name="texts"),
    path("my/submissions/<uuid:key>/retract/", standing.SubmissionRetractView.as_view(), name="retract"),
    path("my/submissions/<uuid:key>/again/", standing.SubmissionAgainView.as_view(), name="again"),
    path("my/submissions/<uuid:key>/delete/", standing.SubmissionDeleteView.as_view(), name="delete"),
    path(
        "my/submissions/<uuid:key>/files/<int:pk>/<str:name>",
        standing.SubmissionAttachmentView.as_view(),
        name="submission_attachment",
    ),
]
