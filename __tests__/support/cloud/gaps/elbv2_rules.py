"""Elastic Load Balancing: what has to be there before a load balancer, a listener and access logs."""

from __future__ import annotations

import json
from typing import Any

from moto.acm.models import acm_backends
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeListener, FakeLoadBalancer
from moto.s3.models import s3_backends

from gap import Clients, Gap, accepts
from gaps.elbv2 import make_balancer, make_subnets
from policies import permits

LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


def patch_internet_gateway() -> None:
    create = ELBv2Backend.create_load_balancer

    def create_reachable(self: ELBv2Backend, *args: Any, **kwargs: Any) -> FakeLoadBalancer:
        made = create(self, *args, **kwargs)
        gateways = self.ec2_backend.internet_gateways.values()
        if made.scheme == "internet-facing" and not any(one.vpc and one.vpc.id == made.vpc_id for one in gateways):
            del self.load_balancers[made.arn]
            raise ELBClientError("InvalidSubnet", f"VPC {made.vpc_id} has no internet gateway")
        return made

    ELBv2Backend.create_load_balancer = create_reachable


def probe_internet_gateway(clients: Clients) -> bool:
    elb = clients("elbv2")
    _vpc, subnets = make_subnets(clients, "10.96")
    return accepts(
        "InvalidSubnet",
        lambda: elb.create_load_balancer(Name="probe-public", Subnets=subnets, Scheme="internet-facing"),
    )


def patch_certificates() -> None:
    create = ELBv2Backend.create_listener

    def create_with_issued(self: ELBv2Backend, *args: Any, **kwargs: Any) -> FakeListener:
        name = kwargs.get("certificate")
        certificate = acm_backends[self.account_id][self.region_name]._certificates.get(name)
        if certificate:
            certificate.check()
        if certificate and certificate.status != "ISSUED":
            reason = "must have a fully-qualified domain name, a supported signature, and a supported key size"
            raise ELBClientError("UnsupportedCertificate", f"The certificate '{name}' {reason}.")
        return create(self, *args, **kwargs)

    ELBv2Backend.create_listener = create_with_issued


def probe_certificates(clients: Clients) -> bool:
    elb = clients("elbv2")
    balancer = make_balancer(clients, "probe-pending", "10.95")
    certificate = clients("acm").request_certificate(DomainName="pending.probe.example", ValidationMethod="DNS")
    answer = {"StatusCode": "404", "ContentType": "text/plain", "MessageBody": "nothing here"}
    return accepts(
        "UnsupportedCertificate",
        lambda: elb.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"],
            Protocol="HTTPS",
            Port=443,
            Certificates=[{"CertificateArn": certificate["CertificateArn"]}],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": answer}],
        ),
    )


def patch_access_logs() -> None:
    modify = ELBv2Backend.modify_load_balancer_attributes

    def modify_with_permission(self: ELBv2Backend, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
        name = attrs.get("access_logs.s3.bucket")
        if name and attrs.get("access_logs.s3.enabled") == "true":
            bucket = s3_backends[self.account_id][self.partition].buckets.get(name)
            prefix = attrs.get("access_logs.s3.prefix")
            written = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
            target = f"arn:{self.partition}:s3:::{name}/{written}/{self.account_id}/ELBAccessLogTestFile"
            if not bucket or not permits(bucket.policy, "s3:PutObject", target, LOG_DELIVERY):
                message = f"Access Denied for bucket: {name}. Please check S3bucket permission"
                raise ELBClientError("InvalidConfigurationRequest", message)
        return modify(self, arn, attrs)

    ELBv2Backend.modify_load_balancer_attributes = modify_with_permission


def probe_access_logs(clients: Clients) -> bool:
    elb, s3 = clients("elbv2"), clients("s3")
    s3.create_bucket(Bucket="probe-access")
    balancer = make_balancer(clients, "probe-access", "10.94")
    attributes = {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": "probe-access"}
    request = {
        "LoadBalancerArn": balancer["LoadBalancerArn"],
        "Attributes": [{"Key": key, "Value": value} for key, value in attributes.items()],
    }
    accepted = accepts("InvalidConfigurationRequest", lambda: elb.modify_load_balancer_attributes(**request))
    allow = {"Effect": "Allow", "Principal": {"Service": LOG_DELIVERY}, "Action": "s3:PutObject"}
    policy = {"Version": "2012-10-17", "Statement": [{**allow, "Resource": "arn:aws:s3:::probe-access/*"}]}
    s3.put_bucket_policy(Bucket="probe-access", Policy=json.dumps(policy))
    elb.modify_load_balancer_attributes(**request)
    return accepted


DOCS = "https://docs.aws.amazon.com/elasticloadbalancing/latest"

GAPS = [
    Gap(
        service="elbv2",
        gap="Accepts an internet-facing load balancer in a VPC without an internet gateway.",
        page=f"{DOCS}/application/create-application-load-balancer.html",
        patch=patch_internet_gateway,
        probe=probe_internet_gateway,
    ),
    Gap(
        service="elbv2",
        gap="Accepts a listener with a certificate that is not issued.",
        page=f"{DOCS}/APIReference/API_CreateListener.html",
        patch=patch_certificates,
        probe=probe_certificates,
    ),
    Gap(
        service="elbv2",
        gap="Accepts access logs for a bucket whose policy does not permit them.",
        page=f"{DOCS}/application/enable-access-logging.html",
        patch=patch_access_logs,
        probe=probe_access_logs,
    ),
]
