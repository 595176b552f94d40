"""AWS Config: recording modes, rules that need a recorder, and corrections of what rules find."""

from __future__ import annotations

import json
from typing import Any

from moto.config.exceptions import NoSuchConfigRuleException
from moto.config.models import ConfigBackend
from moto.config.responses import ConfigResponse
from moto.core.exceptions import JsonRESTError

from gap import Clients, Gap, accepts, unsupported


def patch_recording_mode() -> None:
    put = ConfigBackend.put_configuration_recorder
    describe = ConfigBackend.describe_configuration_recorders

    def put_with_mode(self: ConfigBackend, config_recorder: dict[str, Any]) -> None:
        put(self, config_recorder)
        mode = config_recorder.get("recordingMode") or {"recordingFrequency": "CONTINUOUS"}
        self.__dict__.setdefault("recording_modes", {})[config_recorder["name"]] = mode

    def describe_with_mode(self: ConfigBackend, recorder_names: list[str] | None) -> list[dict[str, Any]]:
        modes = self.__dict__.get("recording_modes", {})
        return [{**one, "recordingMode": modes.get(one["name"])} for one in describe(self, recorder_names)]

    ConfigBackend.put_configuration_recorder = put_with_mode
    ConfigBackend.describe_configuration_recorders = describe_with_mode


def probe_recording_mode(clients: Clients) -> bool:
    config = with_recorder(clients, "eu-west-2", recordingMode={"recordingFrequency": "DAILY"})
    [recorder] = config.describe_configuration_recorders()["ConfigurationRecorders"]
    return bool(recorder.get("recordingMode", {}).get("recordingFrequency") != "DAILY")


def patch_remediations() -> None:
    ConfigResponse.put_remediation_configurations = put_remediations
    ConfigResponse.describe_remediation_configurations = describe_remediations
    ConfigResponse.delete_remediation_configuration = delete_remediation


def remediations_of(self: ConfigResponse) -> dict[str, Any]:
    return self.config_backend.__dict__.setdefault("remediations", {})


def put_remediations(self: ConfigResponse) -> str:
    for one in json.loads(self.body)["RemediationConfigurations"]:
        name = one["ConfigRuleName"]
        if name not in self.config_backend.config_rules:
            raise NoSuchConfigRuleException(name)
        if one.get("Automatic") and "AutomationAssumeRole" not in one.get("Parameters", {}):
            raise JsonRESTError("InvalidParameterValueException", "AutomationAssumeRole is required")
        place = f"arn:{self.partition}:config:{self.region}:{self.current_account}"
        remediations_of(self)[name] = {"Arn": f"{place}:remediation-configuration/{name}", **one}
    return json.dumps({"FailedBatches": []})


def describe_remediations(self: ConfigResponse) -> str:
    known = remediations_of(self)
    names = json.loads(self.body)["ConfigRuleNames"]
    return json.dumps({"RemediationConfigurations": [known[name] for name in names if name in known]})


def delete_remediation(self: ConfigResponse) -> str:
    name = json.loads(self.body)["ConfigRuleName"]
    if remediations_of(self).pop(name, None) is None:
        raise JsonRESTError("NoSuchRemediationConfigurationException", f"{name} has no remediation")
    return json.dumps({})


def probe_remediations(clients: Clients) -> bool:
    config = with_recorder(clients, "eu-west-3")
    config.put_config_rule(ConfigRule=RULE)

    def works() -> bool:
        role = {"StaticValue": {"Values": ["arn:aws:iam::123456789012:role/probe"]}}
        document = {"TargetType": "SSM_DOCUMENT", "TargetId": "AWSConfigRemediation-EnableKeyRotation"}
        one = {"ConfigRuleName": "probe", **document, "Parameters": {"AutomationAssumeRole": role}}
        config.put_remediation_configurations(RemediationConfigurations=[one])
        answer = config.describe_remediation_configurations(ConfigRuleNames=["probe"])
        return [one["TargetId"] for one in answer["RemediationConfigurations"]] == [document["TargetId"]]

    return unsupported(works)


def patch_rules_without_recorder() -> None:
    put = ConfigBackend.put_config_rule

    def put_with_recorder(
        self: ConfigBackend, config_rule: dict[str, Any], tags: list[dict[str, str]] | None = None
    ) -> str:
        if not self.recorders:
            raise JsonRESTError("NoAvailableConfigurationRecorderException", "There is no configuration recorder.")
        return put(self, config_rule, tags)

    ConfigBackend.put_config_rule = put_with_recorder


def probe_rules_without_recorder(clients: Clients) -> bool:
    config = clients("config", "eu-south-1")
    return accepts("NoAvailableConfigurationRecorderException", lambda: config.put_config_rule(ConfigRule=RULE))


RULE = {"ConfigRuleName": "probe", "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}}


def with_recorder(clients: Clients, region: str, **more: Any) -> Any:
    config = clients("config", region)
    recorder = {"name": "default", "roleARN": "arn:aws:iam::123456789012:role/probe", **more}
    config.put_configuration_recorder(ConfigurationRecorder=recorder)
    return config


API = "https://docs.aws.amazon.com/config/latest/APIReference"

GAPS = [
    Gap(
        service="config",
        gap="The recording mode of a recorder is dropped.",
        page=f"{API}/API_RecordingMode.html",
        patch=patch_recording_mode,
        probe=probe_recording_mode,
    ),
    Gap(
        service="config",
        gap="Rules have no corrections.",
        page=f"{API}/API_PutRemediationConfigurations.html",
        patch=patch_remediations,
        probe=probe_remediations,
    ),
    Gap(
        service="config",
        gap="A region without a recorder accepts rules.",
        page=f"{API}/API_PutConfigRule.html",
        patch=patch_rules_without_recorder,
        probe=probe_rules_without_recorder,
    ),
]
