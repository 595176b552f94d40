"""Route 53: changes of records with a set identifier."""

from __future__ import annotations

from typing import Any

from moto.route53.exceptions import Route53ClientError
from moto.route53.models import RecordSet, Route53Backend

from gap import Clients, Gap, accepts

REFUSED = "InvalidChangeBatch"


def patch() -> None:
    change = Route53Backend.change_resource_record_sets

    def change_current(self: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]) -> None:
        current = {key_of_record(record): record for record in self.get_hosted_zone(zoneid).rrsets}
        deleted = [one["ResourceRecordSet"] for one in change_list if one["Action"] == "DELETE"]
        identified = [record for record in deleted if "SetIdentifier" in record]
        for record in identified:
            known = current.get(key_of(record))
            if known is None or (known.weight, known.alias_target) != (record.get("Weight"), record.get("AliasTarget")):
                message = "Tried to delete resource record set, but the values provided do not match the current values"
                raise Route53ClientError(REFUSED, message)
        keys = {key_of(record) for record in identified}
        created = {key_of(one["ResourceRecordSet"]) for one in change_list if one["Action"] == "CREATE"}
        # The rest of moto does not know that a record is made again in the batch that deletes it.
        rest = []
        for one in change_list:
            key = key_of(one["ResourceRecordSet"])
            if one["Action"] == "CREATE" and key in keys:
                rest.append({**one, "Action": "UPSERT"})
            elif one["Action"] != "DELETE" or key not in keys & created:
                rest.append(one)
        change(self, zoneid, rest)

    Route53Backend.change_resource_record_sets = change_current


def key_of(record: dict[str, Any]) -> tuple[str, Any, Any]:
    return record["Name"].strip("."), record["Type"], record.get("SetIdentifier")


def key_of_record(record: RecordSet) -> tuple[str, Any, Any]:
    return record.name.strip("."), record.type, record.set_identifier


def probe(clients: Clients) -> bool:
    dns = clients("route53")
    zone = dns.create_hosted_zone(Name="probe-records.example", CallerReference="probe")["HostedZone"]["Id"]

    def change(action: str, weight: int) -> dict[str, Any]:
        target = {"HostedZoneId": "Z1", "DNSName": "a.example", "EvaluateTargetHealth": False}
        record = {
            "Name": "origin.probe-records.example",
            "Type": "A",
            "SetIdentifier": "blue",
            "Weight": weight,
            "AliasTarget": target,
        }
        batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        return dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)  # type: ignore[no-any-return]

    change("CREATE", 100)
    return accepts(REFUSED, lambda: change("DELETE", 50))


GAPS = [
    Gap(
        service="route53",
        gap="A record with a set identifier is deleted although its values are not those of the request.",
        page="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html",
        patch=patch,
        probe=probe,
    )
]
