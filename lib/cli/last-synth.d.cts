/** @see last-synth.cjs */
export declare function isEdited(): boolean;
export declare function readsOnlyItsFolder(file: string): boolean;
export declare function remember(folder: string, tree: string | undefined, files: number): void;
export declare function stateOf(folder: string): string | undefined;
export declare function surroundings(): string[];
