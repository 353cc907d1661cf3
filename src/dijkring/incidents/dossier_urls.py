# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the file of an incident: what it touches, tasks, evidence and the rest."""

from django.urls import path

from dijkring.incidents.views import playbooks, tasks, touched

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
]
