"""
Serves a mock of AWS for one account on 127.0.0.1, so that Terraform can apply a root of this project for real.

    pip install -r __tests__/support/cloud/requirements.txt
    python __tests__/support/cloud/serve.py --account 111111111111
        [--zones '[{"id": "Z0000000000000000DEV", "name": "dev.example.com"}]'] [--administrator 222222222222]
        [--log requests.jsonl]

Prints one line of JSON, {"port": 12345}, once the server answers. Ends on SIGTERM and when its standard input is closed.
The gaps of moto that are mended are listed in gaps/, what the mock cannot do in lacks.py.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from zones import read_zones, seed_zones


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--account", required=True, type=read_account, help="id of the account: twelve digits")
    parser.add_argument(
        "--zones", default="[]", type=read_zones, help='hosted zones as JSON: [{"id": "Z…", "name": "example.com"}]'
    )
    parser.add_argument(
        "--administrator",
        action="append",
        default=[],
        type=read_account,
        help="account whose Security Hub has invited this one",
    )
    parser.add_argument("--log", type=Path, help="file to append every request to, as JSON lines")
    options = parser.parse_args()
    set_environment(options.account)

    from werkzeug.serving import make_server

    from moto.moto_server.werkzeug_app import MotoRequestHandler

    from application import Application
    from gaps import GAPS, securityhub_members
    from request_log import RequestLog

    for gap in GAPS:
        gap.patch()
    seed_zones(options.account, options.zones)
    securityhub_members.administrators.extend(options.administrator)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = Application(RequestLog(options.log))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    server.daemon_threads = True
    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=end_with_input, daemon=True).start()
    print(json.dumps({"port": server.port}), flush=True)
    sys.stdout = sys.stderr  # moto prints, and the line above is the only one on standard output
    server.serve_forever()


def read_account(text: str) -> str:
    if not re.fullmatch(r"[0-9]{12}", text):
        raise argparse.ArgumentTypeError(f"got {text}; allowed: twelve digits")
    return text


def set_environment(account: str) -> None:
    """moto reads these settings while it is imported."""
    os.environ["MOTO_ACCOUNT_ID"] = account
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # People upload the first archive of a function before the apply.
    os.environ["VALIDATE_LAMBDA_S3"] = "false"


def end(_signal: int, _frame: FrameType | None) -> None:
    os._exit(0)


def end_with_input() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
