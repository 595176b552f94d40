/** Users: a pool of Cognito with its sign-in pages, and what programs need to verify its tokens. */
import { hcl, type ProviderAlias } from "../../lib";
import { AcmCertificate } from "../../modules/acm-certificate";
import { CognitoUserPool } from "../../modules/cognito-user-pool";
import { Route53Alias } from "../../modules/route53-alias";
import { type Context, hostsOf, signInPrefix } from "./context";

/**
 * @param edge provider of us-east-1, where Cognito takes the certificate of its pages; null in a standby, whose pages have a name
 * of Cognito
 */
export function identity(context: Context, edge: ProviderAlias | null) {
  const { root, environment, name } = context;
  const { account, signOn, sizing } = environment;
  const { signIn, website } = hostsOf(environment);
  const certificate = edge === null ? null : signInCertificate(context, edge, signIn);
  const pool = new CognitoUserPool(root, "users", {
    name: `${name}-users`,
    mfa: "on",
    signUp: "anyone",
    threatProtection: sizing.threatProtection,
    ...(certificate === null
      ? { domainPrefix: signInPrefix(environment, account.id) }
      : { domain: { name: signIn, certificateArn: certificate.arn } }),
    callbackUrls: [`https://${website}/signed-in`],
    logoutUrls: [`https://${website}/`],
    samlProviders: signOn,
  });
  if (edge !== null) {
    new Route53Alias(root, "sign_in_name", {
      name: signIn,
      zoneId: environment.zoneId,
      targetDnsName: pool.dnsName,
      targetZoneId: pool.dnsZoneId,
    });
  }
  root.output("sign_in_url", hcl<string>`format("https://%s", ${pool.domainName})`, "Sign-in pages of the users.");
  root.output("sign_in_client_id", pool.clientId, "Client of the website, for its build.");
  return { pool, certificate, tokens: { TOKEN_ISSUER: pool.issuerUrl, TOKEN_CLIENT_ID: pool.clientId } };
}

export type Identity = ReturnType<typeof identity>;

function signInCertificate({ root, environment }: Context, edge: ProviderAlias, domainName: string) {
  const inputs = { domainName, zoneId: environment.zoneId };
  return new AcmCertificate(root, "sign_in_certificate", inputs, { providers: { aws: edge } });
}
