import { z } from "zod";
import { defineParameters } from "../lib";

const BY_IMAGE = z.record(z.string(), z.string());

/** The repositories of an application's images. */
export const REGISTRY = defineParameters({
  name: "registry",
  values: {
    repositoryArns: BY_IMAGE.describe("ARNs of the repositories, by image."),
    repositoryUrls: BY_IMAGE.describe("URLs of the repositories to push to and pull from, by image."),
  },
  standIns: {
    repositoryArns: { api: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api" },
    repositoryUrls: { api: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api" },
  },
});
