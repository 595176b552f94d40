export const CLUSTER_CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${"MIIB".repeat(16)}\nMIIB\n-----END CERTIFICATE-----\n`;

/** As EKS writes it. */
export const CLUSTER_AUTHORITY = Buffer.from(CLUSTER_CERTIFICATE).toString("base64");
