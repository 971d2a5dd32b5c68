/** What a virtual machine of EC2 can be made from. */
export const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** Types of EC2's virtual machines, and of what they are made from. */
export const virtualMachineTypes: readonly string[] = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  launchTemplateType,
];
