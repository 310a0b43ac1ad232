"""Weight: bytes over the wire on a first visit, with the launch content."""

import pytest
from django.urls import reverse

from forum.tests.things import board, post_topic
from initiatives.models import Initiative, Submission
from tests.factories import make_draft
from tests.weight import static_size, weigh

pytestmark = pytest.mark.django_db

KB = 1_000  # the stricter reading of a kilobyte
HOME, MAP, PAGE, STYLE, SCRIPT, SHAPES = 60 * KB, 200 * KB, 80 * KB, 15 * KB, 20 * KB, 60 * KB
EMBED = 160 * KB
MAP_FIGURE = r"<figure class=\"map-figure\".*?</figure>"


@pytest.fixture
def visitor(client, launch):
    return client


def test_launch_content_is_there(visitor):
    """Weighing an empty portal would prove nothing."""
    assert Initiative.objects.public().count() > 150


def test_home_is_light(visitor):
    weight = weigh(visitor, reverse("portal:home"), without=MAP_FIGURE)
    assert weight.total <= HOME, weight


def test_home_with_its_drawn_map_is_as_light_as_any_page(visitor):
    weight = weigh(visitor, reverse("portal:home"))
    assert weight.total <= PAGE, weight


def test_map_is_light(visitor):
    weight = weigh(visitor, reverse("countrymap:map"))
    fetched = [part for part in weight.parts if "topo" in part or "data.json" in part or "leaflet.js" in part]
    assert len(fetched) == 3, weight
    assert weight.total <= MAP, weight


def test_map_in_a_frame_is_lighter_than_the_page(visitor):
    weight = weigh(visitor, reverse("countrymap:embed"))
    assert weight.total <= EMBED, weight
    assert not [part for part in weight.parts if "site." in part or "panel" in part]


PAGES = {
    "list": lambda: reverse("initiatives:list"),
    "list page 2": lambda: reverse("initiatives:list") + "?page=2",
    "list with many filters": lambda: (
        reverse("initiatives:list") + "?region=AFR&region=AMS&status=not_known&sort=title"
    ),
    "countries": lambda: reverse("countrymap:countries"),
    "country with most": lambda: reverse("countrymap:country", args=["IN"]),
    "country with none": lambda: reverse("countrymap:country", args=["TV"]),
    "region": lambda: reverse("countrymap:region", args=["AFR"]),
    "compare": lambda: reverse("countrymap:compare"),
    "compare four": lambda: reverse("countrymap:compare") + "?country=IN&country=BR&country=FR&country=KE",
    "statistics": lambda: reverse("countrymap:statistics"),
    "statistics by week": lambda: reverse("countrymap:statistics") + "?weeks=2020&region=AFR",
    "themes": lambda: reverse("initiatives:themes"),
    "theme": lambda: reverse("initiatives:theme", args=["availability-affordability"]),
    "collection": lambda: reverse("initiatives:collection", args=["reg4covid"]),
    "organisations": lambda: reverse("initiatives:organisations"),
    "tags": lambda: reverse("initiatives:tags"),
    "open data": lambda: reverse("initiatives:data"),
    "forum": lambda: reverse("forum:index"),
    "search in the forum": lambda: reverse("forum:search") + "?q=licences",
    "board": lambda: board().get_absolute_url(),
    "topic": lambda: post_topic().topic.get_absolute_url(),
    "member": lambda: reverse("forum:member", args=[post_topic().author.handle]),
    "page of the API": lambda: reverse("api:docs"),
    "about": lambda: reverse("portal:about"),
    "accessibility": lambda: reverse("portal:accessibility"),
    "privacy": lambda: reverse("portal:privacy"),
    "not found": lambda: "/nowhere/",
    "sign in": lambda: reverse("account_login"),
    "sign in by code": lambda: reverse("account_request_login_code"),
    "sign up": lambda: reverse("account_signup"),
}


@pytest.mark.parametrize("page", PAGES)
def test_page_is_light(page, visitor):
    weight = weigh(visitor, PAGES[page]())
    assert weight.total <= PAGE, weight


def test_longest_initiative_is_light(visitor):
    longest = max(Initiative.objects.public(), key=lambda row: len(row.description) + len(row.summary))
    weight = weigh(visitor, longest.get_absolute_url())
    assert weight.total <= PAGE, weight


@pytest.mark.parametrize("name", ["portal:my", "initiatives:create", "initiatives:submission", "initiatives:edit"])
def test_contributors_page_is_light(name, visitor):
    draft = make_draft()
    visitor.force_login(draft.author)
    args = [Submission.objects.get(pk=draft.pk).key] if name in ("initiatives:submission", "initiatives:edit") else []
    weight = weigh(visitor, reverse(name, args=args))
    assert weight.total <= PAGE, weight


def test_stylesheet_and_script_are_light(visitor):
    weight = weigh(visitor, reverse("initiatives:list"))
    assert weight.of(".css") <= STYLE, weight
    assert weight.of(".js") <= SCRIPT, weight


def test_shapes_are_light():
    assert static_size("map/world.topo.json") <= SHAPES


def test_map_is_fetched_on_the_map_page_alone(visitor):
    for page in (*PAGES.values(), lambda: reverse("portal:home")):
        parts = weigh(visitor, page()).parts
        assert [part for part in parts if "leaflet" in part or "/map/" in part] == []


def test_pages_are_compressed_where_the_browser_can(visitor):
    response = visitor.get(reverse("initiatives:list"), headers={"accept-encoding": "gzip, deflate, br"})
    assert response["Content-Encoding"] in ("gzip", "br")
    assert "accept-encoding" in response["Vary"].lower()
