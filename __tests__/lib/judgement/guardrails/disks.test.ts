import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { encryptsDisks } from "../../../../lib/judgement/guardrails/disks";
import { type HclValue, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";

type Values = { readonly [argument: string]: HclValue };

const yes = { encrypted: true };
const no = { encrypted: false };
const machine = (root: HclValue, further: HclValue = []) => ({ root_block_device: root, ebs_block_device: further });
const mapping = (ebs: Values, more: Values = {}) => ({ ebs: [ebs], ...more });
const store = { device_name: "/dev/sdb", virtual_name: "ephemeral0" };
const copies = (encrypted: boolean) => ({
  policy_details: [{ schedule: [{ cross_region_copy_rule: [{ encrypted }] }] }],
});

test.each<[type: string, encrypted: Values, not: readonly Values[]]>([
  [
    "aws_instance",
    machine([yes], [yes, yes]),
    [machine([yes], [yes, no]), machine([yes], [{}]), machine([], [yes]), machine([no]), {}],
  ],
  ["aws_spot_instance_request", machine([yes]), [machine([yes], [{ snapshot_id: "snap-1" }]), {}]],
  ["aws_launch_configuration", machine([yes]), [machine([yes], [no])]],
  [
    "aws_launch_template",
    {
      block_device_mappings: [
        mapping({ encrypted: "true" }),
        store,
        { device_name: "/dev/sdc", no_device: "", virtual_name: "ephemeral1" },
      ],
    },
    [
      { block_device_mappings: [mapping({ encrypted: "true" }), mapping({ snapshot_id: "snap-1" })] },
      { block_device_mappings: [mapping({ encrypted: "false" })] },
      {},
    ],
  ],
  [
    "aws_spot_fleet_request",
    { launch_specification: [machine([yes], [yes])] },
    [{ launch_specification: [machine([yes]), machine([yes], [no])] }, { launch_specification: [{}] }],
  ],
  ["aws_ebs_volume", yes, [no, {}]],
  ["aws_ebs_snapshot_copy", yes, [no, {}]],
  ["aws_ebs_snapshot_import", yes, [{}]],
  ["aws_ami", { ebs_block_device: [yes, { snapshot_id: "snap-1" }] }, [{ ebs_block_device: [yes, {}] }]],
  ["aws_ami_copy", yes, [{}]],
  ["aws_dlm_lifecycle_policy", copies(true), [copies(false)]],
  [
    "aws_ecs_service",
    { volume_configuration: [{ managed_ebs_volume: [yes] }] },
    [{ volume_configuration: [{ managed_ebs_volume: [{ snapshot_id: "snap-1" }] }] }],
  ],
  ["aws_ecs_service", {}, []],
  [
    "aws_imagebuilder_image_recipe",
    { block_device_mapping: [mapping({ encrypted: "true" })] },
    [{ block_device_mapping: [mapping({})] }],
  ],
  [
    "aws_imagebuilder_container_recipe",
    {},
    [{ instance_configuration: [{ block_device_mapping: [mapping({ encrypted: "false" })] }] }],
  ],
  [
    "aws_workspaces_workspace",
    { root_volume_encryption_enabled: true, user_volume_encryption_enabled: true },
    [{ root_volume_encryption_enabled: true }, { user_volume_encryption_enabled: true }],
  ],
])("every disk of %s is encrypted", (type, encrypted, not) => {
  expect(encryptsDisks(resourceOf(type, encrypted)).outcome).toBe("holds");
  for (const values of not) expect(encryptsDisks(resourceOf(type, values)).outcome).toBe("broken");
});

test("a disk is unknown if its encryption is known only after the apply", () => {
  const further = resourceOf("aws_instance", machine([yes], new Unknown()));
  expect(encryptsDisks(further)).toEqual({
    outcome: "unknown",
    got: "ebs_block_device.encrypted = (known after apply)",
  });
});

test("exactly one row looks at every type with disks", () => {
  const types = GUARDRAILS.filter(({ id }) => id === "instance-disk-encrypted" || id === "ebs-encrypted").flatMap(
    (row) => row.types,
  );
  expect(types).toHaveLength(new Set(types).size);
  expect(types).toEqual(expect.arrayContaining(["aws_spot_fleet_request", "aws_ebs_snapshot_copy", "aws_ami_copy"]));
});
