# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of the web server; it refuses to start on a database that is not protected."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkring.config.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 -- needs Django to be set up

from dijkring.core import guard  # noqa: E402

guard.check()
# The web server forks after this; a connection must not be shared.
connections.close_all()
