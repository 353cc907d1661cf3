# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_quiet_tokens"),
        ("surface", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoreDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(choices=[("web", "websites"), ("mail", "mail")], max_length=4),
                ),
                ("day", models.DateField()),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("names", models.PositiveIntegerField()),
                ("unknown", models.PositiveIntegerField()),
                ("complete", models.BooleanField()),
                ("categories", models.JSONField(default=dict)),
                ("reckoned_at", models.DateTimeField()),
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
                "ordering": ["day", "part"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "part", "day"), name="one_score_per_part_and_day"
                    )
                ],
            },
        ),
    ]
