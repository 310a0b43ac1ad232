"""What is said on a private board is read by its members and by moderators; nobody else can even know of it.

The addresses come from the table of addresses itself, so that a new one is asked too.
"""

import itertools
import re
import uuid
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from forum import mail_links, services
from forum.models import Board, Follow, Notice, Post
from forum.services import telling
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.services import transition
from outbox.models import Letter
from tests.factories import ModeratorFactory, country, make_initiative
from tests.test_access import OURS
from tests.test_leaks import text_of

pytestmark = pytest.mark.django_db

SECRET, COMMON = "zqsecret", "zqcommon"
QUERIES = ["", "?board=group", f"?q={COMMON}", f"?q={COMMON}&kind=forum&show=topics&board=group"]
TOKENS = re.compile(r'name="(csrfmiddlewaretoken|key|drawn)" value="[^"]*"')  # other ones each time


class Scene:
    """A private board with all that can stand on one, a public board beside it, and somebody who belongs nowhere."""

    def __init__(self) -> None:
        country("KE")
        self.stranger, self.public = known_member(handle="stranger"), post_topic(title=f"A public {COMMON} topic")
        self.initiative = make_initiative()
        self.inside, self.other = known_member(handle="inside"), known_member(handle="other-inside")
        self.group = None

    def fill(self) -> "Scene":
        """Make the board, and everything on it; strangers are named in it, and were members once."""
        self.group = Board.objects.create(
            slug="group", kind="group", name=f"{SECRET} group", about=f"{SECRET} things", is_private=True
        )
        self.group.members.set([self.inside, self.other, self.stranger])
        services.follow(self.group, by=self.stranger)
        said = {"title": f"{COMMON} {SECRET} topic", "body": f"{COMMON} {SECRET} words for @stranger", "language": "en"}
        first = services.begin_topic(self.group, by=self.inside, key=uuid.uuid4(), initiative=self.initiative, **said)
        self.topic = first.topic
        theirs = post_reply(self.topic, by=self.stranger, body=f"{SECRET} {COMMON} said while a member")
        more = {"by": self.other, "body": f"{SECRET} {COMMON} answer", "key": uuid.uuid4()}
        answer = services.reply(self.topic, reply_to=theirs, **more)
        services.mark_solution(self.topic, answer, by=self.inside)
        hidden = post_reply(self.topic, by=self.other, body=f"{SECRET} hidden")
        transition(hidden, "hide", by=ModeratorFactory(), public_reason=f"{SECRET} reason")
        self.group.members.remove(self.stranger)
        self.posts = [first, theirs, answer, hidden]
        return self

    def values(self, name: str, converter: str) -> list:
        """What an address may be asked with, by the name of its part."""
        known = {
            "slug": ["group", self.topic.slug, "spectrum"],
            "handle": ["inside", "stranger"],
            "token": [mail_links.url_for(self.stranger).rstrip("/").rpartition("/")[2]],
            "reference": [self.initiative.reference],
            "code": ["KE", "spectrum"],
            "section": ["forum", "topics", "boards", "members", "discussions"],
        }
        numbers = [self.group.pk, self.topic.pk, *(post.pk for post in self.posts)]
        return known.get(name) or (numbers if converter == "IntConverter" else ["group", "forum", "json", "KE"])


@pytest.fixture
def scene() -> Scene:
    return Scene().fill()


def addresses(scene: Scene, *rooms: str) -> Iterator[tuple[str, str]]:
    """Every address of the rooms, with everything that might lead to the board."""
    for resolver in get_resolver().url_patterns:
        room = getattr(resolver, "app_name", None)
        for pattern in resolver.url_patterns if room in rooms else []:
            converters = pattern.pattern.converters
            pools = [scene.values(name, type(one).__name__) for name, one in converters.items()]
            for values in itertools.product(*pools):
                name = f"{room}:{pattern.name}"
                try:
                    yield name, reverse(name, kwargs=dict(zip(converters, values, strict=True)))
                except NoReverseMatch:
                    continue


def read(response, address: str) -> str:
    """What an answer says, head and body, without the address that was asked for."""
    body = b"".join(response) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return unquote(head + text_of(body)).replace(unquote(address), "")


def who_sees(client, scene: Scene, *rooms: str) -> set[str]:
    """The names of the addresses whose answers have the secret word."""
    found = set()
    for name, address in addresses(scene, *rooms):
        queries = QUERIES if not address.rstrip("/")[-1:].isdigit() else [""]
        if any(SECRET in read(client.get(address + query), address) for query in queries):
            found.add(name)
    return found


def test_members_read_it_and_so_these_questions_find_it(scene, client):
    client.force_login(scene.inside)
    found = who_sees(client, scene, "forum")
    assert found >= {f"forum:{name}" for name in "index board topic member create flag settings".split()} - {
        "forum:flag"
    }


def test_visitors_do_not(scene, client):
    assert who_sees(client, scene, *OURS) == set()


def test_nor_does_who_was_a_member_once_wrote_there_and_follows_it(scene, client):
    client.force_login(scene.stranger)
    assert who_sees(client, scene, "forum", "portal", "api") == set()


def test_no_form_tells_it_to_others(scene, client):
    client.force_login(scene.stranger)
    numbers = dict.fromkeys(("post", "reply_to", "quote", "quoted"), scene.posts[0].pk)
    values = {**numbers, "topic": scene.topic.pk, "into": scene.topic.pk, "board": "group", "body": f"{COMMON} @inside"}
    found = set()
    for name, address in addresses(scene, "forum"):
        for values_of in (values, {**values, "preview": "yes", "action": "preview"}):
            if SECRET in read(client.post(address, values_of), address):
                found.add(name)
    public = services.reply(scene.public.topic, by=scene.stranger, body="x", key=uuid.uuid4()).topic
    for name in ("reply", "solution", "follow"):
        answer = client.post(reverse(f"forum:{name}", args=[public.pk]), values, follow=True)
        if SECRET in read(answer, ""):
            found.add(name)
    assert found == set()


def test_nothing_that_is_counted_changes_for_visitors(client):
    scene = Scene()
    lists = [reverse("forum:index"), board().get_absolute_url(), scene.public.topic.get_absolute_url()]
    lists += [reverse("portal:home"), scene.initiative.get_absolute_url(), reverse("countrymap:country", args=["KE"])]
    lists += [reverse("initiatives:theme", args=["spectrum"]), reverse("portal:sitemap")]
    before = [TOKENS.sub("", client.get(address).text) for address in lists]
    scene.fill()
    assert [TOKENS.sub("", client.get(address).text) for address in lists] == before


def letters_to(person: User) -> str:
    Notice.objects.filter(settled_at=None).update(due_at=timezone.now())
    telling.tell_due()
    return "\n".join(f"{one.subject}\n{one.body}" for one in Letter.objects.filter(recipient=person.email))


@pytest.mark.parametrize("mail", ["at_once", "daily"])
def test_letters_tell_members_alone(scene, mail):
    assert SECRET in letters_to(scene.inside)
    services.choose_mail(scene.stranger, mail=mail)
    Follow.objects.get_or_create(user=scene.stranger, topic=scene.topic)
    told = Letter.objects.count()
    post = post_reply(scene.topic, by=scene.other, body=f"{SECRET} for @stranger and @inside")
    Notice.objects.get_or_create(
        user=scene.stranger, post=post, defaults={"reason": "mention", "due_at": timezone.now(), "settled_at": None}
    )
    assert SECRET not in letters_to(scene.stranger)
    assert SECRET in letters_to(scene.inside) and Letter.objects.count() > told


def test_moving_a_topic_there_takes_it_out_of_sight(scene, client):
    topic = post_topic(title=f"Moved {COMMON} topic").topic
    services.move(topic, scene.group, by=ModeratorFactory())
    Post.objects.filter(topic=topic).update(body=SECRET, html=SECRET)
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert f"Moved {COMMON}" not in client.get(reverse("forum:index")).text
