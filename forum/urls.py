"""Addresses of the forum (/forum/)."""

from django.urls import path

from forum.views import following, marking, members, order, public, solving, suggesting, writing

app_name = "forum"

urlpatterns = [
    path("forum/", public.IndexView.as_view(), name="index"),
    path("forum/t/<int:pk>/", public.TopicView.as_view(), name="topic_bare"),
    path("forum/t/<int:pk>/reply/", writing.ReplyView.as_view(), name="reply"),
    path("forum/t/<int:pk>/order/", order.TopicOrderView.as_view(), name="topic_order"),
    path("forum/t/<int:pk>/follow/", following.FollowView.as_view(), name="follow"),
    path("forum/t/<int:pk>/unread/", marking.UnreadView.as_view(), name="unread"),
    path("forum/t/<int:pk>/solution/", solving.SolutionView.as_view(), name="solution"),
    path("forum/t/<int:pk>/<str:slug>/", public.TopicView.as_view(), name="topic"),
    path("forum/p/<int:pk>/flag/", order.FlagView.as_view(), name="flag"),
    path("forum/p/<int:pk>/order/", order.PostOrderView.as_view(), name="post_order"),
    path("forum/p/<int:pk>/", public.PostView.as_view(), name="post"),
    path("forum/p/<int:pk>/history/", public.PostHistoryView.as_view(), name="history"),
    path("forum/p/<int:pk>/edit/", writing.PostEditView.as_view(), name="edit"),
    path("forum/p/<int:pk>/delete/", writing.PostDeleteView.as_view(), name="delete"),
    path("forum/settings/", following.SettingsView.as_view(), name="settings"),
    path("forum/settings/<str:token>/", following.SignedMailView.as_view(), name="mail"),
    path("forum/<str:slug>/follow/", following.BoardFollowView.as_view(), name="follow_board"),
    path("forum/members/<str:handle>/", members.MemberPageView.as_view(), name="member"),
    path("forum/<str:slug>/", public.BoardView.as_view(), name="board"),
    path("forum/<str:slug>/read/", marking.BoardReadView.as_view(), name="read"),
    path("forum/<str:slug>/people/", suggesting.PeopleView.as_view(), name="people"),
    path("forum/<str:slug>/new/", writing.TopicCreateView.as_view(), name="create"),
]
