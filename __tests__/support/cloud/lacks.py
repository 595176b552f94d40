"""
What the mock cannot do: differences between moto and AWS that no patch removes. Prints them as a table in Markdown.

    python __tests__/support/cloud/lacks.py
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lack:
    """`lack` is one sentence on what the mock does not do; an action that is not there at all answers 501."""

    service: str
    lack: str


LACKS = [
    Lack("all", "IAM permissions, permissions boundaries and service control policies are not checked."),
    Lack("all", "Most quotas are not checked, and no call is throttled."),
    Lack("all", "Changes are visible at once: nothing is eventually consistent, and most resources are ready at once."),
    Lack("all", "Conditions of policies are not evaluated."),
    Lack("restore testing", "This service is not there."),
    Lack("application-autoscaling", "No policy scales anything."),
    Lack("chatbot", "No message is sent, every Slack workspace counts as authorized, and there are no other chats."),
    Lack("apprunner", "No container runs: the image need not exist, and the health check is not made."),
    Lack("apprunner", "There are no connections, custom domains and VPC ingress connections."),
    Lack("budgets", "No costs arise: a budget is never exceeded, and sends no notification."),
    Lack("ce", "No costs arise and no anomaly is found, and a tag can be activated before a resource has it."),
    Lack("cloudtrail", "No event is recorded, and the trail of an organization is refused."),
    Lack(
        "cloudwatch",
        "An alarm of one period follows each value of its own metric at once. No other alarm changes its state by itself.",
    ),
    Lack(
        "codedeploy",
        "A deployment of an ECS service succeeds at once: without traffic shifting, hooks or waits. Alarms are asked as it starts.",
    ),
    Lack("cloudfront", "A distribution serves no request, and outdated ETags of response headers policies are accepted."),
    Lack("cloudfront", "A function is not run, and its code is not checked."),
    Lack("cognito-identity", "The trust of the roles of a pool is not checked."),
    Lack("cognito-idp", "No message is sent, and the tags of user pools cannot be changed."),
    Lack("config", "Rules evaluate nothing, and corrections do not run."),
    Lack("dms", "No replication runs: connections are not tested, and a task moves no rows."),
    Lack("dms", "Certificates, tasks and subnet groups cannot be changed."),
    Lack("dynamodb", "Items do not expire."),
    Lack("ec2", "Flow logs are not written."),
    Lack("ecr", "No image is fetched from a public registry, and the secret with its login need not exist."),
    Lack("ecr", "Images are not scanned and not replicated."),
    Lack(
        "ecs", "Sizes of Fargate tasks are not checked, and no container runs: tasks of services exist as numbers only."
    ),
    Lack("ecs", "A deployment always completes: images are not pulled, and the circuit breaker never acts."),
    Lack("eks", "No control plane and no node runs: nothing answers at the endpoint of a cluster."),
    Lack("eks", "Versions are not checked, and the versions of clusters and node groups cannot be changed."),
    Lack("eks", "A change of the network settings of a cluster drops the settings that the request does not have."),
    Lack("eks", "An add-on is active at once, also without nodes, and its configuration is not checked."),
    Lack("eks", "Tags of node groups, add-ons and access entries cannot be changed."),
    Lack(
        "elasticache", "There are no serverless caches and no parameter groups, and nodes of a cluster are not listed."
    ),
    Lack("elbv2", "The zones of a load balancer are not checked, and targets are never unhealthy for a reason."),
    Lack(
        "guardduty", "Nothing is analyzed: there are no findings. The detectors of an organization cannot be configured."
    ),
    Lack(
        "lambda",
        "Provisioned concurrency is ready at once, and scaling makes none. An archive in a bucket need not exist.",
    ),
    Lack("logs", "Data protection masks no event, and saved queries are not checked and do not run."),
    Lack("oam", "Nothing is shared, and the policy of a sink is not checked when an account links itself to it."),
    Lack("rds", "No database runs: engine versions, parameters and storage sizes are not checked against the engine."),
    Lack("rds", "An engine version stays as it was written: 15 does not become 15.8."),
    Lack("rds", "A pending change is applied at once, also outside of the maintenance window."),
    Lack("route53", "Names are not resolved, and health checks do not run."),
    Lack("rum", "Nothing receives events, and there are no metric definitions and no policies of app monitors."),
    Lack("s3", "A statement of a bucket policy that has a condition applies to no request."),
    Lack("s3", "Access logs are not written, and objects do not expire."),
    Lack("secretsmanager", "A rotation invokes no function, and the value of the secret does not change."),
    Lack("securityhub", "Controls check nothing: there are no findings of controls, and no score."),
    Lack(
        "securityhub",
        "An administrator and its members have servers of their own: a member stays invited, and invitations are there from the start.",
    ),
    Lack("sesv2", "Tracking options, DKIM keys and the configuration set of an identity cannot be changed."),
    Lack("scheduler, events, firehose", "No schedule, rule or stream delivers anything: targets are not called."),
    Lack("shield", "No attack is detected, and what is protected need not exist."),
    Lack("sns", "No e-mail is sent, and subscriptions need no confirmation."),
    Lack("sns", "The key policy of an encrypted topic is not checked when a service publishes to it."),
    Lack("stepfunctions", "An execution runs no state. Of a definition, only missing states are found."),
    Lack("synthetics", "A canary does not run, and its runtime need not exist."),
    Lack("wafv2", "A web ACL inspects no request, and its capacity is not computed."),
    Lack("xray", "Traces are not received, and the expression of a group is not checked."),
]


def as_table() -> str:
    rows = [f"| {lack.service} | {lack.lack} |" for lack in LACKS]
    return "\n".join(["| Service | The mock does not do this |", "| --- | --- |", *rows])


if __name__ == "__main__":
    print(as_table())
