"""Checks commands of the AWS CLI without calling AWS: reads lists of words as JSON from stdin, prints [status, stderr] for each."""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def checked(words):
    errors = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        try:
            status = create_clidriver().main([*words, "--generate-cli-skeleton", "output"])
        except SystemExit as ended:
            status = ended.code
    return [status, errors.getvalue()]


print(json.dumps([checked(words) for words in json.load(sys.stdin)]))
