"""CloudWatch Synthetics: canaries that start, stop and change."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends

from gap import Clients, Gap, unsupported
from policies import permits
from services import SERVICES, Refusal, Resource, Service

DEFAULTS = {"SuccessRetentionPeriodInDays": 31, "FailureRetentionPeriodInDays": 31}

# https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html
RATE = re.compile(r"rate\((0 minutes?|1 (minute|hour)|[2-9] minutes|[1-5][0-9] minutes|60 minutes)\)|cron\(.+\)")


class SyntheticsResponse(Service):
    model = "synthetics"

    def create_canary(self) -> ActionResult:
        request = self.request()
        name = request["Name"]
        if name in self.store:
            raise Refusal("ConflictException", f"Canary {name} already exists")
        self.check(request)
        identifier = str(mock_random.uuid4())
        place = f"arn:{self.partition}:lambda:{self.region}:{self.current_account}"
        canary = {
            **DEFAULTS,
            **request,
            "Id": identifier,
            "Code": self.stored_code(request, identifier),
            "EngineArn": f"{place}:function:cwsyn-{name}-{identifier}:1",
            "Status": {"State": "READY"},
            "Timeline": {"Created": utcnow(), "LastModified": utcnow()},
        }
        self.store[name] = Resource(canary, canary.pop("Tags", {}))
        return ActionResult({"Canary": self.described(name)})

    def get_canary(self) -> ActionResult:
        return ActionResult({"Canary": self.described(self.request()["Name"])})

    def update_canary(self) -> ActionResult:
        request = self.request()
        canary = self.known(request["Name"]).settings
        self.check({**canary, **request})
        code = {"Code": self.stored_code(request, canary["Id"])} if "Code" in request else {}
        canary.update({**request, **code})
        canary["Timeline"]["LastModified"] = utcnow()
        return EmptyResult()

    def start_canary(self) -> ActionResult:
        return self.turn("RUNNING", "LastStarted")

    def stop_canary(self) -> ActionResult:
        return self.turn("STOPPED", "LastStopped")

    def delete_canary(self) -> ActionResult:
        name = self.request()["Name"]
        if self.known(name).settings["Status"]["State"] == "RUNNING":
            raise Refusal("ConflictException", f"Canary {name} is running")
        del self.store[name]
        return EmptyResult()

    def list_tags_for_resource(self) -> ActionResult:
        return ActionResult({"Tags": self.tagged().tags})

    def tag_resource(self) -> ActionResult:
        self.tagged().tags.update(self.request()["Tags"])
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        for key in self.request()["TagKeys"]:
            self.tagged().tags.pop(key, None)
        return EmptyResult()

    def turn(self, state: str, moment: str) -> ActionResult:
        canary = self.known(self.request()["Name"]).settings
        canary["Status"] = {"State": state}
        canary["Timeline"][moment] = utcnow()
        return EmptyResult()

    def described(self, name: str) -> dict[str, Any]:
        stored = self.known(name)
        return {**stored.settings, "Tags": stored.tags}

    def stored_code(self, request: dict[str, Any], identifier: str) -> dict[str, Any]:
        """The script, which the service keeps as a layer."""
        layer = f"layer:cwsyn-{request['Name']}-{identifier}:1"
        source = f"arn:{self.partition}:lambda:{self.region}:{self.current_account}:{layer}"
        return {"Handler": request["Code"].get("Handler"), "SourceLocationArn": source}

    def check(self, canary: dict[str, Any]) -> None:
        expression, arn = canary["Schedule"]["Expression"], canary["ExecutionRoleArn"]
        if not RATE.fullmatch(expression):
            refuse(f"Schedule expression {expression} is not valid")
        bucket = canary["ArtifactS3Location"].removeprefix("s3://").split("/")[0]
        if bucket not in s3_backends[self.current_account]["aws"].buckets:
            refuse(f"Bucket {bucket} does not exist")
        roles = {role.arn: role for role in iam_backends[self.current_account]["aws"].roles.values()}
        trust = roles[arn].assume_role_policy_document if arn in roles else None
        if not permits(trust, "sts:AssumeRole", "*", "lambda.amazonaws.com"):
            refuse(f"The role {arn} cannot be assumed by Lambda")

    def tagged(self) -> Resource:
        return self.known(self.request()["ResourceArn"].rsplit(":", 1)[1])

    def known(self, name: str) -> Resource:
        if name not in self.store:
            raise Refusal("ResourceNotFoundException", f"Canary {name} does not exist")
        return self.store[name]


def refuse(message: str) -> NoReturn:
    raise Refusal("ValidationException", message)


def patch_service() -> None:
    SERVICES["synthetics"] = SyntheticsResponse


def probe_service(clients: Clients) -> bool:
    synthetics, iam = clients("synthetics"), clients("iam")
    clients("s3").create_bucket(Bucket="probe-synthetics")
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="probe-synthetics", AssumeRolePolicyDocument=document)["Role"]["Arn"]

    def works() -> bool:
        synthetics.create_canary(
            Name="probe",
            Code={"Handler": "index.handler", "ZipFile": b"script"},
            ArtifactS3Location="s3://probe-synthetics/",
            ExecutionRoleArn=role,
            Schedule={"Expression": "rate(5 minutes)"},
            RuntimeVersion="syn-nodejs-puppeteer-11.0",
        )
        synthetics.start_canary(Name="probe")
        synthetics.update_canary(Name="probe", Schedule={"Expression": "rate(1 minute)"})
        changed = synthetics.get_canary(Name="probe")["Canary"]
        synthetics.stop_canary(Name="probe")
        synthetics.delete_canary(Name="probe")
        found = (changed["Status"]["State"], changed["Schedule"]["Expression"], changed["RuntimeVersion"])
        return found == ("RUNNING", "rate(1 minute)", "syn-nodejs-puppeteer-11.0") and "EngineArn" in changed

    return unsupported(works)


GAPS = [
    Gap(
        service="synthetics",
        gap="Canaries have no function, and cannot be started, changed and deleted.",
        page="https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
