"""The feed of initiatives keeps the rules of RFC 4287 with hostile words in filters and texts."""

from urllib.parse import quote

import pytest

from initiatives.models import Initiative
from tests.atom import checked
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db
QUERIES = [
    "",
    "country=KE&theme=spectrum",
    "country=ZZ&contry=%00%0B%3Cb%3E",
    f"q={quote('طيف <b> & ]]>')}",
    f"tag={quote('=1+1')}&q=%EF%BF%BE%01",
    "page=2",
]


@pytest.mark.parametrize("query", QUERIES)
def test_feed_follows_the_rules(client, query):
    for _each in range(2):
        make_initiative()
    Initiative.objects.update(title="]]> <script> & \u202e '\"\x7f", summary="</summary>" * 9)
    checked(client.get(f"/feeds/initiatives.atom?{query}").content)
