import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { prefixed, tagged } from "./ec2-parameters";

export function routeTableCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const VpcId = inputs.take("vpcId");
  const parameters = given({ VpcId, TagSpecifications: tagged("route-table", inputs.take("tags")) }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateRouteTable",
      parameters,
      draws: { id: resource.id, from: "RouteTable.RouteTableId" },
      readBack: describe(resource.id, { VpcId }),
    },
  ];
}

export function routeCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const RouteTableId = inputs.take<string>("routeTableId") ?? "";
  const [ipv4, ipv6] = [inputs.take<string>("destinationCidrBlock"), inputs.take<string>("destinationIpv6CidrBlock")];
  const destination = given({ DestinationCidrBlock: ipv4, DestinationIpv6CidrBlock: ipv6 }) as Parameters;
  const target = given({
    GatewayId: inputs.take("gatewayId"),
    NatGatewayId: inputs.take("natGatewayId"),
    EgressOnlyInternetGatewayId: inputs.take("egressOnlyGatewayId"),
  }) as Parameters;
  inputs.done();
  const [name] = Object.keys(destination);
  const [lead] = Object.keys(target);
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateRoute",
      parameters: { RouteTableId, ...destination, ...target },
      readBack: describe(RouteTableId, {
        [`Routes[?${name}=='${ipv4 ?? ipv6}'].${lead}`]: Object.values(target),
      }),
    },
  ];
}

export function routeTableAssociationCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [RouteTableId, SubnetId] = [inputs.take<string>("routeTableId") ?? "", inputs.take("subnetId")];
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "AssociateRouteTable",
      parameters: { RouteTableId, SubnetId },
      draws: { id: resource.id, from: "AssociationId" },
      readBack: {
        operation: "DescribeRouteTables",
        parameters: { Filters: [{ Name: "association.subnet-id", Values: [SubnetId] }] },
        expected: { "RouteTables[].RouteTableId": [RouteTableId] },
      },
    },
  ];
}

export function vpcEndpointCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [ServiceName, VpcEndpointType] = [inputs.take("serviceName"), inputs.take("vpcEndpointType")];
  const [RouteTableIds, SubnetIds] = [inputs.take<string[]>("routeTableIds"), inputs.take<string[]>("subnetIds")];
  const parameters = given({
    VpcId: inputs.take("vpcId"),
    ServiceName,
    VpcEndpointType,
    RouteTableIds,
    SubnetIds,
    SecurityGroupIds: inputs.take("securityGroupIds"),
    PrivateDnsEnabled: inputs.take("privateDnsEnabled") ?? false,
    PolicyDocument: inputs.take("policy"),
    TagSpecifications: tagged("vpc-endpoint", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateVpcEndpoint",
      parameters,
      draws: { id: resource.id, from: "VpcEndpoint.VpcEndpointId" },
      readBack: {
        operation: "DescribeVpcEndpoints",
        parameters: { VpcEndpointIds: [resource.id] },
        expected: prefixed("VpcEndpoints[0].", { ServiceName, VpcEndpointType, RouteTableIds, SubnetIds }),
      },
    },
  ];
}

function describe(RouteTableId: string, expected: Record<string, unknown>): ApiCall["readBack"] {
  return {
    operation: "DescribeRouteTables",
    parameters: { RouteTableIds: [RouteTableId] },
    expected: prefixed("RouteTables[0].", expected),
  };
}
