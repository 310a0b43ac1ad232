"""Addresses of the public side (/initiatives/) and of the contributor's side (/my/submissions/)."""

from django.urls import path, register_converter

from initiatives.converters import ReferenceConverter
from initiatives.views import ending, history, mine, preview, public, review, similar, standing, texts

register_converter(ReferenceConverter, "reference")

app_name = "initiatives"

urlpatterns = [
    path("initiatives/", public.InitiativeListView.as_view(), name="list"),
    path("initiatives/new/", mine.SubmissionCreateView.as_view(), name="create"),
    path("initiatives/new/similar/", similar.SimilarView.as_view(), name="similar"),
    path("initiatives/<reference:reference>/", public.InitiativeDetailView.as_view(), name="detail_bare"),
    path("initiatives/<reference:reference>/correct/", mine.CorrectionCreateView.as_view(), name="correct"),
    path(
        "initiatives/<reference:reference>/files/<int:pk>/<str:name>",
        public.AttachmentDownloadView.as_view(),
        name="attachment",
    ),
    path("initiatives/<reference:reference>/ending/", ending.EndingView.as_view(), name="ending"),
    path("initiatives/<reference:reference>/confirm/", review.InitiativeConfirmView.as_view(), name="confirm"),
    path("reviews/<str:token>/", review.ReviewAnswerView.as_view(), name="review"),
    path("initiatives/<reference:reference>/history/", history.InitiativeHistoryView.as_view(), name="history_bare"),
    path(
        "initiatives/<reference:reference>/<str:slug>/history/",
        history.InitiativeHistoryView.as_view(),
        name="history",
    ),
    path("initiatives/<reference:reference>/<str:slug>/", public.InitiativeDetailView.as_view(), name="detail"),
    path("my/submissions/<uuid:key>/", standing.SubmissionDetailView.as_view(), name="submission"),
    path("my/submissions/<uuid:key>/edit/", mine.SubmissionEditView.as_view(), name="edit"),
    path("my/submissions/<uuid:key>/preview/", preview.SubmissionPreviewView.as_view(), name="preview"),
    path("my/submissions/<uuid:key>/texts/", texts.SubmissionTextsView.as_view(), name="texts"),
    path("my/submissions/<uuid:key>/retract/", standing.SubmissionRetractView.as_view(), name="retract"),
    path("my/submissions/<uuid:key>/delete/", standing.SubmissionDeleteView.as_view(), name="delete"),
    path(
        "my/submissions/<uuid:key>/files/<int:pk>/<str:name>",
        standing.SubmissionAttachmentView.as_view(),
        name="submission_attachment",
    ),
]
