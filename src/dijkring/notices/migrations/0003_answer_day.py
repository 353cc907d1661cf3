# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_contact"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ask",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ask",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="ask",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="ask",
            name="day",
            field=models.DateField(null=True, verbose_name="day"),
        ),
        migrations.AddField(
            model_name="askevent",
            name="day",
            field=models.DateField(null=True, verbose_name="day"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "notices_askevent" ("answer", "answered_at", "answered_by", "asked_at", "asked_by_id", "choice", "day", "email", "expires_at", "id", "ladder", "language", "name", "object_id", "organisation_id", "other_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "settled_at", "settled_by_id", "subject", "subject_id", "title", "withdrawn_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by", NEW."asked_at", NEW."asked_by_id", NEW."choice", NEW."day", NEW."email", NEW."expires_at", NEW."id", NEW."ladder", NEW."language", NEW."name", NEW."object_id", NEW."organisation_id", NEW."other_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."question", NEW."settled_at", NEW."settled_by_id", NEW."subject", NEW."subject_id", NEW."title", NEW."withdrawn_at"); RETURN NULL;',
                    hash="13a6b71ec9f93ef017450c1430a6241e519c5768",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ff669",
                    table="notices_ask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by" IS DISTINCT FROM (NEW."answered_by") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."choice" IS DISTINCT FROM (NEW."choice") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ladder" IS DISTINCT FROM (NEW."ladder") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."other_name" IS DISTINCT FROM (NEW."other_name") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."settled_by_id" IS DISTINCT FROM (NEW."settled_by_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "notices_askevent" ("answer", "answered_at", "answered_by", "asked_at", "asked_by_id", "choice", "day", "email", "expires_at", "id", "ladder", "language", "name", "object_id", "organisation_id", "other_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "settled_at", "settled_by_id", "subject", "subject_id", "title", "withdrawn_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by", NEW."asked_at", NEW."asked_by_id", NEW."choice", NEW."day", NEW."email", NEW."expires_at", NEW."id", NEW."ladder", NEW."language", NEW."name", NEW."object_id", NEW."organisation_id", NEW."other_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."purpose", NEW."question", NEW."settled_at", NEW."settled_by_id", NEW."subject", NEW."subject_id", NEW."title", NEW."withdrawn_at"); RETURN NULL;',
                    hash="416399604e85e77f69f23f6595615d7de7e00c79",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b0d1",
                    table="notices_ask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "notices_askevent" ("answer", "answered_at", "answered_by", "asked_at", "asked_by_id", "choice", "day", "email", "expires_at", "id", "ladder", "language", "name", "object_id", "organisation_id", "other_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "settled_at", "settled_by_id", "subject", "subject_id", "title", "withdrawn_at") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by", OLD."asked_at", OLD."asked_by_id", OLD."choice", OLD."day", OLD."email", OLD."expires_at", OLD."id", OLD."ladder", OLD."language", OLD."name", OLD."object_id", OLD."organisation_id", OLD."other_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."question", OLD."settled_at", OLD."settled_by_id", OLD."subject", OLD."subject_id", OLD."title", OLD."withdrawn_at"); RETURN NULL;',
                    hash="619183702f4962e48369c8f17da92d718a3a3111",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c93d7",
                    table="notices_ask",
                    when="AFTER",
                ),
            ),
        ),
    ]
