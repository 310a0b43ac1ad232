"""How every public form looks: labels above, hints under them, errors beside the field and in a summary on top."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` with the portal's own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
