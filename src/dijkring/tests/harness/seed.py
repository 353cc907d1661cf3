# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fills the template as the owner: tables, content, four organisations and their people."""

import django
from django.contrib.auth.hashers import ScryptPasswordHasher, make_password
from django.core.management import call_command, get_commands


def main() -> None:
    """Run in a process of its own, with the owner's database as its only one."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if "load_content" in get_commands():
        call_command("load_content", verbosity=0)
    make_people(make_organisations())


def make_organisations() -> dict[str, int]:
    """Make the invented organisations; returns slug to id."""
    from dijkring.organisations.models import Organisation, sort_key

    kinds = Organisation.Kind
    wanted = [
        ("dijkerveen", "Dijkerveen", kinds.MUNICIPALITY),
        ("waterhoek", "Waterhoek", kinds.MUNICIPALITY),
        ("sluisland", "Veiligheidsregio Sluisland", kinds.SAFETY_REGION),
        ("meldpunt", "CSIRT Meldpunt", kinds.CSIRT),
    ]
    made = {}
    for slug, name, kind in wanted:
        values = {"name": name, "kind": kind, "sort_name": sort_key(name)}
        made[slug] = Organisation.objects.get_or_create(slug=slug, defaults=values)[0].pk
    return made


def make_people(organisations: dict[str, int]) -> None:
    """Give every organisation its people, each with the one password of the tests."""
    from dijkring.organisations.models import User
    from dijkring.organisations.services import add_member
    from dijkring.tests.harness.people import PASSWORD, PEOPLE, QUICK_WORK_FACTOR

    ScryptPasswordHasher.work_factor = QUICK_WORK_FACTOR
    password = make_password(PASSWORD)
    for person in PEOPLE.values():
        user = User.objects.create(email=person.email, name=person.name, password=password)
        add_member(organisation_id=organisations[person.slug], user=user, role=person.role)


if __name__ == "__main__":
    main()
