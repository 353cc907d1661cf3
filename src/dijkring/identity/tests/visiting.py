# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The browser's part at the provider."""

import http.client
import ssl
from urllib.parse import urlsplit

from dijkring.identity.tests.practice import Practice


def answered(practice: Practice, form: str) -> str:
    """Log in on the page of the provider and return where it sends the browser."""
    context = ssl.create_default_context(cafile=practice.ca_file)
    port = urlsplit(practice.issuer).port
    to = http.client.HTTPSConnection("localhost", port, context=context, timeout=10)
    to.request("POST", "/login", form)
    place = to.getresponse().headers["Location"]
    to.close()
    return str(place)
