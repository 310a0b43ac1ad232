from django.db import migrations

# Who is switched off has no page any more, so that their name leads nowhere on the pages of others.
LOG = """
DROP TRIGGER log_name ON accounts_user;
CREATE TRIGGER log_name AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (ROW({old}) IS DISTINCT FROM ROW({new})) EXECUTE FUNCTION forum_person_changed();
"""


def log(*columns: str) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return LOG.format(old=old, new=new)


class Migration(migrations.Migration):
    dependencies = [("forum", "0011_traps_of_forms_make_posts_wait")]

    operations = [migrations.RunSQL(log("name", "handle", "is_active", "is_system"), log("name", "handle"))]
