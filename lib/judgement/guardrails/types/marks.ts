/**
 * Marks of arguments, derived from their names: which can change code, access, exposure, secrets, encryption, logging
 * or protection.
 */

export const MARKS = [
  "code",
  "logging",
  "secret",
  "policy",
  "role",
  "key",
  "network",
  "principal",
  "public",
  "retention",
  "protection",
  "enabled",
  "target",
] as const;

/** The possible effect of a change of the argument. `target` matters if it leads out of the account. */
export type Mark = (typeof MARKS)[number];

/** The last name of a path, in the order of `MARKS`: the first pattern that matches counts. */
const NAMED: Readonly<Record<Mark, RegExp>> = {
  /**
   * Environment variables with which a runtime loads code that its owner did not deploy.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
   */
  code: /^(AWS_LAMBDA_EXEC_WRAPPER|BASH_ENV|DOTNET_STARTUP_HOOKS|(_JAVA|JAVA_TOOL|JDK_JAVA)_OPTIONS|LD_(AUDIT|LIBRARY_PATH|PRELOAD)|NODE_(OPTIONS|PATH)|PERL5(LIB|OPT)|PYTHON(HOME|PATH|STARTUP)|RUBY(LIB|OPT))$/,
  logging: /(^|_)(logs?|logging|audit|trail|monitoring|insights?|notifications?|preload)(_|$)/,
  secret:
    /(^|_)(passwords?|passphrase|secrets?|tokens?|credentials?|(api|auth|private|shared|preshared|secret|access)_keys?)(_|$)/,
  policy: /(^|_)polic(y|ies)(_(arns?|bodies|body|documents?|json|names?|statements?|text))?$|(^|_)template_(body|url)$/,
  role: /(^|_)(roles?|instance_profile|permissions_boundary)(_(arns?|ids?|names?))?$/,
  key: /kms|secure_transport|security_(configuration|policy)|ca_cert|certificate|cipher|encrypt|https|signing|(^|_)(cmk|mtls|sse|ssl|tls)(_|$)|(^|_)key_(arns?|ids?)$/,
  network:
    /cidr|source_ip|ip_(address|allow|range|set)|(^|_)(ipc|network|pid)_mode$|(^|_)(egress|eni|gateway|ingress|nat|network_interface|peer|prefix_lists?|routes?|security_groups?|subnets?|vpc)(_|$)/,
  principal:
    /^key_name$|(^|_)(accounts?|account_ids?|key_pair(_name)?|user_groups?|grantees?|organization(al_unit)?_(arns?|ids?)|owners?|permissions?|principals?|ssh|trusted)(_|$)|authenti|authori[sz]|^(groups?|members?|users?)$/,
  public:
    /public|anonymous|local_infile|row_security|execute_command|hop_limit|internet|invalid_header|(^|_)access_mode$|(^|_)(acls?|cors|internal|origins?|scheme)(_|$)|^(allow|block|ignore|restrict)_/,
  retention: /retain|retention|recovery_period|(deletion|recovery)_window|(^|_)expir/,
  protection:
    /delet|mfa|minor_version|mutab|prevent|protect|security_mode|guardrail|privileged|root_(access|user)|(^|_)((object_)?lock|scan(ning)?|waf)(_|$)|^(bypass|enforce|force|skip)_/,
  enabled: /(^|_)(active|disabled?|enabled?|state|status)(_|$)/,
  target:
    /_actions$|(^|_)(addresses|arns?|destinations?|emails?|endpoints?|hosts?|layers|queues?|registr(?:y|ies)|recipients?|streams?|targets?|topics?|uris?|urls?|webhooks?)(_(arns?|ids?|uris?|urls?))?$/,
};

/**
 * The first sentence of an argument's description, in the order of `MARKS`. Most booleans "enable" something, which is
 * not a mark by itself.
 */
const DESCRIBED: Readonly<Record<Exclude<Mark, "code" | "enabled" | "target">, RegExp>> = {
  logging: /\b(logs?|logged|logging|audit|monitoring)\b/i,
  secret: /\b(passwords?|passphrase|secrets?|credentials?|(api|private) keys?|auth(entication|orization)? tokens?)\b/i,
  policy:
    /\b(IAM|access|bucket|endpoint|identity|key|resource|session|trust)[- ](based )?polic(y|ies)\b|\bpolicy document\b/i,
  role: /\b(IAM|execution|service) roles?\b|\binstance profile\b|\bassumes?\b.*\broles?\b/i,
  key: /encrypt|\b(certificates?|HTTPS|KMS|SSL|TLS)\b/i,
  network: /\b(CIDR|IP (address(es)?|ranges?)|security groups?|subnets?|VPC)\b/i,
  principal: /\b(AWS accounts?|account ids?|cross-account|grantees?|principals?)\b/i,
  public: /\b(anonymous|internet-facing|public(ly)?|unauthenticated)\b/i,
  retention: /\bretain|\bretention\b/i,
  protection:
    /\b(MFA|malware|permanently|scan(s|ned|ning)?)\b|\bprevents?\b|(?<!price )\bprotect|\bprivileged\b|\broot (access|user)\b/i,
};

/** Names of arguments that describe a resource for people, on every type. */
export const FOR_PEOPLE = /^(tags|tags_all)$|(^|_)(comment|description)$/;

/** @param path nested names from the resource down: `network_configuration.subnets` */
export function markOfName(path: string): Mark | undefined {
  const name = path.split(".").at(-1) ?? path;
  return FOR_PEOPLE.test(name) ? undefined : MARKS.find((mark) => NAMED[mark].test(name));
}

export function markOfDescription(text: string): Mark | undefined {
  return MARKS.find((mark) => mark !== "code" && mark !== "enabled" && mark !== "target" && DESCRIBED[mark].test(text));
}
