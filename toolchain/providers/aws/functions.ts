import { getAvailabilityZones } from "./account/get-availability-zones";
import { getCallerIdentity, getPartition, getRegion } from "./account/lookups";
import { getInstanceTypeOfferings } from "./ec2/get-instance-type-offerings";
import { getManagedPrefixList } from "./ec2/get-managed-prefix-list";
import { getSubnet } from "./ec2/get-subnet";
import { getSubnets } from "./ec2/get-subnets";
import { getVpc } from "./ec2/get-vpc";
import type { Lookup } from "./lookup";
import { getZone } from "./route53/get-zone";
import { getZones } from "./route53/get-zones";
import { getParameter } from "./ssm/get-parameter";

/** The functions that are answered. A program that calls another one gets an error that names it. */
export const lookups: Readonly<Record<string, Lookup>> = {
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:route53/getZone:getZone": getZone,
  "aws:route53/getZones:getZones": getZones,
  "aws:ssm/getParameter:getParameter": getParameter,
};
