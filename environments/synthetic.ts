/** Made-up environments, as many as a benchmark wants, to see how synth grows. They are never emitted. */
import type { Root } from "../lib";
import { dev } from "./credentialmate/dev";
import { credentialMate } from "./credentialmate/system";

/** The n-th of up to 4,096: dev's data under another name, with addresses and an account of its own. */
export function syntheticRoot(n: number): Root {
  const id = String(500_000_000_000 + n);
  const { state } = dev.account;
  return credentialMate({
    ...dev,
    name: `n${n}`,
    account: { ...dev.account, id, state: { ...state, kmsKeyArn: state.kmsKeyArn.replace(dev.account.id, id) } },
    cidr: `10.${Math.floor(n / 16)}.${(n % 16) * 16}.0/20`,
    domain: `n${n}.credentialmate.example`,
  });
}
