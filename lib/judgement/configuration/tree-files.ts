/** What lies in a tree: content by path below it, with `/`. */
export type TreeFiles = ReadonlyMap<string, string>;
