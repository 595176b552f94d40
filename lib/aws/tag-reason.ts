/** A reason as the value of a tag. */
import { text } from "../generator/inputs/schema";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-tags.html */
export const TAG_REASON = text(
  /^[A-Za-z0-9 +=._:/@-]{10,256}$/,
  "10 to 256 letters, digits, spaces and + - = . _ : / @, as tags of load balancers take them",
  "because",
);
