"""Addresses of what the lines of the table in test_access.py speak of."""

from django.urls import reverse

from forum.models import Picture, Post
from forum.services.pictures import keep
from forum.tests.things import png
from initiatives.addresses import organisation_slug
from tests.factories import OrganisationFactory

OF_TOPICS = ("forum:reply", "forum:topic_order", "forum:solution", "forum:unread", "forum:follow")


def address_of(name: str, subject: str, things) -> str:
    """The address of the thing that a line speaks of."""
    if name == "api:topic":
        return reverse(name, args=[things.posts[subject].topic_id])
    if name.startswith("forum:") and subject in things.posts:
        post = things.posts[subject]
        if name == "forum:picture":
            return picture_of(post).get_absolute_url()
        if name == "forum:remove_text":
            return reverse(name, args=[post.pk, earlier_text_of(post)])
        args = {
            "forum:topic": [post.topic_id, post.topic.slug],
            "forum:topic_bare": [post.topic_id],
            "forum:topic_feed": [post.topic_id],
        }
        return reverse(name, args=args.get(name, [post.topic_id if name in OF_TOPICS else post.pk]))
    if subject in things.initiatives:
        initiative = things.initiatives[subject]
        if name.endswith("attachment"):
            file = initiative.attachments.get()
            return reverse(name, args=[initiative.reference, file.pk, file.name])
        if name.endswith(":cite"):
            return reverse(name, args=[initiative.reference, "bib"])
        slug = [initiative.slug] if name.endswith((":detail", ":history")) else []
        return reverse(name, args=[initiative.reference, *slug])
    if subject in things.submissions:
        submission = things.submissions[subject]
        files = [(file.pk, file.name) for file in submission.attachments.all()] if name.endswith("attachment") else [()]
        return reverse(name, args=[submission.key, *files[0]])
    if subject in ("organisation", "membership"):
        draft = things.submissions["draft"]
        row = draft.organisation if subject == "organisation" else draft.organisation.memberships.get(user=draft.author)
        return reverse(name, args=[row.pk])
    if subject in ("accepted", "proposed"):
        accepted = things.published.organisation
        row = accepted if subject == "accepted" else OrganisationFactory(name="Proposed", accepted_at=None)
        return reverse(name, args=[row.pk] if name.startswith("api:") else [row.pk, organisation_slug(row)])
    if name.endswith(":dump"):
        return reverse(name, args=[subject, "README.txt"])
    if "=" in subject:
        return reverse(name, kwargs=dict([subject.split("=")]))
    return reverse(name, args=[subject] if subject else [])


def earlier_text_of(post: Post) -> int:
    """The number of an earlier text of the post, made where it has none."""
    said = {"body": "Earlier words", "written_at": post.created_at, "replaced_by": post.author}
    return post.revisions.get_or_create(number=1, defaults=said)[0].number


def picture_of(post: Post) -> Picture:
    """The picture in the post, made where it has none."""
    picture = post.pictures.first() or keep(png(), by=post.author)
    picture.post = post
    picture.save()
    return picture
