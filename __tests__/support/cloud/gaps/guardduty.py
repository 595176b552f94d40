"""GuardDuty: features of a detector are set one by one."""

from __future__ import annotations

from typing import Any

from moto.guardduty.models import Detector

from gap import Clients, Gap


def patch_features() -> None:
    update = Detector.update

    def update_named(
        self: Detector, enable: Any, frequency: Any, data_sources: Any, features: list[dict[str, Any]] | None
    ) -> None:
        named = {one["name"]: one for one in [*self.features, *(features or [])]}
        update(self, enable, frequency, data_sources, list(named.values()))

    Detector.update = update_named


def probe_features(clients: Clients) -> bool:
    guardduty = clients("guardduty")
    detector = guardduty.create_detector(Enable=True)["DetectorId"]
    for name in ("S3_DATA_EVENTS", "RDS_LOGIN_EVENTS"):
        guardduty.update_detector(DetectorId=detector, Features=[{"Name": name, "Status": "ENABLED"}])
    names = [one["Name"] for one in guardduty.get_detector(DetectorId=detector)["Features"]]
    return sorted(names) != ["RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"]


GAPS = [
    Gap(
        service="guardduty",
        gap="A feature that is set replaces the other features of the detector.",
        page="https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html",
        patch=patch_features,
        probe=probe_features,
    ),
]
