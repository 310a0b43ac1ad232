from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_create_letters_and_jobs")]

    operations = [
        migrations.AddField("letter", "kind", models.CharField(blank=True, max_length=30, verbose_name="kind")),
        migrations.AddField(
            "letter", "about", models.JSONField(blank=True, default=dict, verbose_name="what it is about")
        ),
    ]
