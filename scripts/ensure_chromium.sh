#!/bin/sh
# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

# Makes sure that the browser tests have Chromium; its shell without windows takes the least work.
# Where it cannot be had, one loud line says what is not tested; with REQUIRE_BROWSER=1 that is an
# error.

find_browser() {
    for program in chromium-headless-shell chromium chromium-browser google-chrome; do
        command -v "$program" && return 0
    done
    return 1
}

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}

install_on_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Chromium installeren …"
    install chromium-headless-shell && return 0
    apt-get update -qq >/dev/null 2>&1
    install chromium-headless-shell || install chromium
}

find_browser >/dev/null && exit 0
install_on_debian && find_browser >/dev/null && exit 0

echo "!!! GEEN CHROMIUM: de tests in een browser (pagina's, toegankelijkheid, CSP) draaien NIET. | NO CHROMIUM: the browser tests do NOT run." >&2
[ "${REQUIRE_BROWSER:-0}" = 1 ] && exit 1
exit 0
