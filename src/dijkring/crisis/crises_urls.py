# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of crises, and of what is prepared for them."""

from django.urls import path

from dijkring.crisis.views import crises, decisions, people, prepared, sitreps, telling

urlpatterns = [
    path("crisis/", crises.crises, name="crises"),
    path("crisis/oefeningen/", crises.exercises, name="exercises"),
    path("crisis/openen/", crises.open_crisis, name="open"),
    path("crisis/niveaus/", prepared.levels, name="levels"),
    path("crisis/niveaus/toevoegen/", prepared.add_level, name="add_level"),
    path("crisis/niveaus/<slug:ladder>/<slug:key>/", prepared.own_level, name="own_level"),
    path("crisis/dilemmas/", prepared.dilemmas, name="dilemmas"),
    path("crisis/<int:pk>/", crises.crisis, name="crisis"),
    path("crisis/<int:pk>/blad.<slug:kind>", crises.sheet, name="sheet"),
    path("crisis/<int:pk>/logboek/", crises.log, name="log"),
    path("crisis/<int:pk>/logboek/schrijven/", crises.write, name="write"),
    path("crisis/<int:pk>/niveau/<slug:ladder>/", crises.level, name="level"),
    path("crisis/<int:pk>/einde/", crises.end, name="end"),
    path("crisis/<int:pk>/heropenen/", crises.reopen, name="reopen"),
    path("crisis/<int:pk>/mensen/", people.people, name="people"),
    path("crisis/<int:pk>/mensen/nodig/", people.add_person, name="add_person"),
    path("crisis/mensen/<int:pk>/", people.call, name="call"),
    path("crisis/mensen/<int:pk>/<slug:to>/", people.mark, name="mark"),
    path("crisis/<int:pk>/taken/", people.tasks, name="tasks"),
    path("crisis/<int:pk>/taken/geven/", people.give_task, name="give_task"),
    path("crisis/taken/<int:pk>/<slug:state>/", people.end_task, name="end_task"),
    path("crisis/<int:pk>/besluiten/", decisions.decisions, name="decisions"),
    path("crisis/<int:pk>/besluiten/voorleggen/", decisions.put, name="put"),
    path("crisis/besluiten/<int:pk>/", decisions.decision, name="decision"),
    path("crisis/besluiten/<int:pk>/vastleggen/", decisions.rule, name="rule"),
    path("crisis/<int:pk>/situatierapporten/", sitreps.sitreps, name="sitreps"),
    path("crisis/<int:pk>/situatierapporten/opstellen/", sitreps.draft, name="draft"),
    path("crisis/situatierapporten/<int:pk>/", sitreps.sitrep, name="sitrep"),
    path("crisis/situatierapporten/<int:pk>/schrijven/", sitreps.edit_sitrep, name="edit_sitrep"),
    path("crisis/situatierapporten/<int:pk>/vaststellen/", sitreps.approve_sitrep,
         name="approve_sitrep"),
    path("crisis/situatierapporten/<int:pk>/verspreid/", sitreps.send_sitrep, name="send_sitrep"),
    path("crisis/situatierapporten/<int:pk>/blad.<slug:kind>", sitreps.sitrep_sheet,
         name="sitrep_sheet"),
    path("crisis/<int:pk>/communicatie/", telling.messages, name="messages"),
    path("crisis/<int:pk>/communicatie/voorbereiden/", telling.prepare, name="prepare"),
    path("crisis/berichten/<int:pk>/verstuurd/", telling.sent, name="sent"),
    path("crisis/<int:pk>/checklists/", telling.checklists, name="checklists"),
    path("crisis/<int:pk>/checklists/antwoord/", telling.tick, name="tick"),
]  # fmt: skip
