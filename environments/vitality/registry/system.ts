/** The root of the container registry: a repository for each image of the application. */
import type { Root } from "../../../lib";
import { Ecr } from "../../../modules/ecr";
import { ImageScanAlerts } from "../../../modules/image-scan-alerts";
import { NetworkLookup } from "../../../modules/network-lookup";
import { RegistryParameters } from "../../../modules/registry-parameters";
import { type ComposedEnvironment, componentRoot, IMAGES, nameOf, parametersPath } from "../context";

export function vitalityRegistry(environment: ComposedEnvironment): Root {
  const root = componentRoot(environment, "registry");
  const path = parametersPath(environment);
  const network = new NetworkLookup(root, "network", { path });
  const images = new Ecr(root, "images", {
    name: nameOf(environment),
    services: IMAGES,
    kmsKeyArn: network.dataKeyArn,
  });
  new ImageScanAlerts(root, "scan_alerts", {
    name: nameOf(environment),
    repositoryNames: IMAGES.map((image) => `${nameOf(environment)}/${image}`),
    alertTopicArn: network.alertTopicArn,
  });
  new RegistryParameters(root, "parameters", { path, repositoryArns: images.arns, repositoryUrls: images.urls });
  return root;
}
