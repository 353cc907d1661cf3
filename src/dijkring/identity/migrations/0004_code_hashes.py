# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_emergency")]

    operations = [migrations.RenameField("emergencyaccess", "codes", "code_hashes")]
