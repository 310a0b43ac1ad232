"""Addresses of the forum (/forum/)."""

from django.urls import path

from forum import freshness
from forum.views import (
    about,
    earlier,
    feed,
    following,
    marking,
    members,
    order,
    picturing,
    public,
    search,
    signed,
    solving,
    suggesting,
    topic_order,
    writing,
)
from initiatives.cacheable import cacheable

app_name = "forum"

urlpatterns = [
    path("feeds/forum.atom", feed.FeedView.as_view(), name="feed"),
    path("feeds/forum/t/<int:pk>.atom", feed.TopicFeedView.as_view(), name="topic_feed"),
    path("feeds/forum/<str:slug>.atom", feed.BoardFeedView.as_view(), name="board_feed"),
    path("forum/", cacheable(public.IndexView.as_view(), freshness.forum), name="index"),
    path("forum/about/<reference:reference>/", about.AboutView.as_view(), name="about"),
    path("forum/search/", cacheable(search.SearchView.as_view(), freshness.forum), name="search"),
    path("forum/t/<int:pk>/", cacheable(public.TopicView.as_view(), freshness.topic), name="topic_bare"),
    path("forum/t/<int:pk>/reply/", writing.ReplyView.as_view(), name="reply"),
    path("forum/t/<int:pk>/order/", topic_order.TopicOrderView.as_view(), name="topic_order"),
    path("forum/t/<int:pk>/follow/", following.FollowView.as_view(), name="follow"),
    path("forum/t/<int:pk>/unread/", marking.UnreadView.as_view(), name="unread"),
    path("forum/t/<int:pk>/solution/", solving.SolutionView.as_view(), name="solution"),
    path("forum/t/<int:pk>/<str:slug>/", cacheable(public.TopicView.as_view(), freshness.topic), name="topic"),
    path("forum/p/<int:pk>/flag/", order.FlagView.as_view(), name="flag"),
    path("forum/p/<int:pk>/order/", order.PostOrderView.as_view(), name="post_order"),
    path("forum/p/<int:pk>/", public.PostView.as_view(), name="post"),
    path("forum/p/<int:pk>/history/", cacheable(earlier.PostHistoryView.as_view(), freshness.history), name="history"),
    path("forum/p/<int:pk>/history/<int:number>/", earlier.RemoveTextView.as_view(), name="remove_text"),
    path("forum/p/<int:pk>/edit/", writing.PostEditView.as_view(), name="edit"),
    path("forum/p/<int:pk>/delete/", writing.PostDeleteView.as_view(), name="delete"),
    path("forum/settings/", following.SettingsView.as_view(), name="settings"),
    path("forum/settings/<str:token>/", signed.SignedMailView.as_view(), name="mail"),
    path("forum/settings/topic/<str:token>/", signed.SignedTopicView.as_view(), name="mail_topic"),
    path("forum/pictures/<uuid:key>/", picturing.PictureView.as_view(), name="picture"),
    path("forum/members/<str:handle>/order/", order.MemberOrderView.as_view(), name="member_order"),
    path("forum/members/<str:handle>/", members.MemberPageView.as_view(), name="member"),
    path("forum/<str:slug>/", cacheable(public.BoardView.as_view(), freshness.board), name="board"),
    path("forum/<str:slug>/follow/", following.BoardFollowView.as_view(), name="follow_board"),
    path("forum/<str:slug>/read/", marking.BoardReadView.as_view(), name="read"),
    path("forum/<str:slug>/people/", suggesting.PeopleView.as_view(), name="people"),
    path("forum/<str:slug>/new/", writing.TopicCreateView.as_view(), name="create"),
]
