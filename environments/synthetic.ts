/** Synthetic environments, with which a benchmark measures how synth scales. No tree contains them. */
import type { Root } from "../lib";
import { dev } from "./credentialmate/dev";
import { credentialMate } from "./credentialmate/system";

/** Environment n of at most 4,096: the data of dev with another name, address block and account. */
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
