# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of partners, agreements, powers and cards; `urls` takes them in."""

from django.urls import path

from dijkring.crisis.views import agreements, cards, partners, powers

urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/landelijke-lijst/", partners.begin, name="begin_partners"),
    path("partners/toevoegen/", partners.add, name="add_partner"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/wijzigen/", partners.change, name="change_partner"),
    path("partners/<slug:of>/<int:pk>/nagekeken/", partners.review, name="review"),
    path("partners/<slug:of>/<int:pk>/uit-het-register/", partners.retire, name="retire"),
    path("partners/<slug:of>/<int:pk>/terug/", partners.bring_back, name="bring_back"),
    path("partners/afspraken/", agreements.agreements, name="agreements"),
    path("partners/afspraken/vastleggen/", agreements.add, name="add_agreement"),
    path("partners/afspraken/<int:pk>/", agreements.agreement, name="agreement"),
    path("partners/afspraken/<int:pk>/wijzigen/", agreements.change, name="change_agreement"),
    path("wie-mag-wat/", powers.who_may, name="who_may"),
    path("wie-mag-wat/vastleggen/", powers.add, name="add_power"),
    path("wie-mag-wat/<int:pk>/", powers.power, name="power"),
    path("wie-mag-wat/<int:pk>/wijzigen/", powers.change, name="change_power"),
    path("rolkaarten/", cards.cards, name="cards"),
    path("rolkaarten/alle.<slug:kind>", cards.cards_file, name="cards_file"),
    path("rolkaarten/<slug:function>/", cards.card, name="card"),
    path("rolkaarten/<slug:function>/blad.<slug:kind>", cards.card_file, name="card_file"),
]
