"""All gaps of moto that the mock mends, in the order in which the patches are applied."""

from __future__ import annotations

from gap import Gap
from gaps import (
    acm,
    autoscaling,
    codedeploy,
    codedeploy_deployments,
    ec2,
    ecs,
    elbv2,
    rds,
    rds_backups,
    s3,
    secretsmanager,
    sesv2,
    sqs,
)

MODULES = [
    acm,
    autoscaling,
    codedeploy,
    codedeploy_deployments,
    ec2,
    ecs,
    elbv2,
    rds,
    rds_backups,
    s3,
    secretsmanager,
    sesv2,
    sqs,
]

GAPS: list[Gap] = [gap for module in MODULES for gap in module.GAPS]
