import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0002_make_versions_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                models.OrderBy(models.F("starts_on"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("status", "published")),
                name="initiative_by_earliest_start",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("status", "published")),
                fields=["further_themes"],
                name="initiative_further_themes",
            ),
        ),
        # The table of a plain ManyToManyField has no place for an index: which initiatives name a country.
        migrations.RunSQL(
            "CREATE INDEX initiatives_naming_country ON initiatives_initiative_countries (country_id, initiative_id)",
            "DROP INDEX initiatives_naming_country",
        ),
    ]
