/** Values that take the place of what data sources read, in plans that are made without an account. */
import { TerraformDataSource, type TerraformElement } from "cdktf";

interface Source {
  /** Address in the module: `data.aws_ami.this`. */
  readonly address: string;
  readonly type: string;
  /** Attributes that the block itself sets. */
  readonly arguments: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly reads: Set<string>;
}

export class StandIns {
  private readonly sources = new Map<TerraformElement, Source>();

  add(element: TerraformElement, source: Omit<Source, "reads">): void {
    this.sources.set(element, { ...source, reads: new Set() });
  }

  /** Records that the module reads an attribute. @param name in Terraform's spelling */
  addRead(element: TerraformElement, name: string): void {
    if (element instanceof TerraformDataSource) this.sources.get(element)?.reads.add(name);
  }

  /** Data sources without a value for an attribute that the module reads. */
  get missing(): readonly { readonly address: string; readonly attributes: readonly string[] }[] {
    return [...this.sources.values()]
      .filter((source) => isReplaced(source) || !ANSWERED_LOCALLY.has(source.type))
      .map(({ address, reads, values, arguments: own }) => ({
        address,
        attributes: [...reads].filter((name) => !(name in values) && !own.includes(name)),
      }))
      .filter(({ attributes }) => attributes.length > 0);
  }

  /** Values of the data sources that an offline plan replaces, by address. */
  get values(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    const replaced = [...this.sources.values()].filter(
      (source) => isReplaced(source) || !ANSWERED_LOCALLY.has(source.type),
    );
    return Object.fromEntries(replaced.map(({ address, values }) => [address, values]));
  }
}

function isReplaced({ values }: Source): boolean {
  return Object.keys(values).length > 0;
}

/**
 * Data sources that the AWS provider answers from its own tables or its configuration, without a request. They need no
 * stand-ins.
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/internal/service/meta
 */
const ANSWERED_LOCALLY: ReadonlySet<string> = new Set([
  "aws_arn",
  "aws_billing_service_account",
  "aws_cloudfront_log_delivery_canonical_user_id",
  "aws_cloudtrail_service_account",
  "aws_default_tags",
  "aws_elastic_beanstalk_hosted_zone",
  "aws_elb_hosted_zone_id",
  "aws_elb_service_account",
  "aws_iam_policy_document",
  "aws_lb_hosted_zone_id",
  "aws_partition",
  "aws_redshift_service_account",
  "aws_region",
  "aws_sagemaker_prebuilt_ecr_image",
  "aws_service",
  "aws_service_principal",
]);
