# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of sharing: whether an agreement is in force, and which are over."""

from dijkring.core import tenancy
from dijkring.organisations.doors import running

OWN = "ANY ((nullif(current_setting('app.own', true), ''))::bigint[])"
_SIGNED = (
    "EXISTS (SELECT FROM sharing_signature s WHERE s.agreement_id = a.id "
    "AND s.withdrawn_at IS NULL AND s.organisation_id = {side})"
)
IN_FORCE = (
    "a.state = 'signed' AND a.starts_at <= moment AND a.ends_at > moment "
    f"AND {_SIGNED.format(side='a.organisation_id')} AND {_SIGNED.format(side='a.receiver_id')}"
)


def co_operate(one: str, other: str) -> str:
    """Say in SQL that two organisations take part in one body, or have an agreement in force.

    `one` and `other` are the SQL of their ids; the query has a `moment`. As `partners` says it.
    """
    return (
        "EXISTS (WITH joined AS (SELECT x.body_id, x.participant_id "  # noqa: S608 -- of columns
        "FROM organisations_participation x "
        "CROSS JOIN (SELECT (moment AT TIME ZONE 'Europe/Amsterdam')::date AS day) today "
        f"WHERE {running('x', 'today.day')}), "
        f"near AS (SELECT {one} AS body_id UNION "
        f"SELECT body_id FROM joined WHERE participant_id = {one}) "
        f"SELECT FROM near WHERE body_id = {other} OR EXISTS (SELECT FROM joined "
        f"WHERE joined.body_id = near.body_id AND joined.participant_id = {other})) "
        "OR EXISTS (SELECT FROM sharing_agreement a WHERE "
        f"(a.organisation_id, a.receiver_id) IN (({one}, {other}), ({other}, {one})) "
        f"AND {IN_FORCE})"
    )


# Whether somebody gives the organisation that asks some kind of record in one of some details.
tenancy.door(
    "door_shares",
    "giver bigint, of_record text, in_detail text[], moment timestamptz",
    "boolean",
    "SELECT EXISTS (SELECT FROM sharing_agreement a "  # noqa: S608 -- constants
    "WHERE a.organisation_id = giver "
    f"AND a.receiver_id = {OWN} AND of_record = ANY (a.records) AND a.detail = ANY (in_detail) "
    f"AND {IN_FORCE})",
)
# Of whom the organisation that asks knows the standings already: itself and who shares them.
tenancy.door(
    "door_known",
    "moment timestamptz",
    "SETOF bigint",
    "SELECT unnest((nullif(current_setting('app.own', true), ''))::bigint[]) "  # noqa: S608
    "UNION "
    "SELECT a.organisation_id FROM sharing_agreement a "
    f"WHERE a.receiver_id = {OWN} AND 'norms' = ANY (a.records) "
    f"AND {IN_FORCE}",
)
# Agreements that once held and are over, of which the inherited copies have not been ended yet.
tenancy.door(
    "door_agreements_over",
    "moment timestamptz, most integer",
    "TABLE(agreement_id bigint, receiver_id bigint)",
    "SELECT a.id, a.receiver_id FROM sharing_agreement a "
    "JOIN sharing_signature s ON s.agreement_id = a.id AND s.organisation_id = a.receiver_id "
    "WHERE (a.state = 'ended' OR a.ends_at <= moment OR s.withdrawn_at IS NOT NULL) "
    "AND NOT EXISTS (SELECT FROM sharing_ending e WHERE e.agreement_id = a.id) "
    "ORDER BY a.id LIMIT most",
)
