from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower


def create_cache_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """So that `migrate` is all an installation needs; leaves a table that exists alone."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def write_addresses_small(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As `geo_reports.accounts.addresses` does from now on."""
    apps.get_model("auth", "User").objects.exclude(email=Lower("email")).update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [
        ("geo_reports", "0010_defaults"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
        migrations.RunPython(write_addresses_small, migrations.RunPython.noop),
    ]
