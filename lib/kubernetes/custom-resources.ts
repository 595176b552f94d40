/**
 * Custom resources as data, with the fields that this project uses. Their `apiVersion` is an output of the module that installs
 * the definition and the webhooks, so that the objects wait for both.
 */
import type { Value } from "../generator/expression/expression";

interface Meta {
  readonly apiVersion: Value<string>;
  readonly metadata: { readonly name: string; readonly namespace: Value<string> };
}

/** @see https://external-secrets.io/latest/api/secretstore/ */
export interface SecretStore extends Meta {
  readonly kind: "SecretStore";
  readonly spec: {
    readonly provider: {
      readonly aws: {
        readonly service: "SecretsManager" | "ParameterStore";
        readonly region: string;
        /** The service account has the role: the controller has none of its own. */
        readonly auth: { readonly jwt: { readonly serviceAccountRef: { readonly name: Value<string> } } };
      };
    };
  };
}

interface SecretKey {
  readonly secretKey: string;
  readonly remoteRef: {
    readonly key: string;
    readonly property?: string;
    /** Stage of a secret in Secrets Manager. */
    readonly version?: "AWSCURRENT" | "AWSPREVIOUS";
  };
  readonly sourceRef?: { readonly storeRef: { readonly kind: "SecretStore"; readonly name: string } };
}

/** @see https://external-secrets.io/latest/api/externalsecret/ */
export interface ExternalSecret extends Meta {
  readonly kind: "ExternalSecret";
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: "SecretStore"; readonly name: string };
    readonly target: {
      readonly name: string;
      readonly creationPolicy: "Owner";
      readonly deletionPolicy: "Retain";
      readonly template?: {
        readonly engineVersion: "v2";
        readonly data?: Readonly<Record<string, string>>;
        readonly templateFrom?: readonly { readonly target: "Data"; readonly literal: string }[];
      };
    };
    readonly data: readonly SecretKey[];
  };
}

/** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/ */
export interface TargetGroupBinding extends Meta {
  readonly kind: "TargetGroupBinding";
  readonly spec: {
    readonly serviceRef: { readonly name: Value<string>; readonly port: Value<number> };
    readonly targetGroupName: Value<string>;
    readonly targetType: "ip";
  };
}

/** @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Probe */
export interface Probe extends Meta {
  readonly kind: "Probe";
  readonly spec: {
    readonly jobName: string;
    readonly interval: string;
    readonly module: string;
    readonly prober: { readonly url: Value<string> };
    readonly targets: { readonly staticConfig: { readonly static: readonly string[] } };
  };
}

/** @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor */
export interface PodMonitor extends Meta {
  readonly kind: "PodMonitor";
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podMetricsEndpoints: readonly { readonly port: string }[];
  };
}

export type CustomResource = SecretStore | ExternalSecret | TargetGroupBinding | Probe | PodMonitor;
