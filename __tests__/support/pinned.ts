/** The AWS provider as roots of the tests pin it. */
import { bindingsOf } from "../../lib/generator/bindings";

export const PINNED_AWS = { aws: bindingsOf("aws") };
