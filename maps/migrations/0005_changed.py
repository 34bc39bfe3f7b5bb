"""From now on it is noted which reports changed lately: a search that is kept looks only at these again."""

from django.db import migrations, models

from maps.grid import triggers


def install(apps, schema_editor):
    triggers.install()


class Migration(migrations.Migration):
    dependencies = [("maps", "0004_cells")]
    operations = [
        migrations.CreateModel(
            name="Changed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.BigIntegerField()),
                ("transaction", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(models.F("transaction"), name="changed_since")]},
        ),
        # There is no way back: triggers that write here would fail without the table.
        migrations.RunPython(install),
    ]
