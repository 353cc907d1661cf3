# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of the workplace: the page that everybody may read, without being logged in."""

from dijkring.core import tenancy

tenancy.door(
    "door_accessibility",
    "address text",
    "TABLE(name text, status text, tested_on date, tested_by text, method text, exceptions text, "
    "contact text, answer_days smallint, approved_by text, approved_on date)",
    "SELECT o.name::text, s.status::text, s.tested_on, s.tested_by::text, s.method, s.exceptions, "
    "s.contact::text, s.answer_days, s.approved_by::text, s.approved_on "
    "FROM workplace_accessibilitystatement s "
    "JOIN organisations_organisation o ON o.id = s.organisation_id "
    "WHERE o.slug = address AND s.published",
)
