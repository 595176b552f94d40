/** Loads what main.ts composes and prints, as JSON, the files of CDKTF and of the provider packages that it loaded. */
import { composedTree } from "../../lib/generator/synth/composition-root";

composedTree();
const files = Object.keys(require.cache).filter((file) => /[\\/]@cdktf[\\/]provider-/.test(file));
console.log(JSON.stringify([require.resolve("cdktf"), ...files]));
