"""The discussion of an initiative: found, or opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from forum import about
from forum.models.topic import TITLE_MAX
from forum.views.writing import TopicCreateView
from initiatives.models import Initiative


class AboutView(TopicCreateView):
    """Lead to the topic about an initiative, or begin one on the board of its theme."""

    def dispatch(self, request: HttpRequest, *args, reference: str, **kwargs) -> HttpResponse:
        self.initiative = get_object_or_404(Initiative.objects.public(archived=True), reference=reference)
        if request.method in ("GET", "HEAD") and (topic := about.topic_of(self.initiative, reader=request.user)):
            return redirect(topic)
        board = about.board_for(self.initiative)
        if board is None:
            raise Http404
        return super().dispatch(request, slug=board.slug)

    def started(self) -> dict[str, str]:
        return {"title": self.initiative.title[:TITLE_MAX]}

    def place(self, slug: str) -> str:
        return reverse("forum:about", args=[self.initiative.reference])
