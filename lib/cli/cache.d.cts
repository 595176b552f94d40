/** @see cache.cjs */
export declare function digest(...parts: readonly (string | Buffer)[]): string;
export declare function digestOfFile(file: string): string;
/** Where kept files are. */
export declare const folder: string;
export declare function keep(name: string, content: string): void;
export declare function recall(name: string): string | undefined;
export declare function sources(folder: string): string[];
