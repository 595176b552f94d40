import { addressIn } from "../../../../lib/generator/root/state-address";

test.each([
  ["aws_s3_bucket.docs_bucket_D8583716", { modules: [], type: "aws_s3_bucket", name: "docs_bucket_D8583716" }],
  [
    'module.docs.aws_subnet.this["private/a"]',
    { modules: ["docs"], type: "aws_subnet", name: "this", key: "private/a" },
  ],
  ['module.a["x"].module.b[0].aws_vpc.this[1]', { modules: ["a", "b"], type: "aws_vpc", name: "this", key: 1 }],
])("%s is an address", (text, address) => {
  expect(addressIn(text)).toEqual(address);
});

test.each([
  "",
  "docs",
  "module.docs",
  "module",
  "aws_vpc.this.id",
  "aws_vpc.this[each.key]",
  'aws_vpc["a"].this',
  "aws_vpc.this + 1",
  "aws_vpc.this[",
  'aws_vpc.this["a"]["b"]',
])("%s is none", (text) => {
  expect(addressIn(text)).toBeUndefined();
});
