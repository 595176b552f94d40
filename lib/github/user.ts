/** Somebody, as GitHub's answers name them. */
import { z } from "zod";

/** @see https://docs.github.com/en/rest/users/users#get-a-user */
export const USER = z.object({
  login: z.string(),
  /** `User` is a person; `Bot` is a program. */
  type: z.string(),
});
