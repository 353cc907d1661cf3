# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.suppliers.views import autonomy, buying, handing_over, inquiries, lines
from dijkring.suppliers.views import suppliers as views

app_name = "suppliers"
urlpatterns = [
    path("leveranciers/", views.suppliers, name="suppliers"),
    path("leveranciers/nieuw/", views.add, name="add"),
    path("leveranciers/overnemen/", views.take_over, name="take_over"),
    path("leveranciers/<int:pk>/", views.supplier, name="supplier"),
    path("leveranciers/<int:pk>/wijzigen/", views.change, name="change"),
    path("leveranciers/<int:pk>/niveau/", views.tier, name="tier"),
    path("leveranciers/<int:pk>/afvoeren/", views.retire, name="retire"),
    path("leveranciers/<int:pk>/terughalen/", views.bring_back, name="bring_back"),
    path("leveranciers/<int:pk>/bij/<slug:kind>/", lines.add_line, name="add_line"),
    path("leveranciers/<int:pk>/vragen/", inquiries.ask, name="ask"),
    path(
        "leveranciers/<int:pk>/antwoorden/<int:inquiry_id>/overnemen/",
        inquiries.take_answers,
        name="take_answers",
    ),
    path("leveranciers/contracten/", lines.contracts, name="contracts"),
    path("leveranciers/contracten/<int:pk>/einde/", lines.end_contract, name="end_contract"),
    path("leveranciers/dossier/<slug:kind>/<int:pk>/", lines.line, name="line"),
    path(
        "leveranciers/dossier/<slug:kind>/<int:pk>/wijzigen/", lines.change_line, name="change_line"
    ),
    path("leveranciers/dossier/<slug:kind>/<int:pk>/weghalen/", lines.take_out, name="take_out"),
    path("leveranciers/dossier/<slug:kind>/<int:pk>/terug/", lines.put_back, name="put_back"),
    path("leveranciers/vragenlijsten/", inquiries.inquiries, name="inquiries"),
    path("leveranciers/vragenlijsten/vergelijken/", inquiries.compare, name="compare"),
    path("leveranciers/vragenlijsten/<int:pk>/", inquiries.inquiry, name="inquiry"),
    path("leveranciers/vragenlijsten/<int:pk>/link/", inquiries.new_link, name="new_link"),
    path("leveranciers/vragenlijsten/<int:pk>/intrekken/", inquiries.withdraw, name="withdraw"),
    path("leveranciers/vragenlijsten/<int:pk>/mailen/", handing_over.mail_link, name="mail_link"),
    path(
        "leveranciers/vragenlijsten/<int:pk>/overdragen/", handing_over.hand_over, name="hand_over"
    ),
    path("leveranciers/overgedragen/<int:pk>/", handing_over.accept, name="accept_answers"),
    path(
        "leveranciers/overgedragen/<int:pk>/afwijzen/", handing_over.decline, name="decline_answers"
    ),
    path("leveranciers/delen/<slug:what>/", inquiries.share, name="share"),
    path("leveranciers/delen/<slug:what>/stoppen/", inquiries.stop_sharing, name="stop_sharing"),
    path("leveranciers/eisen/", buying.sets, name="sets"),
    path("leveranciers/inkoop/", buying.procurements, name="procurements"),
    path("leveranciers/inkoop/nieuw/", buying.plan, name="plan"),
    path("leveranciers/inkoop/<int:pk>/", buying.procurement, name="procurement"),
    path("leveranciers/inkoop/<int:pk>/wijzigen/", buying.change_plan, name="change_plan"),
    path("leveranciers/uitleg/", buying.explanations, name="explanations"),
    path("leveranciers/uitleg/nieuw/", buying.explain, name="explain"),
    path("leveranciers/uitleg/<int:pk>/", buying.explanation, name="explanation"),
    path(
        "leveranciers/uitleg/<int:pk>/wijzigen/",
        buying.change_explanation,
        name="change_explanation",
    ),
    path(
        "leveranciers/uitleg/<int:pk>/weghalen/",
        buying.take_out_explanation,
        name="take_out_explanation",
    ),
    path(
        "leveranciers/uitleg/<int:pk>/terug/",
        buying.put_back_explanation,
        name="put_back_explanation",
    ),
    path("leveranciers/autonomie/", autonomy.autonomy, name="autonomy"),
    path("leveranciers/autonomie/landen/", autonomy.add_country, name="add_country"),
    path("leveranciers/autonomie/landen/<int:pk>/", autonomy.remove_country, name="remove_country"),
]
