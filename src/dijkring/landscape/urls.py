# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.landscape import import_urls
from dijkring.landscape.views import (
    assets,
    concentration,
    conflicts,
    dependencies,
    graph,
    parties,
    services,
    whatif,
)

app_name = "landscape"
urlpatterns = [
    path("landschap/", assets.assets, name="assets"),
    path("landschap/toevoegen/", assets.add_asset, name="add_asset"),
    path("landschap/bevestigen/", assets.confirm_assets, name="confirm_assets"),
    path("landschap/<int:pk>/", assets.asset, name="asset"),
    path("landschap/<int:pk>/wijzigen/", assets.change_asset, name="change_asset"),
    path("landschap/<int:pk>/klopt/", assets.confirm_asset, name="confirm_asset"),
    path("landschap/<int:pk>/afvoeren/", assets.retire_asset, name="retire_asset"),
    path("landschap/<int:pk>/terugzetten/", assets.restore_asset, name="restore_asset"),
    path("landschap/<int:pk>/nodig/", dependencies.depend, name="depend"),
    path("landschap/<int:pk>/aanbieden/", services.publish, name="publish"),
    path("landschap/afhankelijkheden/", dependencies.dependencies, name="dependencies"),
    path("landschap/afhankelijkheden/<int:pk>/", dependencies.dependency, name="dependency"),
    path(
        "landschap/afhankelijkheden/<int:pk>/wijzigen/",
        dependencies.change_dependency,
        name="change_dependency",
    ),
    path(
        "landschap/afhankelijkheden/<int:pk>/beeindigen/",
        dependencies.end_dependency,
        name="end_dependency",
    ),
    path(
        "landschap/afhankelijkheden/<int:pk>/terugzetten/",
        dependencies.restore_dependency,
        name="restore_dependency",
    ),
    path("landschap/groepen/<int:pk>/", dependencies.group, name="group"),
    path("landschap/diensten/", services.services_page, name="services"),
    path("landschap/diensten/<int:pk>/", services.service, name="service"),
    path("landschap/diensten/<int:pk>/wijzigen/", services.change_service, name="change_service"),
    path("landschap/diensten/<int:pk>/toestand/", services.service_state, name="service_state"),
    path("landschap/diensten/<int:pk>/tonen/", services.show_service, name="show_service"),
    path("landschap/diensten/<int:pk>/beeindigen/", services.end_service, name="end_service"),
    path("landschap/afnemers/<int:pk>/", services.stop_showing, name="stop_showing"),
    path("landschap/diensten/van-anderen/<int:pk>/", services.offered, name="offered"),
    path("landschap/diensten/van-anderen/<int:pk>/opnemen/", services.take, name="take"),
    path("landschap/leveranciers/", parties.parties, name="parties"),
    path("landschap/leveranciers/toevoegen/", parties.add_party, name="add_party"),
    path("landschap/leveranciers/<int:pk>/", parties.party, name="party"),
    path("landschap/leveranciers/<int:pk>/wijzigen/", parties.change_party, name="change_party"),
    path("landschap/leveranciers/<int:pk>/afvoeren/", parties.retire_party, name="retire_party"),
    path("landschap/methode/", parties.method, name="method"),
    path("landschap/wat-als/", whatif.what_if, name="what_if"),
    path("landschap/wat-als/bewaren/", whatif.keep_scenario, name="keep_scenario"),
    path("landschap/scenarios/", whatif.scenarios, name="scenarios"),
    path("landschap/scenarios/<int:pk>/", whatif.scenario, name="scenario"),
    path("landschap/scenarios/<int:pk>/afvoeren/", whatif.retire_scenario, name="retire_scenario"),
    path("landschap/tekening/", graph.graph, name="graph"),
    path("landschap/hersteltijden/", conflicts.conflicts, name="conflicts"),
    path("landschap/hersteltijden/<int:pk>/", conflicts.conflict, name="conflict"),
    path("landschap/enkele-punten/", concentration.single_points, name="single_points"),
    path("landschap/concentratie/", concentration.concentration, name="concentration"),
    *import_urls.paths,
]
