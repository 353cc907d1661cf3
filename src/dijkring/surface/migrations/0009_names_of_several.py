from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surface", "0008_suppliers_are_parties"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="domain",
            index=models.Index(
                condition=models.Q(("state", "authorised")),
                fields=["name"],
                name="domain_by_name",
            ),
        ),
    ]
