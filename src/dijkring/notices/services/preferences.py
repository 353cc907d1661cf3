# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people want by e-mail: language, hour, or nothing."""

from datetime import datetime, time, timedelta

from django.core import signing
from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices.models import LANGUAGES, MORNING, Preference

HOURS = range(6, 21)
SIGNER = signing.Signer(salt="notices.unsubscribe")


def next_moment(hour: int, after: datetime) -> datetime:
    """Return the first moment after another at which it is `hour` on the clock of Amsterdam."""
    local = after.astimezone(clock.AMSTERDAM)
    today = datetime.combine(local.date(), time(hour), clock.AMSTERDAM)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(hour), clock.AMSTERDAM)
    return today if today > after else tomorrow


def change(*, actor: Actor, language: str, digest: bool, hour: int) -> Preference:
    """Change what you want by e-mail; `hour` is on the clock of Amsterdam."""
    actor.require("notices.own")
    if actor.user_id is None or language not in dict(LANGUAGES) or hour not in HOURS:
        raise Refused(_("Choose a language and an hour from the list."))
    values = {"language": language, "digest": digest, "hour": hour}
    found, _new = Preference.objects.update_or_create(
        user_id=actor.user_id, defaults={**values, "next_at": next_moment(hour, clock.now())}
    )
    return found


def unsubscribe_code(user_id: int) -> str:
    """Return the code by which a person ends the daily e-mail without logging in."""
    return SIGNER.sign(str(user_id))


def user_of_code(code: str) -> int | None:
    """Return whose code it is; None for one that is not ours."""
    try:
        return int(SIGNER.unsign(code))
    except (signing.BadSignature, ValueError):
        return None


def unsubscribe(*, code: str) -> bool:
    """End the daily e-mail of who got this code; False for a code that is not ours."""
    user_id = user_of_code(code)
    if user_id is None:
        return False
    now = clock.now()
    Preference.objects.update_or_create(
        user_id=user_id,
        defaults={"digest": False},
        create_defaults={"next_at": now, "digest": False},
    )
    return True


_NEW = """
INSERT INTO notices_preference (user_id, language, digest, hour, next_at)
SELECT u.id, 'nl', true, %s, %s FROM organisations_user u
WHERE u.is_active AND NOT EXISTS (SELECT FROM notices_preference p WHERE p.user_id = u.id)
ON CONFLICT DO NOTHING
"""


def plan_newcomers() -> None:
    """Let everybody who never chose get the daily e-mail in the morning."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [MORNING, next_moment(MORNING, clock.now())])
