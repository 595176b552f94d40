/** File of a module or root with the values of its data sources in plans without an account. Terraform does not read it. */
export const STAND_INS_FILE = "stand-ins.json";
