/** Steps that create the users of one pool in the other. Cognito gives out neither passwords nor second factors. */
import type { Step } from "../common/runbook-steps";
import type { FormulaRunbook } from "./runbook-names";

type Pool = FormulaRunbook["here"];

/** @param text when the steps are due, and what happens without them */
export function createUsers(from: Pool, to: Pool, text: string): Step[] {
  const pool = `--region ${to.region} --user-pool-id <${to.name}>`;
  const create = `aws cognito-idp admin-create-user ${pool} --cli-input-json "$1" --query User.Username --output text`;
  const close = `aws cognito-idp admin-set-user-password ${pool} --username "$id" --permanent --password "Aa1!$(openssl rand -base64 24)"`;
  return [
    {
      name: "Read the ids of the pools",
      text,
      commands: [idOf(from), idOf(to)],
    },
    {
      name: "Create the users",
      text: `An administrator creates the users who have a password and a verified address in \`${from.full}-users\`. In \`${to.full}-users\`, each gets a
password that nobody knows, and no message. Users choose "Forgot password" and set up their second factor again. An existing user stays
as it is. Delete \`users.txt\` afterwards.`,
      commands: [
        `aws cognito-idp list-users --region ${from.region} --user-pool-id <${from.name}> --query "${VERIFIED}.to_string(${CREATED})" --output text | tr '\\t' '\\n' > users.txt`,
        `tr '\\n' '\\0' < users.txt | xargs -0 -n 1 sh -c 'if id=$(${create}); then ${close}; fi' sh`,
      ],
    },
  ];
}

/** Verified addresses of users who have a password: those of SAML providers have the status `EXTERNAL_PROVIDER`. */
const VERIFIED =
  "Users[?UserStatus=='CONFIRMED' && Attributes[?Name=='email_verified' && Value=='true']].Attributes[] | [?Name=='email']";

/** The input of `admin-create-user` as JSON, in which an address may have each character. */
const CREATED =
  "{Username: Value, UserAttributes: [@, {Name: 'email_verified', Value: 'true'}], MessageAction: 'SUPPRESS'}";

function idOf({ region, full }: Pool): string {
  return `aws cognito-idp list-user-pools --region ${region} --max-results 60 --query "UserPools[?Name=='${full}-users'].Id" --output text`;
}
