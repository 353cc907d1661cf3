# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tests stand on: a real database, people, the practice internet and a real browser."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.browser", f"{__name__}.people")
