"""The boards that every installation begins with: questions, announcements, the themes and the ITU regions."""

from django.db import migrations

THEMES = (
    "consumer_protection traffic_management availability_affordability emergency_telecoms spectrum quality_resilience "
    "licensing_flexibility economic_measures cybersecurity_child_protection digital_services_continuity "
    "digital_inclusion public_information"
).split()
REGIONS = "AFR AMS ARB ASP CIS EUR".split()


def open_boards(apps, schema_editor):
    boards = apps.get_model("forum", "Board").objects
    rows = [
        ("announcements", "announcements", "", "Announcements", "News of the secretariat. Replies are open to all."),
        ("ask-your-peers", "peers", "", "Ask your peers", "A question to regulators, ministries and operators."),
        *((code.replace("_", "-"), "theme", code, "", "") for code in THEMES),
        *((code.lower(), "region", code, "", "") for code in REGIONS),
    ]
    for position, (slug, kind, code, name, about) in enumerate(rows):
        boards.get_or_create(
            slug=slug, defaults={"kind": kind, "code": code, "name": name, "about": about, "position": position * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_create_boards_topics_and_posts")]

    operations = [migrations.RunPython(open_boards, migrations.RunPython.noop)]
