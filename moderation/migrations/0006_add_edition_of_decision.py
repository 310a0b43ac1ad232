from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_add_log_indexes")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="edition",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="text that it was made on"),
            preserve_default=False,
        )
    ]
