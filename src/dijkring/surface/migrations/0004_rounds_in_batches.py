# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("organisations", "0003_quiet_tokens"),
        ("surface", "0003_systems"),
    ]

    operations = [
        migrations.CreateModel(
            name="OptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target", models.CharField(max_length=253, unique=True)),
                ("reason", models.CharField(max_length=500)),
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["target"],
            },
        ),
        migrations.CreateModel(
            name="SharedLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("seen", models.JSONField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=45, unique=True)),
                ("taken_by", models.CharField(blank=True, max_length=32)),
                ("taken_until", models.DateTimeField()),
                ("wait_until", models.DateTimeField(null=True)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("taken_by", models.CharField(blank=True, max_length=32)),
                ("done", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.job"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "number"), name="one_batch_per_number")
                ],
            },
        ),
        # Both are worth nothing after a crash, and are written with every visit.
        migrations.RunSQL(
            "ALTER TABLE surface_turn SET UNLOGGED", "ALTER TABLE surface_turn SET LOGGED"
        ),
        migrations.RunSQL(
            "ALTER TABLE surface_sharedlook SET UNLOGGED",
            "ALTER TABLE surface_sharedlook SET LOGGED",
        ),
    ]
