#!/bin/sh
# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

# Prints which of some Pythons to work with: the first that is suitable, unless another is clearly
# quicker. Built without optimisation, as version managers do, everything takes half as long again.

# Numbers with a point, in every language.
export LC_ALL=C
probe='
import ensurepip, sys, timeit
if (3, 11) <= sys.version_info < (3, 14):
    print(min(timeit.repeat("[str(one) for one in range(9999)]", number=9, repeat=9)), sys.executable)
'
quickest='
!($2 in best) { order[++count] = $2; best[$2] = $1 }
$1 < best[$2] { best[$2] = $1 }
END {
    python = order[1]
    for (n = 2; n <= count; n++) if (best[order[n]] < 0.85 * best[python]) python = order[n]
    print python
}'

# Three times in turn: what else the machine does may slow down one of them for a while.
chosen=$(for _turn in 1 2 3; do
    for python in "$@"; do "$python" -c "$probe" 2>/dev/null; done
done | awk "$quickest")
[ -n "$chosen" ] && echo "$chosen" && exit 0
echo "Python 3.11, 3.12 of 3.13 met venv is nodig (Debian: apt install python3-venv); geef PYTHON=… | Python 3.11 to 3.13 with venv is needed" >&2
exit 2
