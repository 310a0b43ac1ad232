from django.db import migrations, models
from django.db.models import Func
from django.db.models.functions import Cast, Now

# What is shown of an initiative is in its row, and in rows of other tables. Whatever changes one of them, by whichever
# door, leaves a line in the log: no service has to think of it, and none can forget it.
FORWARD = """
CREATE FUNCTION initiatives_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    CASE TG_TABLE_NAME
    WHEN 'initiatives_initiative' THEN
        INSERT INTO initiatives_change (initiative) VALUES (changed.id);
    WHEN 'initiatives_initiative_countries' THEN
        INSERT INTO initiatives_change (initiative) VALUES (changed.initiative_id);
    WHEN 'taggit_taggeditem' THEN
        INSERT INTO initiatives_change (initiative) SELECT changed.object_id FROM django_content_type
            WHERE id = changed.content_type_id AND app_label = 'initiatives' AND model = 'initiative';
    WHEN 'taggit_tag' THEN
        INSERT INTO initiatives_change (initiative) SELECT item.object_id FROM taggit_taggeditem item
            JOIN django_content_type kind ON kind.id = item.content_type_id
            WHERE item.tag_id = changed.id AND kind.app_label = 'initiatives' AND kind.model = 'initiative';
    WHEN 'accounts_organisation' THEN
        INSERT INTO initiatives_change (initiative) SELECT id FROM initiatives_initiative
            WHERE organisation_id = changed.id;
    ELSE
        INSERT INTO initiatives_change (initiative) VALUES (NULL);
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER log_change AFTER INSERT OR DELETE ON initiatives_initiative
    FOR EACH ROW EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_update AFTER UPDATE ON initiatives_initiative
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_change AFTER INSERT OR DELETE ON initiatives_initiative_countries
    FOR EACH ROW EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON taggit_taggeditem
    FOR EACH ROW EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_update AFTER UPDATE ON taggit_tag
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_update AFTER UPDATE ON accounts_organisation
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_update AFTER UPDATE ON countries_country
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION initiatives_log_change();
CREATE TRIGGER log_update AFTER UPDATE ON initiatives_collection
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION initiatives_log_change();
"""
BACKWARD = "DROP FUNCTION initiatives_log_change() CASCADE;"  # the triggers go with it


TRANSACTION = Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0010_add_review_reminder"),
        ("accounts", "0004_add_merging_and_membership_changes"),
        ("countries", "0001_create_countries"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("initiative", models.BigIntegerField(null=True)),
                ("transaction", models.BigIntegerField(db_default=TRANSACTION)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "indexes": [
                    models.Index(fields=["transaction"], name="change_transaction"),
                    models.Index(fields=["made_at"], name="change_made_at"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
