import django.db.models.expressions
import django.db.models.functions.math
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PlaceChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("category_id", models.CharField(db_collation="C", max_length=50)),
                ("agency_id", models.CharField(db_collation="C", max_length=50)),
                ("kecamatan_id", models.CharField(db_collation="C", max_length=20)),
                ("kelurahan_id", models.CharField(db_collation="C", max_length=20)),
                ("status", models.CharField(db_collation="C", max_length=12)),
                ("submitted_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("is_blurred", models.BooleanField()),
                ("cell_i", models.IntegerField(null=True)),
                ("cell_j", models.IntegerField(null=True)),
                ("x_m", models.FloatField(null=True)),
                ("y_m", models.FloatField(null=True)),
                ("fixed_at", models.DateTimeField(null=True)),
                ("returns", models.IntegerField(db_default=0, default=0)),
                ("returned_at", models.DateTimeField(null=True)),
                ("last_returned_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("category_id"),
                        django.db.models.functions.math.Floor(
                            django.db.models.expressions.CombinedExpression(models.F("y_m"), "/", models.Value(50.0))
                        ),
                        models.F("x_m"),
                        name="place_near",
                    ),
                    models.Index(models.F("returns"), condition=models.Q(("returns__gte", 2)), name="place_returns"),
                ],
            },
        ),
    ]
