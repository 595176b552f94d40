/**
 * Forms that makers of secrets gave them. No pattern takes more than linear time: each begins with fixed text or at the
 * edge of a word, and each repetition is bounded. Without a bound, V8 also runs out of stack on values of megabytes.
 *
 * secretlint's recommended rules know fewer forms, and loading them takes 0.1 s at each command. A test holds this table
 * against what they find.
 */

export const FORMS: readonly { readonly form: string; readonly pattern: RegExp }[] = [
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  { form: "an AWS access key id", pattern: /\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}\b/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7468#section-10 */
  { form: "a private key", pattern: /-----BEGIN ?[A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-\d/ },
  /** @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
  {
    form: "a GitHub token",
    pattern: /gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|:x-oauth-basic@github\.com/,
  },
  /** @see https://docs.gitlab.com/security/tokens/#token-prefixes */
  { form: "a GitLab token", pattern: /gl(?:pat|dt|rt|ptt|agent|soat)-[\w-]{20}/ },
  /** @see https://docs.slack.dev/authentication/tokens */
  { form: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10}|\bxapp-[A-Za-z0-9-]{10}/ },
  /** @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
  {
    form: "a Slack webhook",
    pattern: /hooks\.slack\.com\/(?:services|workflows)\/T[a-zA-Z0-9]{1,40}\/[AB][a-zA-Z0-9]{1,40}\/[a-zA-Z0-9]/i,
  },
  /** @see https://docs.stripe.com/keys */
  { form: "a Stripe live key", pattern: /\b[sr]k_live_[A-Za-z0-9]{16}|\bwhsec_[A-Za-z0-9+/]{24}/ },
  /** @see https://docs.npmjs.com/about-access-tokens */
  { form: "an npm token", pattern: /npm_[A-Za-z0-9_]{36}/ },
  /** @see https://platform.claude.com/docs/en/api/overview */
  { form: "an Anthropic key", pattern: /sk-ant-[a-z]{2,8}\d\d-[\w-]{20}/ },
  /** @see https://platform.openai.com/docs/api-reference/authentication */
  { form: "an OpenAI key", pattern: /sk-[\w-]{20,100}T3BlbkFJ[\w-]{20}/ },
  /** @see https://cloud.google.com/docs/authentication/api-keys */
  { form: "a Google API key", pattern: /AIza[\w-]{35}/ },
  /** @see https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys */
  { form: "a SendGrid key", pattern: /\bSG\.[\w-]{16,64}\.[\w-]{16}/ },
  /** @see https://shopify.dev/docs/apps/build/authentication-authorization */
  { form: "a Shopify token", pattern: /shp(?:pa|ca|at|ss)_[a-zA-Z0-9]{32}/ },
  /** @see https://huggingface.co/docs/hub/security-tokens */
  { form: "a Hugging Face token", pattern: /\bhf_[a-zA-Z]{34}/ },
  /** @see https://linear.app/developers/graphql */
  { form: "a Linear key", pattern: /lin_api_[a-zA-Z0-9_]{32}/ },
  /** @see https://developers.notion.com/reference/authentication */
  { form: "a Notion token", pattern: /ntn_[0-9]{11}[A-Za-z0-9]{35}/ },
  /** @see https://console.groq.com/docs/quickstart */
  { form: "a Groq key", pattern: /gsk_[a-zA-Z0-9]{52}/ },
  /** @see https://grafana.com/docs/grafana/latest/administration/service-accounts/ */
  { form: "a Grafana token", pattern: /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|\bglc_[A-Za-z0-9+/]{32}/ },
  /** @see https://developer.1password.com/docs/service-accounts/ */
  { form: "a 1Password token", pattern: /ops_ey[A-Za-z0-9+/=]{100}/ },
  /** @see https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes */
  { form: "a Vault token", pattern: /\bhv[sbr]\.[\w-]{24}/ },
  /** @see https://docs.databricks.com/aws/en/dev-tools/auth/pat */
  { form: "a Databricks token", pattern: /dapi[A-Fa-f0-9]{32}/ },
  /** @see https://docs.docker.com/security/access-tokens/ */
  { form: "a Docker token", pattern: /dckr_[po]at_[\w-]{27}/ },
  /** @see https://developers.figma.com/docs/rest-api/authentication/ */
  { form: "a Figma token", pattern: /figd_[\w-]{40}/ },
  /** @see https://vercel.com/docs/rest-api */
  { form: "a Vercel token", pattern: /\bvc[piark]_[A-Za-z0-9]{20}/ },
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
  { form: "a presigned URL", pattern: /X-Amz-Signature=[0-9a-f]{16}|[?&]sig=[\w%+/]{16}/i },
  /** @see https://www.rfc-editor.org/rfc/rfc7519#section-3 */
  { form: "a JSON web token", pattern: /(?<![\w-])eyJ[\w-]{10,4096}\.eyJ[\w-]{10,4096}\.[\w-]{10}/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7235#section-4.2 */
  {
    form: "an Authorization header",
    pattern: /\bauthorization["'\\]{0,8}[ \t]{0,4}[:=][ \t]{0,4}["'\\]{0,8}(?:bearer|basic|token) {1,4}[\w.~+/=-]{8}/i,
  },
];

/** Places of passwords: the last group is the password, and what stands there may be a reference to it. */
export const PASSWORD_PLACES: readonly { readonly form: string; readonly pattern: RegExp }[] = [
  /** @see https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1 */
  { form: "a URL with a password", pattern: /:\/\/[^\s/:@"'<>]{0,256}:([^\s/@"'<>]{1,512})@/g },
  /** @see https://github.com/go-sql-driver/mysql#dsn-data-source-name */
  { form: "a DSN with a password", pattern: /(?<![^\s"'=]):?[\w.-]{1,64}:([^\s/@"'<>]{1,256})@(?:tcp|unix)\(/g },
  /** @see https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html */
  { form: "a JDBC URL with a password", pattern: /jdbc:oracle:\w{1,8}:[^\s/@]{1,128}\/([^\s/@]{1,256})@/gi },
  /** @see https://curl.se/docs/manpage.html#-u */
  {
    form: "a command with a password",
    pattern: /\bcurl\b[^\r\n|;]{0,256}?\s(?:-u|--user)[ \t=]{0,4}["']?[\w.@+-]{1,64}:([^\s"']{1,256})/g,
  },
  /** @see https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html */
  {
    form: "a command with a password",
    pattern: /\b(?:mysql|mysqldump|mysqladmin|sshpass)\b[^\r\n|;]{0,256}?\s-p["']?([^\s"']{1,256})/g,
  },
  /** @see https://linux.die.net/man/1/sshpass @see https://redis.io/docs/latest/develop/tools/cli/ */
  {
    form: "a command with a password",
    pattern: /\b(?:sshpass[ \t]{1,4}-p|redis-cli\b[^\r\n|;]{0,256}?\s-a)[ \t]{1,4}["']?([^\s"']{1,256})/g,
  },
];

/** A name and the value that it gets. The value is only looked at, as it may be text with names and values in it. */
export const ASSIGNMENTS: readonly RegExp[] = [
  // password=text, password="text", password = "text", ?api_key=text, Pwd=text;
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{0,8}=>?(?=["'\\]{1,8}([^"'\\\r\n]{1,256})|([^\s"'\\,;&|<>]{1,256}))/g,
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{0,8}[ \t]{1,4}=>?[ \t]{0,4}(?=["'\\]{1,8}([^"'\\\r\n]{1,256}))/g,
  // "password": "text", also inside of JSON text
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{1,8}\s{0,4}:\s{0,4}(?=["'\\]{1,8}([^"'\\\r\n]{1,256}))/g,
  // password: text and password = text, alone in a line
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})[ \t]{0,4}[:=][ \t]{1,4}(?=["']?([^\s"'\\,;&|<>]{1,256})["']?[ \t]{0,8}(?:[\r\n]|$))/g,
  // <password>text</password>
  /<([A-Za-z_][\w.-]{0,63})>(?=([^\s<>]{1,256})<\/)/g,
  // name: DB_PASSWORD and in the next line value: text
  /\bname["'\\]{0,8}\s{0,4}[:=]\s{0,4}["'\\]{0,8}([A-Za-z_][\w.-]{0,63})["'\\,\s]{1,24}value["'\\]{0,8}\s{0,4}[:=]\s{0,4}["'\\]{0,8}(?=([^\s"'\\,;&|<>]{1,256}))/g,
  // aws configure set aws_secret_access_key text
  /\b(aws_secret_access_key|aws_session_token)[ \t]{1,4}(?=["']?([^\s"'=:]{1,256}))/gi,
  // --password text
  /(?<![\w-])--?([A-Za-z][\w-]{0,63})[ \t]{1,4}(?=["'\\]{0,8}([^\s"'\\,;&|<>-][^\s"'\\,;&|<>]{0,255}))/g,
];
