from django.db import migrations

from common.migration_operations import append_only


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_create_initiatives")]

    operations = [append_only("initiatives_initiativeversion")]
