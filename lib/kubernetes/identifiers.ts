/** Schemas for names, quantities and images of Kubernetes, and for charts of Helm. */
import { z } from "zod";
import { text } from "../generator/inputs/schema";

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const OBJECT_NAME = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "1 to 63 lower-case letters, digits and inner hyphens",
  "Not_A_Name",
);

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu */
export const CPU = text(/^[1-9]\d*m?$/, "a quantity of CPU such as 250m or 2", "0.5 cores");

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory */
export const BYTES = text(/^[1-9]\d*[MGT]i$/, "a quantity of bytes such as 512Mi or 20Gi", "12 GB");

/** A tag starts with a digit or a `v` and a digit, so that `latest` and names of branches are none. */
export const IMAGE = text(
  /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+(?::v?\d[\w.-]*|(?::v?\d[\w.-]*)?@sha256:[0-9a-f]{64})$/,
  "an image with its registry, and with an exact tag or a digest",
  "docker.io/library/nginx:latest",
);

export const REGISTRY = text(
  /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/,
  "the host of a registry, with the prefix of a pull-through cache if there is one",
  "https://quay.io",
);

/** The Helm provider fails on a range: the version that it plans is not the version that it was given. */
export const CHART_VERSION = text(/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/, "an exact version such as 2.9.0", "~> 2.9");

export const CHART_PATH = text(/^\.\.?\//, "a path that begins with ./ or ../", "charts/loki")
  .nullable()
  .default(null)
  .describe(
    "Folder of the chart below the folder of the root, with all of its subcharts; null takes the chart from its repository, which every plan and destroy then has to reach.",
  );

/** A CA certificate, or several. `kubernetes` and Helm take base64 without a complaint, and trust nobody then. */
export const CERTIFICATES = text(
  /^(?:-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE-----\n?)+$/,
  "certificates in PEM",
  "TUlJQw==",
);

/** What a container asks for and may use. There is no limit of CPU, which would slow the container down on an idle node. */
export const CONTAINER_RESOURCES = z.object({ cpu: CPU, memory: BYTES, memoryLimit: BYTES });
