import fc from "fast-check";
import {
  CALLER,
  type ConditionSubject,
  PASSED_TO,
  PERSON,
  RESOURCE,
  SOURCE,
} from "../../../../lib/judgement/guardrails/condition-keys";
import { restricts } from "../../../../lib/judgement/guardrails/conditions";
import { statementsOf } from "../../../../lib/judgement/guardrails/policies";
import { type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";

function answer(Condition: HclValue, subject: ConditionSubject): boolean | Unknown {
  const statements = statementsOf({ Statement: { Effect: "Allow", Condition } });
  const [statement] = statements instanceof Unknown ? [] : statements;
  return statement === undefined ? new Unknown() : restricts(statement, subject);
}

const account = new Reference("module.call.data.aws_caller_identity.current", "account_id");

describe("a condition restricts callers", () => {
  test.each<[operator: string, key: string, values: HclValue]>([
    ["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringEqualsIgnoreCase", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*"],
    ["StringEquals", "aws:PrincipalAccount", ["111111111111", "222222222222"]],
    ["StringEquals", "aws:SourceAccount", account],
    ["StringEquals", "aws:SourceAccount", 111111111111],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/*"],
    ["ArnLike", "aws:SourceArn", "arn:aws:ecs:*:111111111111:*"],
    ["ArnEquals", "aws:SourceArn", "arn:aws:s3:::documents"],
    ["ArnLike", "aws:SourceArn", new PartialText(["arn:aws:ecs:us-east-1:", account, ":*"])],
    ["ArnEquals", "aws:SourceArn", new Reference("module.call.aws_sns_topic.this", "arn")],
    ["StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d"],
    ["StringLike", "aws:userid", "AROAEXAMPLEID:*"],
    ["IpAddress", "aws:SourceIp", ["203.0.113.0/24", "2001:db8::/48"]],
    ["IpAddress", "aws:SourceIp", "203.0.113.7"],
    ["StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"],
    ["StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"],
  ])("by %s on %s with %j", (operator, key, values) => {
    expect(answer({ [operator]: { [key]: values } }, CALLER)).toBe(true);
  });

  test("a key that may be absent, if another condition requires it", () => {
    const required = { Null: { "AWS:PrincipalOrgID": "false" } };
    for (const operator of ["StringEqualsIfExists", "ForAllValues:StringEquals"]) {
      expect(answer({ [operator]: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }, ...required }, CALLER)).toBe(true);
    }
  });
});

describe("a condition restricts no callers", () => {
  test.each<[operator: string, key: string, values: HclValue]>([
    ["StringLike", "aws:PrincipalOrgID", "o-*"],
    ["StringLike", "aws:PrincipalOrgID", "**"],
    ["StringEquals", "aws:PrincipalOrgID", "*"],
    ["StringLike", "aws:PrincipalOrgID", ["o-a1b2c3d4e5", "o-*"]],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*/r-ab12/*"],
    ["StringLike", "aws:PrincipalAccount", "????????????"],
    ["StringLike", "aws:PrincipalAccount", "1*"],
    ["StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}"],
    ["StringEquals", "aws:PrincipalAccount", "${ aws:principalaccount }"],
    ["StringEquals", "aws:PrincipalAccount", "${aws:PrincipalTag/account, '111111111111'}"],
    ["StringEquals", "aws:SourceAccount", "${aws:PrincipalAccount}"],
    ["StringEquals", "aws:SourceVpc", "${aws:PrincipalTag/vpc}"],
    ["StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount, '*'}"],
    ["IpAddress", "aws:SourceIp", [new Unknown(), "0.0.0.0/0"]],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:*"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/deploy"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::????????????:root"],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/deploy"],
    ["ArnLike", "aws:PrincipalArn", "arn:*"],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"],
    ["ArnLike", "aws:SourceArn", new PartialText(["arn:aws:iam::*:role/", account])],
    ["StringLike", "aws:userid", "*:session"],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["IpAddress", "aws:SourceIp", "::/0"],
    ["IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["IpAddress", "aws:SourceIp", Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`)],
    ["IpAddress", "aws:SourceIp", "anywhere"],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24"],
    ["StringNotEquals", "aws:PrincipalAccount", "111111111111"],
    ["StringEqualsIfExists", "aws:PrincipalAccount", "111111111111"],
    ["ForAllValues:StringEquals", "aws:PrincipalAccount", "111111111111"],
    ["Null", "aws:PrincipalOrgID", "false"],
    ["Bool", "aws:SecureTransport", "true"],
    ["Bool", "aws:PrincipalIsAWSService", "true"],
    ["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"],
    ["NumericLessThan", "aws:MultiFactorAuthAge", "3600"],
    ["StringEquals", "aws:PrincipalTag/team", "shop"],
    ["StringEquals", "aws:username", "ana"],
    ["StringEquals", "aws:UserAgent", "secret"],
    ["StringEquals", "aws:RequestedRegion", "us-east-1"],
    ["StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"],
    ["StringEquals", "aws:PrincipalAccount", []],
    ["StringEquals", "aws:PrincipalAccount", null],
    ["StringEquals", "aws:PrincipalAccount", ""],
  ])("by %s on %s with %j", (operator, key, values) => {
    expect(answer({ [operator]: { [key]: values } }, CALLER)).toBe(false);
  });
});

describe("a condition is unknown before the apply", () => {
  test.each<[what: string, condition: HclValue]>([
    ["the condition", new Unknown()],
    ["the keys of an operator", { StringEquals: new Unknown() }],
    ["a value", { StringEquals: { "aws:SourceAccount": new Unknown() } }],
    ["an address", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", new Unknown()] } }],
    ["a part of a value", { ArnLike: { "aws:SourceArn": new PartialText(["arn:aws:ecs:*:", new Unknown(), ":*"]) } }],
  ])("if %s is unknown", (_what, condition) => {
    expect(answer(condition, CALLER)).toBeInstanceOf(Unknown);
  });

  test("unless another value allows everybody, or another condition restricts the callers", () => {
    expect(answer({ StringLike: { "aws:SourceAccount": [new Unknown(), "*"] } }, CALLER)).toBe(false);
    const fixed = { "aws:SourceAccount": new Unknown(), "aws:SourceOrgID": "o-a1b2c3d4e5" };
    expect(answer({ StringEquals: fixed }, CALLER)).toBe(true);
  });
});

test.each<[subject: string, key: string, restricting: HclValue, other: HclValue, of: ConditionSubject]>([
  ["the source of a service", "aws:SourceArn", "arn:aws:ecs:us-east-1:111111111111:*", "arn:aws:ecs:*:*:*", SOURCE],
  ["people", "sts:ExternalId", "0b9f", "*", PERSON],
  ["people", "aws:MultiFactorAuthPresent", "true", ["true", "false"], PERSON],
  ["the service that receives a role", "iam:PassedToService", "ecs-tasks.amazonaws.com", "*.amazonaws.com", PASSED_TO],
  ["resources", "aws:ResourceAccount", "${aws:PrincipalAccount}", "${aws:ResourceAccount}", RESOURCE],
  ["resources", "aws:ResourceTag/team", "${aws:PrincipalTag/team}", "*", RESOURCE],
  ["resources", "ec2:ResourceTag/team", "shop", "*", RESOURCE],
  ["resources", "kms:ViaService", "s3.us-east-1.amazonaws.com", "*", RESOURCE],
  ["resources", "ses:FromAddress", "*@shop.example", "shop@*", RESOURCE],
  ["resources", "ecs:cluster", "arn:aws:ecs:us-east-1:111111111111:cluster/shop", "*", RESOURCE],
])("%s: %s restricts by %j and not by %j", (_subject, key, restricting, other, subject) => {
  expect(answer({ StringLike: { [key]: restricting } }, subject)).toBe(true);
  expect(answer({ StringLike: { [key]: other } }, subject)).toBe(false);
});

test.each([
  ["Bool", "aws:SecureTransport", "true"],
  ["NumericGreaterThanEquals", "s3:TlsVersion", "1.2"],
  ["StringEquals", "s3:authType", "REST-HEADER"],
  ["DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"],
  ["StringEquals", "aws:PrincipalAccount", "111111111111"],
  ["StringEquals", "aws:RequestedRegion", "us-east-1"],
  ["StringEquals", "ec2:Region", "us-east-1"],
  ["ArnLike", "ecs:cluster", "arn:aws:ecs:*:*:cluster/*"],
  ["ArnEquals", "lambda:SourceFunctionArn", "arn:aws:lambda:us-east-1:111111111111:function:a"],
  ["ArnEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:111111111111:key/a"],
  ["IpAddress", "aws:SourceIp", "203.0.113.0/24"],
])("%s on %s restricts no resources", (operator, key, value) => {
  expect(answer({ [operator]: { [key]: value } }, RESOURCE)).toBe(false);
});

test("keys and operators mean the same in any case", () => {
  const cases = [
    [CALLER, "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
    [CALLER, "StringEqualsIfExists", "aws:PrincipalAccount", "111111111111"],
    [CALLER, "IpAddress", "aws:SourceIp", "203.0.113.0/24"],
    [PERSON, "Bool", "aws:MultiFactorAuthPresent", "TRUE"],
    [RESOURCE, "StringEquals", "ec2:ResourceTag/team", "shop"],
  ] as const;
  fc.assert(
    fc.property(
      fc
        .constantFrom(...cases)
        .chain(([subject, operator, key, value]) =>
          fc.tuple(
            fc.constant({ subject, value, expected: answer({ [operator]: { [key]: value } }, subject) }),
            fc.mixedCase(fc.constant(operator)),
            fc.mixedCase(fc.constant(key)),
          ),
        ),
      ([{ subject, value, expected }, operator, key]) => answer({ [operator]: { [key]: value } }, subject) === expected,
    ),
  );
});
