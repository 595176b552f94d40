import { readPage } from "../../../../../lib/judgement/guardrails/types/documentation";
import { markOfDescription } from "../../../../../lib/judgement/guardrails/types/marks";

const PAGE = `---
page_title: "AWS: aws_shop_cluster"
---

# Resource: aws_shop_cluster

Provides a cluster.

* not an argument

## Argument Reference

* \`name\` - (Required) Name of the cluster. It is
  unique.
* \`in_transit\` - (Optional, Forces new resource) How clients [connect](https://example.com): \`TLS\` or
  \`PLAINTEXT\`. Default is \`TLS\`.

### broker Block

- \`broker.mode\` - (Optional) Mode of a broker.
- \`name\` - (Optional) Name of the broker.

## Attribute Reference

* \`arn\` - ARN of the cluster, which is public.
`;

test("a page gives the first sentence of each argument's descriptions", () => {
  const [type, page] = readPage("shop_cluster.html.markdown", PAGE) ?? [];
  expect(type).toBe("aws_shop_cluster");
  expect(page?.name).toBe("shop_cluster");
  expect(page?.sentences).toEqual(
    new Map([
      ["name", ["Name of the cluster", "Name of the broker."]],
      ["in_transit", ["How clients connect: TLS or PLAINTEXT"]],
      ["mode", ["Mode of a broker."]],
    ]),
  );
});

test("a page that is not about a resource gives nothing", () => {
  expect(readPage("guide.html.markdown", "# Upgrade\n\n* `name` - A name.\n")).toBeUndefined();
});

test.each([
  ["How clients connect: TLS or PLAINTEXT", "key"],
  ["ARN of the IAM role to assume", "role"],
  ["Whether the endpoint is publicly reachable", "public"],
  ["Number of days to retain events", "retention"],
  ["Whether to run with privileged rights", "protection"],
  ["Maximum size in GiB", undefined],
  ["The price protection threshold for Spot Instances", undefined],
  ["Whether to enable draining", undefined],
])("%s: %s", (sentence, mark) => {
  expect(markOfDescription(sentence)).toBe(mark);
});
