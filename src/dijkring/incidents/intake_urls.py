# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of how incidents come in, of who is on call and of webhooks."""

from django.urls import path

from dijkring.incidents.views import escalation, notices, ways_in

paths = [
    path("incidenten/wegen/", ways_in.ways_in, name="ways_in"),
    path("incidenten/wegen/<slug:kind>/maken/", ways_in.make_way, name="make_way"),
    path("incidenten/wegen/<slug:kind>/beeindigen/", ways_in.end_way, name="end_way"),
    path("incidenten/van-feit/<int:pk>/", ways_in.from_fact, name="from_fact"),
    path("incidenten/<int:pk>/vertellen/", notices.tell, name="tell"),
    path("incidenten/berichten/<int:pk>/", notices.notice, name="notice"),
    path("incidenten/<int:pk>/ik-heb-het/", escalation.acknowledge, name="acknowledge"),
    path("incidenten/piket/", escalation.oncall, name="oncall"),
    path("incidenten/piket/toevoegen/", escalation.add_shift, name="add_shift"),
    path("incidenten/piket/<int:pk>/overdragen/", escalation.hand_over, name="hand_over_shift"),
    path("incidenten/piket/<int:pk>/beeindigen/", escalation.end_shift, name="end_shift"),
    path("incidenten/webhooks/", escalation.webhooks_page, name="webhooks"),
    path("incidenten/webhooks/<int:pk>/proef/", escalation.test_webhook, name="test_webhook"),
    path("incidenten/webhooks/<int:pk>/beeindigen/", escalation.end_webhook, name="end_webhook"),
]
