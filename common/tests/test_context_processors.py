"""The frame of a page for somebody who has no session."""

import pytest
from django.test import RequestFactory

from common.context_processors import navigation, site


@pytest.fixture
def anonymous():
    request = RequestFactory().get("/")
    request.resolver_match = None
    return request


def test_frame_touches_no_session_of_a_visitor(anonymous):
    frame = site(anonymous)  # a request without session or user: touching either would raise
    assert frame["person"]() is None
    assert frame["may_have_messages"] is False


def test_frame_asks_for_the_user_where_there_is_a_session(anonymous, settings):
    class Somebody:
        is_authenticated = True

    anonymous.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    anonymous.user = Somebody()
    assert site(anonymous)["person"]() is anonymous.user


@pytest.mark.parametrize(
    ("view", "current"),
    [("initiatives:list", "page"), ("initiatives:detail", "true"), ("initiatives:create", False), ("", False)],
)
def test_navigation_marks_the_section(view, current):
    assert navigation(view)[0]["current"] == current
