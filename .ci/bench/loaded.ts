/** Loads main.ts and prints, as JSON, the loaded files of CDKTF and of the provider packages. */
import { composedTree } from "../../lib/generator/synth/composition-root";

composedTree();
const files = Object.keys(require.cache).filter((file) => /[\\/]@cdktf[\\/]provider-/.test(file));
console.log(JSON.stringify([require.resolve("cdktf"), ...files]));
