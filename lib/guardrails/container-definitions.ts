/** The containers of a task definition, taken out of its JSON. */
import { show } from "../configuration";
import { type Mapping, PartialText, Unknown, type Value } from "../hcl";
import { isList, isObject, type Judgement, judgeValues, stemsFromNothing, valuesAt, worst } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { documentOf } from "./policies";
import { looksLikeSecretName, looksLikeSecretValue } from "./secret-patterns";

export type ContainerJudgement = (container: Mapping, name: string) => Verdict;

/** Judges the containers of a task definition. What is known of them decides, though the text as a whole be unknown. */
export function eachContainer(judge: ContainerJudgement): Judgement {
  return ({ values }) => {
    const containers = documentOf(values.container_definitions ?? null);
    if (containers instanceof Unknown) return undecided(`container_definitions = ${show(containers)}`);
    if (!isList(containers)) return broken(`container_definitions = ${show(containers)}`);
    return worst(
      containers.map((container, position) => {
        if (!isObject(container)) return undecided(`container_definitions[${position}] = ${show(container)}`);
        return judge(container, typeof container.name === "string" ? container.name : `container ${position + 1}`);
      }),
    );
  };
}

export function keeps(path: string, test: (value: Value) => boolean): ContainerJudgement {
  return (container, name) => judgeValues(`${name}: ${path}`, valuesAt(container, path), test);
}

/** A message names the variable and never shows what it holds. */
export function noSecret(container: string): (variable: Value) => Verdict {
  return (variable) => {
    if (variable === null) return HOLDS;
    const { name = null, value = null } = isObject(variable) ? variable : { name: variable };
    const got = `${container}: environment ${typeof name === "string" ? name : show(name)}`;
    if (typeof name === "string" && looksLikeSecretName(name)) return broken(got);
    if (knownTexts(value).some(looksLikeSecretValue)) return broken(`${got} with a secret's value`);
    return name instanceof Unknown || stemsFromNothing(value) ? undecided(got) : HOLDS;
  };
}

/** Pieces of a text that are known. */
function knownTexts(value: Value): readonly string[] {
  if (value instanceof PartialText) return value.parts.filter((part) => typeof part === "string");
  return typeof value === "string" ? [value] : [];
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ECR = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export function judgeImage(image: Value, container: string): Verdict {
  const got = `${container}: image = ${show(image)}`;
  if (!(image instanceof Unknown) && typeof image !== "string") return broken(got);
  const parts = image instanceof PartialText ? image.parts : [image];
  const [first = null, last = null] = [parts[0], parts.at(-1)];
  if (typeof last === "string" ? !isPinned(last) : isRepository(last)) return broken(got);
  if (typeof first === "string" && !(image === first ? ECR : /^\d/).test(first)) return broken(got);
  const known = typeof last === "string" && (typeof first === "string" ? ECR.test(first) : isRepository(first));
  return known ? HOLDS : undecided(got);
}

/** The end of an image's name tells which one: `:1.4.2`, `@sha256:…`. */
function isPinned(end: string): boolean {
  const [name = ""] = end.split("/").slice(-1);
  return /@sha256:[0-9a-f]{64}$|:[\w.-]+$/.test(name) && !name.endsWith(":latest");
}

function isRepository(value: Value): boolean {
  return value instanceof Unknown && value.references.some(({ address }) => /(^|\.)aws_ecr_repository\./.test(address));
}
