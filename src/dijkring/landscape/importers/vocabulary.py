# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the types of ArchiMate mean here (ArchiMate 3.2, chapters 4 to 13), and of older versions.

The things that carry the work are parts of the landscape. Functions, services and interfaces of
the application and technology layers are not: they are followed to what lies behind them.
"""

KINDS = {
    "BusinessActor": "role",
    "BusinessRole": "role",
    "BusinessCollaboration": "role",
    "BusinessProcess": "process",
    "BusinessFunction": "process",
    "BusinessInteraction": "process",
    "BusinessService": "service",
    "Product": "service",
    "BusinessObject": "data",
    "DataObject": "data",
    "ApplicationComponent": "system",
    "ApplicationCollaboration": "system",
    "Node": "platform",
    "Device": "platform",
    "SystemSoftware": "platform",
    "TechnologyCollaboration": "platform",
    "CommunicationNetwork": "network",
    "Path": "network",
    "DistributionNetwork": "network",
    "Location": "location",
    "Facility": "location",
    "Equipment": "ot",
}
THROUGH = frozenset(
    "BusinessInterface BusinessEvent ApplicationInterface ApplicationFunction "
    "ApplicationInteraction ApplicationProcess ApplicationEvent ApplicationService "
    "TechnologyInterface TechnologyFunction TechnologyInteraction TechnologyProcess "
    "TechnologyEvent TechnologyService Artifact".split()
)
JUNCTIONS = {"AndJunction": "and", "Junction": "and", "OrJunction": "or"}
OLDER = {
    "InfrastructureService": "TechnologyService",
    "InfrastructureFunction": "TechnologyFunction",
    "InfrastructureInterface": "TechnologyInterface",
    "CommunicationPath": "Path",
    "Network": "CommunicationNetwork",
    "UsedBy": "Serving",
    "Realisation": "Realization",
    "Specialisation": "Specialization",
}

# Which end needs the other: the target needs the source, or the source needs the target.
TARGET_NEEDS = frozenset({"Serving", "Realization", "Assignment"})
SOURCE_NEEDS = frozenset({"Composition", "Access"})
TARGET_WORSE = frozenset({"Triggering", "Flow"})
SOURCE_WORSE = frozenset({"Aggregation"})
# What lies in a place needs the place, not the other way round.
HOLDING = frozenset({"Composition", "Aggregation", "Assignment"})
