import { randomInt } from "node:crypto";

import type { Definition } from "../definition";
import { arn, newId, newPublicAddress, newPublicAddress6 } from "../identifiers";
import { byRegion, type Change, forceNew, type ReplacementRow } from "../replacement";
import { instanceTable } from "./instance-table";

const source = "internal/service/ec2/ec2_instance.go";

/** User data replaces the instance only where the program wants it; else the instance is stopped and started. */
const byUserData = ["userData", "userDataBase64"].map((path): ReplacementRow => ({
  path,
  source: `${source} ForceNewIf user_data_replace_on_change`,
  when: ({ after }: Change) => after["userDataReplaceOnChange"] === true,
}));

const byArchitecture: ReplacementRow = {
  path: "instanceType",
  source: `${source} ForceNewIf the types have no processor architecture in common`,
  when: ({ before, after }) => isArm(before["instanceType"]) !== isArm(after["instanceType"]),
};

/** `aws:ec2/instance:Instance`. */
export const instance: Definition = {
  table: instanceTable,
  replacement: [
    ...forceNew(
      source,
      "ami",
      "associatePublicIpAddress",
      "availabilityZone",
      "cpuOptions.amdSevSnp",
      "cpuOptions.coreCount",
      "cpuOptions.threadsPerCore",
      "ebsBlockDevices[].deleteOnTermination",
      "ebsBlockDevices[].deviceName",
      "ebsBlockDevices[].encrypted",
      "ebsBlockDevices[].iops",
      "ebsBlockDevices[].kmsKeyId",
      "ebsBlockDevices[].snapshotId",
      "ebsBlockDevices[].throughput",
      "ebsBlockDevices[].volumeSize",
      "ebsBlockDevices[].volumeType",
      "ebsOptimized",
      "enclaveOptions.enabled",
      "ephemeralBlockDevices",
      "hibernation",
      "hostId",
      "instanceMarketOptions",
      "ipv6Addresses",
      "keyName",
      "launchTemplate",
      "networkInterfaces[].deleteOnTermination",
      "networkInterfaces[].deviceIndex",
      "networkInterfaces[].networkCardIndex",
      "networkInterfaces[].networkInterfaceId",
      "placementGroup",
      "placementPartitionNumber",
      "privateDnsNameOptions",
      "privateIp",
      "rootBlockDevice.encrypted",
      "rootBlockDevice.kmsKeyId",
      "securityGroups",
      "subnetId",
      "tenancy",
    ),
    ...byUserData,
    byArchitecture,
    byRegion,
  ],
  sets: ["secondaryPrivateIps", "securityGroups", "vpcSecurityGroupIds"],

  check(inputs) {
    const isGiven = (name: string): boolean => (inputs[name] ?? null) !== null;
    const failures = [];
    for (const name of ["ami", "instanceType"]) {
      if (!isGiven(name) && !isGiven("launchTemplate")) failures.push({ property: name, reason: "is missing" });
    }
    if (isGiven("userData") && isGiven("userDataBase64")) {
      failures.push({ property: "userData", reason: "and userDataBase64 are given; only one of them can be" });
    }
    return failures;
  },

  create(inputs, { account, region }) {
    const id = newId("i");
    const subnet = account.subnets.find((each) => each.id === inputs["subnetId"]) ?? account.subnets[0];
    const publicIp = inputs["associatePublicIpAddress"] === false ? "" : newPublicAddress();
    const privateIp = `172.31.${randomInt(0, 48)}.${randomInt(4, 255)}`;
    const named = (address: string): string => address.replaceAll(".", "-");
    const networkInterface = newId("eni");
    const outputs = {
      ami: "",
      arn: arn("ec2", `instance/${id}`, account, region),
      associatePublicIpAddress: publicIp !== "",
      availabilityZone: subnet?.availabilityZone,
      capacityReservationSpecification: { capacityReservationPreference: "open" },
      cpuOptions: { amdSevSnp: "", coreCount: 1, threadsPerCore: 2 },
      disableApiStop: false,
      disableApiTermination: false,
      ebsBlockDevices: [],
      ebsOptimized: false,
      enablePrimaryIpv6: false,
      enclaveOptions: { enabled: false },
      ephemeralBlockDevices: [],
      hostId: "",
      hostResourceGroupArn: "",
      iamInstanceProfile: "",
      instanceInitiatedShutdownBehavior: "stop",
      instanceLifecycle: "",
      instanceMarketOptions: {},
      instanceState: "running",
      instanceType: "",
      ipv6AddressCount: 0,
      ipv6Addresses: Array.from({ length: Number(inputs["ipv6AddressCount"] ?? 0) }, newPublicAddress6),
      keyName: "",
      maintenanceOptions: { autoRecovery: "default" },
      metadataOptions: { httpPutResponseHopLimit: 1, httpTokens: "optional", instanceMetadataTags: "disabled" },
      monitoring: false,
      networkInterfaces: [],
      outpostArn: "",
      passwordData: "",
      placementGroup: "",
      placementGroupId: "",
      placementPartitionNumber: 0,
      primaryNetworkInterface: { deleteOnTermination: true, networkInterfaceId: networkInterface },
      primaryNetworkInterfaceId: networkInterface,
      privateDns: `ip-${named(privateIp)}.${region}.compute.internal`,
      privateDnsNameOptions: { hostnameType: "ip-name" },
      privateIp,
      publicDns: publicIp && `ec2-${named(publicIp)}.${region}.compute.amazonaws.com`,
      publicIp,
      rootBlockDevice: {
        deviceName: "/dev/xvda",
        kmsKeyId: "",
        volumeId: newId("vol"),
        volumeSize: 8,
        volumeType: "gp2",
      },
      secondaryNetworkInterfaces: [],
      secondaryPrivateIps: [],
      securityGroups: [],
      spotInstanceRequestId: "",
      subnetId: subnet?.id,
      tenancy: "default",
      userDataBase64: "",
      vpcSecurityGroupIds: [],
    };
    return { id, outputs };
  },
};

/** Graviton's types have a `g` behind the number of their generation, but for the first of them, a1; Apple's are newer Macs. */
function isArm(type: unknown): boolean {
  return /^(a1|[a-z]+\d+g[a-z]*|mac(2|-m).*)\./.test(String(type));
}
