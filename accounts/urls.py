"""Addresses of what people do about their memberships and their account."""

from django.urls import path

from accounts import views

app_name = "people"

urlpatterns = [
    path("my/organisations/", views.OrganisationSearchView.as_view(), name="organisations"),
    path("my/organisations/<int:pk>/ask/", views.MembershipAskView.as_view(), name="ask"),
    path("my/memberships/<int:pk>/answer/", views.MembershipAnswerView.as_view(), name="answer"),
    path("my/memberships/<int:pk>/end/", views.MembershipEndView.as_view(), name="end"),
    path("my/leave/", views.LeaveView.as_view(), name="leave"),
]
