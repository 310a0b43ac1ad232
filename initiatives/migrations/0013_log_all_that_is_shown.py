from importlib import import_module

from django.db import migrations

# Pages for everybody are named by the log of changes, so it must tell of all that any of them shows: also of sources,
# files, versions and decisions, and of tags, organisations and collections that no initiative has. For these `initiative`
# is 0: something that is public has changed, and no initiative with it.
FUNCTION = """
CREATE OR REPLACE FUNCTION initiatives_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    concerned bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    CASE TG_TABLE_NAME
    WHEN 'initiatives_initiative' THEN
        concerned := ARRAY[changed.id];
    WHEN 'initiatives_initiative_countries', 'initiatives_initiativesource', 'initiatives_initiativeattachment',
        'initiatives_initiativeversion' THEN
        concerned := ARRAY[changed.initiative_id];
    WHEN 'taggit_taggeditem', 'moderation_decision' THEN
        SELECT array_agg(changed.object_id) INTO concerned FROM django_content_type
            WHERE id = changed.content_type_id AND app_label = 'initiatives' AND model = 'initiative';
        concerned := coalesce(concerned, '{}');
    WHEN 'taggit_tag' THEN
        SELECT coalesce(array_agg(item.object_id), '{0}') INTO concerned FROM taggit_taggeditem item
            JOIN django_content_type kind ON kind.id = item.content_type_id
            WHERE item.tag_id = changed.id AND kind.app_label = 'initiatives' AND kind.model = 'initiative';
    WHEN 'accounts_organisation' THEN
        SELECT coalesce(array_agg(id), '{0}') INTO concerned FROM initiatives_initiative
            WHERE organisation_id = changed.id;
    ELSE
        concerned := CASE WHEN TG_OP = 'UPDATE' THEN ARRAY[NULL]::bigint[] ELSE '{0}' END;
    END CASE;
    INSERT INTO initiatives_change (initiative) SELECT unnest(concerned);
    RETURN NULL;
END $$;
"""
ROWS = ("initiatives_initiativesource", "initiatives_initiativeattachment")
LISTS = ("taggit_tag", "accounts_organisation", "countries_country", "initiatives_collection")
ONCE_WRITTEN = ("initiatives_initiativeversion", "moderation_decision")


def _trigger(table: str, name: str, when: str, condition: str = "") -> str:
    condition = f"WHEN ({condition})" if condition else ""
    return f"""CREATE TRIGGER {name} AFTER {when} ON {table}
        FOR EACH ROW {condition} EXECUTE FUNCTION initiatives_log_change();"""


TRIGGERS = [
    *(_trigger(table, "log_change", "INSERT OR DELETE") for table in (*ROWS, *LISTS)),
    *(_trigger(table, "log_update", "UPDATE", "OLD.* IS DISTINCT FROM NEW.*") for table in ROWS),
    *(_trigger(table, "log_change", "INSERT") for table in ONCE_WRITTEN),
]


def restore(apps, schema_editor):
    schema_editor.execute("DROP FUNCTION initiatives_log_change() CASCADE;")  # the triggers go with it
    schema_editor.execute(import_module("initiatives.migrations.0011_log_changes").FORWARD)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0012_add_search"),
        ("moderation", "0006_add_edition_of_decision"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL("\n".join(TRIGGERS), migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, restore),
    ]
