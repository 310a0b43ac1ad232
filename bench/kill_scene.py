"""The portal that is killed, with its people, and those who watch it."""

import random
import statistics
import time

from bench.kill_report import Report
from bench.victims import Ask, Nursery, Web, wait_until

MASTER_TOO = 10  # every so many kills of the web server take its parent as well


class Scene:
    """The portal with its people, and those who watch it."""

    def __init__(self, port: int, sink, rng: random.Random) -> None:
        from django.test import Client

        from tests.factories import CollectionFactory, ModeratorFactory, OrganisationFactory, UserFactory, country

        self.port, self.sink, self.rng, self.report = port, sink, rng, Report()
        country(), CollectionFactory()
        self.organisation = OrganisationFactory()
        self.authors, self.moderator = [UserFactory() for _number in range(5)], ModeratorFactory()
        self.cookies = {}
        for user in [*self.authors, self.moderator]:
            client = Client()
            client.force_login(user)
            self.cookies[user.pk] = client.cookies["sessionid"].value
        self.web, self.nursery = Web(port), Nursery()

    def ask(self, path: str, data: dict, user):
        """Return a POST as the user's browser would make it, not begun."""
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        token = "k" * 32
        headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": f"sessionid={self.cookies[user.pk]}; csrftoken={token}"}
        return Ask(self.port, path, encode_multipart(BOUNDARY, {**data, "csrfmiddlewaretoken": token}), headers)

    def kill_web(self, ask, longest: float, number: int) -> None:
        """Kill what answers at a moment of the request, and wait until the database has noticed."""
        ask.start()
        time.sleep(self.rng.random() * longest)
        self.web.kill(master=number % MASTER_TOO == MASTER_TOO - 1)
        ask.join()
        wait_until(lambda: others() == 0)

    def ask_again(self, ask, part: str):
        """Send the same once more, after an answer too: a page loaded anew must double nothing."""
        ask.status = None
        again = ask.until_answered()
        if ask.refusals:
            self.report.count(part, "times asked to wait some seconds")
        return again

    def usual(self, asks: list) -> float:
        """Return how many seconds an undisturbed request takes, a little more than the median."""
        seconds = []
        for ask in asks:
            start = time.perf_counter()
            self.report.expect(ask.until_answered().status == 302, f"an undisturbed request: {ask.status}")
            seconds.append(time.perf_counter() - start)
        return 1.1 * statistics.median(seconds[1:])

    def end(self) -> None:
        self.nursery.end()
        self.web.end()


def others() -> int:
    """Connections to the database that are not ours."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]
