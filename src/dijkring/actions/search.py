# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding actions and what was said about them."""

from dijkring.actions.models import Action
from dijkring.core.search import Asked, Found, Hit, matches, rows

_ACTIONS = f"""
SELECT a.id, a.title, a.state, count(*) OVER () FROM actions_action a
WHERE a.organisation_id = %(organisation)s
AND {matches("a.title || ' ' || a.description || ' ' || a.responsible || ' ' || a.requirements::text")}
ORDER BY a.state <> 'open', a.id DESC LIMIT %(limit)s
"""  # noqa: S608, E501 -- constants
_COMMENTS = f"""
SELECT c.action_id, left(c.text, 160), a.title, count(*) OVER ()
FROM actions_comment c JOIN actions_action a ON a.id = c.action_id
WHERE c.organisation_id = %(organisation)s AND {matches("c.text")}
ORDER BY c.at DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def actions(asked: Asked) -> Found:
    """Find actions, the open ones first."""
    found, count = rows(_ACTIONS, asked)
    states = dict(Action.State.choices)
    hits = [
        Hit(title, "actions:action", (id,), str(states.get(state, state)))
        for id, title, state in found
    ]
    return Found(hits, count)


def comments(asked: Asked) -> Found:
    """Find comments, the newest first; each leads to its action."""
    found, count = rows(_COMMENTS, asked)
    return Found([Hit(text, "actions:action", (id,), title) for id, text, title in found], count)
