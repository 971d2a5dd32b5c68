import { isPropertyList, isPropertyMap, type PropertyMap, type PropertyValue } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { byRegion, forceNew } from "../replacement";
import { launchTemplateTable } from "./launch-template-table";

/** Inputs that no version of a template holds. */
const aboutVersions = ["name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion", "region"];

/**
 * `aws:ec2/launchTemplate:LaunchTemplate`. The version of the file that could be read is older than some of its inputs
 * (`networkPerformanceOptions`, `secondaryInterfaces`, parts of `networkInterfaces`), so whether these replace it is not said
 * here.
 */
export const launchTemplate: Definition = {
  table: launchTemplateTable,
  replacement: [...forceNew("internal/service/ec2/ec2_launch_template.go", "name", "namePrefix"), byRegion],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 128 },
  sets: ["licenseSpecifications", "securityGroupNames", "vpcSecurityGroupIds"],

  renewed(state, inputs): PropertyMap {
    const { filledIn = [] } = launchTemplateTable;
    const said = Object.keys(launchTemplateTable.inputs).filter((name) => !aboutVersions.includes(name));
    const isOther = (name: string): boolean =>
      (inputs[name] ?? null) === null
        ? (state[name] ?? null) !== null && !filledIn.includes(name)
        : !holds(state[name], inputs[name]!);
    if (!said.some(isOther)) return {};
    const latestVersion = Number(state["latestVersion"]) + 1;
    return { latestVersion, ...(inputs["updateDefaultVersion"] === true && { defaultVersion: latestVersion }) };
  },

  create(inputs, { account, region }) {
    const id = newId("lt");
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const outputs = {
      arn: arn("ec2", `launch-template/${id}`, account, region),
      defaultVersion: 1,
      latestVersion: 1,
      metadataOptions: {
        httpEndpoint: "",
        httpProtocolIpv6: "",
        httpPutResponseHopLimit: 0,
        httpTokens: "",
        instanceMetadataTags: "",
      },
      name,
      namePrefix: "",
    };
    return { id, outputs };
  },
};

/** Whether what is there says all that was given: AWS may say more. */
function holds(there: PropertyValue | undefined, given: PropertyValue): boolean {
  if (isPropertyList(given))
    return (
      isPropertyList(there) && there.length === given.length && given.every((item, index) => holds(there[index], item))
    );
  if (isPropertyMap(given))
    return (
      isPropertyMap(there) &&
      Object.entries(given).every(([name, value]) => name.startsWith("__") || holds(there[name], value!))
    );
  return there === given;
}
