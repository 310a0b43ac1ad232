"""The contributor's side."""

from django.views import View


class SubmissionCreateView(View):
    pass


class CorrectionCreateView(View):
    pass


class SubmissionDetailView(View):
    pass


class SubmissionEditView(View):
    pass


class SubmissionRetractView(View):
    pass


class SubmissionDeleteView(View):
    pass


class SubmissionAttachmentView(View):
    pass
