"""What everybody may read."""

from django.views import View


class InitiativeListView(View):
    pass


class InitiativeDetailView(View):
    pass


class AttachmentDownloadView(View):
    pass
