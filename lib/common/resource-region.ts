/** The argument `region` of resources of the AWS provider. */

/**
 * Types whose `region` argument is the subject of a setting, not the location of the resource. Both major versions of the
 * provider have these arguments. On every other type, only version 6 has `region`: the region of the resource.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
const ABOUT_A_REGION: ReadonlySet<string> = new Set([
  "aws_cloudformation_stack_set_instance",
  "aws_config_aggregate_authorization",
  "aws_servicequotas_template",
]);

/** Whether the type's argument `region` overrides the region of the provider configuration. */
export function isPlacedByRegion(type: string): boolean {
  return type.startsWith("aws_") && !ABOUT_A_REGION.has(type);
}
