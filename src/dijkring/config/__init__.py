# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the application is put together: settings, addresses and the door for web servers."""

import gc

# Two hundred thousand objects of the start stay until the end. Looking for garbage after every 700
# new ones, as Python does by itself, took a seventh of each start and a twelfth of each page.
gc.set_threshold(50_000, 20, 20)
