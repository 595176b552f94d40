/** Security contexts that the Pod Security level `restricted` demands. */

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } as const;

interface User {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

/** `securityContext` of a pod in the values of a chart. */
export type PodSecurityContext = typeof RESTRICTED_POD & User;

/**
 * `runAsNonRoot` stands here, too: the Kubernetes provider sends `false` for a container that does not write it, which
 * overrides the value of the pod.
 */
export const RESTRICTED_CONTAINER = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  privileged: false,
  capabilities: { drop: ["ALL"] },
} as const;

/** `securityContext` of a container in the values of a chart. */
export type ContainerSecurityContext = typeof RESTRICTED_CONTAINER & User;
