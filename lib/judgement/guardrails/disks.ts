/** Disks of every resource type that has disks, and whether they are encrypted. */
import type { ResourceInstance } from "../configuration";
import { type HclValue, isMapping } from "../hcl";
import { judgeAt, worst } from "./attributes";
import type { Verdict } from "./guardrail";
import { isAbsent, itemsAt } from "./values";

interface Disk {
  /** Path of the blocks that describe one disk each; "" for the resource itself. */
  readonly block: string;
  /** Path of the argument within a block. */
  readonly encrypted: string;
  /** The resource has a disk even without a block. */
  readonly always?: true;
  /**
   * Arguments that mark a block as no disk of its own: an instance store, a suppressed device, a snapshot that is
   * judged separately.
   */
  readonly unless?: readonly string[];
}

const ROOT: Disk = { block: "root_block_device", encrypted: "encrypted", always: true };
const FURTHER: Disk = { block: "ebs_block_device", encrypted: "encrypted" };

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html */
const NO_DISK = ["no_device", "virtual_name"] as const;

/** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance#ebs-ephemeral-and-root-block-devices */
const MACHINES = {
  aws_instance: [ROOT, FURTHER],
  aws_launch_configuration: [ROOT, FURTHER],
  aws_launch_template: [{ block: "block_device_mappings", encrypted: "ebs.encrypted", always: true, unless: NO_DISK }],
  aws_spot_fleet_request: [
    { block: "launch_specification", encrypted: "root_block_device.encrypted" },
    { block: "launch_specification.ebs_block_device", encrypted: "encrypted" },
  ],
  aws_spot_instance_request: [ROOT, FURTHER],
} as const satisfies Readonly<Record<string, readonly Disk[]>>;

const VOLUMES = {
  aws_ami: [{ ...FURTHER, unless: ["snapshot_id"] }],
  aws_ami_copy: [{ block: "", encrypted: "encrypted" }],
  aws_dlm_lifecycle_policy: [
    { block: "policy_details.action.cross_region_copy", encrypted: "encryption_configuration.encrypted" },
    { block: "policy_details.schedule.cross_region_copy_rule", encrypted: "encrypted" },
  ],
  aws_ebs_snapshot_copy: [{ block: "", encrypted: "encrypted" }],
  aws_ebs_snapshot_import: [{ block: "", encrypted: "encrypted" }],
  aws_ebs_volume: [{ block: "", encrypted: "encrypted" }],
  aws_ecs_service: [{ block: "volume_configuration.managed_ebs_volume", encrypted: "encrypted" }],
  aws_imagebuilder_container_recipe: [
    { block: "instance_configuration.block_device_mapping", encrypted: "ebs.encrypted", unless: NO_DISK },
  ],
  aws_imagebuilder_image_recipe: [{ block: "block_device_mapping", encrypted: "ebs.encrypted", unless: NO_DISK }],
  aws_workspaces_workspace: [
    { block: "", encrypted: "root_volume_encryption_enabled" },
    { block: "", encrypted: "user_volume_encryption_enabled" },
  ],
} as const satisfies Readonly<Record<string, readonly Disk[]>>;

const DISKS: Readonly<Record<string, readonly Disk[]>> = { ...MACHINES, ...VOLUMES };

export const WITH_MACHINE_DISKS = Object.keys(MACHINES);
export const WITH_VOLUMES = Object.keys(VOLUMES);

/** Every disk of the resource is encrypted. */
export function encryptsDisks({ type, values }: ResourceInstance): Verdict {
  return worst(
    (DISKS[type] ?? []).flatMap(({ block, encrypted, always = false, unless = [] }) => {
      const disks = itemsAt(values, block).filter((disk) => disk !== null && !unless.some((name) => isSet(disk, name)));
      const all = disks.length === 0 && always ? [null] : disks;
      return all.map((disk) => judgeAt(disk, encrypted, isTrue, block === "" ? "" : `${block}.`));
    }),
  );
}

function isSet(block: HclValue, name: string): boolean {
  return isMapping(block) && !isAbsent(block[name] ?? null);
}

/** Launch templates use text for booleans of other resources. */
function isTrue(value: HclValue): boolean {
  return value === true || value === "true";
}
