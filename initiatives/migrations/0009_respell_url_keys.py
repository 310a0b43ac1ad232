from django.db import migrations, models

from initiatives.web_addresses import key_of


def respell(apps, schema_editor):
    """Keys leave more of an address out than they did: archives, index pages, hosts for telephones."""
    using = schema_editor.connection.alias
    for name in ("InitiativeSource", "SubmissionSource"):
        rows = apps.get_model("initiatives", name).objects.using(using)
        batch = []
        for row in rows.only("url", "url_key").iterator():
            key = key_of(row.url)
            if key != row.url_key:
                row.url_key = key
                batch.append(row)
            if len(batch) == 1_000:
                rows.bulk_update(batch, ["url_key"])
                batch = []
        rows.bulk_update(batch, ["url_key"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_add_kind_of_revision")]

    operations = [
        migrations.RunPython(respell, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                fields=["scope", "region", "-id"],
                condition=models.Q(("scope__in", ["regional", "global"])),
                name="initiative_wide",
            ),
        ),
    ]
