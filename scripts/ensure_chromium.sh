#!/bin/sh
# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

# Makes sure that the browser tests have Chromium. Where it cannot be had, one loud line says what
# is not tested; with REQUIRE_BROWSER=1 that is an error.

find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

install_on_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Chromium installeren …"
    apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 && return 0
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
}

find_browser >/dev/null && exit 0
install_on_debian && find_browser >/dev/null && exit 0

echo "!!! GEEN CHROMIUM: de tests in een browser (pagina's, toegankelijkheid, CSP) draaien NIET. | NO CHROMIUM: the browser tests do NOT run." >&2
[ "${REQUIRE_BROWSER:-0}" = 1 ] && exit 1
exit 0
