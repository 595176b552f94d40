/** Images of containers: their tags and their registries, in pods and in the values of releases. */
import { show } from "../../configuration";
import { type HclValue, isUnknown, PartialText } from "../../hcl";
import { ECR, isPinned, isRepository } from "../container-definitions";
import { broken, HOLDS, undecided, type Verdict } from "../guardrail";
import { isAbsent, piecesOf } from "../values";
import type { Member } from "./release-values";

export function judgeTag(image: HclValue, place: string): Verdict {
  const end = image instanceof PartialText ? (image.parts.at(-1) ?? null) : image;
  if (typeof end === "string") return isPinned(end) ? HOLDS : broken(`${place} = ${show(image)}`);
  return isAbsent(end) ? broken(`${place} = null`) : undecided(`${place} = ${show(image)}`);
}

/** In the values of a chart, an image may be a text, or an object whose tag the chart completes. */
export function judgeTagMember({ name, value, place }: Member): Verdict {
  const isLatest = name === "tag" ? value === "latest" : name === "image" && /:latest$/.test(String(value));
  return isLatest ? broken(`${place} = ${show(value)}`) : HOLDS;
}

/** A name without a registry is one of Docker Hub. */
export function judgeRegistry(image: HclValue, place: string): Verdict {
  const got = `${place} = ${show(image)}`;
  if (isAbsent(image)) return broken(got);
  const [first = null] = piecesOf(image);
  if (typeof first !== "string") return isRepository(first) ? HOLDS : undecided(got);
  if (ECR.test(first)) return HOLDS;
  return isUnknown(image) && /^\d*$/.test(first) ? undecided(got) : broken(got);
}

/**
 * Charts take the host of a registry alone, or before the name of an image. A name without a host is completed with the chart's
 * own registry, which is another member of the same values.
 */
export function judgeRegistryMember({ name, value, place }: Member): Verdict {
  if (isAbsent(value) || value === "") return HOLDS;
  const isHost = name === "registry" || name === "imageRegistry";
  if (isHost && typeof value === "string") return ECR.test(`${value}/`) ? HOLDS : broken(`${place} = ${show(value)}`);
  if (isHost) return judgeRegistry(value, place);
  const isName = name === "repository" || (name === "image" && typeof value === "string");
  return isName && hasHost(value) ? judgeRegistry(value, place) : HOLDS;
}

/** @see https://github.com/distribution/reference/blob/main/reference.go */
function hasHost(image: HclValue): boolean {
  const [first = null] = piecesOf(image);
  return typeof first !== "string" || /^(?:localhost|[^/]*[.:][^/]*)\//.test(first);
}
