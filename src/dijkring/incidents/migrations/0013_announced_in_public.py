# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0012_hashes"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="breach",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="breach",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="breach",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="breach",
            name="announced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="announced in public"),
        ),
        migrations.AddField(
            model_name="breachevent",
            name="announced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="announced in public"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_breachevent" ("announced_at", "availability", "confidentiality", "data", "effects", "facts", "id", "incident_id", "integrity", "measures", "not_told", "not_told_reason", "organisation_id", "others", "others_told_at", "own_role", "persons", "persons_least", "persons_most", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "processor", "processor_told_at", "records_least", "records_most", "version", "written_at", "written_by_id") VALUES (NEW."announced_at", NEW."availability", NEW."confidentiality", NEW."data", NEW."effects", NEW."facts", NEW."id", NEW."incident_id", NEW."integrity", NEW."measures", NEW."not_told", NEW."not_told_reason", NEW."organisation_id", NEW."others", NEW."others_told_at", NEW."own_role", NEW."persons", NEW."persons_least", NEW."persons_most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."processor", NEW."processor_told_at", NEW."records_least", NEW."records_most", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="e3c16b63bf48be9e1d9d5caeedeceef46025e840",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8807c",
                    table="incidents_breach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_breachevent" ("announced_at", "availability", "confidentiality", "data", "effects", "facts", "id", "incident_id", "integrity", "measures", "not_told", "not_told_reason", "organisation_id", "others", "others_told_at", "own_role", "persons", "persons_least", "persons_most", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "processor", "processor_told_at", "records_least", "records_most", "version", "written_at", "written_by_id") VALUES (NEW."announced_at", NEW."availability", NEW."confidentiality", NEW."data", NEW."effects", NEW."facts", NEW."id", NEW."incident_id", NEW."integrity", NEW."measures", NEW."not_told", NEW."not_told_reason", NEW."organisation_id", NEW."others", NEW."others_told_at", NEW."own_role", NEW."persons", NEW."persons_least", NEW."persons_most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."processor", NEW."processor_told_at", NEW."records_least", NEW."records_most", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="9e7b6b8b49b6e4109e5d90847e2c40ee36a88853",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e29df",
                    table="incidents_breach",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_breachevent" ("announced_at", "availability", "confidentiality", "data", "effects", "facts", "id", "incident_id", "integrity", "measures", "not_told", "not_told_reason", "organisation_id", "others", "others_told_at", "own_role", "persons", "persons_least", "persons_most", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "processor", "processor_told_at", "records_least", "records_most", "version", "written_at", "written_by_id") VALUES (OLD."announced_at", OLD."availability", OLD."confidentiality", OLD."data", OLD."effects", OLD."facts", OLD."id", OLD."incident_id", OLD."integrity", OLD."measures", OLD."not_told", OLD."not_told_reason", OLD."organisation_id", OLD."others", OLD."others_told_at", OLD."own_role", OLD."persons", OLD."persons_least", OLD."persons_most", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."processor", OLD."processor_told_at", OLD."records_least", OLD."records_most", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="e240d40e06caab9cee0ef4578eb4553de3b6e7a9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8d7a5",
                    table="incidents_breach",
                    when="AFTER",
                ),
            ),
        ),
    ]
