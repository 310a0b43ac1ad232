"""People, organisations and who speaks for them, as staff see them."""

from accounts.admin import allauth, memberships, organisations, people  # noqa: F401 (they register themselves)
