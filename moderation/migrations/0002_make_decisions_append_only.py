from django.db import migrations

from common.migration_operations import append_only


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_create_decisions")]

    operations = [append_only("moderation_decision")]
