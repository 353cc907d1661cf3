# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.incidents import dossier_urls, intake_urls, joint_urls, privacy_urls
from dijkring.incidents.views import clocks, closing, incidents, reports, rules

app_name = "incidents"
urlpatterns = [
    path("incidenten/", incidents.incidents, name="incidents"),
    path("incidenten/oefeningen/", incidents.exercises, name="exercises"),
    path("incidenten/melden/", incidents.report, name="report"),
    path("incidenten/eigen-meldingen/", incidents.mine, name="mine"),
    path("incidenten/termijnen/", clocks.clocks, name="clocks"),
    path("incidenten/<int:pk>/", incidents.incident, name="incident"),
    path("incidenten/<int:pk>/blad.<slug:kind>", incidents.sheet, name="sheet"),
    path("incidenten/<int:pk>/triage/", incidents.triage, name="triage"),
    path("incidenten/<int:pk>/naar/<slug:to>/", incidents.move, name="move"),
    path("incidenten/<int:pk>/opschrijven/", incidents.enter, name="enter"),
    path("incidenten/<int:pk>/kennisname/", clocks.aware, name="aware"),
    path("incidenten/<int:pk>/weging/<slug:regime>/", clocks.weigh, name="weigh"),
    path("incidenten/wegingen/<int:pk>/bevestigen/", clocks.confirm, name="confirm"),
    path("incidenten/<int:pk>/gemeld/<str:obligation>/", reports.hand_in, name="hand_in"),
    path("incidenten/<int:pk>/rapport/<str:form>/", reports.begin, name="begin"),
    path("incidenten/rapporten/<int:pk>/", reports.written, name="written"),
    path("incidenten/rapporten/<int:pk>/invullen/", reports.write, name="write"),
    path("incidenten/rapporten/<int:pk>/opnieuw-vullen/", reports.refresh, name="refresh"),
    path("incidenten/rapporten/<int:pk>/nalezen/", reports.review_report, name="review_report"),
    path("incidenten/rapporten/<int:pk>/overdragen/", reports.hand_over, name="hand_over"),
    path("incidenten/rapporten/<int:pk>/blad.<slug:kind>", reports.report_file, name="report_file"),
    path("incidenten/hulpvragen/<int:pk>/", reports.help_asked, name="help_asked"),
    path("incidenten/ingediend/<int:pk>/klopt-niet/", clocks.call_back, name="call_back"),
    path("incidenten/<int:pk>/gevraagd/", clocks.ask, name="ask"),
    path("incidenten/<int:pk>/einde/", closing.end, name="end"),
    path("incidenten/<int:pk>/opnieuw/", closing.take_up_again, name="take_up_again"),
    path("incidenten/<int:pk>/sluiten/", closing.close, name="close"),
    path("incidenten/eigen-regels/", rules.rules, name="rules"),
    path("incidenten/eigen-regels/toevoegen/", rules.add_rule, name="add_rule"),
    path("incidenten/eigen-regels/<int:pk>/", rules.rule, name="rule"),
    path("incidenten/eigen-regels/<int:pk>/vervallen/", rules.retire_rule, name="retire_rule"),
    *dossier_urls.paths,
    *intake_urls.paths,
    *privacy_urls.urlpatterns,
    *joint_urls.paths,
]
