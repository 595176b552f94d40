/** The endpoints of a migration: credentials from secrets, and certificates that are verified. */
import { DmsCertificate } from "@cdktf/provider-aws/lib/dms-certificate";
import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { condition, type Expression, policyDocument, type Ref, resource, serviceTrust } from "../../lib";

interface Database {
  readonly name: string;
  readonly secretName: string;
  readonly caCertificatePem: string;
}

interface Endpoints {
  readonly arnPartition: Expression<string>;
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
  readonly sourceDatabase: Ref<Database & { readonly engine: "mariadb" | "mysql" | "postgres" | "sqlserver" }>;
  readonly targetDatabase: Ref<Database>;
}

export function endpoints(scope: Construct, input: Endpoints, kmsKeyArn: Expression<string>) {
  const { name, accountId, region } = input;
  const secretArn = (secretName: Expression<string>) =>
    `arn:${input.arnPartition}:secretsmanager:${region}:${accountId}:secret:${secretName}`;
  const arns = {
    source: secretArn(input.sourceDatabase.secretName),
    target: secretArn(input.targetDatabase.secretName),
  };
  const role = resource(scope, IamRole, "secrets", {
    name: `${name}-secrets`,
    description: "Lets DMS read the credentials of the migration",
    assumeRolePolicy: serviceTrust(scope, "secrets_trust", `dms.${region}.amazonaws.com`, accountId),
    permissionsBoundary: input.permissionsBoundaryArn,
  });
  /** A secret's ARN ends with a hyphen and six characters that Secrets Manager chooses. */
  const policy = resource(scope, IamRolePolicy, "secrets", {
    name: "read-secrets",
    role: role.name,
    policy: policyDocument(scope, "secrets_policy", [
      {
        Sid: "ReadCredentials",
        Effect: "Allow",
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: [`${arns.source}-??????`, `${arns.target}-??????`],
      },
      {
        Sid: "DecryptCredentials",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
      },
      { Sid: "FindKey", Effect: "Allow", Action: "kms:DescribeKey", Resource: kmsKeyArn },
    ]),
  });
  const endpoint = (
    side: "source" | "target",
    engineName: Expression<string> | "postgres",
    databaseName: Expression<string | null>,
    { caCertificatePem }: Ref<Database>,
  ) => {
    const certificate = resource(scope, DmsCertificate, side, {
      certificateId: `${name}-${side}`,
      certificatePem: caCertificatePem,
    });
    return resource(scope, DmsEndpoint, side, {
      endpointId: `${name}-${side}`,
      endpointType: side,
      engineName,
      databaseName,
      secretsManagerArn: arns[side],
      secretsManagerAccessRoleArn: role.arn,
      sslMode: "verify-full",
      certificateArn: certificate.certificateArn,
      kmsKeyArn,
      dependsOn: [policy],
    });
  };
  const { sourceDatabase: source, targetDatabase: target } = input;
  /** DMS finds the schemas of these engines by the table mappings. The provider does not send a name beside a secret. */
  const isOfServer = condition`contains(["mariadb", "mysql"], ${source.engine})`;
  return {
    source: endpoint("source", source.engine, isOfServer<string | null>(null, source.name), source),
    target: endpoint("target", "postgres", target.name, target),
  };
}
