from django.db import migrations

NAMES = ("Moderator", "Administrator")


def create(apps, schema_editor):
    for name in NAMES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


def delete(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=NAMES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_create_people_and_organisations"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create, delete)]
