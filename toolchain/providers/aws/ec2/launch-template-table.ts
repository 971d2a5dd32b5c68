import type { ResourceTable } from "../../table";
import { computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { instanceRequirements } from "./instance-requirements";

const atLeast = object({ max: integer, min: required(integer) });

/** The properties of `aws:ec2/launchTemplate:LaunchTemplate`. */
export const launchTemplateTable: ResourceTable = {
  inputs: {
    blockDeviceMappings: objects({
      deviceName: text,
      ebs: object({
        deleteOnTermination: text,
        encrypted: text,
        iops: integer,
        kmsKeyId: text,
        snapshotId: text,
        throughput: integer,
        volumeInitializationRate: integer,
        volumeSize: integer,
        volumeType: text,
      }),
      noDevice: text,
      virtualName: text,
    }),
    capacityReservationSpecification: object({
      capacityReservationPreference: text,
      capacityReservationTarget: object({
        capacityReservationId: text,
        capacityReservationResourceGroupArn: text,
      }),
    }),
    cpuOptions: object({
      amdSevSnp: text,
      coreCount: integer,
      nestedVirtualization: text,
      threadsPerCore: integer,
    }),
    creditSpecification: object({
      cpuCredits: text,
    }),
    defaultVersion: integer,
    description: text,
    disableApiStop: flag,
    disableApiTermination: flag,
    ebsOptimized: text,
    enclaveOptions: object({
      enabled: flag,
    }),
    hibernationOptions: object({
      configured: required(flag),
    }),
    iamInstanceProfile: object({
      arn: text,
      name: text,
    }),
    imageId: text,
    instanceInitiatedShutdownBehavior: text,
    instanceMarketOptions: object({
      marketType: text,
      spotOptions: object({
        blockDurationMinutes: integer,
        instanceInterruptionBehavior: text,
        maxPrice: text,
        spotInstanceType: text,
        validUntil: text,
      }),
    }),
    instanceRequirements: object({
      ...instanceRequirements,
      memoryMib: required(atLeast),
      vcpuCount: required(atLeast),
    }),
    instanceType: text,
    kernelId: text,
    keyName: text,
    licenseSpecifications: objects({
      licenseConfigurationArn: required(text),
    }),
    maintenanceOptions: object({
      autoRecovery: text,
    }),
    metadataOptions: object({
      httpEndpoint: text,
      httpProtocolIpv6: text,
      httpPutResponseHopLimit: integer,
      httpTokens: text,
      instanceMetadataTags: text,
    }),
    monitoring: object({
      enabled: flag,
    }),
    name: text,
    namePrefix: text,
    networkInterfaces: objects({
      associateCarrierIpAddress: text,
      associatePublicIpAddress: text,
      connectionTrackingSpecification: object({
        tcpEstablishedTimeout: integer,
        udpStreamTimeout: integer,
        udpTimeout: integer,
      }),
      deleteOnTermination: text,
      description: text,
      deviceIndex: integer,
      enaQueueCount: integer,
      enaSrdSpecification: object({
        enaSrdEnabled: flag,
        enaSrdUdpSpecification: object({
          enaSrdUdpEnabled: flag,
        }),
      }),
      interfaceType: text,
      ipv4AddressCount: integer,
      ipv4Addresses: texts,
      ipv4PrefixCount: integer,
      ipv4Prefixes: texts,
      ipv6AddressCount: integer,
      ipv6Addresses: texts,
      ipv6PrefixCount: integer,
      ipv6Prefixes: texts,
      networkCardIndex: integer,
      networkInterfaceId: text,
      primaryIpv6: text,
      privateIpAddress: text,
      securityGroups: texts,
      subnetId: text,
    }),
    networkPerformanceOptions: object({
      bandwidthWeighting: text,
    }),
    placement: object({
      affinity: text,
      availabilityZone: text,
      groupId: text,
      groupName: text,
      hostId: text,
      hostResourceGroupArn: text,
      partitionNumber: integer,
      spreadDomain: text,
      tenancy: text,
    }),
    privateDnsNameOptions: object({
      enableResourceNameDnsARecord: flag,
      enableResourceNameDnsAaaaRecord: flag,
      hostnameType: text,
    }),
    ramDiskId: text,
    region: text,
    secondaryInterfaces: objects({
      deleteOnTermination: flag,
      deviceIndex: integer,
      interfaceType: text,
      networkCardIndex: integer,
      privateIpAddressCount: integer,
      privateIpAddresses: texts,
      secondarySubnetId: text,
    }),
    securityGroupNames: texts,
    tagSpecifications: objects({
      resourceType: text,
      tags: textMap,
    }),
    tags: textMap,
    updateDefaultVersion: flag,
    userData: text,
    vpcSecurityGroupIds: texts,
  },
  outputs: { arn: computed(text), latestVersion: computed(integer), tagsAll: computed(textMap) },
  filledIn: ["defaultVersion", "metadataOptions", "name", "namePrefix", "region"],
};
