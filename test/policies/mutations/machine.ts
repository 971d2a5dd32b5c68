import { Mutation } from "./mutation";

const instanceType = "aws:ec2/instance:Instance";
const volumeType = "aws:ebs/volume:Volume";

const metadata = {
  httpEndpoint: "enabled",
  httpProtocolIpv6: "disabled",
  httpPutResponseHopLimit: 1,
  httpTokens: "required",
};
const disk = { deleteOnTermination: true, volumeSize: 16, volumeType: "gp3" };

export const machineMutations: readonly Mutation[] = [
  {
    title: "the metadata service answers without a token",
    breakIt: (stack) => stack.set(instanceType, "", { metadataOptions: { ...metadata, httpTokens: "optional" } }),
    fails: ["vm-imdsv2"],
  },
  {
    title: "the metadata service answers over two hops",
    breakIt: (stack) => stack.set(instanceType, "", { metadataOptions: { ...metadata, httpPutResponseHopLimit: 2 } }),
    fails: ["vm-imdsv2"],
  },
  {
    title: "nothing is said about the metadata service",
    breakIt: (stack) => stack.set(instanceType, "", { metadataOptions: undefined }),
    fails: ["vm-imdsv2"],
  },
  {
    title: "the root disk is not encrypted",
    breakIt: (stack) => stack.set(instanceType, "", { rootBlockDevice: { ...disk, encrypted: false } }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "nothing is said about the root disk's encryption",
    breakIt: (stack) => stack.set(instanceType, "", { rootBlockDevice: disk }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "nothing is said about the root disk",
    breakIt: (stack) => stack.set(instanceType, "", { rootBlockDevice: undefined }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "another disk of the machine is not encrypted",
    breakIt: (stack) =>
      stack.set(instanceType, "", { ebsBlockDevices: [{ deviceName: "/dev/sdg", volumeSize: 8, encrypted: false }] }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "the data volume is not encrypted",
    breakIt: (stack) => stack.set(volumeType, "", { encrypted: false }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "nothing is said about the data volume's encryption",
    breakIt: (stack) => stack.set(volumeType, "", { encrypted: undefined }),
    fails: ["vm-disk-encrypted"],
  },
  {
    title: "the data volume has none of the tags that are copied",
    breakIt: (stack) => stack.set(volumeType, "", { tags: { Name: "web-data" } }),
    fails: ["bak-volume-covered"],
  },
];
