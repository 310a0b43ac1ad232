"""What tests of initiatives share."""

import pytest

from tests.factories import UserFactory


@pytest.fixture
def author(client):
    """A person with a confirmed e-mail who has signed in."""
    user = UserFactory()
    client.force_login(user)
    return user
