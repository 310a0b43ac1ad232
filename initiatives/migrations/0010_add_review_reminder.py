from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0009_respell_url_keys")]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="review_reminded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="owners reminded"),
        )
    ]
