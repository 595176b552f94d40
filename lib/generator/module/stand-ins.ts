/** `stand-ins.json` of a module: values of its data sources for plans that are made without an account. */

import { STAND_INS_FILE } from "../../common/stand-ins-file";
import type { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";
import { type GeneratedFile, jsonFile, Verbatim } from "../synth/tree";

/** No file if no data source needs a value. */
export function standInsFile({ address, standIns }: Namespace): GeneratedFile[] {
  if (Object.keys(standIns.values).length === 0) return [];
  const path = `${address}/${STAND_INS_FILE}`;
  return [jsonFile(path, address, new Verbatim(standIns.values))];
}

/** @throws InputError at the first data source without a value for an attribute that the module reads */
export function refuseMissingStandIns({ address, standIns, sources }: Namespace): void {
  const [first] = standIns.missing;
  if (first === undefined) return;
  throw mistake(
    `${first.address}: got no stand-in for ${first.attributes.join(", ")}; allowed: a typed value for each attribute that the ` +
      "module reads, as the last argument of resource(); plans without an account use it",
    address,
    sources.get(first.address),
  );
}
