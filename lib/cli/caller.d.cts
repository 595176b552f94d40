/** The path of a file that the caller named. @see caller.cjs */
export declare function fromCaller(file: string): string;
/** The same for an argument that takes several. */
export declare function allFromCaller(file: string, given?: readonly string[]): string[];
