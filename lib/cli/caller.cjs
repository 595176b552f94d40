// Where the caller stands. The launcher loads this before it moves to the project, whose folders commands name; files that a
// caller names are meant from there.
const path = require("node:path");

const folder = process.cwd();

const fromCaller = (file) => path.resolve(folder, file);

module.exports = { fromCaller, allFromCaller: (file, given = []) => [...given, fromCaller(file)] };
