/** Synthesizes the roots of main.ts without a type check. */
import { composedTree } from "../../lib/generator/synth/composition-root";
import { treeFolder } from "../../lib/generator/synth/tree";
import { writeTree } from "../../lib/generator/synth/write";

writeTree(treeFolder(), composedTree());
