/** Credentials among the arguments of a backend. Terraform reads them from its environment instead. */
import { snakeCase } from "../expression/names";

/** One line for each credential, without its value. @param variables by the credential's Terraform name */
export function credentialProblems(given: object, variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const argument = snakeCase(name);
    const got = `backend.${name}: got a`;
    if (Object.hasOwn(variables, argument)) {
      return [
        `${got} credential, which would be in the tree; allowed: the environment variable ${variables[argument]} of Terraform`,
      ];
    }
    return typeof value === "string" && PASSWORD.test(value)
      ? [`${got} value with a password, which would be in the tree; allowed: a password in Terraform's environment`]
      : [];
  });
}

/** In a URL, in the query of a URL, or in a connection string. */
const PASSWORD = /:\/\/[^/\s@]*:[^/\s@]*@|password\s*=/i;
