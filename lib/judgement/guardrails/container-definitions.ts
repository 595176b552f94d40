/** Parses the containers of a task definition from its JSON. */
import { show } from "../configuration";
import { type HclValue, isList, isMapping, isUnknown, type Mapping } from "../hcl";
import { type Judge, judgeAt, worst } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { documentOf } from "./policies";
import { findSecret, looksLikeSecretName } from "./secret-patterns";
import { holdsNoSecret } from "./secret-values";
import { itemsOf, piecesOf, stemsFromNothing } from "./values";

export type ContainerJudge = (container: Mapping, name: string) => Verdict;

/** Judges the containers of a task definition. Known parts are judged even if the text as a whole is unknown. */
export function eachContainer(judge: ContainerJudge): Judge {
  return ({ values }) => {
    const containers = documentOf(values.container_definitions ?? null);
    if (isUnknown(containers)) return undecided(`container_definitions = ${show(containers)}`);
    if (!isList(containers)) return broken(`container_definitions = ${show(containers)}`);
    return worst(
      containers.map((container, position) => {
        if (!isMapping(container)) return undecided(`container_definitions[${position}] = ${show(container)}`);
        return judge(container, typeof container.name === "string" ? container.name : `container ${position + 1}`);
      }),
    );
  };
}

export function keeps(path: string, test: (value: HclValue) => boolean): ContainerJudge {
  return (container, name) => judgeAt(container, path, test, `${name}: `);
}

/** Searches the environment variables and every other part of the definition: commands, labels, log options. */
export const holdsNoSecrets: ContainerJudge = (container, name) => {
  const { environment = null, secrets: _names, ...others } = container;
  return worst([
    ...itemsOf(environment).map((variable) => judgeVariable(name, variable)),
    ...Object.entries(others).map(([argument, value]) => holdsNoSecret(`${name}: ${argument}`, value)),
  ]);
};

/** A message names the variable and never shows its value. */
function judgeVariable(container: string, variable: HclValue): Verdict {
  if (variable === null) return HOLDS;
  const { name = null, value = null } = isMapping(variable) ? variable : { name: variable };
  const got = `${container}: environment ${typeof name === "string" ? name : show(name)}`;
  if (typeof name === "string" && looksLikeSecretName(name)) return broken(got);
  const document = holdsNoSecret(got, value);
  if (findSecret(value)?.isOpen === false) return broken(`${got} with a secret's value`);
  if (document.outcome !== "holds") return document;
  return isUnknown(name) || stemsFromNothing(value) ? undecided(got) : HOLDS;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export const ECR = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export function judgeImage(image: HclValue, container: string): Verdict {
  const got = `${container}: image = ${show(image)}`;
  if (!isUnknown(image) && typeof image !== "string") return broken(got);
  const parts = piecesOf(image);
  const [first = null, last = null] = [parts[0], parts.at(-1)];
  if (typeof last === "string" ? !isPinned(last) : isRepository(last)) return broken(got);
  if (typeof first === "string" && !(image === first ? ECR : /^\d/).test(first)) return broken(got);
  const known = typeof last === "string" && (typeof first === "string" ? ECR.test(first) : isRepository(first));
  return known ? HOLDS : undecided(got);
}

/** The version at the end of an image's name: `:1.4.2`, `@sha256:…`. */
export function isPinned(end: string): boolean {
  const [name = ""] = end.split("/").slice(-1);
  return /@sha256:[0-9a-f]{64}$|:[\w.-]+$/.test(name) && !name.endsWith(":latest");
}

export function isRepository(value: HclValue): boolean {
  return isUnknown(value) && value.references.some(({ address }) => /(^|\.)aws_ecr_repository\./.test(address));
}
