/** Loads a program and prints, as JSON, the files of CDKTF and of the provider packages that it loaded. */
import path from "node:path";

require(path.resolve(process.argv[2] ?? ""));
const files = Object.keys(require.cache).filter((file) => /[\\/]@cdktf[\\/]provider-/.test(file));
console.log(JSON.stringify([require.resolve("cdktf"), ...files]));
