/** Leaks of production by an argument that shares something, or that leads to another network. */
import { dev, IN_PROD, IN_STAGING, inProd, leak, type PlantedLeak, PROD, READER, staging } from "./isolation-leak";

const ORGANIZATION = "arn:aws:organizations::151515151515:organization/o-formula0000";
const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";

/** Shares by an argument. */
export function shares(): PlantedLeak[] {
  return [
    leak("snapshot for staging in place of the account for sanitisation", PROD, READER, [
      { file: `${PROD}/main.tf.json`, at: ["module", "masking_share", "recipient_role_arn"], to: READER },
    ]),
    inProd("snapshot", "aws_db_snapshot_copy", { shared_accounts: [staging] }, staging),
    inProd("public snapshot", "aws_db_snapshot", { shared_accounts: ["all"] }, "all"),
    inProd("image", "aws_ami_launch_permission", { image_id: "ami-1", organization_arn: ORGANIZATION }, ORGANIZATION),
    inProd("volume", "aws_snapshot_create_volume_permission", { snapshot_id: "snap-1", account_id: dev }, dev),
    inProd("grant of a key", "aws_kms_grant", { grantee_principal: READER, operations: ["Decrypt"] }, READER),
    inProd("resource share", "aws_ram_principal_association", { principal: ORGANIZATION }, "organization"),
    inProd(
      "bucket by its access list",
      "aws_s3_bucket_acl",
      { access_control_policy: [{ grant: [{ grantee: [{ id: "79a59df900b949e5" }] }] }] },
      "79a59df900b949e5",
    ),
    inProd("function", "aws_lambda_permission", { action: "lambda:InvokeFunction", principal: "*" }, "*"),
    inProd(
      "export function for the organization",
      "aws_lambda_permission",
      { principal: "*", principal_org_id: "o-formula0000" },
      "o-formula0000",
    ),
    inProd("bucket with a grant", "aws_s3_bucket", { grant: [{ type: "Group", uri: ALL_USERS }] }, ALL_USERS),
    inProd(
      "records of a stream, to a bucket of nobody known",
      "aws_kinesis_firehose_delivery_stream",
      { extended_s3_configuration: [{ bucket_arn: "arn:aws:s3:::elsewhere" }] },
      "arn:aws:s3:::elsewhere",
    ),
    inProd(
      "records of a stream, to a host",
      "aws_kinesis_firehose_delivery_stream",
      { http_endpoint_configuration: [{ url: "https://records.example" }] },
      "https://records.example",
    ),
    inProd("calls of the account", "aws_cloudtrail", { name: "t", s3_bucket_name: "elsewhere" }, "elsewhere"),
    inProd("messages to a host", "aws_sns_topic_subscription", { endpoint: "https://messages.example" }, "messages"),
    inProd(
      "copy of a database",
      "aws_dms_endpoint",
      { server_name: "db.example", endpoint_type: "target" },
      "db.example",
    ),
    inProd("event bus", "aws_cloudwatch_event_permission", { principal: "*", statement_id: "s" }, "*"),
    inProd("document", "aws_ssm_document", { permissions: { account_ids: "All", type: "Share" } }, "All"),
    inProd(
      "replicated images",
      "aws_ecr_replication_configuration",
      { replication_configuration: [{ rule: [{ destination: [{ region: "us-east-1", registry_id: staging }] }] }] },
      staging,
    ),
    inProd(
      "logs",
      "aws_cloudwatch_log_subscription_filter",
      { destination_arn: `arn:aws:logs:us-east-1:${staging}:destination:d` },
      staging,
    ),
    leak("replicated objects, to a bucket without an account in its name", PROD, "formula-copies", [
      { file: IN_STAGING, at: ["resource", "aws_s3_bucket"], to: { leak: { bucket: "formula-copies" } } },
      {
        file: IN_PROD,
        at: ["resource", "aws_cloudwatch_event_bus"],
        to: { leak: { description: "arn:aws:s3:::formula-copies" } },
      },
    ]),
  ];
}

export function networkPaths(): PlantedLeak[] {
  return [
    inProd("peering", "aws_vpc_peering_connection", { vpc_id: "vpc-1", peer_owner_id: dev, peer_vpc_id: "vpc-2" }, dev),
    inProd(
      "peering without an owner",
      "aws_vpc_peering_connection",
      { peer_vpc_id: "vpc-0123456789abcdef0" },
      "vpc-0123456789abcdef0",
    ),
    inProd(
      "accepted peering",
      "aws_vpc_peering_connection_accepter",
      { vpc_peering_connection_id: "pcx-0123456789abcdef0" },
      "pcx-0123456789abcdef0",
    ),
    inProd(
      "transit gateway",
      "aws_ec2_transit_gateway_vpc_attachment",
      { transit_gateway_id: "tgw-0123456789abcdef0" },
      "tgw-0123456789abcdef0",
    ),
    inProd("route", "aws_route", { route_table_id: "rtb-1", transit_gateway_id: "tgw-0123" }, "tgw-0123"),
    inProd(
      "endpoint of a service that is not of AWS",
      "aws_vpc_endpoint",
      { vpc_id: "vpc-1", service_name: "com.amazonaws.vpce.us-east-1.vpce-svc-0123" },
      "vpce-svc-0123",
    ),
    inProd("endpoint service", "aws_vpc_endpoint_service", { allowed_principals: ["*"] }, "*"),
    inProd(
      "zone for another network",
      "aws_route53_vpc_association_authorization",
      { vpc_id: "vpc-0123456789abcdef0", zone_id: "Z" },
      "vpc-0123456789abcdef0",
    ),
    inProd(
      "rule of a group",
      "aws_vpc_security_group_ingress_rule",
      { cidr_ipv4: "10.2.0.0/16", ip_protocol: "tcp" },
      "10.2.0.0/16",
    ),
    inProd("route", "aws_route", { destination_cidr_block: "10.3.1.0/24", gateway_id: "vgw-1" }, "10.3.1.0/24"),
  ];
}
