/** The version of the AWS provider that roots of the tests pin. */
import { bindingsOf } from "../../lib/generator/bindings";

export const PINNED_AWS = { aws: bindingsOf("aws") };
