# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from dijkring.suppliers.models.autonomy import (
    Alternative,
    CountryOfConcern,
    SovereigntyAssessment,
)
from dijkring.suppliers.models.buying import Procurement, StandardException
from dijkring.suppliers.models.contracts import Contract, ContractAsset, ProcessingAgreement
from dijkring.suppliers.models.following import AssuranceReport, Promise, Review, SupplierIncident
from dijkring.suppliers.models.inquiries import Inquiry, InquiryToken, Reply, SupplierSharing
from dijkring.suppliers.models.suppliers import (
    DocumentedLine,
    Known,
    ParentCompany,
    SubSupplier,
    Supplier,
    SupplierLine,
    Tier,
)

__all__ = [
    "Alternative",
    "AssuranceReport",
    "Contract",
    "ContractAsset",
    "CountryOfConcern",
    "DocumentedLine",
    "Inquiry",
    "InquiryToken",
    "Known",
    "ParentCompany",
    "ProcessingAgreement",
    "Procurement",
    "Promise",
    "Reply",
    "Review",
    "SovereigntyAssessment",
    "StandardException",
    "SubSupplier",
    "Supplier",
    "SupplierIncident",
    "SupplierLine",
    "SupplierSharing",
    "Tier",
]
