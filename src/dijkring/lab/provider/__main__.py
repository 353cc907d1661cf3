# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run the provider until it is stopped: `python -m dijkring.lab.provider FOLDER CLIENT SECRET`."""

import json
import sys
from pathlib import Path

from dijkring.lab.provider.server import make


def main() -> None:
    """Print one line of JSON with the issuer and the authority file, then serve."""
    folder, client_id, client_secret = sys.argv[1:4]
    server, provider, ca_file = make(Path(folder), client_id, client_secret)
    print(json.dumps({"issuer": provider.issuer, "ca_file": str(ca_file)}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
