# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_quiet_tokens"),
        ("surface", "0002_score_per_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerSharing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField(verbose_name="agreed")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
            ],
        ),
        migrations.CreateModel(
            name="AnswerSharingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("agreed_at", models.DateTimeField(verbose_name="agreed")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Belonging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["address", "id"],
            },
        ),
        migrations.CreateModel(
            name="BelongingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CbwDetails",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entity", models.CharField(max_length=160, verbose_name="name of the entity")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="From the Register van Overheidsorganisaties.",
                        max_length=40,
                        verbose_name="organisation code",
                    ),
                ),
                (
                    "entity_kind",
                    models.CharField(blank=True, max_length=120, verbose_name="kind of entity"),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="sector and subsector"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone number")),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        default="Nederland",
                        max_length=200,
                        verbose_name="member states where you are active",
                    ),
                ),
                (
                    "exchange",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="arrangements for sharing information",
                    ),
                ),
                ("changed", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="CbwDetailsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("entity", models.CharField(max_length=160, verbose_name="name of the entity")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="From the Register van Overheidsorganisaties.",
                        max_length=40,
                        verbose_name="organisation code",
                    ),
                ),
                (
                    "entity_kind",
                    models.CharField(blank=True, max_length=120, verbose_name="kind of entity"),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="sector and subsector"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone number")),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        default="Nederland",
                        max_length=200,
                        verbose_name="member states where you are active",
                    ),
                ),
                (
                    "exchange",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="arrangements for sharing information",
                    ),
                ),
                ("changed", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CbwRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entity", models.CharField(max_length=160, verbose_name="name of the entity")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="From the Register van Overheidsorganisaties.",
                        max_length=40,
                        verbose_name="organisation code",
                    ),
                ),
                (
                    "entity_kind",
                    models.CharField(blank=True, max_length=120, verbose_name="kind of entity"),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="sector and subsector"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone number")),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        default="Nederland",
                        max_length=200,
                        verbose_name="member states where you are active",
                    ),
                ),
                (
                    "exchange",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="arrangements for sharing information",
                    ),
                ),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), default=list, size=None
                    ),
                ),
                (
                    "ranges",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="reference of the confirmation"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
            ],
            options={
                "ordering": ["-submitted_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CbwRegistrationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("entity", models.CharField(max_length=160, verbose_name="name of the entity")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="From the Register van Overheidsorganisaties.",
                        max_length=40,
                        verbose_name="organisation code",
                    ),
                ),
                (
                    "entity_kind",
                    models.CharField(blank=True, max_length=120, verbose_name="kind of entity"),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="sector and subsector"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone number")),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        default="Nederland",
                        max_length=200,
                        verbose_name="member states where you are active",
                    ),
                ),
                (
                    "exchange",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="arrangements for sharing information",
                    ),
                ),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), default=list, size=None
                    ),
                ),
                (
                    "ranges",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="reference of the confirmation"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MendRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("supplier", models.CharField(max_length=120, verbose_name="supplier")),
                (
                    "message",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what you want to say"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="mended by")),
                ("answer_to", models.CharField(max_length=200, verbose_name="answer to")),
                ("made_at", models.DateTimeField(verbose_name="asked")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                ("withdrawal", models.CharField(blank=True, max_length=500, verbose_name="reason")),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="MendRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("supplier", models.CharField(max_length=120, verbose_name="supplier")),
                (
                    "message",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what you want to say"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="mended by")),
                ("answer_to", models.CharField(max_length=200, verbose_name="answer to")),
                ("made_at", models.DateTimeField(verbose_name="asked")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                ("withdrawal", models.CharField(blank=True, max_length=500, verbose_name="reason")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=300)),
                ("member", models.CharField(max_length=253)),
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["member", "kind", "subject"],
            },
        ),
        migrations.CreateModel(
            name="System",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("website", "website or web application"),
                            ("mail", "mail"),
                            ("api", "API"),
                            ("network", "address or network"),
                            ("other", "something else"),
                        ],
                        default="website",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("joint", "owner together with others"),
                            ("customer", "customer of a supplier"),
                        ],
                        default="owner",
                        max_length=8,
                        verbose_name="what we are",
                    ),
                ),
                (
                    "supplier",
                    models.CharField(blank=True, max_length=120, verbose_name="who mends it"),
                ),
                ("purpose", models.CharField(blank=True, max_length=500, verbose_name="purpose")),
                (
                    "reviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="reviewed on"),
                ),
                ("added_at", models.DateTimeField(verbose_name="added")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="retired")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SystemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("website", "website or web application"),
                            ("mail", "mail"),
                            ("api", "API"),
                            ("network", "address or network"),
                            ("other", "something else"),
                        ],
                        default="website",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("joint", "owner together with others"),
                            ("customer", "customer of a supplier"),
                        ],
                        default="owner",
                        max_length=8,
                        verbose_name="what we are",
                    ),
                ),
                (
                    "supplier",
                    models.CharField(blank=True, max_length=120, verbose_name="who mends it"),
                ),
                ("purpose", models.CharField(blank=True, max_length=500, verbose_name="purpose")),
                (
                    "reviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="reviewed on"),
                ),
                ("added_at", models.DateTimeField(verbose_name="added")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="retired")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="domain",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="domain",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="domain",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="domain",
            name="part",
            field=models.CharField(
                choices=[
                    ("owner", "owner"),
                    ("joint", "owner together with others"),
                    ("customer", "customer of a supplier"),
                ],
                default="owner",
                max_length=8,
                verbose_name="what we are",
            ),
        ),
        migrations.AddField(
            model_name="domainevent",
            name="part",
            field=models.CharField(
                choices=[
                    ("owner", "owner"),
                    ("joint", "owner together with others"),
                    ("customer", "customer of a supplier"),
                ],
                default="owner",
                max_length=8,
                verbose_name="what we are",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="domain",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_domainevent" ("authority", "authority_at", "authority_by_id", "authority_text", "carries_mail", "carries_web", "id", "name", "note", "organisation_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "removed_at", "responsible", "state") VALUES (NEW."authority", NEW."authority_at", NEW."authority_by_id", NEW."authority_text", NEW."carries_mail", NEW."carries_web", NEW."id", NEW."name", NEW."note", NEW."organisation_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."registered_at", NEW."removed_at", NEW."responsible", NEW."state"); RETURN NULL;',
                    hash="e0e5450670c1223e846e03bab1aeb827b352b6ea",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9048a",
                    table="surface_domain",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="domain",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."authority" IS DISTINCT FROM (NEW."authority") OR OLD."authority_at" IS DISTINCT FROM (NEW."authority_at") OR OLD."authority_by_id" IS DISTINCT FROM (NEW."authority_by_id") OR OLD."authority_text" IS DISTINCT FROM (NEW."authority_text") OR OLD."carries_mail" IS DISTINCT FROM (NEW."carries_mail") OR OLD."carries_web" IS DISTINCT FROM (NEW."carries_web") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."registered_at" IS DISTINCT FROM (NEW."registered_at") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."responsible" IS DISTINCT FROM (NEW."responsible") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func='INSERT INTO "surface_domainevent" ("authority", "authority_at", "authority_by_id", "authority_text", "carries_mail", "carries_web", "id", "name", "note", "organisation_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "removed_at", "responsible", "state") VALUES (NEW."authority", NEW."authority_at", NEW."authority_by_id", NEW."authority_text", NEW."carries_mail", NEW."carries_web", NEW."id", NEW."name", NEW."note", NEW."organisation_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."registered_at", NEW."removed_at", NEW."responsible", NEW."state"); RETURN NULL;',
                    hash="9eba690fd6a307186ecc0b7676639f64d147f361",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_eaf19",
                    table="surface_domain",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="domain",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_domainevent" ("authority", "authority_at", "authority_by_id", "authority_text", "carries_mail", "carries_web", "id", "name", "note", "organisation_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_at", "removed_at", "responsible", "state") VALUES (OLD."authority", OLD."authority_at", OLD."authority_by_id", OLD."authority_text", OLD."carries_mail", OLD."carries_web", OLD."id", OLD."name", OLD."note", OLD."organisation_id", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."registered_at", OLD."removed_at", OLD."responsible", OLD."state"); RETURN NULL;',
                    hash="1200b132bd8c3ccfe1938d310b1ba904bc8ba97a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bba87",
                    table="surface_domain",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="answersharing",
            name="agreed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="answersharing",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="answersharingevent",
            name="agreed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="answersharingevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="answersharingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.answersharing",
            ),
        ),
        migrations.AddField(
            model_name="belonging",
            name="domain",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="belongings",
                to="surface.domain",
            ),
        ),
        migrations.AddField(
            model_name="belonging",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="belongingevent",
            name="domain",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="surface.domain",
            ),
        ),
        migrations.AddField(
            model_name="belongingevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="belongingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.belonging",
            ),
        ),
        migrations.AddField(
            model_name="cbwdetails",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="cbwdetailsevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="cbwdetailsevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.cbwdetails",
            ),
        ),
        migrations.AddField(
            model_name="cbwregistration",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="cbwregistration",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cbwregistrationevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="cbwregistrationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.cbwregistration",
            ),
        ),
        migrations.AddField(
            model_name="cbwregistrationevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mendrequest",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mendrequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="mendrequestevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mendrequestevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="mendrequestevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.mendrequest",
            ),
        ),
        migrations.AddField(
            model_name="requestline",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="requestline",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="surface.mendrequest",
            ),
        ),
        migrations.AddField(
            model_name="system",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="system",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="belongingevent",
            name="system",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="surface.system",
            ),
        ),
        migrations.AddField(
            model_name="belonging",
            name="system",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="belongings",
                to="surface.system",
            ),
        ),
        migrations.AddField(
            model_name="systemevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="systemevent",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="systemevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="surface.system",
            ),
        ),
        migrations.AddConstraint(
            model_name="answersharing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("organisation",),
                name="one_current_answer_sharing",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answersharing",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_answersharingevent" ("agreed_at", "agreed_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."ended_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="a321827c8044f8faaa4b6cd41f5459c25304fef5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a3085",
                    table="surface_answersharing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answersharing",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_answersharingevent" ("agreed_at", "agreed_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."ended_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="4ea17735d3a124ecebe46a90e5c17e59e2245000",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_51ccf",
                    table="surface_answersharing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answersharing",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_answersharingevent" ("agreed_at", "agreed_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."ended_at", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="d9fa259eacc99f50bd20d7e3a1a813aaf3d83f5d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_45b08",
                    table="surface_answersharing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answersharingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1ed8cdc1ef67668bcf76280fc63621cab4cb2b33",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b7348",
                    table="surface_answersharingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="cbwdetails",
            constraint=models.UniqueConstraint(fields=("organisation",), name="one_cbw_details"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwdetails",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_cbwdetailsevent" ("address", "changed", "code", "countries", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sector") VALUES (NEW."address", NEW."changed", NEW."code", NEW."countries", NEW."email", NEW."entity", NEW."entity_kind", NEW."exchange", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."sector"); RETURN NULL;',
                    hash="0af96eafb73430948ccd0dcf5b8c0e995c1c81e0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a38c",
                    table="surface_cbwdetails",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwdetails",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_cbwdetailsevent" ("address", "changed", "code", "countries", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sector") VALUES (NEW."address", NEW."changed", NEW."code", NEW."countries", NEW."email", NEW."entity", NEW."entity_kind", NEW."exchange", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."sector"); RETURN NULL;',
                    hash="83013d5471e62025e6f32dbcae2fcff7fcbdf40e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb7c2",
                    table="surface_cbwdetails",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwdetails",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_cbwdetailsevent" ("address", "changed", "code", "countries", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sector") VALUES (OLD."address", OLD."changed", OLD."code", OLD."countries", OLD."email", OLD."entity", OLD."entity_kind", OLD."exchange", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."sector"); RETURN NULL;',
                    hash="91af4c3792d3c045f351b3447a5937f4d9016480",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2af89",
                    table="surface_cbwdetails",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwdetailsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7c89bd8ddcfb29c853ad0728a2bc22f9beb361ce",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b32a9",
                    table="surface_cbwdetailsevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwregistration",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_cbwregistrationevent" ("address", "code", "countries", "domains", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ranges", "recorded_at", "recorded_by_id", "reference", "sector", "submitted_on") VALUES (NEW."address", NEW."code", NEW."countries", NEW."domains", NEW."email", NEW."entity", NEW."entity_kind", NEW."exchange", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."ranges", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sector", NEW."submitted_on"); RETURN NULL;',
                    hash="28ff086e7e289f8aed55f6ddc641546195180a85",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eef37",
                    table="surface_cbwregistration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwregistration",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_cbwregistrationevent" ("address", "code", "countries", "domains", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ranges", "recorded_at", "recorded_by_id", "reference", "sector", "submitted_on") VALUES (NEW."address", NEW."code", NEW."countries", NEW."domains", NEW."email", NEW."entity", NEW."entity_kind", NEW."exchange", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."ranges", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."sector", NEW."submitted_on"); RETURN NULL;',
                    hash="324e3d25b14e5891c46f3c6dfebb678aef14def3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d7d9",
                    table="surface_cbwregistration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwregistration",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_cbwregistrationevent" ("address", "code", "countries", "domains", "email", "entity", "entity_kind", "exchange", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ranges", "recorded_at", "recorded_by_id", "reference", "sector", "submitted_on") VALUES (OLD."address", OLD."code", OLD."countries", OLD."domains", OLD."email", OLD."entity", OLD."entity_kind", OLD."exchange", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."ranges", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."sector", OLD."submitted_on"); RETURN NULL;',
                    hash="df199dec6968a30bd7349d8133f5f8956fd80cbf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3da21",
                    table="surface_cbwregistration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cbwregistrationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="17dc7a0c8eb7dd137befce43472ffe4c6bdc45e2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9d231",
                    table="surface_cbwregistrationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mendrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_mendrequestevent" ("answer_to", "due_on", "id", "made_at", "made_by_id", "message", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier", "withdrawal", "withdrawn_at") VALUES (NEW."answer_to", NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."message", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."supplier", NEW."withdrawal", NEW."withdrawn_at"); RETURN NULL;',
                    hash="350747457f840e49a8c75e8f9dd82e0aa13ac476",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cef3a",
                    table="surface_mendrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mendrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_mendrequestevent" ("answer_to", "due_on", "id", "made_at", "made_by_id", "message", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier", "withdrawal", "withdrawn_at") VALUES (NEW."answer_to", NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."message", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."supplier", NEW."withdrawal", NEW."withdrawn_at"); RETURN NULL;',
                    hash="5db1597cecf9aec72ff91cf6df69b2657deb4689",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90e50",
                    table="surface_mendrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mendrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_mendrequestevent" ("answer_to", "due_on", "id", "made_at", "made_by_id", "message", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier", "withdrawal", "withdrawn_at") VALUES (OLD."answer_to", OLD."due_on", OLD."id", OLD."made_at", OLD."made_by_id", OLD."message", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."supplier", OLD."withdrawal", OLD."withdrawn_at"); RETURN NULL;',
                    hash="bd3d93a324beedf5baaa59a6652c33f6e3b65b2c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f6941",
                    table="surface_mendrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mendrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="465de9a2878ae27526982c092fb3908cd571a168",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0d7ea",
                    table="surface_mendrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="requestline",
            index=models.Index(fields=["member"], name="request_line_of_name"),
        ),
        migrations.AddConstraint(
            model_name="requestline",
            constraint=models.UniqueConstraint(
                fields=("request", "kind", "subject"), name="one_line_per_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("retired_at", None)),
                name="one_current_system",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_systemevent" ("added_at", "id", "kind", "name", "organisation_id", "owner_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "retired_at", "reviewed_on", "supplier") VALUES (NEW."added_at", NEW."id", NEW."kind", NEW."name", NEW."organisation_id", NEW."owner_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."retired_at", NEW."reviewed_on", NEW."supplier"); RETURN NULL;',
                    hash="56b658e158b958ddad0113f0435560d565ad72f8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9c1c6",
                    table="surface_system",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_systemevent" ("added_at", "id", "kind", "name", "organisation_id", "owner_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "retired_at", "reviewed_on", "supplier") VALUES (NEW."added_at", NEW."id", NEW."kind", NEW."name", NEW."organisation_id", NEW."owner_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."purpose", NEW."retired_at", NEW."reviewed_on", NEW."supplier"); RETURN NULL;',
                    hash="7cee9bf2f162d8872bd10230c9d65a9adb982f0e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4eaec",
                    table="surface_system",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_systemevent" ("added_at", "id", "kind", "name", "organisation_id", "owner_id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "retired_at", "reviewed_on", "supplier") VALUES (OLD."added_at", OLD."id", OLD."kind", OLD."name", OLD."organisation_id", OLD."owner_id", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."retired_at", OLD."reviewed_on", OLD."supplier"); RETURN NULL;',
                    hash="1ad2a2163ad28ce0b357607165f9873c623dda21",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_822b2",
                    table="surface_system",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="belongingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cef454de8c38b2b14d53cbb7564fd29aaa37d108",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_997a9",
                    table="surface_belongingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain", None), ("address", ""), _connector="XOR"),
                name="name_or_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.UniqueConstraint(
                fields=("system", "domain"), name="one_place_per_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="belonging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address", ""), _negated=True),
                fields=("system", "address"),
                name="one_place_per_address",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="belonging",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_belongingevent" ("added_at", "address", "domain_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "system_id") VALUES (NEW."added_at", NEW."address", NEW."domain_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."system_id"); RETURN NULL;',
                    hash="bf19d4a679e5e655ba301971cdad524c9ac95dc3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_64577",
                    table="surface_belonging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="belonging",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "surface_belongingevent" ("added_at", "address", "domain_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "system_id") VALUES (NEW."added_at", NEW."address", NEW."domain_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."system_id"); RETURN NULL;',
                    hash="ec3945644f65da2475a1ed50b99a4c040382227e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ea9c1",
                    table="surface_belonging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="belonging",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "surface_belongingevent" ("added_at", "address", "domain_id", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "system_id") VALUES (OLD."added_at", OLD."address", OLD."domain_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."system_id"); RETURN NULL;',
                    hash="b5f5555b5bfeba58c45bef21527a17485c6b334a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1dcd6",
                    table="surface_belonging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="systemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="773bfffa59d0cc627dd0a934fcc47785f2e4904f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fa6b5",
                    table="surface_systemevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
