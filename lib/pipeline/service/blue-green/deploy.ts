/** Deploys an artifact to the colour that gets no requests. */
import { Route53Client } from "@aws-sdk/client-route-53";
import { InputError } from "../../../common/errors";
import { deploy } from "../deploy";
import { type Archive, deployFunction } from "../function";
import type { Work } from "../waiting";
import { type Colours, serviceOf } from "./colours";
import { readOrigin, requireColour } from "./origin";

export interface IdleDeployment extends Colours {
  /** The colour to deploy to. */
  readonly to: string;
  readonly image: string;
  readonly container?: string;
  /** Archive of the function; given exactly if the colours have a function. */
  readonly code?: Archive;
}

/** Name of the colour that gets no requests. @throws ServiceError */
export async function idleColour(colours: Pick<Colours, "zone" | "domain">): Promise<string> {
  return (await readOrigin(new Route53Client(), colours)).idle.name;
}

/** Can be repeated: what is deployed already stays. @throws InputError @throws ServiceError */
export async function deployToIdle(request: IdleDeployment, work: Work): Promise<void> {
  const { to, image, code } = request;
  const origin = await readOrigin(new Route53Client(), request);
  requireColour(origin, to);
  if (to === origin.active.name) {
    throw new InputError("--to", [`got ${to}, which gets the requests; allowed: ${origin.idle.name}`]);
  }
  await deploy(
    { ...serviceOf(request, to), image, ...(request.container !== undefined && { container: request.container }) },
    work,
  );
  if (request.function !== undefined && code !== undefined) {
    await deployFunction({ function: request.function, name: to }, code, work);
  }
}
