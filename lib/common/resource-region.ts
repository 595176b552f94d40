/** The argument `region` of resources of the AWS provider. */

/**
 * Types whose `region` is what they are about, and not where they are: a setting for another region. Both major versions of
 * the provider have them; on every other type, version 6 alone has a `region`, which says where the resource is.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
const ABOUT_A_REGION: ReadonlySet<string> = new Set([
  "aws_cloudformation_stack_set_instance",
  "aws_config_aggregate_authorization",
  "aws_servicequotas_template",
]);

/** Whether an argument `region` of the type moves the resource out of the region of its provider configuration. */
export function isPlacedByRegion(type: string): boolean {
  return type.startsWith("aws_") && !ABOUT_A_REGION.has(type);
}
