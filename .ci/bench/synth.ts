/** Synthesizes what main.ts composes, without a check of its types. */
import { composedTree } from "../../lib/generator/synth/composition-root";
import { treeFolder } from "../../lib/generator/synth/tree";
import { writeTree } from "../../lib/generator/synth/write";

writeTree(treeFolder(), composedTree());
