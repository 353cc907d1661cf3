# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the file of an incident: what it touches, tasks, evidence and the rest."""

from django.urls import path

from dijkring.incidents.views import dossier, keeping, playbooks, tasks, touched

paths = [
    path("incidenten/<int:pk>/geraakt/", touched.touch, name="touch"),
    path("incidenten/geraakt/<int:pk>/", touched.change_touched, name="change_touched"),
    path("incidenten/draaiboeken/", playbooks.playbooks, name="playbooks"),
    path("incidenten/draaiboeken/toevoegen/", playbooks.add_playbook, name="add_playbook"),
    path("incidenten/draaiboeken/<slug:key>/", playbooks.playbook, name="playbook"),
    path(
        "incidenten/draaiboeken/<slug:key>/vervallen/",
        playbooks.retire_playbook,
        name="retire_playbook",
    ),
    path("incidenten/<int:pk>/draaiboek/", tasks.start_playbook, name="start_playbook"),
    path("incidenten/<int:pk>/taak/", tasks.add_task, name="add_task"),
    path("incidenten/taken/<int:pk>/", tasks.task, name="task"),
    path("incidenten/taken/<int:pk>/klaar/", tasks.task_done, name="task_done"),
    path("incidenten/<int:pk>/dossier/", dossier.dossier, name="dossier"),
    path("incidenten/<int:pk>/sporen/", dossier.indicators, name="indicators"),
    path("incidenten/<int:pk>/dossier/<slug:kind>/", dossier.add_to_file, name="add_to_file"),
    path(
        "incidenten/bewijs/<int:pk>/overdragen/",
        dossier.hand_over_exhibit,
        name="hand_over_exhibit",
    ),
    path("incidenten/bewijs/<int:pk>/nazien/", dossier.check_exhibit, name="check_exhibit"),
    path("incidenten/bewijs/<int:pk>/bestand/", dossier.download_exhibit, name="download_exhibit"),
    path("incidenten/doorhalen/<slug:kind>/<int:pk>/", dossier.strike, name="strike"),
    path("incidenten/<int:pk>/dossier.json", keeping.dossier_export, name="dossier_export"),
    path("incidenten/bewaren/", keeping.keeping, name="keeping"),
    path("incidenten/bewaren/termijn/", keeping.keeping_term, name="keeping_term"),
    path("incidenten/<int:pk>/wissen/", keeping.ask_deletion, name="ask_deletion"),
    path("incidenten/gewist/", keeping.deletions, name="deletions"),
    path("incidenten/gewist/<int:pk>/", keeping.deletion, name="deletion"),
    path("incidenten/gewist/<int:pk>/akkoord/", keeping.agree_deletion, name="agree_deletion"),
    path("incidenten/gewist/<int:pk>/niet/", keeping.withdraw_deletion, name="withdraw_deletion"),
]
