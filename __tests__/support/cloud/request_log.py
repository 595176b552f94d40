"""A log of requests as JSON lines, for the question "what did Terraform really ask for?"."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path

from call import Call

CODE = re.compile(r"<Code>([^<]+)</Code>|\"(?:__type|code|Code)\": ?\"([^\"]+)\"")


class RequestLog:
    """Appends one line a request to a file; without a path nothing is written."""

    def __init__(self, path: Path | None) -> None:
        self.file = path.open("a", encoding="utf-8", buffering=1) if path else None

    def write(self, call: Call, status: int, body: bytes, *, implemented: bool, retry: bool) -> None:
        if self.file is None:
            return
        entry = {
            "time": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
            "service": call.service,
            "action": call.action,
            "region": call.region,
            "method": call.method,
            "path": call.path,
            "parameters": call.parameters,
            "status": status,
            "implemented": implemented,
            "retry": retry,
        }
        if status >= 400:
            found = CODE.search(body.decode("utf-8", errors="replace"))
            entry["error"] = (found[1] or found[2]) if found else None
            entry["answer"] = body.decode("utf-8", errors="replace")[:2000]
        self.file.write(json.dumps(entry) + "\n")
