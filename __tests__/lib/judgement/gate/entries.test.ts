/** What makes two entries of access the same, and what makes them different. */
import { groupRules, jsonText, statements } from "../../../../lib/judgement/gate/entries";
import { document } from "./standing-access";

const key = (statement: object) => statements(document(statement)).map((entry) => entry.key);
const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

test("principals of different kinds differ even if their texts are equal", () => {
  const kinds = ["AWS", "Service", "Federated", "CanonicalUser"];
  const keys = kinds.flatMap((kind) => key({ ...ALLOW, Principal: { [kind]: "*" } }));
  expect(new Set(keys).size).toBe(kinds.length);
  expect(key({ ...ALLOW, Principal: "*" })).toEqual(key({ ...ALLOW, Principal: { AWS: "*" } }));
});

test("an account equals its root user in each partition", () => {
  for (const partition of ["aws", "aws-cn", "aws-us-gov"]) {
    const root = { ...ALLOW, Principal: { AWS: `arn:${partition}:iam::111122223333:root` } };
    expect(key(root)).toEqual(key({ ...ALLOW, Principal: { AWS: ["111122223333"] } }));
  }
});

test("two resources differ from one resource whose name contains both", () => {
  const two = key({ ...ALLOW, Resource: ["arn:aws:s3:::a", "arn:aws:s3:::b"] });
  expect(key({ ...ALLOW, Resource: ["arn:aws:s3:::a, arn:aws:s3:::b"] })).not.toEqual(two);
  expect(key({ ...ALLOW, Resource: "arn:aws:s3:::a to *" })).not.toEqual(
    key({ ...ALLOW, Resource: "arn:aws:s3:::a", Principal: "*" }),
  );
});

test("repeated and reordered elements make no difference", () => {
  const one = key({ ...ALLOW, Action: ["s3:GetObject", "s3:PutObject"] });
  expect(key({ ...ALLOW, Action: ["s3:PutObject", "S3:GETOBJECT", "s3:GetObject"] })).toEqual(one);
});

test("a redrive policy with numbers as text is equal, and one for another queue differs", () => {
  const redrive = (queue: string, count: unknown) =>
    jsonText(JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:::${queue}`, maxReceiveCount: count }))[0]?.key;
  expect(redrive("Dead", "3")).toBe(redrive("Dead", 3));
  expect(redrive("Dead", 3)).not.toBe(redrive("dead", 3));
  const allow = (...sourceQueueArns: readonly string[]) => jsonText(JSON.stringify({ sourceQueueArns }))[0]?.key;
  expect(allow("a", "b")).toBe(allow("b", "a"));
});

test("names of protocols are case-insensitive", () => {
  const rule = (protocol: string) =>
    groupRules({ protocol, from_port: 1, to_port: 1, cidr_blocks: ["10.0.0.0/8"] }, "from", "sg-1")[0]?.key;
  expect(rule("TCP")).toBe(rule("6"));
  expect(rule("ALL")).toBe(rule("-1"));
  expect(rule("udp")).not.toBe(rule("tcp"));
});
