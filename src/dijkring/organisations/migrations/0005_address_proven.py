# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Since when a mailbox is proven; whoever was here keeps the second step that was set up."""

from django.db import migrations, models

# Anybody could write any address here; people log in with the one of their account.
_CLAIMED = "DELETE FROM account_emailconfirmation; DELETE FROM account_emailaddress;"
_HERE = "UPDATE organisations_user SET address_proven_at = date_joined"


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("organisations", "0004_buyer"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="address_proven_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mailed_token_hash",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.RunSQL(_CLAIMED, migrations.RunSQL.noop),
        migrations.RunSQL(_HERE, migrations.RunSQL.noop),
    ]
