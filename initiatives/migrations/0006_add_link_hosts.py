from django.db import migrations, models

STATES = [
    ("unknown", "not checked yet"),
    ("works", "works"),
    ("fails", "fails"),
    ("not_allowed", "cannot be checked by a machine"),
    ("refused", "not checked: a private or impossible address"),
]
PROBLEMS = [
    ("bad_url", "not an address that can be asked"),
    ("private", "leads into a private network"),
    ("no_name", "the host name is unknown"),
    ("no_connection", "no connection is possible"),
    ("time_out", "no answer came in time"),
    ("certificate", "the certificate is not valid"),
    ("no_tls", "no secure connection is possible"),
    ("protocol", "the answer broke off or made no sense"),
    ("redirects", "redirects without end"),
    ("cookies", "opens only with cookies"),
    ("not_found", "the page is not there"),
    ("gone", "the page was taken away"),
    ("server_error", "the server reports an error"),
    ("not_for_machines", "the site lets no machine see it"),
    ("too_often", "the site asks for fewer requests"),
    ("robots", "the site's robots.txt asks machines to stay away"),
    ("no_robots", "the site's robots.txt cannot be read at present"),
    ("own_site", "an address of this portal"),
    ("home_page", "leads to the site's home page instead of the page"),
]


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0005_fill_marks_and_url_keys")]

    operations = [
        migrations.CreateModel(
            name="LinkHost",
            fields=[
                ("name", models.CharField(max_length=253, primary_key=True, serialize=False, verbose_name="host")),
                ("free_at", models.DateTimeField(verbose_name="not asked before")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="failures in a row")),
                ("robots", models.TextField(blank=True, verbose_name="robots.txt")),
                ("robots_read_at", models.DateTimeField(null=True, verbose_name="robots.txt read")),
                (
                    "robots_away_since",
                    models.DateTimeField(null=True, verbose_name="robots.txt cannot be read since"),
                ),
            ],
            options={"verbose_name": "host", "verbose_name_plural": "hosts"},
        ),
        migrations.AlterField(
            model_name="link",
            name="problem",
            field=models.CharField(blank=True, choices=PROBLEMS, max_length=300, verbose_name="problem"),
        ),
        migrations.AlterField(
            model_name="link",
            name="state",
            field=models.CharField(choices=STATES, default="unknown", max_length=15, verbose_name="state"),
        ),
    ]
