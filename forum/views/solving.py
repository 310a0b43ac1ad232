"""The button that says which reply solved the topic."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forum import rules, services
from forum.models import Post, Topic
from forum.services.solving import NO_REPLY
from forum.views.base import address_of, topic_for
from forum.views.writing import MemberView
from moderation.services import MoveRefused


class SolutionView(MemberView):
    """Mark the reply that `post` names as the solution; none where it is empty."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(topic_for(request.user, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        topic = topic_for(request.user, pk)
        if not rules.may_mark_solution(request.user, topic):
            raise PermissionDenied
        try:
            post = self._post(request, topic)
            services.mark_solution(topic, post, by=request.user)
        except (ValidationError, MoveRefused) as refusal:
            messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
            return redirect(topic)
        said = _("Marked as the solution.") if post else _("No reply is marked as the solution any more.")
        messages.success(request, said)
        return redirect(address_of(post) if post else topic)

    def _post(self, request: HttpRequest, topic: Topic) -> Post | None:
        """Return the post of the topic. Of any other number the answer is the same, whatever has it, or nothing."""
        asked = request.POST.get("post", "")
        if not asked:
            return None
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise Http404
        post = Post.objects.filter(pk=int(asked), topic=topic).select_related("topic").first()
        if post is None:
            raise ValidationError(NO_REPLY)
        return post
