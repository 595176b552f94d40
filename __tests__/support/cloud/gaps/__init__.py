"""
All gaps of moto that the mock mends, in the order in which the patches are applied.

The last modules are about what moto accepts and AWS refuses: they find resources that are made in a wrong order.
"""

from __future__ import annotations

from gap import Gap
from gaps import (
    acm,
    autoscaling,
    cloudfront,
    cloudfront_policies,
    codedeploy,
    codedeploy_alarms,
    codedeploy_deployments,
    codedeploy_rules,
    config,
    ec2,
    ec2_rules,
    ecr,
    ecs,
    ecs_rules,
    ecs_tasks,
    eks,
    eks_access,
    eks_addons,
    elbv2,
    functions,
    guardduty,
    elbv2_rules,
    rds,
    rds_backups,
    rds_parameters,
    rds_rules,
    records_rules,
    s3,
    secretsmanager,
    securityhub,
    sesv2,
    sesv2_changes,
    sqs,
    topics,
)

MODULES = [
    acm,
    autoscaling,
    cloudfront,
    cloudfront_policies,
    codedeploy,
    codedeploy_deployments,
    codedeploy_alarms,
    config,
    ec2,
    ecr,
    ecs,
    ecs_tasks,
    eks,
    eks_access,
    eks_addons,
    elbv2,
    functions,
    guardduty,
    rds,
    rds_backups,
    rds_parameters,
    s3,
    secretsmanager,
    securityhub,
    sesv2,
    sesv2_changes,
    sqs,
    codedeploy_rules,
    ec2_rules,
    ecs_rules,
    elbv2_rules,
    rds_rules,
    records_rules,
    topics,
]

GAPS: list[Gap] = [gap for module in MODULES for gap in module.GAPS]
