/**
 * Formats that issuers of secrets define. No pattern takes more than linear time: each begins with fixed text or at a
 * word boundary, and each repetition is bounded. Without a bound, V8 also runs out of stack on values of megabytes.
 * secretlint's recommended rules know fewer formats, and loading them takes 0.1 s in each command. A test compares this
 * table with their findings.
 */
import { TOKENS } from "./secret-tokens";

export const FORMS: readonly { readonly form: string; readonly pattern: RegExp }[] = [
  ...TOKENS.map(([issuer, pattern]) => ({ form: `a token of ${issuer}`, pattern })),
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  { form: "an AWS access key id", pattern: /\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}\b/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7468#section-10 */
  { form: "a private key", pattern: /-----BEGIN ?[A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-\d/ },
  /** The same in hexadecimal digits. */
  { form: "a private key", pattern: /2d2d2d2d2d424547494e[0-9a-f]{0,80}50524956415445204b4559/i },
  /** @see https://github.com/C2SP/C2SP/blob/main/age.md#x25519-recipient-stanza */
  { form: "a private key", pattern: /AGE-SECRET-KEY-1[A-Z0-9]{20}/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7518#section-6.2.2 */
  { form: "a private key", pattern: /["']["'\\]{0,4}[dk]["'\\]{1,4}\s{0,4}:\s{0,4}["'\\]{1,4}[\w-]{43}/ },
  /** @see https://manpages.debian.org/stable/libcrypt-dev/crypt.5.en.html */
  {
    form: "a password hash",
    pattern: /\$(?:2[abxy]|5|6|7|y|apr1|argon2id?)\$(?:[\w=,.-]{1,64}\$){0,2}[\w./+-]{1,64}\$?[\w./+-]{21}/,
  },
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
  /** @see https://discord.com/developers/docs/resources/webhook#execute-webhook */
  { form: "a Discord webhook", pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{5,20}\/[\w-]{20}/ },
  /** @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook */
  { form: "a Teams webhook", pattern: /\.webhook\.office\.com\/webhookb2\/[\w@-]{36,80}\/IncomingWebhook\/[\w-]{16}/ },
  /** @see https://core.telegram.org/bots/api#authorizing-your-bot */
  { form: "a Telegram token", pattern: /\b\d{8,10}:AA[\w-]{33}/ },
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
  /** @see https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens */
  { form: "a Terraform token", pattern: /\.atlasv1\.[\w=-]{20}/ },
  /** @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html */
  { form: "a Bedrock key", pattern: /\bABSK[A-Za-z0-9+/]{40}/ },
  /** @see https://learn.microsoft.com/en-us/purview/sit-defn-client-secret-api-key */
  { form: "an Azure client secret", pattern: /[\w~.-]{3}\dQ~[\w~.-]{31}/ },
  /** @see https://docs.digitalocean.com/reference/api/create-personal-access-token/ */
  { form: "a DigitalOcean token", pattern: /\bdo[opr]_v1_[0-9a-f]{64}/ },
  /** @see https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/ */
  { form: "a New Relic key", pattern: /\bNRAK-[A-Z0-9]{27}/ },
  /** @see https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt */
  { form: "a Mailgun key", pattern: /\bkey-[0-9a-f]{32}\b/ },
  /** @see https://pypi.org/help/#apitoken */
  { form: "a PyPI token", pattern: /pypi-AgE[\w-]{20}/ },
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
  /** The value of the header alone, or after the header's name. A word without a digit is a description. */
  {
    form: "an Authorization header",
    pattern:
      /(?:^|["'`]|\bauthorization )(?:bearer|basic) {1,4}(?=[\w.~+/-]{0,1024}[\d=])[\w.~+/=-]{8,1024}(?:$|["'`\s])/i,
  },
  /** @see https://github.com/docker/cli/blob/master/docs/reference/commandline/login.md */
  {
    form: "credentials of a registry",
    pattern:
      /auths["'\\]{1,4}\s{0,4}:\s{0,4}\{\s{0,8}["'\\]{1,4}[^"'\\]{1,128}["'\\]{1,4}\s{0,4}:\s{0,4}\{\s{0,8}["'\\]{1,4}auth["'\\]{1,4}\s{0,4}:\s{0,4}["'\\]{1,4}[A-Za-z0-9+/]{8}/,
  },
];

/** Places of passwords. The last group is the password, or a reference to it. */
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
  /** @see https://man7.org/linux/man-pages/man8/chpasswd.8.html */
  {
    form: "a command with a password",
    pattern:
      /\b(?:echo|printf)[ \t]{1,4}["']?[\w.-]{1,64}:([^\s"'|]{1,256})["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?[\w/]{0,64}chpasswd/g,
  },
  {
    form: "a command with a password",
    pattern:
      /\bchpasswd\b[^\r\n|;]{0,64}<<<?[ \t]{0,4}["']?(?:\w{1,32}["']?[\r\n]{1,2})?[\w.-]{1,64}:([^\s"']{1,256})/g,
  },
  /** @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#set-passwords */
  {
    form: "a user with a password",
    pattern:
      /\bchpasswd:\s{1,8}(?:expire:[^\r\n]{0,32}\s{1,16})?list:[ \t]{0,4}[|>]?[-+]?\s{1,16}(?:- )?["']?[\w.-]{1,64}:([^\s"']{1,256})/g,
  },
  /** @see https://docs.docker.com/reference/cli/docker/login/ */
  {
    form: "a command with a password",
    pattern:
      /\b(?:echo|printf)[ \t]{1,4}(?:-\w{1,4}[ \t]{1,4})?["']?([^\s"'|]{1,256})["']?[ \t]{0,4}\|[^\r\n|;]{0,256}?(?:--password-stdin|passwd[ \t]{1,4}--stdin)/g,
  },
  {
    form: "a command with a password",
    pattern: /--password-stdin\b[^\r\n|;]{0,128}<<<[ \t]{0,4}["']?([^\s"']{1,256})/g,
  },
  {
    form: "a command with a password",
    pattern:
      /\b(?:docker|podman|buildah|skopeo|registry)[ \t]{1,4}login\b[^\r\n|;]{0,256}?\s-p[ \t=]{0,4}["']?([^\s"']{1,256})/g,
  },
  /** @see https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc771865(v=ws.11) */
  {
    form: "a command with a password",
    pattern: /\bnet1?(?:\.exe)?[ \t]{1,4}user[ \t]{1,4}[\w.-]{1,64}[ \t]{1,4}["']?(?!\/)([^\s"'<]{1,256})/gi,
  },
  {
    form: "a command with a password",
    pattern: /ConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?["']([^"'\r\n]{1,256})["']/gi,
  },
  /** @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html */
  {
    form: "a login with a password",
    pattern: /\blogin\s{1,4}[^\s"']{1,64}\s{1,4}password\s{1,4}([^\s"']{1,256})/g,
  },
  /** @see https://www.postgresql.org/docs/current/libpq-pgpass.html */
  {
    form: "a login with a password",
    pattern: /:[\w*-]{1,64}:[\w-]{1,64}:([^\s"':]{1,256})["']?[ \t]{0,4}>{1,2}[ \t]{0,4}[^\s"']{0,64}pgpass/g,
  },
  /** @see https://www.postgresql.org/docs/current/sql-createrole.html @see https://dev.mysql.com/doc/refman/8.4/en/create-user.html */
  {
    form: "a statement with a password",
    pattern:
      /\b(?:create|alter) (?:user|role)\b[^;\r\n]{0,128}? (?:password|identified (?:with \w{1,64} )?by)[ \t]{1,4}["'\\]{1,4}([^"'\\\r\n]{1,256})/gi,
  },
  /** @see https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/configuring-naming-methods.html */
  {
    form: "a connection with a password",
    pattern: /(?<![^\s"'=])[\w-]{1,64}\/([^\s/@"']{1,256})@(?:\/\/)?[\w.-]{1,128}:\d{2,5}\//g,
  },
];

/** A name and its value. The value is in a lookahead, because it can itself be text with names and values. */
export const ASSIGNMENTS: readonly RegExp[] = [
  // password=text, password="text", password = "text", ?api_key=text, Pwd=text;
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{0,8}=>?(?=["'\\]{1,8}([^"'\\\r\n]{1,256})|([^\s"'\\,;&|<>]{1,256}))/g,
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{0,8}[ \t]{1,4}=>?[ \t]{0,4}(?=["'\\]{1,8}([^"'\\\r\n]{1,256}))/g,
  // "password": "text", also inside of JSON text
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})["'\\]{1,8}\s{0,4}:\s{0,4}(?=["'\\]{1,8}([^"'\\\r\n]{1,256}))/g,
  // password: text and password = text, alone in a line
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,63})[ \t]{0,4}[:=][ \t]{1,4}(?=["']?([^\s"'\\,;&|<>]{1,256})["']?[ \t]{0,8}(?:[\r\n]|$))/g,
  // password: 'text' within code, and password: string = 'text'
  /(?<![\w.-])([A-Za-z_]\w{0,63})[ \t]{0,4}:[ \t]{0,4}(?:\w{1,32} ?= ?)?(?=["'`]([^"'`\\\r\n]{1,256})["'`])/g,
  // -H 'X-Api-Key: text'
  /(?:-H|--header)[ \t=]{0,4}["']([A-Za-z][\w-]{0,63}):[ \t]{0,4}(?=([^\s"'\\,;&|<>]{1,256}))/g,
  // <password>text</password>
  /<([A-Za-z_][\w.-]{0,63})>(?=([^\s<>]{1,256})<\/)/g,
  // name: DB_PASSWORD and in the next line value: text, and <add key="DbPassword" value="text"/>
  /\b(?:name|key)["'\\]{0,8}\s{0,4}[:=]\s{0,4}["'\\]{0,8}([A-Za-z_][\w.-]{0,63})["'\\,\s]{1,24}value["'\\]{0,8}\s{0,4}[:=]\s{0,4}["'\\]{0,8}(?=([^\s"'\\,;&|<>]{1,256}))/g,
  // aws configure set aws_secret_access_key text
  /\b(aws_secret_access_key|aws_session_token)[ \t]{1,4}(?=["']?([^\s"'=:]{1,256}))/gi,
  // --password text
  /(?<![\w-])--?([A-Za-z][\w-]{0,63})[ \t]{1,4}(?=["'\\]{0,8}([^\s"'\\,;&|<>-][^\s"'\\,;&|<>]{0,255}))/g,
];
