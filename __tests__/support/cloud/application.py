"""The WSGI application: moto behind one lock, with a log, an answer for retries and 501 for what moto does not have."""

from __future__ import annotations

import io
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from botocore.exceptions import ClientError
from flask import Flask
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from call import UNKNOWN_ACTION, Call
from request_log import RequestLog
from services import SERVICES, app_of

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    """A complete response, kept so that a retry of the same call receives it again."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    implemented: bool = True

    @property
    def code(self) -> int:
        return int(self.status.split(" ", 1)[0])


class Dispatcher(DomainDispatcherApplication):
    """moto's choice of a service, with the services that moto does not have. It refuses any other service."""

    def get_backend_for_host(self, host: str | None) -> Any:
        backend = host.split(".")[0] if host else None
        if backend in SERVICES:
            return backend
        backend = super().get_backend_for_host(host)
        if host is not None and backend is None:
            raise NotImplementedError(f"moto has no service for {host}")
        return backend


class Application:
    """
    Passes every request to moto.

    - moto is not safe for threads: one lock covers all services.
    - A retry (same `amz-sdk-invocation-id`) of a call that succeeded receives the first answer. A call that failed
      changed nothing, so its retry is executed.
    - An action that moto does not implement, or that makes it fail, receives 501.
    """

    REMEMBERED_CALLS = 5000

    def __init__(self, log: RequestLog) -> None:
        self.moto = Dispatcher(lambda service: app_of(service) if service in SERVICES else create_backend_app(service))
        self.lock = threading.Lock()
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.log = log

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body = read_body(environ)
        with self.lock:
            invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
            call = Call.of(environ, body)
            known = self.answers.get(invocation) if invocation else None
            answer = known or self.answer(environ, body, call)
            if invocation and answer.code < 400:
                self.remember(invocation, answer)
            self.log.write(call, answer.code, answer.body, implemented=answer.implemented, retry=known is not None)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def remember(self, invocation: str, answer: Answer) -> None:
        self.answers[invocation] = answer
        if len(self.answers) > self.REMEMBERED_CALLS:
            self.answers.popitem(last=False)

    def answer(self, environ: Environ, body: bytes, call: Call) -> Answer:
        try:
            backend = self.moto.get_application({**environ, "wsgi.input": io.BytesIO(body)})
            if not has_route(backend, environ):
                raise NotImplementedError(f"{call.service} has no route for {call.method} {call.path}")
            answer = run(backend, {**environ, "wsgi.input": io.BytesIO(body)})
            if answer.code == 404 and not answer.body and call.action == UNKNOWN_ACTION:
                raise NotImplementedError(f"{call.service} has no action for {call.method} {call.path}")
            return answer
        except Exception as error:  # also a fault of moto: 500 would make clients repeat the call for minutes
            return not_implemented(call, f"{type(error).__name__}: {error}")


def read_body(environ: Environ) -> bytes:
    length = environ.get("CONTENT_LENGTH")
    if length:
        return environ["wsgi.input"].read(int(length))
    return environ["wsgi.input"].read() if environ.get("wsgi.input_terminated") else b""


def has_route(backend: Flask, environ: Environ) -> bool:
    try:
        backend.url_map.bind_to_environ(environ).match()
    except NotFound:
        return False
    except HTTPException:
        return True
    return True


def run(backend: Flask, environ: Environ) -> Answer:
    try:
        response = Response.from_app(backend, environ, buffered=True)
    except ClientError as error:
        return Answer("400 Bad Request", [], json.dumps(error.response["Error"]).encode())
    return Answer(response.status, list(response.headers), response.get_data())


def not_implemented(call: Call, reason: str) -> Answer:
    message = f"{call.service}:{call.action}: {reason}"
    if call.is_json:
        body, kind = json.dumps({"__type": "NotImplemented", "message": message}), "application/x-amz-json-1.1"
    else:
        error = f"<Error><Code>NotImplemented</Code><Message>{escape(message)}</Message></Error>"
        body, kind = f"<ErrorResponse>{error}</ErrorResponse>", "text/xml"
    data = body.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(data))), ("x-amzn-ErrorType", "NotImplemented")]
    return Answer("501 Not Implemented", headers, data, implemented=False)
