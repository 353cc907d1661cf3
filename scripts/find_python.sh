#!/bin/sh
# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

# Prints which of some Pythons to work with: the first that is suitable, unless another is clearly
# quicker. Built without optimisation, as version managers do, everything takes half as long again.

probe='
import ensurepip, sys, timeit
if (3, 11) <= sys.version_info < (3, 14):
    print(min(timeit.repeat("[str(one) for one in range(9999)]", number=9, repeat=9)), sys.executable)
'
chosen=$(for python in "$@"; do "$python" -c "$probe" 2>/dev/null; done |
    awk 'NR == 1 || $1 < 0.85 * best { best = $1; python = $2 } END { print python }')
[ -n "$chosen" ] && echo "$chosen" && exit 0
echo "Python 3.11, 3.12 of 3.13 met venv is nodig (Debian: apt install python3-venv); geef PYTHON=… | Python 3.11 to 3.13 with venv is needed" >&2
exit 2
