/** Synthesizes what main.ts composes, without a check of its types. */
import { composedTree } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { writeTree } from "../generator/synth/write";

writeTree(treeFolder(), composedTree());
