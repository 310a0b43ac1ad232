"""Fixtures of several tests of the forum."""

import pytest

from forum import services
from forum.tests.things import post_topic
from forum.tests.told import member


@pytest.fixture
def follower():
    return member()


@pytest.fixture
def topic(follower):
    """A topic that somebody follows."""
    topic = post_topic().topic
    services.follow(topic, by=follower)
    return topic
