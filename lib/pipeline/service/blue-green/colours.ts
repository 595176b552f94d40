/** The two colours of an environment, and the names of their resources. */
import type { ServicePlace } from "../ecs-service";

/**
 * Names of the resources. `origin.<domain>` answers with one of two load balancers, `<colour>.<domain>` always with that of the
 * colour. A colour has the service `<service>-<colour>`, and the alias `<colour>` of the function.
 */
export interface Colours {
  /** Id of the hosted zone of the domain. */
  readonly zone: string;
  readonly domain: string;
  readonly cluster: string;
  /** Name of the services without the colour. */
  readonly service: string;
  /** Name of the function; none if the colours have none. */
  readonly function?: string;
}

export function serviceOf({ cluster, service }: Colours, colour: string): ServicePlace {
  return { cluster, service: `${service}-${colour}` };
}

/** The options of the command line that name the colours. */
export function optionsOf({ zone, domain, cluster, service, function: name }: Colours): string {
  return `--zone ${zone} --domain ${domain} --cluster ${cluster} --service ${service}${name === undefined ? "" : ` --function ${name}`}`;
}
