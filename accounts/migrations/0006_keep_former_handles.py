import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# After the row is written: who waited for the same handle to be given up sees here that it was somebody's.
KEEP = """
CREATE FUNCTION accounts_keep_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.is_system AND EXISTS (
        SELECT FROM accounts_formerhandle
        WHERE handle IN (NEW.handle, encode(sha256(convert_to(NEW.handle, 'UTF8')), 'hex'))
            AND user_id IS DISTINCT FROM NEW.id
    ) THEN
        RAISE unique_violation USING MESSAGE = 'somebody else had this handle', CONSTRAINT = 'former_handle_is_kept';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM accounts_formerhandle WHERE handle = NEW.handle AND user_id = NEW.id;
        INSERT INTO accounts_formerhandle (handle, user_id, given_up_at) VALUES (OLD.handle, OLD.id, now())
            ON CONFLICT (handle) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_handle_added AFTER INSERT ON accounts_user FOR EACH ROW EXECUTE FUNCTION accounts_keep_handle();
CREATE TRIGGER keep_handle_changed AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.handle IS DISTINCT FROM NEW.handle) EXECUTE FUNCTION accounts_keep_handle();
"""
DROP = "DROP FUNCTION accounts_keep_handle() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_record_decisions_on_organisations")]

    operations = [
        migrations.CreateModel(
            name="FormerHandle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=64, unique=True, verbose_name="handle")),
                ("given_up_at", models.DateTimeField(auto_now_add=True, verbose_name="given up")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_handles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "former handle", "verbose_name_plural": "former handles"},
        ),
        migrations.RunSQL(KEEP, DROP),
    ]
