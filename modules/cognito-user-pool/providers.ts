/** Identity providers that users sign in with instead of a password. */
import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { Construct } from "constructs";
import { type Expression, type Resource, resourceForEach, text } from "../../lib";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html */
export const PROVIDER_NAME = text(/^[A-Za-z][A-Za-z0-9-]{2,31}$/, "3 to 32 letters, digits and hyphens", "no");

type SamlProviders = Expression<Record<string, { readonly metadataUrl: string; readonly emailAttribute: string }>>;

export function samlProviders(scope: Construct, pool: Resource<CognitoUserPool>, providers: SamlProviders) {
  return resourceForEach(scope, CognitoIdentityProvider, "saml", providers, (provider, name) => ({
    userPoolId: pool.id,
    providerName: name,
    providerType: "SAML",
    providerDetails: { MetadataURL: provider.metadataUrl, IDPSignout: "true" },
    attributeMapping: { email: provider.emailAttribute },
    lifecycle: { ignoreChanges: ADDED },
  }));
}

/** Cognito adds these from the metadata, and refuses the first one in a request. */
const ADDED = [
  'providerDetails["ActiveEncryptionCertificate"]',
  'providerDetails["SLORedirectBindingURI"]',
  'providerDetails["SSORedirectBindingURI"]',
] as const;
