import { Reference, Unknown } from "../../../../lib/judgement/hcl";
import { accessOf } from "../../../../lib/judgement/parity/access";
import { reachOf } from "../../../../lib/judgement/parity/reach";
import { resourceOf } from "../guardrails/fixture";

const group = new Reference("module.net.aws_security_group.web", "id");

describe("edges of network paths", () => {
  const edges = (...resources: Parameters<typeof reachOf>[0]) => Object.keys(reachOf(resources));

  test("are equal for inline rules and for both types of rule resources, whatever their names", () => {
    const port = { from_port: 443, to_port: 443 };
    const peers = {
      cidr_ipv4: "10.0.0.0/8",
      cidr_ipv6: null,
      prefix_list_id: null,
      referenced_security_group_id: null,
    };
    const expected = ["ingress: 10.0.0.0/8 to net.web, tcp 443"];
    const standalone = { security_group_id: group, ip_protocol: "tcp", ...port, ...peers };
    const older = { security_group_id: group, type: "ingress", protocol: "tcp", ...port, cidr_blocks: ["10.0.0.0/8"] };
    const inline = { ingress: [{ protocol: "tcp", ...port, cidr_blocks: ["10.0.0.0/8"], security_groups: null }] };
    expect(edges(resourceOf("aws_vpc_security_group_ingress_rule", standalone, { name: "one" }))).toEqual(expected);
    expect(edges(resourceOf("aws_security_group_rule", older, { name: "another" }))).toEqual(expected);
    expect(edges(resourceOf("aws_security_group", inline, { call: "net", name: "web" }))).toEqual(expected);
  });

  test("contain groups by key, and prefix lists by the resource that they come from", () => {
    const to = new Reference('module.net.aws_security_group.this["db"]', "id");
    const s3 = new Reference("module.net.aws_vpc_endpoint.s3", "prefix_list_id");
    const rule = { security_group_id: group, ip_protocol: "tcp", from_port: 1, to_port: 9 };
    const egress = "aws_vpc_security_group_egress_rule";
    expect(edges(resourceOf(egress, { ...rule, referenced_security_group_id: to }))).toEqual([
      'egress: net.web to net["db"], tcp 1 to 9',
    ]);
    expect(edges(resourceOf(egress, { ...rule, ip_protocol: "-1", prefix_list_id: s3 }))).toEqual([
      "egress: net.web to net.aws_vpc_endpoint.s3.prefix_list_id, every port",
    ]);
  });

  test("include unknown rules, and rules from a group to itself", () => {
    const unknown = { ingress: new Unknown([new Reference("module.net.aws_vpc.this", "cidr_block")]) };
    expect(edges(resourceOf("aws_security_group", unknown))).toEqual([
      "ingress: call, (known after apply, from ${module.net.aws_vpc.this.cidr_block})",
    ]);
    const self = { egress: [{ protocol: "udp", from_port: 53, to_port: 53, self: true }] };
    expect(edges(resourceOf("aws_security_group", self))).toEqual(["egress: call to call, udp 53"]);
  });
});

describe("permissions", () => {
  const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: ["*"] };
  const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

  test("are listed by statement, with a list in place of a single value", () => {
    const access = accessOf([
      resourceOf("aws_s3_bucket_policy", { bucket: "b", policy: policy({ Sid: "Read", ...allow }) }),
    ]);
    expect(access).toEqual({
      aws_s3_bucket_policy: {
        this: {
          policy: {
            Version: "2012-10-17",
            Statement: { Read: { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] } },
          },
        },
      },
    });
  });

  test("are listed by index if statements have no unique Sid", () => {
    const access = accessOf([resourceOf("aws_sns_topic_policy", { policy: policy(allow, allow) })]);
    expect(access).toMatchObject({ aws_sns_topic_policy: { this: { policy: { Statement: { 0: {}, 1: {} } } } } });
  });

  test("include boundaries, attachments, policies in blocks and unknown policies, and no other arguments", () => {
    const boundary = new Reference("module.people.aws_iam_policy.boundary", "arn");
    const role = {
      description: "Words",
      tags: { Name: "words" },
      permissions_boundary: boundary,
      inline_policy: [{ name: "one", policy: policy({ Sid: "Read", ...allow }) }],
    };
    const open = new Unknown();
    const access = accessOf([
      resourceOf("aws_iam_role", role, { name: "task", key: "a" }),
      resourceOf("aws_iam_role", { permissions_boundary: null }, { name: "task", key: "b" }),
      resourceOf("aws_sqs_queue", { name: "queue", delay_seconds: open, policy: open }),
      resourceOf("aws_ecr_lifecycle_policy", { policy: '{"rules":[]}' }),
    ]);
    expect(access).toMatchObject({
      aws_iam_role: {
        task: {
          a: {
            permissions_boundary: boundary,
            inline_policy: [{ policy: { Statement: { Read: { Effect: "Allow" } } } }],
          },
          b: { permissions_boundary: null },
        },
      },
      aws_sqs_queue: { this: { policy: open } },
    });
    expect(Object.keys(access)).toEqual(["aws_iam_role", "aws_sqs_queue"]);
    expect(JSON.stringify(access)).not.toMatch(/Words|words|delay_seconds/);
  });
});

test("roles, bindings and network policies of a cluster are access, so that no sizing input changes them unnoticed", () => {
  const rule = [{ verbs: ["get"], resources: ["pods"] }];
  const spec = { egress: [{ to: [{ ip_block: { cidr: "10.0.0.0/8" } }] }] };
  const access = accessOf([
    resourceOf("kubernetes_cluster_role_v1", { metadata: { name: "a" }, rule }),
    resourceOf("kubernetes_role_binding", { metadata: { name: "a" }, role_ref: { name: "a" }, subject: [] }),
    resourceOf("kubernetes_network_policy_v1", { metadata: { name: "a" }, spec }),
    resourceOf("kubernetes_config_map_v1", { data: { a: "1" } }),
  ]);
  expect(access).toEqual({
    kubernetes_cluster_role_v1: { this: { aggregation_rule: null, rule } },
    kubernetes_role_binding: { this: { role_ref: { name: "a" }, subject: [] } },
    kubernetes_network_policy_v1: { this: { spec } },
  });
});
