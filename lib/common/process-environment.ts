/** Variables of a process, such as `process.env`. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;
