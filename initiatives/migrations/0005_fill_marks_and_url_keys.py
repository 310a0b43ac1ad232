from django.db import migrations
from django.db.models import F

from initiatives.web_addresses import key_of


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    initiative = apps.get_model("initiatives", "Initiative")
    initiative.objects.using(using).update(checked=F("mark"))
    for name in ("InitiativeSource", "SubmissionSource"):
        rows = apps.get_model("initiatives", name).objects.using(using)
        batch = []
        for row in rows.filter(url_key="").only("url").iterator():
            row.url_key = key_of(row.url)
            batch.append(row)
            if len(batch) == 1_000:
                rows.bulk_update(batch, ["url_key"])
                batch = []
        rows.bulk_update(batch, ["url_key"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_add_revisions_links_and_reviews")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
