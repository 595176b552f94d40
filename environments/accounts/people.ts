/** The people of all accounts. */

/** IAM users in the account for identities. An administrator does only what the other roles may not. */
export const PEOPLE = {
  developers: ["arn:aws:iam::444444444444:user/developer"],
  operators: ["arn:aws:iam::444444444444:user/operator"],
  admins: ["arn:aws:iam::444444444444:user/admin"],
} as const;
