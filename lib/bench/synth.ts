/** Synthesizes what main.ts composes, without a check of its types. */
import { composedTree } from "../composition-root";
import { treeFolder } from "../tree";
import { writeTree } from "../write";

writeTree(treeFolder(), composedTree());
