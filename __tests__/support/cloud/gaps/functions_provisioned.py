"""Lambda: the provisioned concurrency of aliases, which is ready at once."""

from __future__ import annotations

import json
from collections import defaultdict

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.responses import LambdaResponse
from moto.awslambda.urls import url_paths
from moto.core.responses import TYPE_RESPONSE

from gap import Clients, Gap, unsupported
from gaps.functions import make_function

PATH = r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/provisioned-concurrency$"

# By account and region, and by function and alias.
REQUESTED: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)


def patch() -> None:
    def place(self: LambdaResponse) -> tuple[str, tuple[str, str]]:
        function = self.path.rsplit("/", 2)[-2]
        return f"{self.current_account}/{self.region}", (function, self._get_param("Qualifier"))

    def described(requested: int) -> str:
        counts = ("Requested", "Available", "Allocated")
        names = (f"{count}ProvisionedConcurrentExecutions" for count in counts)
        return json.dumps({"Status": "READY", **dict.fromkeys(names, requested)})

    def get_provisioned_concurrency_config(self: LambdaResponse) -> TYPE_RESPONSE:
        where, alias = place(self)
        if alias not in REQUESTED[where]:
            code = "ProvisionedConcurrencyConfigNotFoundException"
            error = LambdaClientError(code, "No Provisioned Concurrency Config found for this function")
            error.code = 404
            raise error
        return 200, {}, described(REQUESTED[where][alias])

    def put_provisioned_concurrency_config(self: LambdaResponse) -> TYPE_RESPONSE:
        where, alias = place(self)
        REQUESTED[where][alias] = json.loads(self.body)["ProvisionedConcurrentExecutions"]
        return 202, {}, described(REQUESTED[where][alias])

    LambdaResponse.get_provisioned_concurrency_config = get_provisioned_concurrency_config
    LambdaResponse.put_provisioned_concurrency_config = put_provisioned_concurrency_config
    url_paths[PATH] = LambdaResponse.dispatch


def probe(clients: Clients) -> bool:
    make_function(clients, "probe-provisioned")
    functions = clients("lambda")
    alias = {"FunctionName": "probe-provisioned", "Qualifier": "live"}

    def works() -> bool:
        try:
            functions.get_provisioned_concurrency_config(**alias)
        except functions.exceptions.ProvisionedConcurrencyConfigNotFoundException:
            functions.put_provisioned_concurrency_config(**alias, ProvisionedConcurrentExecutions=5)
            found = functions.get_provisioned_concurrency_config(**alias)
            return bool(found["RequestedProvisionedConcurrentExecutions"] == 5)
        return False

    return unsupported(works)


GAPS = [
    Gap(
        service="lambda",
        gap="There is no provisioned concurrency.",
        page="https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html",
        patch=patch,
        probe=probe,
    )
]
