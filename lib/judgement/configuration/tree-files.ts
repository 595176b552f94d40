/** The files of a tree: content by path below the tree, with `/`. */
export type TreeFiles = ReadonlyMap<string, string>;
