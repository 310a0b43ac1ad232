"""The form templates: what ties a label, a hint and an error to its control."""

from django import forms
from django.template.loader import render_to_string


class SampleForm(forms.Form):
    asked = {"summary"}
    title = forms.CharField(help_text="Short.")
    summary = forms.CharField(required=False)
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_field_names_its_hint_and_its_error():
    html = str(SampleForm({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_only_what_is_never_asked_is_called_optional():
    fields = SampleForm()
    assert "optional" in fields["note"].as_field_group()
    assert "optional" not in fields["summary"].as_field_group()
    assert "optional" not in fields["title"].as_field_group()


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = SampleForm()["kind"].as_field_group()
    assert "<fieldset" in html
    assert "<legend>Kind" in html


def test_error_summary_links_to_the_fields():
    html = render_to_string("forms/error_summary.html", {"form": SampleForm({})})
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_field"' in html
    assert 'id="id_kind_field"' in SampleForm({})["kind"].as_field_group()


def test_error_summary_names_formset_parts_by_number():
    formset = forms.formset_factory(SampleForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-title": "x", "form-0-kind": "a"}
    )
    html = render_to_string(
        "forms/error_summary.html", {"formsets": [formset], "formset_errors": not formset.is_valid()}
    )
    assert 'href="#id_form-1-title">Title 2' in html


def test_error_summary_is_silent_without_errors():
    assert render_to_string("forms/error_summary.html", {"form": SampleForm()}).strip() == ""
