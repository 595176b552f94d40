/** The files of a tree as the copy for an offline plan has them. */
import path from "node:path";
import { STAND_INS_FILE } from "../../common/stand-ins-file";
import { standInsIn, withoutReads } from "../../terraform/stand-ins";
import type { TreeFiles } from "./tree-files";

export function offlineTree(files: TreeFiles): TreeFiles {
  const changed = [...files].map(([file, content]): [string, string] => {
    const standIns = `${path.posix.dirname(file)}/${STAND_INS_FILE}`;
    const values = files.get(standIns);
    const isReplaced = values !== undefined && file.startsWith("modules/") && file.endsWith(".tf.json");
    return [file, isReplaced ? withoutReads(content, standInsIn(standIns, values)) : content];
  });
  return new Map(changed);
}
