import { renderRoot } from "../../lib/generator/root/render";
import { RegionBaseline } from "../../modules/region-baseline";
import { contentOf, emitted, newRoot } from "../lib/generator/support";

test("new disks are encrypted, and every image is scanned when it is pushed", () => {
  expect(emitted(RegionBaseline, "main.tf.json")).toMatchObject({
    resource: {
      aws_ebs_encryption_by_default: { this: { enabled: true } },
      aws_ecr_registry_scanning_configuration: {
        this: {
          scan_type: "BASIC",
          rule: [{ scan_frequency: "SCAN_ON_PUSH", repository_filter: [{ filter: "*", filter_type: "WILDCARD" }] }],
        },
      },
    },
  });
});

test("a second region is a call with another provider configuration", () => {
  const root = newRoot();
  const aws = root.awsAlias("standby", "eu-west-1");
  new RegionBaseline(root, "first", {});
  new RegionBaseline(root, "second", {}, { providers: { aws } });
  expect(JSON.parse(contentOf(renderRoot(root), "environments/shop/dev/main.tf.json")).module).toEqual({
    first: { source: "../../../modules/region-baseline" },
    second: { source: "../../../modules/region-baseline", providers: { aws: "aws.standby" } },
  });
});
