# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The only way in which an incident is ever removed: agreed by two persons, after its term.

Everything of an incident is held by triggers that refuse to delete it, and its history by missing
rights. This function of the owner looks itself whether it may be done, and then removes the
incident with all that hangs on it in this room, history included. Rows of other rooms stay; they
lose their pointer to it, or hold it back when they cannot be without.
"""

from dijkring.core import tenancy

_BODY = r"""
DECLARE
  agreed incidents_deletion;
  found incidents_incident;
  names text[] := ARRAY['incidents_incident'];
  lists jsonb[];
  place int := 1;
  line record;
  ids bigint[];
  gone bigint;
  counts jsonb := '{}';
BEGIN
  SELECT * INTO agreed FROM incidents_deletion WHERE id = wanted
    AND organisation_id = ANY(nullif(current_setting('app.own', true), '')::bigint[]) FOR UPDATE;
  IF agreed.id IS NULL OR agreed.confirmed_by_id IS NULL OR agreed.withdrawn_at IS NOT NULL
    OR agreed.confirmed_by_id = agreed.asked_by_id OR agreed.done_at IS NOT NULL THEN
    RAISE EXCEPTION 'two persons have not agreed to this';
  END IF;
  SELECT * INTO found FROM incidents_incident WHERE id = agreed.incident
    AND organisation_id = agreed.organisation_id FOR UPDATE;
  IF found.id IS NULL OR found.state <> 'closed' OR found.closed_at IS NULL
    OR found.closed_at > now() - make_interval(years => greatest(agreed.years, 3, (SELECT years
      FROM incidents_keepingterm WHERE organisation_id = agreed.organisation_id))) THEN
    RAISE EXCEPTION 'this incident must still be kept';
  END IF;
  lists := ARRAY[jsonb_build_array(found.id)];
  PERFORM set_config('pgtrigger.ignore', (SELECT '{' || string_agg(DISTINCT tgname::text, ',')
    || '}' FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'pgtrigger\_%'), true);
  WHILE place <= cardinality(names) LOOP
    FOR line IN
      SELECT c.conrelid::regclass::text AS name, a.attname AS pointer, a.attnotnull AS needed
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = names[place]::regclass AND c.conrelid <> c.confrelid
    LOOP
      IF line.name LIKE 'incidents\_%' THEN
        EXECUTE format('SELECT array_agg(id) FROM %s WHERE organisation_id = $1 AND %I IN '
          '(SELECT one::bigint FROM jsonb_array_elements_text($2) one)', line.name, line.pointer)
          INTO ids USING agreed.organisation_id, lists[place];
        IF ids IS NOT NULL THEN
          names := array_append(names, line.name);
          lists := array_append(lists, to_jsonb(ids));
        END IF;
      ELSIF NOT line.needed THEN
        EXECUTE format('UPDATE %s SET %I = NULL WHERE organisation_id = $1 AND %I IN '
          '(SELECT one::bigint FROM jsonb_array_elements_text($2) one)',
          line.name, line.pointer, line.pointer) USING agreed.organisation_id, lists[place];
      END IF;
    END LOOP;
    place := place + 1;
  END LOOP;
  FOR place IN REVERSE cardinality(names) .. 1 LOOP
    EXECUTE format('DELETE FROM %s WHERE id IN '
      '(SELECT one::bigint FROM jsonb_array_elements_text($1) one)', names[place])
      USING lists[place];
    GET DIAGNOSTICS gone = ROW_COUNT;
    counts := counts || jsonb_build_object(
      names[place], gone + coalesce((counts ->> names[place])::bigint, 0));
    IF to_regclass(names[place] || 'event') IS NOT NULL THEN
      EXECUTE format('DELETE FROM %s WHERE pgh_obj_id IN '
        '(SELECT one::bigint FROM jsonb_array_elements_text($1) one)', names[place] || 'event')
        USING lists[place];
    END IF;
  END LOOP;
  PERFORM set_config('pgtrigger.ignore', '{}', true);
  RETURN counts;
END
"""

tenancy.deed("deed_remove_incident", "wanted bigint", "jsonb", _BODY)
