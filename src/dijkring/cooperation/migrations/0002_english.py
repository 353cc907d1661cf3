# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="english",
            field=models.JSONField(blank=True, default=dict),
        )
        for name in ("cooperation", "seat", "task")
    ]
