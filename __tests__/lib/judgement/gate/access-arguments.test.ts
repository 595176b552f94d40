/** The table of arguments that hold access, held against the provider's own schema. */
import { z } from "zod";
import { ACCESS_ARGUMENTS } from "../../../../lib/judgement/gate/access-arguments";
import { providerSchema } from "../../../support/provider-schema";
import { describeWithTerraform } from "../../../support/terraform-needed";

/** AWS reports arguments that are optional and computed where the source does not set them. */
const BLOCK = z.object({
  attributes: z
    .record(z.string(), z.object({ optional: z.boolean().optional(), computed: z.boolean().optional() }))
    .default({}),
  block_types: z.record(z.string(), z.unknown()).default({}),
});

type Block = z.infer<typeof BLOCK>;

const SCHEMAS = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), z.object({ block: BLOCK })) }),
  ),
});

/** Names of documents, rules, routes, and sets of rights. */
const HOLDS_ACCESS =
  /^(.*_)?polic(y|ies)$|^(in|e)gress$|^route$|_policy_arns$|^iam_roles$|_principals$|^route_table_ids$|^propagating_vgws$/;

/** Named like access, and none that anybody could be given. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "aws_alb_listener.ssl_policy": "versions of TLS",
  "aws_api_gateway_domain_name.security_policy": "versions of TLS",
  "aws_bedrockagent_data_source.data_deletion_policy": "what happens to data on deletion",
  "aws_chatbot_slack_channel_configuration.guardrail_policy_arns": "limits access",
  "aws_chatbot_teams_channel_configuration.guardrail_policy_arns": "limits access",
  "aws_fsx_lustre_file_system.auto_import_policy": "which files are imported",
  "aws_fsx_ontap_file_system.route_table_ids": "compared with what it was: routes into the file system's own subnets",
  "aws_fsx_ontap_volume.snapshot_policy": "when snapshots are made",
  "aws_fsx_openzfs_file_system.route_table_ids": "compared with what it was: routes into the file system's own subnets",
  "aws_gamelift_game_server_group.game_server_protection_policy": "which game servers may end",
  "aws_lb_listener.ssl_policy": "versions of TLS",
  "aws_redshiftserverless_namespace.iam_roles": "compared with what it was: no resource adds to it",
  "aws_ses_receipt_rule.tls_policy": "versions of TLS",
  "aws_vpc_endpoint_policy.policy": "the resource that sets it: an apply sets back what the source says",
};

describeWithTerraform("arguments that hold access", () => {
  let types: ReadonlyMap<string, Block>;

  beforeAll(async () => {
    const schemas = SCHEMAS.parse(JSON.parse(await providerSchema()));
    const resources = Object.values(schemas.provider_schemas).flatMap((one) => Object.entries(one.resource_schemas));
    types = new Map(resources.map(([type, { block }]) => [type, block]));
  }, 60_000);

  test("each access argument of the provider's schema is in the table, or is listed with a reason", () => {
    const candidates = [...types].flatMap(([type, { attributes }]) =>
      Object.entries(attributes)
        .filter(([name, { optional, computed }]) => optional === true && computed === true && HOLDS_ACCESS.test(name))
        .map(([name]) => `${type}.${name}`),
    );
    const table = Object.entries(ACCESS_ARGUMENTS).flatMap(([type, all]) =>
      all.filter(({ argument }) => !isBlock(type, argument)).map(({ argument }) => `${type}.${argument}`),
    );
    expect(candidates.sort()).toEqual([...table, ...Object.keys(OTHERWISE)].sort());
  });

  /** The schema does not tell which blocks are computed, so that they are no candidates. */
  const isBlock = (type: string, name: string) => name in (types.get(type)?.block_types ?? {});

  test("each resource that explains access has the arguments that the table names", () => {
    for (const [type, all] of Object.entries(ACCESS_ARGUMENTS)) {
      for (const { argument, explainedBy } of all) {
        const block = types.get(type);
        expect({ ...block?.attributes, ...block?.block_types }).toHaveProperty(argument);
        for (const { type: other, of } of explainedBy) expect(types.get(other)?.attributes).toHaveProperty(of);
      }
    }
  });
});
