/** Blocks that only modules from elsewhere may hold. */
import { blocksOf } from "../../../../lib/generator/module/hcl-blocks";
import { failure } from "../support";

const FILE = {
  module: {
    inner: [
      {
        source: "./inner",
        providers: { aws: "${aws.replica}" },
        depends_on: ["${aws_sqs_queue.this}"],
        name: "${var.name}",
      },
    ],
  },
  moved: [
    { from: "${aws_sqs_queue.a}", to: "${aws_sqs_queue.b[0]}" },
    { from: "${aws_sqs_queue.c}", to: "${aws_sqs_queue.d}" },
  ],
  terraform: [{ provider_meta: { aws: [{ user_agent: ["queue"] }] } }],
};

test("calls, moves and provider_meta of a module from elsewhere are written as Terraform JSON has them", () => {
  expect(blocksOf({ "main.tf": FILE, "moved.tf": { moved: [{ from: "${a.b}", to: "${a.c}" }] } }, "vendored")).toEqual({
    module: {
      inner: {
        source: "./inner",
        providers: { aws: "aws.replica" },
        depends_on: ["aws_sqs_queue.this"],
        name: "${var.name}",
      },
    },
    moved: [
      { from: "aws_sqs_queue.a", to: "aws_sqs_queue.b[0]" },
      { from: "aws_sqs_queue.c", to: "aws_sqs_queue.d" },
      { from: "a.b", to: "a.c" },
    ],
    terraform: { required_providers: {}, provider_meta: { aws: [{ user_agent: ["queue"] }] } },
  });
});

test("a module of the project may hold none of them", () => {
  const { message } = failure(() => blocksOf({ "main.tf": FILE }));
  expect(message).toContain("main.tf: got a block module; allowed: terraform, variable");
  expect(message).toContain("main.tf: got a block moved");
  expect(message).toContain("got provider_meta; allowed: required_version, required_providers");
});
