"""The people of the access table, each with a browser of their own."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import Organisation, User
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, confirm, country


@dataclass(frozen=True)
class People:
    """Who comes to the portal. The author and the colleague are confirmed members of `organisation`."""

    author: User
    colleague: User
    stranger: User
    moderator: User
    administrator: User
    organisation: Organisation

    NAMES = ("visitor", "author", "colleague", "stranger", "moderator", "administrator")

    @classmethod
    def make(cls) -> "People":
        organisation = OrganisationFactory(name="Communications Authority of Kenya", country=country("KE"))
        people = cls(
            author=UserFactory(name="Achieng", handle="achieng", email="zqprivate.author@example.org"),
            colleague=UserFactory(name="Barasa", email="zqprivate.colleague@example.org"),
            stranger=UserFactory(name="Charlie", handle="charlie", email="charlie@elsewhere.example"),
            moderator=ModeratorFactory(name="Desta", email="zqprivate.moderator@example.org"),
            administrator=ModeratorFactory(name="Esi", email="zqprivate.admin@example.org", group="Administrator"),
            organisation=organisation,
        )
        confirm(people.author, organisation)
        confirm(people.colleague, organisation)
        return people

    def user(self, name: str) -> User | AnonymousUser:
        return AnonymousUser() if name == "visitor" else getattr(self, name)

    def client(self, name: str) -> Client:
        """A signed-in client; the visitor's has no cookie."""
        client = Client()
        if name != "visitor":
            client.force_login(self.user(name))
        return client
