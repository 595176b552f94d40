/** The address of a cluster and the certificates that it is recognized by, as data of an environment. */
import { InputError } from "../common/errors";

export interface ClusterConnection {
  readonly endpoint: string;
  /** Certificates as PEM in base64, as EKS has them. */
  readonly certificateAuthority: string;
}

const CERTIFICATES = /^(?:-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]+\n)+-----END CERTIFICATE-----\n?)+$/;

/**
 * Arguments of the providers `kubernetes` and `helm`. Both take another text without an error, and then trust no server or the
 * wrong one.
 * @param place file of the environment
 * @throws InputError for an endpoint that is not of EKS in the region, or an authority that is no certificate
 */
export function clusterConnection(
  place: string,
  { endpoint, certificateAuthority }: ClusterConnection,
  { region, clusterName }: { readonly region: string; readonly clusterName: string },
) {
  const problems: string[] = [];
  const address = new RegExp(`^https://[0-9A-F]{32}\\.[a-z0-9]+\\.${region}\\.eks\\.amazonaws\\.com$`);
  if (!address.test(endpoint)) {
    problems.push(
      `cluster.endpoint: got ${JSON.stringify(endpoint)}; allowed: the endpoint of an EKS cluster in ${region}, ` +
        `such as https://0123456789ABCDEF0123456789ABCDEF.gr7.${region}.eks.amazonaws.com`,
    );
  }
  const clusterCaCertificate = Buffer.from(certificateAuthority, "base64").toString();
  if (!CERTIFICATES.test(clusterCaCertificate)) {
    const got = JSON.stringify(`${certificateAuthority.slice(0, 40)}…`);
    problems.push(`cluster.certificateAuthority: got ${got}; allowed: certificates as PEM in base64, as EKS has them`);
  }
  if (problems.length > 0) throw new InputError(place, problems);
  // CDKTF writes the names of environment variables in lower case, so that the region is an argument.
  const args = ["eks", "get-token", "--cluster-name", clusterName, "--region", region];
  const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args };
  return { host: endpoint, clusterCaCertificate, exec };
}
